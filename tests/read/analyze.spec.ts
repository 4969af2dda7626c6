/** Analyze 7.5 pairs: types, byte orders, SPM's scale and origin, finding the partner file. */
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles } from "../../src/read/index.ts";
import { ANALYZE_CODES, analyzeHeader, gzip, type Scalar, voxels } from "../support/make-volume.ts";
import { expectError, pair, read } from "./support.ts";

for (const dtype of Object.keys(ANALYZE_CODES) as Scalar[]) {
  for (const bigEndian of [false, true]) {
    test(`${dtype}, ${bigEndian ? "big" : "little"}-endian`, async () => {
      const spec = { dims: [5, 4, 3], dtype, bigEndian, spacing: [1, 1.5, 2] };
      const volume = await read(pair(spec));
      expect(volume).toMatchObject({
        dims: [5, 4, 3],
        dtype,
        littleEndian: !bigEndian,
        spacing: [1, 1.5, 2],
      });
      expect(volume).toMatchObject({ name: "head.hdr", frames: 1, frame: 0, slope: 1, intercept: 0 });
      expect([...volume.data]).toEqual([...voxels(spec)]);
    });
  }
}

test("voxels are not converted", async () => {
  const volume = await read(pair({ dims: [2, 1, 1], bigEndian: true, value: (i) => 258 + i, slope: 3 }));
  expect([...volume.data]).toEqual([1, 2, 1, 3]);
});

test("a header with an unusual size field is recognised by its number of axes", async () => {
  for (const bigEndian of [false, true]) {
    const spec = { dims: [3, 4, 5], bigEndian, headerSize: 0 };
    expect(await read(pair(spec))).toMatchObject({ dims: [3, 4, 5], littleEndian: !bigEndian });
  }
});

test("SPM's scale factor is the slope, unless it is 0 or not finite", async () => {
  const slope = async (stored: number) => (await read(pair({ dims: [2, 2, 2], slope: stored }))).slope;
  expect(await slope(0.25)).toBe(0.25);
  expect(await slope(0)).toBe(1);
  expect(await slope(Number.NaN)).toBe(1);
  expect(await slope(Number.POSITIVE_INFINITY)).toBe(1);
});

// The numbers are nibabel's, from the docstring of Spm99AnalyzeHeader.get_origin_affine.
test("the affine is axis-aligned with 0 mm at the centre, x to the left", async () => {
  const volume = await read(pair({ dims: [3, 5, 7], spacing: [3, 2, 1] }));
  expect(volume.affine).toEqual([-3, 0, 0, 3, 0, 2, 0, -4, 0, 0, 1, -3, 0, 0, 0, 1]);
});

test("lengths are in mm, and directions are unknown", async () => {
  for (const originator of [undefined, [3, 4, 5]]) {
    const volume = await read(pair({ dims: [3, 5, 7], originator }));
    expect(volume.unitless).toBeUndefined();
    expect(volume.oriented).toBeUndefined();
  }
});

test("SPM's origin, counted from 1, is the voxel at 0 mm", async () => {
  const volume = await read(pair({ dims: [3, 5, 7], spacing: [3, 2, 1], originator: [3, 4, 5] }));
  expect(volume.affine).toEqual([-3, 0, 0, 6, 0, 2, 0, -6, 0, 0, 1, -4, 0, 0, 0, 1]);
  const big = await read(
    pair({ dims: [3, 5, 7], spacing: [3, 2, 1], originator: [3, 4, 5], bigEndian: true }),
  );
  expect(big.affine).toEqual(volume.affine);
});

test("an origin far outside the volume is ignored", async () => {
  for (const originator of [
    [6, 4, 5],
    [-3, 4, 5],
    [20033, 22860, 0],
  ]) {
    const volume = await read(pair({ dims: [3, 5, 7], spacing: [3, 2, 1], originator }));
    expect(volume.affine[3]).toBe(3);
  }
});

test("spacing is positive; 0 and NaN become 1", async () => {
  const volume = await read(pair({ dims: [2, 2, 2], spacing: [-2, 0, Number.NaN] }));
  expect(volume.spacing).toEqual([2, 1, 1]);
});

