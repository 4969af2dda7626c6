/** The built-in sample: a head phantom that is identical in every run and has the anatomy of a head. */
import { createHash } from "node:crypto";
import JSZip from "jszip";
import { expect, test } from "playwright/test";
import { sampleZip } from "../../demo/sample/archive.ts";
import { CORNER, type Grid } from "../../demo/sample/grid.ts";
import { headModel, headPhantom, STRUCTURAL, spacingOf } from "../../demo/sample/phantom.ts";
import type { Vec3 } from "../../src/volume.ts";

const SMALL: Vec3 = [40, 48, 18];
/** A head takes seconds on a busy machine; this leaves room. */
test.setTimeout(120_000);

/** The head before a scanner sees it: to compute it takes seconds. */
let model: Grid;
test.beforeAll(() => {
  model = headModel();
});

const sha256 = (bytes: NodeJS.ArrayBufferView) => createHash("sha256").update(bytes).digest("hex");

/** Mean of the voxels within 1.5 mm of a point, given in mm from the anterior commissure. */
function probe(head: Int16Array, dims: Vec3, ...point: number[]): number {
  const spacing = spacingOf(dims);
  const reach = point.map((p, axis) =>
    [p - 1.5, p + 1.5].map((edge) => Math.floor((edge - CORNER[axis]) / spacing[axis])),
  );
  let sum = 0;
  let count = 0;
  for (let k = reach[2][0]; k <= reach[2][1]; k++) {
    for (let j = reach[1][0]; j <= reach[1][1]; j++) {
      for (let i = reach[0][0]; i <= reach[0][1]; i++, count++) sum += head[i + dims[0] * (j + dims[1] * k)];
    }
  }
  return sum / count;
}

/** The article's transform of int16 values, with its parameters. */
function transform(head: Int16Array): Float64Array {
  const max = head.reduce((a, b) => Math.max(a, b));
  const min = head.reduce((a, b) => Math.min(a, b));
  const powered = Float64Array.from(head, (v) => Math.max((v - min) / (max - min) - 0.1, 0) ** 0.4);
  const mean = average(powered);
  return powered.map((p) => Math.min(Math.max((p - mean) * 2 + mean - 0.1, 0), 1));
}

