/** MetaImage: voxels in separate files. */
import { deflateSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles, fromUrl } from "../../src/read/index.ts";
import { bytes, type MetaFields, metaHeader, mhd } from "../support/make-metaimage.ts";
import { concat, gzip, voxels, zip } from "../support/make-volume.ts";
import { RangeSite } from "../support/range-site.ts";
import { text } from "../support/text.ts";
import { expectError, read, values } from "./support.ts";

test("files beside the header: by name, in a folder, compressed, in archives and dropped", async () => {
  const expected = [...bytes];
  const zlib = new Uint8Array(deflateSync(bytes));
  for (const [fields, files] of [
    [{ ElementDataFile: "b.raw" }, { "b.raw": bytes }],
    [{ ElementDataFile: "B.RAW" }, { "b.raw": bytes }],
    [{ ElementDataFile: "a b.raw" }, { "a b.raw": bytes }],
    [{ ElementDataFile: "100%.raw" }, { "100%.raw": bytes }],
    [{ ElementDataFile: "data/b.raw" }, { "data/b.raw": bytes }],
    [{ ElementDataFile: "data/b.raw" }, { "b.raw": bytes }],
    [{ ElementDataFile: "b.zraw", CompressedData: "True" }, { "b.zraw": zlib }],
    [
      { ElementDataFile: "b.zraw", CompressedData: "True", CompressedDataSize: zlib.length },
      { "b.zraw": zlib },
    ],
  ] as [MetaFields, Record<string, Uint8Array>][]) {
    const front = text(metaHeader(fields));
    expect(await values(fromBytes("a.mhd", front, files)), JSON.stringify(fields)).toEqual(expected);
    const archive = await zip({
      "s/a.mhd": front,
      ...Object.fromEntries(Object.entries(files).map(([name, file]) => [`s/${name}`, file])),
    });
    expect(await values(fromBytes("a.zip", archive)), JSON.stringify(fields)).toEqual(expected);
    const dropped = Object.entries(files).map(
      ([name, file]) => new File([file as BlobPart], name.replace(/.*\//, "")),
    );
    const chosen = fromFiles([...dropped, new File([front as BlobPart], "a.mhd")]);
    expect(chosen.name).toBe("a.mhd");
    expect(await values(chosen), JSON.stringify(fields)).toEqual(expected);
  }
  expect(await values(fromBytes("a.mha.gz", await gzip(concat(text(metaHeader({})), bytes))))).toEqual(
    expected,
  );
});

test("several files: lists and numbered patterns, each compressed", async () => {
  const slice = (i: number) => bytes.subarray(i * 70, (i + 1) * 70);
  const files = { "1.raw": slice(0), "2.raw": slice(1), "3.raw": slice(2) };
  const expected = [...bytes];
  const names = "1.raw\n2.raw\n3.raw\n";
  for (const list of ["LIST", "LIST 2", "LIST 2D", "LIST 9"]) {
    const front = text(metaHeader({ ElementDataFile: list }) + names);
    expect(await values(fromBytes("a.mhd", front, files)), list).toEqual(expected);
  }
  for (const pattern of ["%d.raw", "%d.raw 1", "%d.raw 1 3", "%d.raw 1 3 1", "%d.raw 1 9 1"]) {
    expect(await values(mhd({ ElementDataFile: pattern }, files)), pattern).toEqual(expected);
  }
  const spaced = { "im 000.raw": slice(0), "im 002.raw": slice(1), "im 004.raw": slice(2) };
  expect(await values(mhd({ ElementDataFile: "im %03d.raw 0 4 2" }, spaced))).toEqual(expected);
  const packed = Object.fromEntries(
    Object.entries(files).map(([name, file]) => [name, new Uint8Array(deflateSync(file))]),
  );
  expect(await values(mhd({ ElementDataFile: "%d.raw 1 3 1", CompressedData: "True" }, packed))).toEqual(
    expected,
  );
  const four = { DimSize: "7 5 1 3", ElementDataFile: "LIST 2" };
  expect(await values(fromBytes("a.mhd", text(metaHeader(four) + names), files), { frame: 1 })).toEqual([
    ...slice(1),
  ]);
  const few = text(`${metaHeader({ ElementDataFile: "LIST" })}1.raw\n2.raw\n`);
  await expectError(read(fromBytes("a.mhd", few, files)), "corrupt-file", "names 2 files", "3");
  await expectError(read(mhd({ ElementDataFile: "%d.raw 1 2 1" }, files)), "corrupt-file", "names 2 files");
  await expectError(read(mhd({ ElementDataFile: "%d.raw 2 4 1" }, files)), "entry-not-found", "4.raw");
  await expectError(read(mhd({ ElementDataFile: "%d.raw 1 3 0" }, files)), "corrupt-file", "makes no sense");
  await expectError(
    read(mhd({ DimSize: "1 1 2000000", ElementDataFile: "%d.raw" }, files)),
    "unsupported-format",
    "2,000,000 files",
  );
});

test("only the requested frame is fetched from a server, and nothing outside the header's folder", async () => {
  const all = voxels({ dims: [64, 64, 64, 3] });
  const DimSize = "64 64 64 3";
  const front = text(metaHeader({ DimSize }));
  const site = new RangeSite({
    "a.mha": concat(front, all),
    "a.mhd": text(metaHeader({ DimSize, ElementDataFile: "data of it/b.raw" })),
    "data of it/b.raw": all,
    "up/a.mhd": text(metaHeader({ ElementDataFile: "../b.raw" })),
  });
  const base = await site.start();
  try {
    for (const [name, start] of [
      ["a.mha", front.length],
      ["a.mhd", 0],
    ] as const) {
      site.reset();
      const { data } = await read(fromUrl(base + name), { frame: 2 });
      expect(Buffer.from(data).equals(all.subarray(2 * 524288))).toBe(true);
      expect(site.asked.at(-1)).toContain(`bytes=${start + 2 * 524288}-${start + 3 * 524288 - 1}`);
    }
    site.reset();
    await expectError(
      read(fromUrl(`${base}up/a.mhd`)),
      "unsupported-format",
      "../b.raw",
      "outside its folder",
    );
    expect(site.asked).toEqual(["GET up/a.mhd"]);
  } finally {
    site.close();
  }
});
