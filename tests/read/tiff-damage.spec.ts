/** TIFF files that are damaged, cut off, malicious or unsupported: one clear error each, quickly. */

import { deflateSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { VoxelVolumeError } from "../../src/errors.ts";
import { voxels } from "../support/make-volume.ts";
import { expectError } from "./support.ts";
import { dims, height, open, pages, pagesOf, tiff, tiffFile, width } from "./tiff-file.ts";

/** Packs LZW codes of the given bit lengths, as in TIFF. */
function lzwBytes(codes: readonly (readonly [code: number, bits: number])[]): Uint8Array {
  const text = codes.map(([code, bits]) => code.toString(2).padStart(bits, "0")).join("");
  return Uint8Array.from({ length: Math.ceil(text.length / 8) }, (_, i) =>
    Number.parseInt(text.slice(8 * i, 8 * i + 8).padEnd(8, "0"), 2),
  );
}

const one = { pages: pages.slice(0, 1) };

test("a file that is cut off anywhere is refused", async () => {
  for (const spec of [{}, { compression: 8, pack: deflateSync }, { bigTiff: true, tile: [4, 4] as const }]) {
    const bytes = tiff(spec);
    for (let length = 4; length < bytes.length; length += 11) {
      const error = await open(bytes.slice(0, length)).then(
        () => undefined,
        (thrown) => thrown,
      );
      expect(error, `${length} bytes`).toBeInstanceOf(VoxelVolumeError);
      expect(error).toMatchObject({ code: "corrupt-file" });
      expect(error.message.length).toBeLessThanOrEqual(300);
    }
  }
});

test("any wrong byte gives a volume or a VoxelVolumeError", async () => {
  const bytes = tiff({
    compression: 8,
    pack: deflateSync,
    rows: 3,
    directories: "behind",
    fields: { 270: "x" },
  });
  for (let at = 4; at < bytes.length; at++) {
    for (const value of [0, 0xff]) {
      const wrong = bytes.slice();
      wrong[at] = value;
      const error = await open(wrong).then(
        () => undefined,
        (thrown) => thrown,
      );
      if (error) expect(error, `byte ${at} is ${value}`).toBeInstanceOf(VoxelVolumeError);
    }
  }
});

test("a chain of pages that loops", async () => {
  const bytes = tiff({ directories: "behind" });
  const view = new DataView(bytes.buffer);
  // In a file with directories after the pixels, the last field is the offset of the next directory.
  view.setUint32(bytes.length - 4, view.getUint32(4, true), true);
  await expectError(open(bytes), "corrupt-file", "leads back to itself");
});

test("pages that claim more than the file can hold are refused before memory is allocated", async () => {
  const claims: readonly Readonly<Record<number, readonly number[]>>[] = [
    { 256: [60000], 257: [60000] },
    { 256: [4_000_000_000], 257: [4_000_000_000] },
    { 256: [60000], 257: [60000], 259: [8] },
    { 256: [60000], 257: [60000], 259: [5] },
    { 277: [60000], 258: [8] },
  ];
  for (const fields of claims) await expectError(open(tiff({ ...one, fields })), "corrupt-file", "a.tif");
  await expectError(open(tiff({ ...one, fields: { 256: [0] } })), "corrupt-file", "0 x 7");
  const description = `ImageJ=1\nimages=${2 ** 30}\nslices=${2 ** 30}`;
  await expectError(open(tiff({ directories: "front", fields: { 270: description } })), "corrupt-file");
});

test("a file with fewer strips than its height requires", async () => {
  await expectError(open(tiff({ ...one, fields: { 278: [1] } })), "corrupt-file", "1 blocks, not 7");
});

test.describe("LZW", () => {
  const lzw = (packed: Uint8Array, size = 64) =>
    tiffFile({
      width: size,
      height: size,
      pages: [new Uint8Array(size * size)],
      compression: 5,
      pack: () => packed,
    });

  test("undefined codes", async () => {
    const codes: [number, number][] = [
      [256, 9],
      [0, 9],
    ];
    // The table is filled until codes have 12 bits and no entry is free.
    for (let next = 258, bits = 9; codes.length < 3842; next++) {
      codes.push([0, bits]);
      if (next + 2 >= 2 ** bits && bits < 12) bits++;
    }
    codes.push([4094, 12], [4095, 12]);
    const packed = lzwBytes(codes);
    const error = await open(lzw(packed, 200)).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "corrupt-file" });
    await expectError(
      open(
        lzw(
          lzwBytes([
            [256, 9],
            [300, 9],
          ]),
        ),
      ),
      "corrupt-file",
      "LZW code 300",
    );
  });

  test("data longer than the strip are cut, shorter ones are refused", async () => {
    const run = (length: number) =>
      lzwBytes([[256, 9], ...Array<[number, number]>(length).fill([65, 9]), [257, 9]]);
    const volume = await open(lzw(run(100), 8));
    expect([...volume.data]).toEqual(Array(64).fill(65));
    await expectError(open(lzw(run(63), 8)), "corrupt-file", "63 bytes, not 64");
  });
});