function average(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

test.describe("the phantom at full size", () => {
  let head: Int16Array;
  test.beforeAll(() => {
    head = headPhantom(STRUCTURAL, model);
  });
  const at = (x: number, y: number, z: number) => probe(head, STRUCTURAL, x, y, z);

  test("has the size and the levels of a T1-weighted scan", () => {
    expect(head.length).toBe(157 * 189 * 68);
    expect(head.reduce((a, b) => Math.min(a, b))).toBe(0);
    expect(head.reduce((a, b) => Math.max(a, b))).toBe(1889);
    // The real head (reference/golden/stats.json): 500, 0.443 and 0.699.
    expect(Math.abs(average(head) - 500)).toBeLessThan(25);
    const transformed = transform(head);
    expect(Math.abs(average(transformed) - 0.443)).toBeLessThan(0.03);
    const filled = transformed.filter((t) => t > 0).length / transformed.length;
    expect(Math.abs(filled - 0.699)).toBeLessThan(0.04);
  });

  test("is surrounded by air that the article's transform maps to exactly 0", () => {
    const transformed = transform(head);
    const [nx, ny, nz] = STRUCTURAL;
    let brightest = 0;
    for (let k = nz - 10; k < nz; k++) {
      const start = nx * ny * k;
      for (const t of transformed.subarray(start, start + 12 * nx)) brightest = Math.max(brightest, t);
    }
    expect(brightest).toBe(0);
  });

  test("has a dark ring of bone between a bright scalp and the brain, on all sides", () => {
    for (const dx of [-1, 1]) {
      for (const dy of [-1, -0.4, 0, 0.4, 1]) {
        const unit = Math.hypot(dx, dy);
        const ray = Array.from({ length: 90 }, (_, r) => [(dx * r) / unit, -18 + (dy * r) / unit])
          .filter(([x]) => Math.abs(x) < 76)
          .map(([x, y]) => at(x, y, 62))
          .slice(35);
        const head = ray.slice(0, ray.findLastIndex((v) => v > 500) + 1);
        const bone = head.indexOf(Math.min(...head));
        expect(head[bone]).toBeLessThan(250);
        expect(Math.max(...head.slice(0, bone))).toBeGreaterThan(600);
        expect(Math.max(...head.slice(bone))).toBeGreaterThan(600);
      }
    }
  });

  test("shows white matter brighter than nuclei, and both brighter than the ventricles", () => {
    for (const side of [-1, 1]) {
      const white = at(side * 28, 30, 8);
      const thalamus = at(side * 11, -18, 6);
      const ventricle = at(side * 10, -10, 22);
      expect(white).toBeGreaterThan(thalamus + 60);
      expect(thalamus).toBeGreaterThan(ventricle + 300);
      expect(ventricle).toBeLessThan(350);
    }
    expect(at(0, -20, 27)).toBeGreaterThan(800); // corpus callosum
    expect(at(0, -43, -33)).toBeLessThan(350); // fourth ventricle
    expect(at(0, -25, -31)).toBeGreaterThan(750); // pons
  });

  test("has folds: fluid and white matter alternate along the surface of the brain", () => {
    let turns = 0;
    let last = 0;
    for (let y = -80; y < 50; y += 0.5) {
      const v = at(10, y, 50);
      const kind = v > 760 ? 1 : v < 650 ? -1 : last;
      if (kind !== last) turns++;
      last = kind;
    }
    expect(turns).toBeGreaterThan(8);
  });

  test("has eyes in their sockets, with fat behind, and air in the nose", () => {
    for (const side of [-1, 1]) {
      const vitreous = at(side * 33, 58, -40);
      expect(vitreous).toBeGreaterThan(200);
      expect(vitreous).toBeLessThan(400);
      expect(at(side * 29, 42, -33)).toBeGreaterThan(900);
    }
    expect(at(4, 40, -40)).toBeLessThan(188);
  });
});

test("the phantom is identical in every call", () => {
  expect(sha256(headPhantom(SMALL))).toBe(sha256(headPhantom(SMALL, model)));
});

test("the phantom scales: a coarse one is the average of the fine one", () => {
  const coarse = headPhantom(SMALL, model);
  expect(coarse.length).toBe(40 * 48 * 18);
  expect(Math.abs(average(coarse) - 495)).toBeLessThan(25);
  expect(probe(coarse, SMALL, 33, 58, -40)).toBeLessThan(probe(coarse, SMALL, 28, 30, 8));
});

test("the archive is laid out like the article's, identical in every call, and describes itself", async () => {
  const bytes = await sampleZip(SMALL, model);
  expect(sha256(await sampleZip(SMALL, model))).toBe(sha256(bytes));
  const zip = await JSZip.loadAsync(bytes, { checkCRC32: true });
  const functional = [10, 11, 12].map((frame) => `attention/functional/snffM00587_00${frame}`);
  const structural = "attention/structural/nsM00587_0002";
  const pairs = [...functional, structural].flatMap((name) => [`${name}.hdr`, `${name}.img`]);
  expect(Object.keys(zip.files).sort()).toEqual(["README.txt", ...pairs].sort());
  expect(await zip.file("README.txt")?.async("string")).toContain("computed phantom, not a scan");

  const header = async (name: string) => {
    const raw = (await zip.file(`${name}.hdr`)?.async("uint8array")) as Uint8Array;
    const image = (await zip.file(`${name}.img`)?.async("uint8array")) as Uint8Array;
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    const littleEndian = view.getInt32(0, true) === 348;
    const [nx, ny, nz] = [42, 44, 46].map((offset) => view.getInt16(offset, littleEndian));
    const spacing = [80, 84, 88].map((offset) => view.getFloat32(offset, littleEndian));
    return {
      length: raw.length,
      size: view.getInt32(0, littleEndian),
      datatype: view.getInt16(70, littleEndian),
      dims: [nx, ny, nz],
      spacing,
      littleEndian,
      fits: image.length === 2 * nx * ny * nz,
    };
  };
  const common = { length: 348, size: 348, datatype: 4, fits: true };
  for (const [i, name] of functional.entries()) {
    const want = { ...common, dims: [53, 63, 46], spacing: [3, 3, 3], littleEndian: i !== 1 };
    expect(await header(name)).toEqual(want);
  }
  const spacing = spacingOf(SMALL).map(Math.fround);
  expect(await header(structural)).toEqual({ ...common, dims: [...SMALL], spacing, littleEndian: true });
});