test("missing axes have length 1, further ones are frames", async () => {
  expect(await read(pair({ dims: [6] }))).toMatchObject({ dims: [6, 1, 1], frames: 1 });
  expect(await read(pair({ dims: [6, 5] }))).toMatchObject({ dims: [6, 5, 1], frames: 1 });
  expect(await read(pair({ dims: [3, 2, 2, 4] }))).toMatchObject({ dims: [3, 2, 2], frames: 4 });
  expect(await read(pair({ dims: [3, 2, 2, 4, 3] }))).toMatchObject({ dims: [3, 2, 2], frames: 12 });
  const zeroBeyond = { dims: [3, 2, 2], dim: [4, 3, 2, 2, 0, 0, 0, 0] };
  expect(await read(pair(zeroBeyond))).toMatchObject({ frames: 1 });
});

test("vox_offset skips bytes of the image", async () => {
  const spec = { dims: [2, 2, 2], offset: 16 };
  const img = new Uint8Array([...new Uint8Array(16).fill(9), ...voxels(spec)]);
  const volume = await read(fromBytes("a.hdr", analyzeHeader(spec), { "a.img": img }));
  expect([...volume.data]).toEqual([...voxels(spec)]);
});

test("the image and the header may be gzipped and in upper case", async () => {
  const spec = { dims: [4, 3, 2] };
  const [hdr, img] = [analyzeHeader(spec), voxels(spec)];
  const sources = [
    fromBytes("a.hdr", hdr, { "a.img.gz": await gzip(img) }),
    fromBytes("a.hdr.gz", await gzip(hdr), { "a.img.gz": await gzip(img) }),
    fromBytes("a.hdr.gz", await gzip(hdr), { "a.img": img }),
    fromBytes("A.HDR", hdr, { "A.IMG": img }),
    fromBytes("a.hdr", hdr, { "a.IMG": img }),
  ];
  for (const source of sources) expect([...(await read(source)).data]).toEqual([...img]);
});

test("reading the .img finds the .hdr", async () => {
  const spec = { dims: [4, 3, 2] };
  const [hdr, img] = [analyzeHeader(spec), voxels(spec)];
  expect(await read(fromBytes("a.img", img, { "a.hdr": hdr }))).toMatchObject({
    name: "a.hdr",
    dims: [4, 3, 2],
  });
  const zipped = fromBytes("a.img.gz", await gzip(img), { "a.hdr": hdr });
  expect([...(await read(zipped)).data]).toEqual([...img]);
});

test("files chosen together, in any order", async () => {
  const spec = { dims: [4, 3, 2] };
  const hdr = new File([analyzeHeader(spec).slice()], "a.hdr");
  const img = new File([voxels(spec).slice()], "a.img");
  const note = new File(["a note that is longer than the header".repeat(30)], "note.txt");
  for (const files of [
    [hdr, img, note],
    [note, img, hdr],
  ]) {
    expect(fromFiles(files).name).toBe("a.hdr");
    expect([...(await read(fromFiles(files))).data]).toEqual([...voxels(spec)]);
  }
  const larger = { dims: [9, 9, 9] };
  const others = [
    new File([analyzeHeader(larger).slice()], "b.hdr"),
    new File([voxels(larger).slice()], "b.img"),
  ];
  expect(await read(fromFiles([hdr, img, ...others]))).toMatchObject({ name: "b.hdr", dims: [9, 9, 9] });
});

test("a header or an image alone is refused", async () => {
  const spec = { dims: [4, 3, 2] };
  const hdr = new File([analyzeHeader(spec).slice()], "a.hdr");
  await expectError(read(fromFiles([hdr])), "entry-not-found", "a.hdr", ".img", "both files");
  await expectError(
    read(fromBytes("a.img", voxels(spec))),
    "entry-not-found",
    "a.img",
    "a.hdr",
    "is missing",
  );
  expect(() => fromFiles([])).toThrow(/choose a volume/);
});

test("a text file named .hdr is refused", async () => {
  const source = fromBytes("a.hdr", new TextEncoder().encode("ENVI\nsamples = 2\n".repeat(40)));
  await expectError(read(source), "unsupported-format", "a.hdr", "text");
});

test("the header's range to show is read", async () => {
  for (const bigEndian of [false, true]) {
    const range = async (cal?: readonly [number, number]) =>
      (await read(pair({ dims: [2, 2, 2], bigEndian, cal }))).displayRange;
    expect(await range([40, 400])).toEqual([40, 400]);
    expect(await range()).toBeUndefined();
    expect(await range([400, 40])).toBeUndefined();
  }
});