test.describe("Deflate", () => {
  const deflated = (packed: Uint8Array) => tiff({ ...one, compression: 8, pack: () => packed });

  test("data longer than the strip are cut, shorter and damaged ones are refused", async () => {
    const bomb = deflateSync(new Uint8Array(50_000_000).fill(7));
    expect([...(await open(deflated(bomb))).data]).toEqual(Array(width * height).fill(7));
    await expectError(open(deflated(deflateSync(new Uint8Array(76)))), "corrupt-file", "76 bytes, not 77");
    const damaged = deflateSync(pages[0]);
    damaged[4] ^= 0xff;
    await expectError(open(deflated(damaged)), "corrupt-file", "cannot be decompressed");
  });
});

test("JPEG with another size than the page's", async () => {
  const frame = (rows: number, columns: number) =>
    Uint8Array.of(
      0xff,
      0xd8,
      0xff,
      0xc0,
      0,
      11,
      8,
      rows >> 8,
      rows & 255,
      columns >> 8,
      columns & 255,
      1,
      1,
      0x11,
      0,
      0xff,
      0xd9,
    );
  const jpeg = (block: Uint8Array) => tiff({ ...one, compression: 7, pack: () => block });
  await expectError(open(jpeg(frame(65535, 65535))), "corrupt-file", "another size");
  await expectError(open(jpeg(frame(65535, width))), "corrupt-file", "another size");
  await expectError(open(jpeg(Uint8Array.of(1, 2, 3))), "corrupt-file", "JPEG");
});

test("unsupported features are named, with advice", async () => {
  const bytes = pagesOf(voxels({ dims, dtype: "uint8" }), 3);
  for (const [spec, ...words] of [
    [{ fields: { 259: [34887] } }, "LERC"],
    [{ fields: { 259: [50000] } }, "Zstandard"],
    [{ fields: { 259: [12345] } }, "method 12345"],
    [{ photometric: 5 }, "CMYK"],
    [{ photometric: 32803 }, "raw camera data"],
    [{ photometric: 6 }, "YCbCr"],
    [{ fields: { 32997: [5] } }, "ImageDepth"],
    [{ format: 5 }, "type 5"],
    [{ bits: 24, width: 3 }, "24 bits"],
    [{ compression: 8, pack: deflateSync, fields: { 317: [9] } }, "predictor 9"],
  ] as const) {
    const file = tiff({ ...spec, pages: bytes });
    const error = await expectError(open(file), "unsupported-format", "a.tif", "Save it again", ...words);
    expect(error.message.length).toBeLessThanOrEqual(300);
  }
});

test("descriptions that would take long to parse", async () => {
  for (const description of [
    `<OME>${"<TiffData ".repeat(100_000)}`,
    `<OME><Pixels SizeZ="3" ${"a".repeat(500_000)}>${'<TiffData PlaneCount="3"/>'.repeat(50_000)}`,
    `ImageJ=1\n${"x=".repeat(500_000)}`,
    `{"shape": [${"9,".repeat(200_000)}9]}`,
    `{"shape": ${"[".repeat(200_000)}`,
  ]) {
    const started = performance.now();
    const volume = await open(tiff({ fields: { 270: description } }));
    expect(volume.dims[0]).toBe(width);
    expect(performance.now() - started).toBeLessThan(5000);
  }
});
