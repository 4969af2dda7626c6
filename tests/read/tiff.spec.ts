/** TIFF stacks: how pages are stored, and which pages are left out. */

import { deflateSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles } from "../../src/read/index.ts";
import { concat, gzip, type Scalar, voxels, zip } from "../support/make-volume.ts";
import { VolumeFile } from "../support/volume-data.ts";
import { read } from "./support.ts";
import {
  depth,
  dims,
  height,
  little,
  notesOf,
  open,
  pages,
  pagesOf,
  type TiffSpec,
  tiff,
  tiffFile,
  width,
} from "./tiff-file.ts";

const TYPES: Record<string, [format: number, bits: number]> = {
  ...{ uint8: [1, 8], uint16: [1, 16], uint32: [1, 32], uint64: [1, 64] },
  ...{ int8: [2, 8], int16: [2, 16], int32: [2, 32], int64: [2, 64] },
  ...{ float16: [3, 16], float32: [3, 32], float64: [3, 64] },
};

for (const [dtype, [format, bits]] of Object.entries(TYPES)) {
  test(`${dtype}: both byte orders, classic and BigTIFF, strips and tiles, directories at any position`, async () => {
    for (const bigEndian of [false, true]) {
      const bytes = voxels({ dims, dtype: dtype as Scalar, bigEndian });
      for (const bigTiff of [false, true]) {
        for (const layout of [
          {},
          { rows: 3 },
          { rows: 1 },
          { tile: [16, 16] as const },
          { tile: [4, 2] as const },
        ]) {
          for (const directories of ["among", "behind"] as const) {
            const spec = { bits, format, bigEndian, bigTiff, directories, pages: pagesOf(bytes, depth) };
            const volume = await open(tiff({ ...spec, ...layout }));
            expect(volume).toMatchObject({ name: "a.tif", dims, dtype, littleEndian: !bigEndian, frames: 1 });
            expect(volume.unitless).toBe(true);
            expect([...volume.data]).toEqual([...bytes]);
          }
        }
      }
    }
  });
}

test("one page is one slice", async () => {
  const volume = await open(tiff({ pages: pages.slice(0, 1) }));
  expect(volume.dims).toEqual([width, height, 1]);
  expect(volume.notes).toBeUndefined();
});

test.describe("values", () => {
  test("of 1, 2, 4 and 12 bits are unpacked", async () => {
    for (const bits of [1, 2, 4, 12]) {
      for (const bigEndian of [false, true]) {
        const row = Math.ceil((width * bits) / 8);
        const values = Array.from(
          { length: width * height * depth },
          (_, i) => (i * 37 + (i >> 3)) % 2 ** bits,
        );
        const packed = new Uint8Array(row * height * depth);
        for (const [i, value] of values.entries()) {
          const start = Math.floor(i / width) * row * 8 + (i % width) * bits;
          for (let bit = 0; bit < bits; bit++)
            if ((value >> (bits - 1 - bit)) & 1) packed[(start + bit) >> 3] |= 0x80 >> ((start + bit) & 7);
        }
        const volume = await open(tiff({ bits, bigEndian, pages: pagesOf(packed, depth), rows: 2 }));
        const size = bits > 8 ? 2 : 1;
        expect(volume.dtype).toBe(size === 2 ? "uint16" : "uint8");
        const stored = little(volume.data, size, volume.littleEndian);
        expect(values.map((_, i) => (size === 2 ? stored.readUInt16LE(2 * i) : stored[i]))).toEqual(values);
      }
    }
  });

  test("with white as 0 are inverted, except those of a mask", async () => {
    const white = await open(tiff({ photometric: 0 }));
    expect(white).toMatchObject({ slope: -1, intercept: 255 });
    expect(notesOf(white)).toEqual(["White is stored as 0: values are inverted"]);
    const mask = await open(tiff({ photometric: 0, bits: 1, pages: [new Uint8Array(2 * height)] }));
    expect(mask).toMatchObject({ slope: 1, intercept: 0 });
  });

  test("of a palette are its indices", async () => {
    const volume = await open(tiff({ photometric: 3, fields: { 320: Array<number>(768).fill(7) } }));
    expect([...volume.data]).toEqual([...concat(...pages)]);
    expect(notesOf(volume)).toEqual(["Values are places in a palette, whose colours are left out"]);
  });
});

test.describe("several samples per pixel", () => {
  const colors = (count: number) => voxels({ dims: [count, ...dims], dtype: "uint8" });
  const spec = (samples: number, more: Partial<TiffSpec> = {}) =>
    tiff({ samples, pages: pagesOf(colors(samples), depth), ...more });
  const sampleOf = (bytes: Uint8Array, samples: number, sample: number) =>
    [...bytes].filter((_, i) => i % samples === sample);

  test("red, green and blue are components, four with opacity", async () => {
    for (const [samples, fields] of [
      [3, {}],
      [4, { 338: [2] }],
    ] as const) {
      for (const layout of [{}, { rows: 2 }, { tile: [4, 4] as const }]) {
        const bytes = spec(samples, {
          photometric: 2,
          fields,
          pageFields: { 1: fields, 2: fields },
          ...layout,
        });
        const volume = await open(bytes);
        expect(notesOf(volume)).toEqual(["Colours are shown as their luminance"]);
        for (let component = 0; component < samples; component++) {
          const { data } = await open(bytes, { component });
          expect([...data]).toEqual(sampleOf(colors(samples), samples, component));
        }
      }
    }
  });

  test("other samples are frames, and opacity beside grey is ignored", async () => {
    for (let frame = 0; frame < 5; frame++) {
      const volume = await open(spec(5, { rows: 3 }), { frame });
      expect(volume.frames).toBe(5);
      expect([...volume.data]).toEqual(sampleOf(colors(5), 5, frame));
    }
    const grey = await open(spec(2, { fields: { 338: [2] } }));
    expect(grey.frames).toBe(1);
    expect([...grey.data]).toEqual(sampleOf(colors(2), 2, 0));
    expect(notesOf(grey)).toEqual(["Of {count} samples of a pixel, the last ones are left out"]);
  });
});

