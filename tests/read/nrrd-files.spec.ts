/** NRRD: voxels in separate files. */
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles, fromUrl } from "../../src/read/index.ts";
import { bytes, type NrrdFields, nhdr, nrrdHeader } from "../support/make-nrrd.ts";
import { concat, gzip, voxels, zip } from "../support/make-volume.ts";
import { RangeSite } from "../support/range-site.ts";
import { text } from "../support/text.ts";
import { expectError, read, values } from "./support.ts";

test("detached data: by name, in a folder, with other case, with skips, counted from the end", async () => {
  const expected = [...bytes];
  const wrapped = concat(text("1\n2\r\n"), Buffer.alloc(9), bytes);
  for (const [fields, files] of [
    [{ "data file": "b.raw" }, { "b.raw": bytes }],
    [{ "data file": "./b.raw" }, { "b.raw": bytes }],
    [{ "data file": "b.RAW" }, { "b.raw": bytes }],
    [{ "data file": "a name with spaces.raw" }, { "a name with spaces.raw": bytes }],
    [{ "data file": "data/b.raw" }, { "data/b.raw": bytes }],
    [{ "data file": "data\\b.raw" }, { "data/b.raw": bytes }],
    [{ "data file": "data/b.raw" }, { "b.raw": bytes }],
    [{ "data file": "b.raw.gz", encoding: "gzip" }, { "b.raw.gz": await gzip(bytes) }],
    // As sent by a server that has inflated it.
    [{ "data file": "b.raw.gz", encoding: "gzip" }, { "b.raw.gz": bytes }],
    [{ "data file": "b.raw", "line skip": 2, "byte skip": 9 }, { "b.raw": wrapped }],
    [{ "data file": "b.raw", "byte skip": -1 }, { "b.raw": wrapped }],
    [{ "data file": "b.raw", "byte skip": -1, encoding: "gzip" }, { "b.raw": await gzip(wrapped) }],
  ] as [NrrdFields, Record<string, Uint8Array>][]) {
    expect(await values(nhdr(fields, files)), JSON.stringify(fields)).toEqual(expected);
    const archive = await zip({
      "s/a.nhdr": text(nrrdHeader(fields)),
      ...Object.fromEntries(Object.entries(files).map(([name, file]) => [`s/${name}`, file])),
    });
    expect(await values(fromBytes("a.zip", archive)), JSON.stringify(fields)).toEqual(expected);
    const dropped = Object.entries(files).map(
      ([name, file]) => new File([file as BlobPart], name.replace(/.*\//, "")),
    );
    const chosen = fromFiles([...dropped, new File([nrrdHeader(fields)], "a.nhdr")]);
    expect(chosen.name).toBe("a.nhdr");
    expect(await values(chosen), JSON.stringify(fields)).toEqual(expected);
  }
});

test("several data files: a list, a numbered pattern, slabs, each with its own skips and compression", async () => {
  const slice = (i: number) => bytes.subarray(i * 70, (i + 1) * 70);
  const slices = { "s1.raw": slice(0), "s2.raw": slice(1), "s3.raw": slice(2) };
  const expected = [...bytes];
  const listed = (subdim: string, names: string[]) =>
    `${nrrdHeader({ "data file": `LIST${subdim}` }).trimEnd()}\n${names.join("\n")}\n`;
  const lists = [
    [listed("", ["s1.raw", "s2.raw", "s3.raw"]), slices],
    [listed(" 2", ["./s1.raw", "s2.RAW", "s3.raw"]), slices],
    [listed(" 3", ["b.raw"]), { "b.raw": bytes }],
    [
      listed("", ["s/1.raw", "s/2.raw", "s/3.raw"]),
      { "s/1.raw": slice(0), "s/2.raw": slice(1), "s/3.raw": slice(2) },
    ],
  ] as const;
  for (const [front, files] of lists) {
    expect(await values(fromBytes("a.nhdr", text(front), files))).toEqual(expected);
  }
  expect(await values(nhdr({ "data file": "s%d.raw 1 3 1" }, slices))).toEqual(expected);
  expect(await values(nhdr({ "data file": "s%d.raw 1 3 1 2" }, slices))).toEqual(expected);
  const padded = { "s003.raw": slice(0), "s002.raw": slice(1), "s001.raw": slice(2) };
  expect(await values(nhdr({ "data file": "s%03d.raw 3 1 -1" }, padded))).toEqual(expected);
  const packed: Record<string, Uint8Array> = {};
  for (const i of [0, 1, 2])
    packed[`s${2 * i}.gz`] = concat(text("line\n"), await gzip(concat(text("xyz"), slice(i))));
  const fields = { encoding: "gzip", "line skip": 1, "byte skip": 3, "data file": "s%d.gz 0 5 2" };
  expect(await values(nhdr(fields, packed))).toEqual(expected);
  const slabs = { "b1.raw": bytes.subarray(0, 140), "b2.raw": bytes.subarray(140) };
  const four = { sizes: "7 5 1 3", "data file": "b%d.raw 1 3 1 3" };
  expect(
    await values(nhdr(four, { "b1.raw": slice(0), "b2.raw": slice(1), "b3.raw": slice(2) }), { frame: 2 }),
  ).toEqual([...slice(2)]);
  await expectError(read(nhdr({ "data file": "b%d.raw 1 2 1 3" }, slabs)), "corrupt-file", "2 files");
  await expectError(
    read(nhdr({ "data file": "s%d.raw 1 2 1" }, slices)),
    "corrupt-file",
    "2 files",
    "7 x 5 x 3",
  );
  await expectError(read(nhdr({ "data file": "s%d.raw 2 4 1" }, slices)), "entry-not-found", "s4.raw");
  await expectError(read(nhdr({ "data file": "s%d.raw 1 3 0" }, slices)), "corrupt-file", "makes no sense");
  await expectError(
    read(nhdr({ "data file": "s%d.raw 1 999999999 1" }, slices)),
    "unsupported-format",
    "999,999,999 files",
  );
  const short = { ...slices, "s2.raw": slice(1).subarray(0, 50) };
  await expectError(
    read(nhdr({ "data file": "s%d.raw 1 3 1" }, short)),
    "corrupt-file",
    "s2.raw",
    "50 of 70",
  );
});

test("data files outside the header's folder are not looked up", async () => {
  for (const name of [
    "../b.raw",
    "/data/b.raw",
    "data/../../b.raw",
    "C:\\data\\b.raw",
    "..\\b.raw",
    "https://example.com/b.raw",
    "file:///b.raw",
  ]) {
    const files = { [name]: bytes, "b.raw": bytes };
    const error = await expectError(
      read(nhdr({ "data file": name }, files)),
      "unsupported-format",
      "a.nhdr",
      name,
      "outside its folder",
    );
    expect(error.message.length).toBeLessThan(300);
  }
  await expectError(read(nhdr({ "data file": "" }, {})), "corrupt-file", "names no file");
  await expectError(
    read(nhdr({ "data file": "b.raw" }, {})),
    "entry-not-found",
    "a.nhdr",
    "b.raw",
    "missing",
  );
});

test.describe("on a server", () => {
  const frames = { dims: [64, 64, 64, 4], value: (i: number) => (Math.imul(i, 1103515245) >>> 13) & 32767 };
  const all = voxels(frames);
  const sizes = "64 64 64 4";
  const frame = (i: number) => Buffer.from(all.subarray(i * 524288, (i + 1) * 524288));
  const site = new RangeSite({
    "a.nrrd": concat(text(nrrdHeader({ sizes })), all),
    "s/a.nhdr": text(nrrdHeader({ sizes, "data file": "data of it/b.RAW" })),
    "s/data of it/b.raw": all,
    "s/frames.nhdr": text(nrrdHeader({ sizes, "data file": "f/%d.raw 0 3 1" })),
    ...Object.fromEntries([0, 1, 2, 3].map((i) => [`s/f/${i}.raw`, frame(i)])),
    "up/a.nhdr": text(nrrdHeader({ "data file": "../b.raw" })),
    "lost.nhdr": text(nrrdHeader({ "data file": "b.raw" })),
  }).serveTests();
  for (const [path, front, requests] of [
    ["a.nrrd", nrrdHeader({ sizes }).length, 2],
    // Two requests for the name in the header, which exists only in lower case.
    ["s/a.nhdr", 0, 4],
    ["s/frames.nhdr", 0, 2],
  ] as const) {
    test(`only the requested frame of ${path} is fetched`, async () => {
      const { data } = await read(fromUrl(`${site.base}${path}?v=1`), { frame: 2 });
      expect(Buffer.from(data).equals(frame(2))).toBe(true);
      const [first, end] = [front + 2 * 524288, front + 3 * 524288];
      const asked = path.includes("frames") ? "GET s/f/2.raw" : `bytes=${first}-${end - 1}`;
      expect(site.asked.filter((line) => line.endsWith(asked))).toHaveLength(1);
      expect(site.asked).toHaveLength(requests);
    });
  }

  test("nothing outside its folder is requested, and missing files are named", async () => {
    await expectError(read(fromUrl(`${site.base}up/a.nhdr`)), "unsupported-format", "outside its folder");
    expect(site.asked).toEqual(["GET up/a.nhdr"]);
    for (const path of ["../b.raw", "/b.raw", "..", "a//b.raw", "a/./b.raw"]) {
      expect(fromUrl(`${site.base}up/a.nhdr`).sibling(path), path).toBeUndefined();
    }
    await expect(read(fromUrl(`${site.base}lost.nhdr`))).rejects.toThrow(/b\.raw/);
  });
});
