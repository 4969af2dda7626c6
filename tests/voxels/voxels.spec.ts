/** Explicit voxels: parsing, validation with messages, and number of faces. */

import { readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { voxelFaces } from "../../src/voxels/faces.ts";
import { checkVoxels, type Voxels } from "../../src/voxels/voxels.ts";

const CUBE = [
  [
    [1, 0],
    [0, 1],
    [0, 0],
  ],
] as const;

test("nested arrays are indexed [x][y][z], flat arrays have x fastest", () => {
  const nested = checkVoxels({ filled: CUBE });
  expect(nested.dims).toEqual([1, 3, 2]);
  expect([...nested.filled]).toEqual([1, 0, 0, 0, 1, 0]);
  const flat = checkVoxels({ dims: [1, 3, 2], filled: [true, false, false, false, true, false] });
  expect(flat.filled).toEqual(nested.filled);
  expect([flat.low, flat.high]).toEqual([
    [0, 0, 0],
    [1, 3, 2],
  ]);
});

test("colours: CSS for all voxels or for each, bytes, levels from 0 to 1", () => {
  const levels = (voxels: Voxels) => {
    const { rgb, alpha } = checkVoxels(voxels);
    return [...rgb].map((packed, i) => [packed & 255, (packed >> 8) & 255, packed >> 16, alpha[i]]);
  };
  const dims = [2, 1, 1] as const;
  const blue = [31, 119, 180, Math.fround(48 / 255)];
  expect(levels({ dims, rgba: "#1f77b430" })).toEqual([blue, blue]);
  expect(levels({ dims, rgba: ["#1f77b430", "#f00"] })).toEqual([blue, [255, 0, 0, 1]]);
  expect(levels({ rgba: [[["#1f77b430"]], [["#f008"]]] })).toEqual([
    blue,
    [255, 0, 0, Math.fround(136 / 255)],
  ]);
  const bytes = new Uint8Array([31, 119, 180, 48, 0, 255, 0, 255]);
  expect(levels({ dims, rgba: bytes })).toEqual([blue, [0, 255, 0, 1]]);
  const floats = new Float32Array([1, 0.5, 0, 0.25, 0, 0, 1, 1]);
  expect(levels({ dims, rgba: floats })).toEqual([
    [255, 128, 0, 0.25],
    [0, 0, 255, 1],
  ]);
  expect(levels({ dims, rgba: [1, 0, 0, 0.5] })[1]).toEqual([255, 0, 0, 0.5]);
});

test("without `filled`, voxels with an alpha above 0 are filled; with it, transparent ones can be, too", () => {
  const rgba = ["#f000", "#f008"];
  expect([...checkVoxels({ dims: [2, 1, 1], rgba }).filled]).toEqual([0, 1]);
  expect([...checkVoxels({ dims: [2, 1, 1], rgba, filled: [1, 0] }).filled]).toEqual([1, 0]);
});

test("edges: a colour, or a colour with a width", () => {
  const dims = [1, 1, 1] as const;
  expect(checkVoxels({ dims }).edgeWidth).toBe(0);
  expect(checkVoxels({ dims, edges: "#f00" })).toMatchObject({ edge: [1, 0, 0, 1], edgeWidth: 1 });
  expect(checkVoxels({ dims, edges: { color: "#f00", width: 2.5 } }).edgeWidth).toBe(2.5);
});

const AXIS = [0, 1, 2];
const MISFITS: Record<string, readonly [voxels: unknown, message: RegExp]> = {
  "nothing at all": [null, /expected an object/],
  "no shape": [{ filled: [1, 0] }, /dims: expected \[x, y, z\]/],
  "half a voxel": [{ dims: [1.5, 1, 1] }, /dims: expected three whole numbers/],
  "two axes": [{ dims: [2, 2] }, /dims: expected three whole numbers/],
  "a huge grid": [{ dims: [1e4, 1e4, 1e4] }, /dims: expected at most/],
  "too few voxels": [{ dims: [2, 2, 2], filled: [1, 1] }, /filled: expected 8 elements for 2 x 2 x 2.*not 2/],
  "ragged rows": [{ filled: [[[1, 1], [1]]] }, /filled: expected a shape of 1 x 2 x 2/],
  "another shape of colours": [{ filled: CUBE, rgba: [[["#fff"]]] }, /rgba: expected a shape of 1 x 3 x 2/],
  "too few colours": [{ dims: [2, 1, 1], rgba: new Uint8Array(7) }, /rgba: expected 4 numbers, or 8/],
  "no colour": [{ dims: [1, 1, 1], rgba: "bluish" }, /rgba: expected CSS colours.*not "bluish"/],
  "NaN in a colour": [{ dims: [1, 1, 1], rgba: [Number.NaN, 0, 0, 1] }, /rgba: expected levels from 0 to 1/],
  "NaN among colours": [
    { dims: [2, 1, 1], rgba: new Float32Array([0, 0, 0, 1, 0, 0, 0, Number.NaN]) },
    /rgba: expected levels from 0 to 1/,
  ],
  "levels above 1": [{ dims: [1, 1, 1], rgba: [255, 0, 0, 255] }, /rgba: expected levels from 0 to 1/],
  "edges of no colour": [{ dims: [1, 1, 1], edges: "grayish" }, /edges: expected CSS colours/],
  "edges of no width": [
    { dims: [1, 1, 1], edges: { color: "#000", width: Number.NaN } },
    /edges: expected a width/,
  ],
  "other faces": [{ dims: [1, 1, 1], faces: "inner" }, /faces: expected outer or all/],
  "two coordinates": [{ dims: [2, 2, 2], coordinates: [AXIS, AXIS] }, /coordinates: expected three arrays/],
  "too few planes": [
    { dims: [2, 2, 2], coordinates: [AXIS, AXIS, [0, 1]] },
    /coordinates: expected 3, 3, 3 numbers/,
  ],
  "falling planes": [
    { dims: [2, 2, 2], coordinates: [AXIS, [0, 2, 1], AXIS] },
    /coordinates: expected ascending numbers, but y has 2, 1/,
  ],
  "planes in one place": [{ dims: [2, 2, 2], coordinates: [AXIS, [3, 3, 3], AXIS] }, /not all at one place/],
  "NaN planes": [
    { dims: [2, 2, 2], coordinates: [AXIS, [0, Number.NaN, 1], AXIS] },
    /coordinates: expected numbers/,
  ],
};

for (const [name, [voxels, message]] of Object.entries(MISFITS)) {
  test(`refused: ${name}`, () => {
    expect(() => checkVoxels(voxels as Voxels)).toThrow(message);
    expect(() => checkVoxels(voxels as Voxels)).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });
}

test("matplotlib draws the same number of faces, with inner ones hidden and exploded", () => {
  const patterns = JSON.parse(readFileSync("tests/reference/faces.json", "utf8"));
  expect(patterns.length).toBe(3);
  for (const { filled, outer, exploded } of patterns) {
    const at = (x: number, y: number, z: number) => Number(filled[(x * 8 + y) * 8 + z]);
    const cube = [...Array(512).keys()].map((i) => at(i % 8, Math.floor(i / 8) % 8, Math.floor(i / 64)));
    const faces = voxelFaces([8, 8, 8], checkVoxels({ dims: [8, 8, 8], filled: cube }).filled);
    expect(faces.length).toBe(exploded);
    expect(faces.filter(({ inner }) => !inner).length).toBe(outer);
  }
});
