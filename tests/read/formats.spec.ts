/** The list of formats: registering a format, and file names known before the formats' code is loaded. */

import { expect, test } from "playwright/test";
import { VoxelVolumeError } from "../../src/errors.ts";
import { rareFormats } from "../../src/read/formats/rare-formats.ts";
import { formatNames, isVolumeName } from "../../src/read/formats/registry.ts";
import { EXTENSIONS } from "../../src/read/formats/volume-names.ts";
import { type Format, fromBytes, fromFiles, registerFormat } from "../../src/read/index.ts";
import { gzip, niftiFile, zip } from "../support/make-volume.ts";
import { readVolume } from "../support/volume-data.ts";
import { expectError, read } from "./support.ts";

const COMMON = ["nii", "hdr", "img", "npy"];

test("the extensions of all formats are known before their code is loaded", () => {
  const rare = rareFormats.flatMap(({ extensions }) => extensions);
  expect([...EXTENSIONS].sort()).toEqual([...new Set([...COMMON, ...rare])].sort());
  expect(["a.nii.gz", "b/C.NRRD", "x.mgz", "y.tif.gz"].filter(isVolumeName)).toHaveLength(4);
  expect(["a.gz", "nii", "a.txt", "a.nii/readme", ""].filter(isVolumeName)).toEqual(["nii"]);
});

/** A test format: the side of a cube, followed by one byte per voxel. */
const cubes: Format = {
  name: "Cubes (.cube)",
  extensions: ["cube"],
  matches: (_, path) => path.replace(/\.gz$/, "").endsWith(".cube"),
  async open(file) {
    const side = (await file.read(0, 1))[0];
    if (side === 0) throw new VoxelVolumeError("corrupt-file", `${file.path} has no side`);
    const voxels = { file: async () => file, offset: 1 };
    return [{ path: file.path, format: "cube", dims: [side, side, side], dtype: "uint8", voxels }];
  },
};
const cube = Uint8Array.of(2, 1, 2, 3, 4, 5, 6, 7, 8);

test("a registered format is read from memory, files, gzip and archives, with defaults for missing properties", async () => {
  await expectError(read(fromBytes("a.cube", cube)), "unsupported-format", "a.cube");
  registerFormat(cubes);
  expect(await formatNames()).toContain("Cubes (.cube)");
  const { volume, entries } = await readVolume(fromBytes("a.cube", cube));
  expect(entries).toEqual([
    {
      ...{ path: "a.cube", format: "cube", dims: [2, 2, 2], dtype: "uint8" },
      ...{ spacing: [1, 1, 1], unitless: true, frames: 1, littleEndian: true },
    },
  ]);
  expect(volume).toMatchObject({ unitless: true, slope: 1, intercept: 0, frame: 0 });
  expect(volume.affine).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
  const archive = await zip({ "notes.txt": cube, "a/b.cube": cube, "c.nii": niftiFile({ dims: [1, 1, 1] }) });
  for (const source of [
    fromFiles([new File([cube], "a.cube")]),
    fromBytes("a.cube.gz", await gzip(cube)),
    fromBytes("a.zip", archive),
  ]) {
    expect([...(await read(source)).data], source.name).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  }
});

test("claims of a registered format are checked, its errors are passed on, and it can decode frames itself", async () => {
  registerFormat(cubes);
  await expectError(read(fromBytes("a.cube", cube.subarray(0, 8))), "corrupt-file", "9", "8");
  await expectError(read(fromBytes("a.cube", Uint8Array.of(0))), "corrupt-file", "no side");
  // An empty file makes the format's own code fail.
  registerFormat({
    ...cubes,
    matches: (_, path) => path === "bad.cube",
    open: () => Promise.reject(new TypeError("side")),
  });
  await expectError(read(fromBytes("bad.cube", cube)), "corrupt-file", "bad.cube", "side");
  registerFormat({
    ...{ name: "Ramps (.ramp)", extensions: ["ramp"] },
    matches: (_, path) => path.endsWith(".ramp"),
    open: async ({ path }) => [
      {
        ...{ path, format: "ramp", dims: [3, 1, 1], dtype: "int16", littleEndian: false, frames: 2 },
        ...{ spacing: [2, 2, 2], slope: 0.5 },
        voxels: { decode: async (frame) => Uint8Array.of(0, frame, 0, 10, 0, 20) },
      },
    ],
  });
  const volume = await read(fromBytes("a.ramp", cube), { frame: 1 });
  expect(volume).toMatchObject({ frames: 2, frame: 1, littleEndian: false, slope: 0.5, spacing: [2, 2, 2] });
  expect(volume.affine.slice(0, 4)).toEqual([2, 0, 0, 0]);
  expect(volume.unitless).toBeUndefined();
  expect([...volume.data]).toEqual([0, 1, 0, 10, 0, 20]);
  registerFormat({
    ...cubes,
    matches: (_, path) => path === "short.ramp",
    open: async ({ path }) => [
      {
        path,
        format: "ramp",
        dims: [3, 1, 1],
        dtype: "int16",
        voxels: { decode: async () => new Uint8Array(5) },
      },
    ],
  });
  await expectError(read(fromBytes("short.ramp", cube)), "corrupt-file", "short.ramp", "5 bytes");
  await expectError(read(fromBytes("a.ramp", cube), { frame: 2 }), "invalid-option", "frames 0 to 1");
});
