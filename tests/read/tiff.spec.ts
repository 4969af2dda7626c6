/** TIFF stacks: how pages are stored, what descriptions say of them, what is refused, and what other programs write. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles, type ReadVolumeOptions } from "../../src/read/index.ts";
import { concat, gzip, type Scalar, voxels, zip } from "../support/make-volume.ts";
import { VolumeFile } from "../support/volume-data.ts";
import { expectError, read } from "./support.ts";
import { pagesOf, type TiffSpec, tiffFile } from "./tiff-file.ts";

const [width, height, depth] = [11, 7, 3];
const dims = [width, height, depth];

/** A stack of unsigned bytes. */
const pages = pagesOf(voxels({ dims, dtype: "uint8" }), depth);
const tiff = (spec: Partial<TiffSpec> = {}) => tiffFile({ width, height, pages, ...spec });
const open = (bytes: Uint8Array, options?: ReadVolumeOptions) => read(fromBytes("a.tif", bytes), options);
const notesOf = ({ notes = [] }: { notes?: readonly { text: string }[] }) => notes.map(({ text }) => text);

/** The bytes without a byte order of their own: little-endian. */
function little(bytes: Uint8Array, size: number, littleEndian: boolean): Buffer {
  const copy = Buffer.from(bytes);
  if (littleEndian || size === 1) return copy;
  return size === 2 ? copy.swap16() : size === 4 ? copy.swap32() : copy.swap64();
}

const TYPES: Record<string, [format: number, bits: number]> = {
  ...{ uint8: [1, 8], uint16: [1, 16], uint32: [1, 32], uint64: [1, 64] },
  ...{ int8: [2, 8], int16: [2, 16], int32: [2, 32], int64: [2, 64] },
  ...{ float16: [3, 16], float32: [3, 32], float64: [3, 64] },
};

