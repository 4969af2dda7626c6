/** Bad input: one clear error, quickly, without large allocations for a header's claims. */

import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import {
  analyzeHeader,
  concat,
  gzip,
  niftiFile,
  niftiHeader,
  voxels,
  zip,
  zip64,
} from "../support/make-volume.ts";
import { text } from "../support/text.ts";
import { expectError, pair, read } from "./support.ts";

const small = { dims: [4, 3, 2] };
/** Hardly compressible: random bytes from a linear congruential generator. */
const noise = {
  dims: [40, 40, 40],
  dtype: "uint8" as const,
  value: (i: number) => (Math.imul(i, 1103515245) >>> 13) & 255,
};

test("an empty file", async () => {
  for (const name of ["a.zip", "a.nii", "a.nii.gz", "a.hdr", "a.img"]) {
    await expectError(read(fromBytes(name, new Uint8Array())), "corrupt-file", name, "empty");
  }
});

test("a file whose contents do not match its name", async () => {
  await expectError(
    read(fromBytes("a.zip", text("hello, world"))),
    "unsupported-format",
    "a.zip",
    "text",
    "NIfTI",
  );
  const page = text("<!DOCTYPE html><html><body>Not found</body></html>");
  await expectError(read(fromBytes("a.nii", page)), "unsupported-format", "a.nii", "web page");
  const junk = new Uint8Array(2000).fill(0xa5);
  await expectError(read(fromBytes("a.nii", junk)), "unsupported-format", "a.nii");
  await expectError(read(fromBytes("a.gz", await gzip(junk))), "unsupported-format", "a.gz", "gzip");
  expect(await read(fromBytes("a.zip", niftiFile(small)))).toMatchObject({ dims: [4, 3, 2] });
});

test("a zip cut off anywhere", async () => {
  const whole = await zip({ "a.nii": niftiFile(noise) });
  for (const part of [0.1, 0.5, 0.9, 0.999]) {
    const cut = whole.subarray(0, Math.floor(whole.length * part));
    await expectError(read(fromBytes("a.zip", cut)), "corrupt-file", "a.zip");
  }
});

test("a zip with damaged bytes inside", async () => {
  const whole = await zip({ "a.nii": niftiFile(noise) });
  for (const part of [0.1, 0.5, 0.9]) {
    const damaged = whole.slice();
    damaged[Math.floor(whole.length * part)] ^= 0x10;
    await expectError(read(fromBytes("a.zip", damaged)), "corrupt-file", "a.nii");
  }
});

test("an encrypted zip", async () => {
  const bytes = await zip({ "a.nii": niftiFile(small) });
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length - 10; at++) {
    // Bit 0 of the flags, at byte 8 of a directory entry, marks encryption.
    if (view.getUint32(at, true) === 0x02014b50) bytes[at + 8] |= 1;
  }
  await expectError(read(fromBytes("a.zip", bytes)), "unsupported-format", "a.zip", "encrypted");
});

test("a zip with an unknown compression", async () => {
  const bytes = await zip({ "a.nii": niftiFile(small) });
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length - 12; at++) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + 10, 93, true);
  }
  await expectError(read(fromBytes("a.zip", bytes)), "unsupported-format", "a.zip", "deflate");
});

test("a zip whose directory has wrong sizes", async () => {
  const bytes = await zip({ "a.nii": niftiFile(noise) });
  const view = new DataView(bytes.buffer);
  const directory = [...bytes.keys()].find((at) => view.getUint32(at, true) === 0x02014b50) ?? 0;
  const size = view.getUint32(directory + 24, true);
  for (const lie of [size - 1000, size + 1000, 0xfffffffe]) {
    view.setUint32(directory + 24, lie, true);
    await expectError(read(fromBytes("a.zip", bytes)), "corrupt-file", "a.nii");
  }
  // Directory and header agree, but that few bytes cannot inflate to that many.
  const liar = await zip({
    "a.nii": niftiFile({ dims: [20, 20, 20], dim: [3, 1000, 1000, 1000, 1, 1, 1, 1] }),
  });
  const lying = new DataView(liar.buffer);
  for (let at = 0; at < liar.length - 28; at++) {
    if (lying.getUint32(at, true) === 0x02014b50) lying.setUint32(at + 24, 2_000_000_352, true);
  }
  await expectError(read(fromBytes("a.zip", liar)), "corrupt-file", "2,000,000,352", "holds no more than");
});

test("a ZIP64 archive without its directory", async () => {
  const whole = await zip64({ "a.nii": niftiFile(small) });
  const view = new DataView(whole.buffer);
  const locator = whole.length - 22 - 20;
  const record = view.getUint32(locator + 8, true);
  view.setUint32(record + 48, whole.length, true);
  await expectError(read(fromBytes("a.zip", whole)), "corrupt-file", "a.zip", "cut off");
  // Neither at the locator's offset nor directly before it.
  view.setUint32(record, 0, true);
  for (const at of [locator + 8, locator + 12]) {
    view.setUint32(at, 0xfffffff0, true);
    await expectError(read(fromBytes("a.zip", whole)), "corrupt-file", "a.zip", "ZIP64");
  }
});

