/** Volumes stored as NIfTI: no value changes, the smallest type is used, and the header keeps what a volume tells. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { niftiFile } from "../../src/page/nifti-file.ts";
import { fromBytes, readVolume } from "../../src/read/index.ts";
import { valuesIn } from "../../src/values/raw-values.ts";
import { type Dtype, type Volume, wholeBox } from "../../src/volume.ts";
import { volumeBy } from "../support/volumes.ts";

const DIMS = [5, 4, 3] as const;
const AFFINE = [2.1, 0.3, 0, -90.25, -0.2, 2.2, 0.1, 12, 0, 0.1, 3.3, -72, 0, 0, 0, 1];

async function stored(volume: Volume): Promise<Volume> {
  const bytes = new Uint8Array(await (await niftiFile(volume)).arrayBuffer());
  return (await readVolume(fromBytes("a.nii.gz", bytes))).volume;
}

async function values(volume: Volume): Promise<number[]> {
  const bytes = await volume.read(0, wholeBox(volume.dims));
  const at = valuesIn(volume, bytes);
  return Array.from({ length: 60 }, (_, i) => at(i));
}

const CASES: readonly (readonly [from: Dtype, to: Dtype, values: readonly number[]])[] = [
  ["uint8", "uint8", [0, 255]],
  ["int32", "uint8", [0, 255]],
  ["int16", "int8", [-128, 127]],
  ["uint32", "uint16", [0, 256]],
  ["float32", "int16", [-129, 32767]],
  ["int64", "uint32", [0, 2 ** 31]],
  ["int64", "int32", [-1, 2 ** 31 - 1]],
  ["int64", "int64", [-1, 2 ** 31]],
  ["uint64", "uint64", [2 ** 52, 1]],
  ["float64", "float32", [0.5, -2.25]],
  ["float64", "float32", [0.5, Number.NaN]],
  ["float64", "float64", [0.1, 3]],
  ["float16", "float32", [0.5, 1.25]],
  ["float16", "uint8", [1, 2]],
  ["float32", "float32", [1, Number.NaN]],
  ["float32", "float32", [1, Number.POSITIVE_INFINITY]],
];

for (const [from, to, [first, second]] of CASES) {
  for (const littleEndian of [true, false]) {
    const order = littleEndian ? "little" : "big";
    test(`${from} of ${first} and ${second}, ${order}-endian, is stored as ${to}`, async () => {
      const rest = { littleEndian, slope: 0.3, intercept: -7.7 };
      const volume = volumeBy(DIMS, from, (x, y) => ((x + y) % 2 ? first : second), rest);
      const again = await stored(volume);
      expect([again.dtype, again.slope, again.intercept]).toEqual([to, 0.3, -7.7]);
      expect(await values(again)).toEqual(await values(volume));
    });
  }
}

const HEADERS: Record<string, Partial<Volume>> = {
  "an affine with directions": { affine: AFFINE, oriented: true, spacing: [2.1095, 2.2226, 3.3015] },
  "an affine without directions": { affine: AFFINE, spacing: [2.1095, 2.2226, 3.3015] },
  "no lengths": { unitless: true },
  "no lengths, resized": {
    unitless: true,
    spacing: [2, 1, 1],
    affine: [2, 0, 0, 0.5, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  },
  labels: { intent: "labels" },
  "t values": { intent: "signed", unit: "t" },
  "F values": { unit: "F" },
  "a unit of its own": { unit: "Größe in µm²/s" },
  "a range to show": { displayRange: [-1000.1, 400.7] },
};

for (const [name, header] of Object.entries(HEADERS)) {
  test(`the header keeps ${name}`, async () => {
    const volume = volumeBy(DIMS, "uint8", (x) => x, header);
    const { intent, unit, displayRange, oriented, unitless, affine, spacing, dims } = await stored(volume);
    const found = { intent, unit, displayRange, oriented, unitless, affine, dims };
    const { affine: given } = volume;
    expect(found).toEqual({ ...pick(volume), affine: given, dims: DIMS });
    for (const axis of [0, 1, 2]) expect(spacing[axis]).toBeCloseTo(volume.spacing[axis], 3);
  });
}

function pick({ intent, unit, displayRange, oriented, unitless }: Volume) {
  return { intent, unit, displayRange, oriented, unitless };
}

/** A Python that has nibabel, as Debian's python3-nibabel. */
const python = ["python3", "/usr/bin/python3"].find(
  (program) => spawnSync(program, ["-c", "import nibabel"], { stdio: "ignore" }).status === 0,
);

test("nibabel reads the same values, affine and type", async () => {
  test.skip(python === undefined, "python3-nibabel is not installed");
  const header = {
    affine: AFFINE,
    oriented: true,
    slope: 0.25,
    intercept: 3,
    intent: "signed",
    unit: "z",
  } as const;
  const volume = volumeBy(DIMS, "int32", (x, y, z) => x + 10 * y + 100 * z, header);
  const file = join(mkdtempSync(join(tmpdir(), "voxel-volume-")), "a.nii.gz");
  writeFileSync(file, new Uint8Array(await (await niftiFile(volume)).arrayBuffer()));
  const script = `import json, sys, nibabel
image = nibabel.load(sys.argv[1])
header = image.header
print(json.dumps([str(header.get_data_dtype()), image.affine.tolist(), image.get_fdata().flatten("F").tolist(),
  header.get_intent()[0], header.get_xyzt_units()[0]]))`;
  const [dtype, affine, data, intent, units] = JSON.parse(
    execFileSync(python ?? "", ["-c", script, file], { encoding: "utf8" }),
  );
  expect([dtype, affine.flat(), data, intent, units]).toEqual([
    "uint8",
    AFFINE,
    await values(volume),
    "z score",
    "mm",
  ]);
});
