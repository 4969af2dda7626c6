/**
 * gzip files with any number of members (RFC 1952) and trailing data, in Node and in a browser, which stops after the
 * first.
 */
import { createHash } from "node:crypto";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import { concat, niftiFile, voxels, zip } from "../support/make-volume.ts";
import { addReader, readInPage } from "./reader-page.ts";
import { expectError, read } from "./support.ts";

/** Hardly compressible. */
const value = (i: number) => (Math.imul(i, 1103515245) >>> 13) & 32767;
const spec = { dims: [40, 40, 40], value };
const file = niftiFile(spec);
const data = voxels(spec);
const hash = createHash("sha256").update(data).digest("hex");
const JUNK = [{ text: "Data after the end of the compressed stream were ignored" }];

/** A gzip member with the given optional fields. */
function member(bytes: Uint8Array, { extra, name, comment, checked }: Fields = {}): Uint8Array {
  const flags =
    (checked ? 2 : 0) | (extra ? 4 : 0) | (name === undefined ? 0 : 8) | (comment === undefined ? 0 : 16);
  const fields: Uint8Array[] = [Uint8Array.of(0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3)];
  if (extra) fields.push(Uint8Array.of(extra.length & 255, extra.length >> 8), extra);
  for (const text of [name, comment]) if (text !== undefined) fields.push(Buffer.from(`${text}\0`));
  if (checked) fields.push(little(crc32OfAll(fields), 2));
  return concat(...fields, deflateRawSync(bytes), little(crc32OfAll([bytes]), 4), little(bytes.length, 4));
}

interface Fields {
  extra?: Uint8Array;
  name?: string;
  comment?: string;
  checked?: boolean;
}

function little(value: number, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, i) => value >>> (8 * i));
}

function crc32OfAll(parts: Uint8Array[]): number {
  return crc32(concat(...parts)) >>> 0;
}

/**
 * Blocks of BGZF (SAM specification, section 4.1): members with their length in an extra field; the last one is empty.
 */
function bgzf(bytes: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 0xff00) {
    const length = member(bytes.subarray(at, at + 0xff00), { extra: new Uint8Array(6) }).length;
    const extra = Uint8Array.of(66, 67, 2, 0, (length - 1) & 255, (length - 1) >> 8);
    blocks.push(member(bytes.subarray(at, at + 0xff00), { extra }));
  }
  return concat(...blocks, Buffer.from("1f8b08040000000000ff0600424302001b0003000000000000000000", "hex"));
}

const split = (...at: number[]) =>
  concat(...[0, ...at].map((start, i) => member(file.subarray(start, at[i] ?? file.length))));

const GOOD: Record<string, () => Uint8Array> = {
  "one member": () => gzipSync(file),
  "two members, split among the voxels": () => split(100_000),
  "members split within the header": () => split(1, 100, 348, 352),
  "empty members": () => concat(gzipSync(""), split(100_000), gzipSync(""), gzipSync("")),
  "every optional field": () =>
    concat(
      member(file.subarray(0, 5000), { extra: new Uint8Array(70_000 - 5000), name: "a.nii" }),
      member(file.subarray(5000), { name: "", comment: "second", checked: true, extra: new Uint8Array(0) }),
    ),
  BGZF: () => bgzf(file),
  "zeros behind it": () => concat(gzipSync(file), new Uint8Array(100_000)),
  "zeros behind two members": () => concat(split(100_000), new Uint8Array(512)),
};

const WITH_JUNK: Record<string, () => Uint8Array> = {
  "text behind it": () => concat(gzipSync(file), Buffer.from("signed by nobody")),
  "one byte behind it": () => concat(gzipSync(file), Uint8Array.of(0x1f)),
  "text behind two members": () => concat(split(100_000), Buffer.from("signed by nobody")),
};

const cut = (bytes: Uint8Array, less: number) => bytes.subarray(0, bytes.length - less);
function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const damaged = bytes.slice();
  damaged[(at + bytes.length) % bytes.length] ^= 4;
  return damaged;
}

const BAD: Record<string, () => Uint8Array> = {
  "a wrong checksum": () => flipped(gzipSync(file), -6),
  "a wrong checksum of the first member": () =>
    flipped(split(100_000), member(file.subarray(0, 100_000)).length - 6),
  "a wrong checksum of the second member": () => flipped(split(100_000), -6),
  "a wrong size of the second member": () => flipped(split(100_000), -2),
  "damaged codes in the second member": () => flipped(split(100_000), -50_000),
  "a second member that is cut off": () => cut(split(100_000), 1000),
  "a second member cut off in its header": () =>
    concat(member(file.subarray(0, 100_000)), Uint8Array.of(31, 139, 8, 0)),
  "a second member with unknown flags": () =>
    concat(member(file.subarray(0, 100_000)), Uint8Array.of(31, 139, 8, 0xe0, 0, 0, 0, 0, 0, 3, 3, 0)),
};

