/** The orientation marker: true directions under any affine, flip and camera, and letters that can be read. */

import { expect, test } from "playwright/test";
import { halfSize, type Label, overlap } from "../../src/axes/labels.ts";
import { type OrientationMarker, orientationMarkerFor } from "../../src/axes/orientation-marker.ts";
import { plainSettings } from "../../src/options/appearance.ts";
import { cameraFrame } from "../../src/options/camera.ts";
import { type OptionTexts, settingsFrom } from "../../src/options/options.ts";
import type { Vec3 } from "../../src/volume.ts";
import { random } from "../support/oracle.ts";

const EM = 12;
const SHAPE = { dims: [20, 30, 40], spacing: [1, 1, 1] } as const;

/** Voxel axes in the world, by nibabel's axis codes: the directions to which x, y and z of the array rise. */
const WORLD: Record<string, Vec3> = {
  ...{ R: [1, 0, 0], L: [-1, 0, 0], A: [0, 1, 0], P: [0, -1, 0], S: [0, 0, 1], I: [0, 0, -1] },
};
const CODES = ["RAS", "LAS", "LPS", "PIR", "SAR", "ILA"];
const OPPOSITE: Record<string, string> = { R: "L", L: "R", A: "P", P: "A", S: "I", I: "S" };

/** The affine of an array with these axis codes, turned by a few degrees about the world's z. */
function affineOf(codes: string, degrees = 0): number[] {
  const [cos, sin] = [Math.cos, Math.sin].map((f) => f((degrees * Math.PI) / 180));
  const columns = [...codes].map((code) => {
    const [x, y, z] = WORLD[code];
    return [cos * x - sin * y, sin * x + cos * y, z];
  });
  return [0, 1, 2].flatMap((row) => [...columns.map((column) => column[row]), 0]).concat(0, 0, 0, 1);
}

function marker(texts: OptionTexts, volume: object): OrientationMarker {
  const grid = { ...SHAPE, affine: affineOf("RAS"), ...volume };
  return orientationMarkerFor(plainSettings(settingsFrom(texts), grid), grid, EM);
}

const letters = ({ arms }: OrientationMarker) => arms.flatMap(({ label }) => (label ? [label.text] : []));
const armOf = ({ arms }: OrientationMarker, letter: string) =>
  arms.find(({ label }) => label?.text === letter);

/** A direction of the box as it is seen: to the right, down, and towards the eye. */
function seen(texts: OptionTexts, [x, y, z]: Vec3): [right: number, down: number, towards: number] {
  const { right, up, towards } = cameraFrame(plainSettings(settingsFrom(texts)).camera);
  const along = ([a, b, c]: Vec3) => a * x + b * y + c * z;
  return [along(right), -along(up), along(towards)];
}

for (const codes of CODES) {
  test(`${codes}: letters name the patient's directions, whatever is flipped`, () => {
    for (const degrees of [0, 20]) {
      for (const flip of ["", "x", "yz", "xyz"]) {
        for (const azimuth of ["0", "35", "130", "320"]) {
          const texts = { flip, azimuth, elevation: "25" };
          const found = marker(texts, { affine: affineOf(codes, degrees), oriented: true });
          const names = letters(found);
          for (const [axis, code] of [...codes].entries()) {
            const sign = flip.includes("xyz"[axis]) ? -1 : 1;
            const rises = [0, 0, 0].map((_, i) => (i === axis ? sign : 0)) as unknown as Vec3;
            const [right, down, towards] = seen(texts, rises);
            const facing = towards > 0 ? code : OPPOSITE[code];
            expect(names, `${flip} ${azimuth}`).toContain(facing);
            const [x, y] = armOf(found, facing)?.end ?? [0, 0];
            const [dx, dy] = towards > 0 ? [right, down] : [-right, -down];
            expect(x * dy - y * dx, `${facing} is on its axis`).toBeCloseTo(0, 9);
            expect(x * dx + y * dy, `${facing} is at its end`).toBeGreaterThan(0);
          }
        }
      }
    }
  });
}

