/** DICOM files of other programs: values, spacing and affine as in pydicom and NumPy. See fixtures/dicom/README.md. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { fromBytes, type Source } from "../../src/read/index.ts";
import { scalarsIn } from "../../src/scalars.ts";
import { DTYPES } from "../../src/volume.ts";
import { VolumeFile, type VolumeWithData } from "../support/volume-data.ts";
import { expectError, read } from "./support.ts";

interface Expected {
  readonly dims: readonly number[];
  readonly samples: 1 | 3;
  readonly dtype: string;
  readonly sum: number;
  readonly sha256: string;
  readonly slope?: number;
  readonly intercept?: number;
  readonly spacing?: readonly number[];
  readonly affine?: readonly number[];
}

const fixtures = new URL("fixtures/dicom/", import.meta.url);
/** Test files of Debian's python3-pydicom. */
const installed = new URL("file:///usr/lib/python3/dist-packages/pydicom/data/test_files/");
const expected: { files: Record<string, Expected>; series: Record<string, Expected[]> } = JSON.parse(
  readFileSync(new URL("expected.json", fixtures), "utf8"),
);

/** JPEG decoders round differently, so these are compared with a tolerance. */
const LOSSY = ["JPGExtended.dcm", "SC_rgb_jpeg_dcmtk.dcm"];
const REFUSED = ["MR_small_jp2klossless.dcm", "MR_small_jpeg_ls_lossless.dcm"];

const fileSource = (name: string, folder = fixtures) => fromBytes(name, readFileSync(new URL(name, folder)));

/** The first of these files, with all others beside it, as dropped or zipped folders. */
function setOf(...names: string[]): Source {
  const files = names.map((name) => [name, readFileSync(new URL(name, fixtures))] as const);
  const [[name, bytes], ...others] = files;
  return fromBytes(name, bytes, Object.fromEntries(others));
}
const inFolder = (folder: string) =>
  readdirSync(new URL(folder, fixtures)).map((name) => `${folder}/${name}`);

/** The scalars as stored in the file, with the samples of a pixel together. */
async function samples(source: Source, count: 1 | 3) {
  const file = new VolumeFile(source);
  const components = count === 3 ? [0, 1, 2] : [undefined];
  const volumes: VolumeWithData[] = [];
  for (const component of components) volumes.push((await file.read({ component })).volume);
  const [{ dtype, data }] = volumes;
  const size = DTYPES[dtype];
  const out = new Uint8Array(data.length * count);
  for (let i = 0; i < data.length / size; i++) {
    for (const [c, volume] of volumes.entries()) {
      out.set(volume.data.subarray(i * size, (i + 1) * size), (i * count + c) * size);
    }
  }
  return { volume: volumes[0], bytes: out };
}

function expectPlace(volume: VolumeWithData, { spacing, affine }: Expected) {
  if (!spacing || !affine) return;
  expect(volume.oriented).toBe(true);
  for (const [i, length] of volume.spacing.entries()) expect(length).toBeCloseTo(spacing[i], 5);
  for (const [i, value] of volume.affine.entries()) expect(value).toBeCloseTo(affine[i], 4);
}

for (const [name, one] of Object.entries(expected.files)) {
  if (REFUSED.includes(name)) continue;
  test(`${name}: values and position equal pydicom's`, async () => {
    const folder = existsSync(new URL(name, fixtures)) ? fixtures : installed;
    test.skip(!existsSync(new URL(name, folder)), "pydicom's test files are not here");
    const { volume, bytes } = await samples(fileSource(name, folder), one.samples);
    expect(volume).toMatchObject({ name, dims: one.dims, dtype: one.dtype, frames: 1 });
    expect(volume).toMatchObject({ slope: one.slope, intercept: one.intercept, littleEndian: true });
    if (LOSSY.includes(name)) {
      const scalars = scalarsIn(bytes, volume.dtype, true);
      const count = bytes.length / DTYPES[volume.dtype];
      let sum = 0;
      for (let i = 0; i < count; i++) sum += scalars(i);
      expect(Math.abs(sum - one.sum) / count).toBeLessThan(0.2);
    } else {
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(one.sha256);
    }
    expectPlace(volume, one);
  });
}

test("properties of values and slices are read from the header", async () => {
  const dose = await read(fileSource("rtdose.dcm"));
  // GridFrameOffsetVector: 0, 5, 10 ...
  expect(dose).toMatchObject({ spacing: [10, 10, 5], unit: "RELATIVE", oriented: true });
  const mr = await read(fileSource("MR_small.dcm"));
  // Window 600 +- 1600 / 2, as PS3.3, C.11.2.1.2 has it.
  expect(mr.displayRange).toEqual([-200, 1399]);
  const jpeg = await read(fileSource("image_dfl.dcm"));
  expect(jpeg.unitless).toBe(true);
});

test("unsupported compression is named, with advice", async () => {
  const [jpeg2000, jpegLs] = REFUSED.map((name) => fileSource(name));
  await expectError(read(jpeg2000), "unsupported-format", "1.2.840.10008.1.2.4.90", "JPEG 2000", "gdcmconv");
  await expectError(read(jpegLs), "unsupported-format", "1.2.840.10008.1.2.4.80", "JPEG-LS", "dcmdjpls");
});

test("a file that is cut off, and one without an image", async () => {
  await expectError(read(fileSource("MR_truncated.dcm")), "corrupt-file", "8,192 bytes", "8,130");
  await expectError(read(fileSource("rtplan.dcm")), "unsupported-format", "without an image");
  await expectError(read(fileSource("DICOMDIR")), "unsupported-format", "folder");
});

test("slices of a real series are sorted by position, whichever file is first", async () => {
  const [one] = expected.series["98892001/CT5N"];
  const names = inFolder("98892001/CT5N");
  for (const first of [0, 3]) {
    const rotated = [...names.slice(first), ...names.slice(0, first)];
    const { volume, bytes } = await samples(setOf(...rotated, "DICOMDIR", "rtplan.dcm"), 1);
    expect(volume).toMatchObject({ name: "5 SmartScore - Gated 0.5 sec", dims: [16, 16, 5], unit: "HU" });
    expect(volume.notes).toBeUndefined();
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(one.sha256);
    expectPlace(volume, one);
  }
});

test("a set of studies: all series by name, localizers separate, the largest by default", async () => {
  const folders = Object.keys(expected.series);
  const file = new VolumeFile(setOf("DICOMDIR", ...folders.flatMap(inFolder)));
  const { volume, entries } = await file.read();
  expect(volume.name).toBe("5 SmartScore - Gated 0.5 sec");
  expect(entries.map(({ path, dims }) => `${path}: ${dims[2]}`).sort()).toEqual([
    "2 FAST LOCALIZER: 1",
    "2 T-S-C RF FAST PILOT axial (2): 1",
    "2 T-S-C RF FAST PILOT axial: 1",
    "2 T-S-C RF FAST PILOT coronal (2): 1",
    "2 T-S-C RF FAST PILOT coronal: 1",
    "2 T-S-C RF FAST PILOT sagittal (2): 1",
    "2 T-S-C RF FAST PILOT sagittal: 1",
    "4 Scout coronal: 1",
    "4 Scout sagittal: 1",
    "5 SmartScore - Gated 0.5 sec: 5",
  ]);
  const stacks = Object.values(expected.series).flat();
  for (const { path } of entries) {
    const { volume } = await file.read({ entry: path });
    const hash = createHash("sha256").update(volume.data).digest("hex");
    const one = stacks.find(({ sha256 }) => sha256 === hash);
    expect(one, path).toBeDefined();
    expectPlace(volume, one as Expected);
  }
});