test("any number of members and trailing zeros are read", async () => {
  for (const [name, make] of Object.entries(GOOD)) {
    const volume = await read(fromBytes("a.nii.gz", make()));
    expect(Buffer.from(volume.data).equals(data), name).toBe(true);
    expect(volume.notes, name).toBeUndefined();
  }
});

test("zeros between members, which Node takes for padding, are skipped", async () => {
  const bytes = voxels({ dims: [9, 8, 7] });
  const small = niftiFile({ dims: [9, 8, 7] });
  for (const at of [100, 352, 1000]) {
    const parts = [gzipSync(small.subarray(0, at)), gzipSync(small.subarray(at))];
    const packed = concat(parts[0], new Uint8Array(600), parts[1], new Uint8Array(1));
    expect(Buffer.from((await read(fromBytes("a.nii.gz", packed))).data).equals(bytes), `${at}`).toBe(true);
  }
});

test("other data after the end are ignored, with a note", async () => {
  for (const [name, make] of Object.entries(WITH_JUNK)) {
    const volume = await read(fromBytes("a.nii.gz", make()));
    expect(Buffer.from(volume.data).equals(data), name).toBe(true);
    expect(volume.notes, name).toEqual(JUNK);
  }
});

test("a file that was gzipped twice is read; more often, it is refused with advice", async () => {
  const twice = gzipSync(gzipSync(file));
  expect((await read(fromBytes("a.nii.gz", twice))).dims).toEqual(spec.dims);
  expect((await read(fromBytes("a.zip", await zip({ "a.nii.gz.gz": twice })))).dims).toEqual(spec.dims);
  await expectError(
    read(fromBytes("a.nii.gz", gzipSync(twice))),
    "unsupported-format",
    "gzipped more than twice",
    "gunzip",
  );
});

test("a damaged member is corrupt-file", async () => {
  for (const [name, make] of Object.entries(BAD)) {
    const error = await expectError(read(fromBytes("a.nii.gz", make())), "corrupt-file", "a.nii.gz");
    expect(error.message.length, name).toBeLessThan(300);
  }
  await expectError(
    read(fromBytes("a.nii.gz", BAD["a wrong checksum"]())),
    "corrupt-file",
    "checksum is wrong",
  );
});

test("members in a zip, and of the image of a pair", async () => {
  const zipped = await read(
    fromBytes("a.zip", await zip({ "a.nii.gz": WITH_JUNK["text behind two members"]() })),
  );
  expect(Buffer.from(zipped.data).equals(data)).toBe(true);
  expect(zipped.notes).toEqual(JUNK);
  const header = niftiFile({ ...spec, pair: true }).subarray(0, 348);
  const image = concat(member(data.subarray(0, 999)), member(data.subarray(999)), Buffer.from("junk"));
  const pair = await read(fromBytes("a.hdr", header, { "a.img.gz": image }));
  expect(Buffer.from(pair.data).equals(data)).toBe(true);
  expect(pair.notes).toEqual(JUNK);
});

test("in a browser: members, trailing data, and damage", async ({ page }) => {
  await page.goto("/engine.html");
  await addReader(page);
  for (const [cases, told] of [
    [GOOD, { hash, notes: undefined }],
    [WITH_JUNK, { hash, notes: JUNK }],
    [BAD, { code: "corrupt-file" }],
  ] as const) {
    for (const [name, make] of Object.entries(cases)) {
      expect(await readInPage(page, { name: "a.nii.gz", bytes: make() }), name).toMatchObject(told);
    }
  }
});

test("damage after the voxels is reported too", async () => {
  const file = niftiFile({ dims: [5, 4, 3] });
  for (const bytes of [file, concat(file, new Uint8Array(4)), concat(file, new Uint8Array(100_000))]) {
    const packed = new Uint8Array(gzipSync(bytes));
    expect((await read(fromBytes("a.nii.gz", packed))).dims).toEqual([5, 4, 3]);
    // The checksum is in the last eight bytes.
    packed[packed.length - 8] ^= 1;
    await expectError(read(fromBytes("a.nii.gz", packed)), "corrupt-file", "a.nii.gz");
  }
});