test("a radiologist's view from the front has the patient's right on the left, and dots for what faces", () => {
  const volume = { affine: affineOf("LAS"), oriented: true };
  // x rises to the left: seen from the front (y), left is on the right.
  const front = marker({ azimuth: "90", elevation: "0", flip: "x" }, volume);
  expect(letters(front).sort()).toEqual(["A", "I", "L", "R", "S"]);
  expect(armOf(front, "R")?.end[0]).toBeLessThan(-EM);
  expect(armOf(front, "L")?.end[0]).toBeGreaterThan(EM);
  expect(armOf(front, "S")?.end[1]).toBeLessThan(-EM);
  expect(front.arms.filter(({ isDot }) => isDot).map(({ label }) => label?.text)).toEqual(["A"]);
  const unflipped = marker({ azimuth: "90", elevation: "0" }, volume);
  expect(armOf(unflipped, "R")?.end[0]).toBeGreaterThan(EM);
});

test("without directions in the file, x, y and z are at the ends to which voxels rise", () => {
  const texts = { azimuth: "20", elevation: "30" };
  expect(letters(marker(texts, {})).sort()).toEqual(["x", "y", "z"]);
  const [plain, flipped] = [marker(texts, {}), marker({ ...texts, flip: "x" }, {})];
  const [x, y] = armOf(plain, "x")?.end ?? [0, 0];
  expect(armOf(flipped, "x")?.end).toEqual([-x, -y]);
  expect(armOf(flipped, "y")?.end).toEqual(armOf(plain, "y")?.end);
  // Options that flip do not apply to explicit voxels.
  const bounds = { bounds: [[0, 0, 0], SHAPE.dims] };
  expect(marker({ ...texts, flip: "x" }, bounds)).toEqual(plain);
});

test("axes that point away are drawn first, and fainter", () => {
  const { arms } = marker({ azimuth: "200", elevation: "30" }, {});
  expect(arms.map(({ label }) => label?.text)).toEqual(["x", "y", "z"]);
  const [x, y, z] = arms.map(({ opacity }) => opacity);
  expect(x).toBeLessThan(0.6);
  expect(y).toBeLessThan(1);
  expect(y).toBeGreaterThan(x);
  expect(z).toBe(1);
  // An axis without another end stays a dot where it points away.
  const below = marker({ azimuth: "270", elevation: "-90" }, {});
  expect(below.arms.map(({ label, isDot }) => [label?.text, isDot])[0]).toEqual(["z", true]);
});

test("from all sides, letters overlap neither each other nor lines, and stay within the marker", () => {
  const next = random(7);
  // Collected, because thousands of calls of expect take minutes.
  const faults: string[] = [];
  for (let i = 0; i < 2000; i++) {
    const steep = i % 4 === 0 ? [0, 90, -90, 3][(i / 4) % 4] : 180 * next() - 90;
    const texts = { azimuth: String(i % 5 === 0 ? 15 * i : 360 * next()), elevation: String(steep) };
    const found = marker(texts, i % 2 === 0 ? { oriented: true } : {});
    const labels = found.arms.flatMap(({ label }) => (label ? [label] : []));
    const facing = [0, 1, 2].filter((axis) => Math.abs(seen(texts, unit(axis))[2]) > 0.3);
    const isWithin = (label: Label) =>
      halfSize(label.text, EM).every((half, axis) => Math.abs(label.at[axis]) + half <= found.size / 2);
    const checks = {
      "too few letters": labels.length >= Math.max(facing.length, 2),
      outside: labels.every(isWithin),
      "letters overlap": !labels.some((label, k) =>
        labels.slice(k + 1).some((other) => overlap(label, other, EM)),
      ),
      "a line crosses a letter": !labels.some((label) => found.arms.some(({ end }) => crosses(label, end))),
    };
    for (const [fault, isFine] of Object.entries(checks))
      if (!isFine) faults.push(`${fault}: ${JSON.stringify(texts)}`);
  }
  expect(faults).toEqual([]);
});

const unit = (axis: number) => [0, 0, 0].map((_, i) => Number(i === axis)) as unknown as Vec3;

/** Whether a line from the centre crosses a letter, by its points. */
function crosses({ text, at }: Label, [x, y]: readonly [number, number]): boolean {
  const [halfWidth, halfHeight] = halfSize(text, EM);
  return Array.from({ length: 101 }, (_, i) => i / 100).some(
    (t) => Math.abs(t * x - at[0]) < halfWidth && Math.abs(t * y - at[1]) < halfHeight,
  );
}