test("a gzip cut off or damaged anywhere", async () => {
  const whole = await gzip(niftiFile(noise));
  for (const end of [15, 200, whole.length >> 1, whole.length - 9, whole.length - 3]) {
    await expectError(read(fromBytes("a.nii.gz", whole.subarray(0, end))), "corrupt-file", "a.nii.gz");
  }
  const damaged = whole.slice();
  damaged[whole.length - 6] ^= 1;
  await expectError(read(fromBytes("a.nii.gz", damaged)), "corrupt-file", "a.nii.gz");
});

test("an image cut off, with both sizes", async () => {
  const spec = { dims: [30, 20, 10] };
  const source = fromBytes("a.hdr", analyzeHeader(spec), { "a.img": voxels(spec).subarray(0, 5000) });
  await expectError(read(source), "corrupt-file", "a.hdr", "a.img", "12,000", "5,000");
  const cut = niftiFile(spec).subarray(0, 5000);
  await expectError(read(fromBytes("a.nii", cut)), "corrupt-file", "a.nii", "12,352", "5,000");
  await expectError(read(fromBytes("a.nii.gz", await gzip(cut))), "corrupt-file", "12,352", "5,000");
  const files = { "a.hdr": analyzeHeader(spec), "a.img": voxels(spec).subarray(0, 5000) };
  await expectError(read(fromBytes("a.zip", await zip(files))), "corrupt-file", "a.img", "12,000", "5,000");
  // Later frames are missing, but not the requested one.
  const many = niftiFile({ dims: [8, 8, 8, 4] }).subarray(0, 2000);
  await expectError(read(fromBytes("a.nii", many)), "corrupt-file", "4,448", "2,000");
});

test("a header cut off", async () => {
  for (const length of [4, 100, 347]) {
    const bytes = niftiFile(small).subarray(0, length);
    await expectError(read(fromBytes("a.nii", bytes)), "corrupt-file", "348", String(length));
  }
  const second = niftiFile({ ...small, version: 2 }).subarray(0, 500);
  await expectError(read(fromBytes("a.nii", second)), "corrupt-file", "540", "500");
});

test("a header that claims far more than the file contains", async () => {
  const dims = [32767, 32767, 32767];
  const claim = "70,362,301,923,326";
  const few = { dims: [4, 3, 2], dim: [3, ...dims, 1, 1, 1, 1] };
  await expectError(read(pair(few)), "corrupt-file", claim, "48");
  await expectError(read(fromBytes("a.nii", niftiFile(few))), "corrupt-file", "32767 x 32767 x 32767");
  await expectError(read(fromBytes("a.nii.gz", await gzip(niftiFile(few)))), "corrupt-file");
  await expectError(
    read(fromBytes("a.zip", await zip({ "a.nii": niftiFile(few) }))),
    "corrupt-file",
    "a.nii",
  );
  const huge = { ...few, version: 2 as const, dim: [7, ...Array(7).fill(2 ** 40)] };
  await expectError(read(fromBytes("a.nii", niftiFile(huge))), "corrupt-file", "a.nii");
});

test("a decompression bomb is inflated only to the size in the header", async () => {
  const spec = { dims: [10, 10, 10], dtype: "uint8" as const };
  const bomb = concat(niftiFile(spec), new Uint8Array(1 << 27));
  for (const source of [
    fromBytes("a.nii.gz", await gzip(bomb)),
    fromBytes("a.zip", await zip({ "a.nii": bomb })),
  ]) {
    const before = performance.now();
    expect([...(await read(source)).data]).toEqual([...voxels(spec)]);
    expect(performance.now() - before).toBeLessThan(1500);
  }
});

test("impossible dimensions", async () => {
  for (const dim of [
    [3, 0, 4, 4, 1, 1, 1, 1],
    [3, 4, -4, 4, 1, 1, 1, 1],
    [4, 4, 4, 4, -2, 1, 1, 1],
    [0, 4, 4, 4, 1, 1, 1, 1],
    [8, 4, 4, 4, 1, 1, 1, 1],
    [-1, 4, 4, 4, 1, 1, 1, 1],
  ]) {
    await expectError(read(pair({ dims: [4, 4, 4], dim })), "corrupt-file", "head.hdr", "dimensions");
    for (const version of [1, 2] as const) {
      for (const bigEndian of [false, true]) {
        const file = niftiFile({ dims: [4, 4, 4], dim, version, bigEndian });
        await expectError(read(fromBytes("a.nii", file)), "corrupt-file", "a.nii", "dimensions");
      }
    }
  }
});

test("unsupported datatypes", async () => {
  const types = { 1: "binary", 1536: "float128", 2048: "complex256", 77: "unknown" };
  for (const [code, name] of Object.entries(types)) {
    const spec = { dims: [4, 4, 4], datatype: Number(code) };
    await expectError(read(pair(spec)), "unsupported-format", code, name, "uint8", "float64");
    await expectError(read(fromBytes("a.nii", niftiFile(spec))), "unsupported-format", "a.nii", code, name);
  }
  // SPM's codes have no meaning in NIfTI.
  const spm = niftiFile({ dims: [4, 4, 4], datatype: 132 });
  await expectError(read(fromBytes("a.nii", spm)), "unsupported-format", "132");
});

test("an invalid voxel offset", async () => {
  for (const offset of [-16, Number.NaN]) {
    await expectError(read(pair({ dims: [4, 4, 4], offset })), "corrupt-file", "head.hdr", String(offset));
  }
});

test("a NIfTI pair without its image", async () => {
  const header = niftiHeader({ ...small, pair: true });
  await expectError(read(fromBytes("a.hdr", header)), "entry-not-found", "a.hdr", ".img");
});
