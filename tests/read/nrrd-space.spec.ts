/** NRRD: the position of the voxels in space. */
import { expect, test } from "playwright/test";
import { type NrrdFields, nrrd } from "../support/make-nrrd.ts";
import { read } from "./support.ts";

test("space: directions, origin, units, and sides of the patient", async () => {
  const directions = "(1.5,0,0) (0,0,-2) (0,2.5,0)";
  const fields = { "space directions": directions, "space origin": "(10,20,30)" };
  const inRas = [1.5, 0, 0, 10, 0, 0, 2.5, 20, 0, -2, 0, 30, 0, 0, 0, 1];
  const flipped = (x: number, y: number) => inRas.map((v, i) => (i < 4 ? x * v : i < 8 ? y * v : v) + 0);
  for (const [space, affine] of [
    ["right-anterior-superior", inRas],
    ["RAS", inRas],
    ["left-anterior-superior", flipped(-1, 1)],
    ["LAS", flipped(-1, 1)],
    ["left-posterior-superior", flipped(-1, -1)],
    ["lps", flipped(-1, -1)],
  ] as const) {
    const volume = await read(nrrd({ space, ...fields }));
    expect(volume).toMatchObject({ affine, oriented: true, spacing: [1.5, 2, 2.5] });
    expect(volume.unitless).toBeUndefined();
  }
  for (const space of [{ space: "scanner-xyz" }, { space: "3D-right-handed" }, { "space dimension": 3 }]) {
    const volume = await read(nrrd({ ...space, ...fields }));
    expect(volume.affine).toEqual(inRas);
    expect(volume.oriented).toBeUndefined();
  }
  const micrometers = await read(nrrd({ space: "RAS", ...fields, "space units": '"um" "um" "cm"' }));
  expect(micrometers.affine).toEqual([0.0015, 0, 0, 0.01, 0, 0, 0.0025, 0.02, 0, -20, 0, 300, 0, 0, 0, 1]);
  const spaced = await read(
    nrrd({ "space directions": "( 1.5 , 0 , 0 ) ( 0, 0,-2 ) (0,2.5,0)", space: "RAS" }),
  );
  expect(spaced.affine).toEqual(inRas.map((v, i) => (i === 3 || i === 7 || i === 11 ? 0 : v)));
});

test("the missing third axis of an image is perpendicular to its two axes", async () => {
  const fields = { sizes: "7 15", space: "LPS", "space origin": "(1,2,3)" };
  const layer = await read(nrrd({ ...fields, "space directions": "(0,2,0) (0,0,3)" }));
  expect(layer).toMatchObject({ dims: [7, 15, 1], spacing: [2, 3, 1], oriented: true });
  expect(layer.affine).toEqual([0, 0, -1, -1, -2, 0, 0, -2, 0, 3, 0, 3, 0, 0, 0, 1]);
  const plane = {
    sizes: "7 15",
    "space dimension": 2,
    "space directions": "(2,0) (0,3)",
    "space origin": "(1,2)",
  };
  expect((await read(nrrd(plane))).affine).toEqual([2, 0, 0, 1, 0, 3, 0, 2, 0, 0, 1, 0, 0, 0, 0, 1]);
});

test("distances without directions: spacings, units, and ends of axes", async () => {
  const spacing = async (fields: NrrdFields) => (await read(nrrd(fields))).spacing;
  expect(await spacing({ spacings: "0.5 -2 3" })).toEqual([0.5, 2, 3]);
  expect(await spacing({ spacings: "500 2 3", units: '"um" "mm" "cm"' })).toEqual([0.5, 2, 30]);
  expect(await spacing({ "axis mins": "0 0 0", "axis maxs": "14 8 6", centers: "cell node cell" })).toEqual([
    2, 2, 2,
  ]);
  expect(await spacing({ spacings: "0.5 2 0" })).toEqual([0.5, 2, 1]);
  expect((await read(nrrd({ spacings: "1 1 1" }))).unitless).toBeUndefined();
});