for (const [dtype, [format, bits]] of Object.entries(TYPES)) {
  test(`${dtype}: both byte orders, classic and BigTIFF, strips and tiles, wherever directories are`, async () => {
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

  test("with white as 0 are inverted, those of a mask are not", async () => {
    const white = await open(tiff({ photometric: 0 }));
    expect(white).toMatchObject({ slope: -1, intercept: 255 });
    expect(notesOf(white)).toEqual(["White is stored as 0: values are inverted"]);
    const mask = await open(tiff({ photometric: 0, bits: 1, pages: [new Uint8Array(2 * height)] }));
    expect(mask).toMatchObject({ slope: 1, intercept: 0 });
  });

  test("of a palette are its places", async () => {
    const volume = await open(tiff({ photometric: 3, fields: { 320: Array<number>(768).fill(7) } }));
    expect([...volume.data]).toEqual([...concat(...pages)]);
    expect(notesOf(volume)).toEqual(["Values are places in a palette, whose colours are left out"]);
  });
});

test.describe("several samples a pixel", () => {
  const colors = (count: number) => voxels({ dims: [count, ...dims], dtype: "uint8" });
  const spec = (samples: number, more: Partial<TiffSpec> = {}) =>
    tiff({ samples, pages: pagesOf(colors(samples), depth), ...more });
  const sampleOf = (bytes: Uint8Array, samples: number, sample: number) =>
    [...bytes].filter((_, i) => i % samples === sample);

  test("red, green and blue are components, with opacity four", async () => {
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

  test("other samples are frames, opacity beside grey is left out", async () => {
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
    // Single bytes, runs of two, and the control byte that stands for nothing.
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
        // Steps beyond what a sample holds, which wrap around.
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

test.describe("lengths", () => {
  const resolution = { 282: [4], 283: [2] };

  test("from resolutions per inch and per centimetre; none from those without a unit", async () => {
    const inch = await open(tiff({ fields: { ...resolution, 296: [2] } }));
    expect(inch.spacing).toEqual([6.35, 12.7, 6.35]);
    expect(notesOf(inch)).toEqual([
      "The distance of the slices is not known: it is taken for the width of a pixel",
    ]);
    expect((await open(tiff({ fields: { ...resolution, 296: [3] } }))).spacing).toEqual([2.5, 5, 2.5]);
    const proportions = await open(tiff({ fields: { ...resolution, 296: [1] } }));
    expect(proportions.spacing).toEqual([0.25, 0.5, 0.25]);
    expect(notesOf(proportions)).toEqual(["The sizes of voxels have no unit: they are taken for mm"]);
    const alike = await open(tiff({ fields: { 282: [4], 283: [4], 296: [1] } }));
    expect(alike).toMatchObject({ unitless: true, spacing: [1, 1, 1] });
    expect(alike.affine).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
  });

  for (const [unit, mm] of Object.entries({
    "\\u00B5m": 1e-3,
    micron: 1e-3,
    um: 1e-3,
    nm: 1e-6,
    mm: 1,
    cm: 10,
    inch: 25.4,
  })) {
    test(`in ImageJ's unit ${unit}`, async () => {
      const description = `ImageJ=1.54f\nimages=3\nslices=3\nunit=${unit}\nspacing=-5\n`;
      const { spacing, affine, unitless } = await open(
        tiff({ fields: { ...resolution, 270: description, 296: [1] } }),
      );
      for (const [axis, length] of [0.25, 0.5, 5].entries()) {
        expect(spacing[axis]).toBeCloseTo(length * mm, 12);
        expect(affine[5 * axis]).toBe(spacing[axis]);
      }
      expect(unitless).toBeUndefined();
    });
  }
});

test.describe("ImageJ", () => {
  const header = (fields: string) => ({ 270: `ImageJ=1.54f\n${fields}` });

  test("stacks with one directory, as beyond 4 GiB: pixels follow it without any other", async () => {
    const fields = header("images=3\nslices=3\n");
    for (const more of [{ directories: "front" }, { directories: "behind", single: true }] as const)
      expect([...(await open(tiff({ fields, ...more }))).data]).toEqual([...concat(...pages)]);
    const bytes = tiff({ fields, directories: "front" });
    await expectError(open(bytes.slice(0, -1)), "corrupt-file", "a.tif is damaged or cut off");
  });

  test("channels, slices and time points: frames are channels, then time points", async () => {
    const [c, z, t] = [2, 3, 2];
    const all = voxels({ dims: [width, height, c * z * t], dtype: "uint8" });
    const planes = pagesOf(all, c * z * t);
    const fields = header(`images=${c * z * t}\nchannels=${c}\nslices=${z}\nframes=${t}\nhyperstack=true\n`);
    for (const more of [{}, { directories: "behind" as const }, { compression: 8, pack: deflateSync }]) {
      const bytes = tiff({ pages: planes, fields, ...more });
      for (let frame = 0; frame < c * t; frame++) {
        const volume = await open(bytes, { frame });
        expect(volume).toMatchObject({ dims: [width, height, z], frames: c * t });
        const wanted = [0, 1, 2].map(
          (slice) => planes[(frame % c) + c * (slice + z * Math.floor(frame / c))],
        );
        expect([...volume.data]).toEqual([...concat(...wanted)]);
        expect(volume.notes).toEqual([
          {
            text: "Frames are {channels} channels of {times} time points",
            values: { channels: c, times: t },
          },
        ]);
      }
    }
  });

  test("time points of one slice are shown as slices", async () => {
    const volume = await open(tiff({ fields: header("images=3\nframes=3\n") }));
    expect(volume).toMatchObject({ dims, frames: 1 });
    expect(notesOf(volume)).toEqual(["Time points are shown as slices"]);
  });

  test("a description of pages that are not there is not believed", async () => {
    const volume = await open(tiff({ pages: pages.slice(0, 1), fields: header("images=40\nslices=40\n") }));
    expect(volume.dims).toEqual([width, height, 1]);
    expect(notesOf(volume)).toEqual([
      "The description of the file tells of {told} pages, {count} are there: each is shown as a slice",
    ]);
  });
});

test.describe("OME-TIFF", () => {
  const xml = (attributes: string, inner = "<TiffData/>") =>
    `<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0"><Pixels ${attributes}>${inner}</Pixels></Image></OME>`;
  const [c, z, t] = [2, 3, 2];
  const planes = pagesOf(voxels({ dims: [width, height, c * z * t], dtype: "uint8" }), c * z * t);

  for (const order of ["ZCT", "ZTC", "CZT", "CTZ", "TZC", "TCZ"]) {
    test(`pages in the order ${order}`, async () => {
      const sizes: Record<string, number> = { C: c, Z: z, T: t };
      const description = xml(
        `DimensionOrder="XY${order}" SizeC="${c}" SizeZ="${z}" SizeT="${t}" SizeX="11" SizeY="7"`,
      );
      const bytes = tiff({ pages: planes, fields: { 270: description } });
      for (let frame = 0; frame < c * t; frame++) {
        const wanted = [0, 1, 2].map((slice) => {
          const at: Record<string, number> = { Z: slice, C: frame % c, T: Math.floor(frame / c) };
          const [a, b, d] = order;
          return planes[at[a] + sizes[a] * (at[b] + sizes[b] * at[d])];
        });
        const volume = await open(bytes, { frame });
        expect([...volume.data]).toEqual([...concat(...wanted)]);
      }
    });
  }

  test("pages that TiffData elements put in another order", async () => {
    const inner = [2, 0, 1]
      .map((page, slice) => `<TiffData FirstZ="${slice}" IFD="${page}" PlaneCount="1"/>`)
      .join("");
    const fields = { 270: xml('DimensionOrder="XYZCT" SizeZ="3" SizeC="1" SizeT="1"', inner) };
    expect([...(await open(tiff({ fields }))).data]).toEqual([...concat(pages[2], pages[0], pages[1])]);
  });

  test("sizes of voxels, in µm where no unit is given", async () => {
    const lengths =
      'PhysicalSizeX="0.5" PhysicalSizeY="500" PhysicalSizeYUnit="nm" PhysicalSizeZ="2" PhysicalSizeZUnit="&#181;m"';
    const { spacing } = await open(tiff({ fields: { 270: xml(`${lengths} SizeZ="3"`) } }));
    for (const [axis, length] of [0.0005, 0.0005, 0.002].entries())
      expect(spacing[axis]).toBeCloseTo(length, 12);
  });

  test("of several files or images, the pages of this one are read, and it is said", async () => {
    const inner = ["a.tif", "b.tif"]
      .map((name, i) => `<TiffData FirstC="${i}"><UUID FileName="${name}">urn:${i}</UUID></TiffData>`)
      .join("");
    const several = await open(tiff({ fields: { 270: xml('SizeZ="3" SizeC="2"', inner) } }));
    expect(several).toMatchObject({ dims, frames: 1 });
    expect(notesOf(several)).toEqual([
      "One of {count} files of an OME-TIFF: its own pages are shown as slices",
    ]);
    const two = xml('SizeZ="2"').replace("</OME>", '<Image><Pixels SizeZ="1"/></Image></OME>');
    const images = await open(tiff({ fields: { 270: two } }));
    expect(images.dims).toEqual([width, height, 2]);
    expect(notesOf(images)).toContain("The first of {count} images of the OME-TIFF is shown");
  });
});

test("tifffile's shape: the slowest axes are frames", async () => {
  const planes = pagesOf(voxels({ dims: [width, height, 6], dtype: "uint8" }), 6);
  const fields = { 270: `{"shape": [2, 3, ${height}, ${width}]}` };
  for (const single of [false, true]) {
    const bytes = tiff({ pages: planes, fields, single, directories: "behind" });
    const volume = await open(bytes, { frame: 1 });
    expect(volume).toMatchObject({ dims, frames: 2 });
    expect([...volume.data]).toEqual([...concat(...planes.slice(3))]);
  }
});

test("thumbnails, reduced copies and pages of another size are left out, and it is said", async () => {
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

test.describe("written by other programs", () => {
  const folder = new URL("fixtures/tiff/", import.meta.url);
  type Expected = {
    dims: number[];
    dtype: keyof typeof TYPES;
    sha256: string[];
    spacing?: number[];
    components?: number;
    values?: number[];
  };
  const expected: Record<string, Expected> = JSON.parse(
    readFileSync(new URL("expected.json", folder), "utf8"),
  );

  test("every file that is to be read is there", () => {
    const files = readdirSync(folder).filter((name) => name.endsWith(".tif"));
    expect(files.sort()).toEqual([...Object.keys(expected), "group4.tif", "zstandard.tif"].sort());
  });

  for (const [name, { dims, dtype, sha256, spacing, components = 1, values }] of Object.entries(expected)) {
    test(name, async () => {
      const file = new VolumeFile(fromBytes(name, readFileSync(new URL(name, folder))));
      for (const [frame, hash] of sha256.entries()) {
        const parts: Buffer[] = [];
        for (let component = 0; component < components; component++) {
          const { volume } = await file.read({ frame, ...(components > 1 && { component }) });
          expect(volume).toMatchObject({ dims, dtype, frames: sha256.length });
          for (const [axis, length] of (spacing ?? []).entries())
            expect(volume.spacing[axis]).toBeCloseTo(length, 9);
          parts.push(little(volume.data, TYPES[dtype][1] / 8, volume.littleEndian));
        }
        const together = Buffer.from([...parts[0]].flatMap((_, i) => parts.map((part) => part[i])));
        if (!values) {
          const stored = components > 1 ? together : parts[0];
          expect(createHash("sha256").update(stored).digest("hex")).toBe(hash);
          continue;
        }
        // JPEG decoders differ in their rounding, and in how they enlarge halved colours.
        const errors = values.map((value, i) => Math.abs(value - together[i]));
        expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(
          name === "jpeg.tif" ? 0.5 : 3,
        );
      }
    });
  }

  test("other compressions are named, with the way out", async () => {
    for (const [name, method] of [
      ["group4.tif", "CCITT Group 4"],
      ["zstandard.tif", "Zstandard"],
    ])
      await expectError(
        open(readFileSync(new URL(name, folder))),
        "unsupported-format",
        method,
        "Save it again",
      );
  });

  const stack = new URL("../../../shared/cases/x_tiff/stack.tif", import.meta.url);
  test("a stack that failed once", async () => {
    test.skip(!existsSync(stack), "../shared/cases/x_tiff is not here");
    expect((await open(readFileSync(stack))).dims.slice(0, 2)).toEqual([5, 4]);
  });
});
