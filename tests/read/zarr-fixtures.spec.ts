/** Files that zarr-python has written, in `fixtures/zarr`. */
import { readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import { scalarsIn } from "../../src/scalars.ts";
import { read } from "./support.ts";

const FILES = {
  "image-blosc": "uint16",
  zstd: "float32",
  lz4: "int32",
  "gzip-big": "float64",
  fortran: "int16",
  half: "float16",
} as const;

const open = (name: string) =>
  read(fromBytes(`${name}.zarr.zip`, readFileSync(`tests/read/fixtures/zarr/${name}.zarr.zip`)));

/** Value of a voxel, by its index in the file's order of axes, x slowest. */
const value = (x: number, y: number, z: number) => (((x * 6 + y) * 5 + z) * 37) % 127;
/** All values, x fastest. */
const expected = Array.from({ length: 7 * 6 * 5 }, (_, i) =>
  value(i % 7, Math.floor(i / 7) % 6, Math.floor(i / 42)),
);

test("all types, compressors and orders have the values that were written", async () => {
  for (const [name, dtype] of Object.entries(FILES)) {
    const volume = await open(name);
    expect(volume, name).toMatchObject({ dims: [7, 6, 5], dtype, littleEndian: true });
    const at = scalarsIn(volume.data, volume.dtype, true);
    expect(
      Array.from(expected, (_, i) => at(i)),
      name,
    ).toEqual(expected);
  }
  expect([...(await open("bool")).data]).toEqual(expected.map((n) => Number(n > 60)));
});

test("an image has its axes and the sizes of its voxels", async () => {
  const volume = await open("image-blosc");
  expect(volume).toMatchObject({ name: "image-blosc.zarr.zip", frames: 1 });
  expect(volume.spacing.map((n) => Number(n.toPrecision(6)))).toEqual([0.0005, 0.0005, 0.002]);
});