test.describe("compression", () => {
  const packBits = (block: Uint8Array) => {
    // Single bytes, runs of two, and the control byte without meaning.
    const out: number[] = [-128];
    for (let i = 0; i < block.length; ) {
      if (i + 1 < block.length && block[i] === block[i + 1]) {
        out.push(-1, block[i]);
        i += 2;
      } else out.push(0, block[i++]);
    }
    return Uint8Array.from(out);
  };

  test("Deflate and PackBits, in strips and tiles", async () => {
    for (const layout of [{}, { rows: 2 }, { tile: [8, 4] as const }]) {
      for (const [compression, pack] of [
        [8, deflateSync],
        [32946, deflateSync],
        [32773, packBits],
      ] as const) {
        const volume = await open(tiff({ compression, pack, ...layout }));
        expect([...volume.data]).toEqual([...concat(...pages)]);
      }
    }
  });

  test("horizontal differences, in both byte orders", async () => {
    for (const [dtype, bits] of [
      ["uint8", 8],
      ["uint16", 16],
      ["uint32", 32],
      ["uint64", 64],
    ] as const) {
      for (const bigEndian of [false, true]) {
        // Differences beyond a sample's range, which wrap around.
        const value = (i: number) => (i % 2 ? 2 ** Math.min(bits, 52) - 1 - i : i);
        const expected = voxels({ dims, dtype, bigEndian, value });
        const most = 2n ** BigInt(bits);
        const size = bits / 8;
        const big = (i: number) => BigInt(i % width < 0 ? 0 : value(i));
        const differences = new Uint8Array(expected.length);
        for (let i = 0; i < expected.length / size; i++) {
          let step = i % width ? (big(i) - big(i - 1) + most) % most : big(i);
          for (let byte = 0; byte < size; byte++, step >>= 8n)
            differences[i * size + (bigEndian ? size - 1 - byte : byte)] = Number(step & 255n);
        }
        const spec = {
          bits,
          bigEndian,
          compression: 8,
          pack: deflateSync,
          pages: pagesOf(differences, depth),
        };
        const predictor = { 317: [2] };
        const volume = await open(
          tiff({ ...spec, rows: 3, fields: predictor, pageFields: { 1: predictor, 2: predictor } }),
        );
        expect([...volume.data]).toEqual([...expected]);
      }
    }
  });
});
test("thumbnails, reduced copies and pages of another size are left out, with a note", async () => {
  const pageFields = { 1: { 254: [1] }, 3: { 256: [width - 1] } };
  const volume = await open(tiff({ pages: [...pages, pages[0]], pageFields, fields: { 330: [8] } }));
  expect(volume.dims).toEqual([width, height, 2]);
  expect([...volume.data]).toEqual([...concat(pages[0], pages[2])]);
  expect(volume.notes).toEqual([
    { text: "Pages of another size, type or image are left out: {count}", values: { count: 2 } },
    { text: "Reduced copies of the pages are left out" },
  ]);
  const first = await open(tiff({ fields: { 254: [1] } }));
  expect([...first.data]).toEqual([...concat(pages[1], pages[2])]);
});

test("in archives and gzipped, by name and by content", async () => {
  const bytes = tiff({ compression: 8, pack: deflateSync });
  const archive = await zip({
    "read.me": new Uint8Array(3),
    "sub/stack.TIFF": bytes,
    "small.tif": tiff({ pages: pages.slice(1) }),
  });
  for (const [name, source] of [
    ["sub/stack.TIFF", fromBytes("a.zip", archive)],
    ["stack.tif.gz", fromBytes("stack.tif.gz", await gzip(bytes))],
    ["any name", fromBytes("any name", bytes)],
    ["stack.tif", fromFiles([new File([bytes], "stack.tif")])],
  ] as const) {
    const volume = await read(source);
    expect(volume).toMatchObject({ name, dims });
    expect([...volume.data]).toEqual([...concat(...pages)]);
  }
  expect((await read(fromBytes("a.zip", archive), { entry: "small" })).dims).toEqual([width, height, 2]);
});

test("progress ends at the size of the frame, and reading can be aborted", async () => {
  const large = {
    width: 512,
    height: 512,
    pages: Array.from({ length: 40 }, () => new Uint8Array(512 * 512)),
  };
  const bytes = tiffFile({ ...large, compression: 8, pack: deflateSync, rows: 64 });
  const seen: { loaded: number; total: number | undefined }[] = [];
  await open(bytes, {
    onProgress: ({ phase, loaded, total }) => phase === "inflate" && seen.push({ loaded, total }),
  });
  expect(seen.at(-1)).toEqual({ loaded: 40 * 512 * 512, total: 40 * 512 * 512 });
  expect(seen.every(({ loaded }, i) => i === 0 || loaded >= seen[i - 1].loaded)).toBe(true);
  const controller = new AbortController();
  const file = new VolumeFile(fromBytes("a.tif", bytes));
  const aborted = file.read({
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("enough")),
  });
  await expect(aborted).rejects.toThrow("enough");
  expect((await file.read()).volume.dims).toEqual([512, 512, 40]);
});
