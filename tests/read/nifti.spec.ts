/** NIfTI-1 and NIfTI-2: types, byte orders, scaling, the affine and units. */
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import {
  gzip,
  NIFTI_CODES,
  type NiftiSpec,
  niftiFile,
  niftiHeader,
  type Scalar,
  voxels,
} from "../support/make-volume.ts";
import { readVolume } from "../support/volume-data.ts";
import { read } from "./support.ts";

const single = (spec: NiftiSpec) => read(fromBytes("head.nii", niftiFile(spec)));

for (const version of [1, 2] as const) {
  for (const bigEndian of [false, true]) {
    const label = `NIfTI-${version}, ${bigEndian ? "big" : "little"}-endian`;

    for (const dtype of Object.keys(NIFTI_CODES) as Scalar[]) {
      test(`${label}, ${dtype}`, async () => {
        const spec = { dims: [5, 4, 3], dtype, version, bigEndian, spacing: [1, 1.5, 2] };
        const volume = await single(spec);
        expect(volume).toMatchObject({
          dims: [5, 4, 3],
          dtype,
          littleEndian: !bigEndian,
          spacing: [1, 1.5, 2],
        });
        expect([...volume.data]).toEqual([...voxels(spec)]);
        expect(volume.data.byteOffset % 8).toBe(0);
      });
    }

    test(`${label}, pair and gzip`, async () => {
      const spec = { dims: [5, 4, 3], version, bigEndian };
      const pair = { "a.img": voxels(spec) };
      const sources = [
        fromBytes("a.hdr", niftiHeader({ ...spec, pair: true }), pair),
        fromBytes("a.nii.gz", await gzip(niftiFile(spec))),
        fromBytes("no extension", niftiFile(spec)),
      ];
      for (const source of sources) {
        const volume = await read(source);
        expect(volume).toMatchObject({ name: source.name, dims: [5, 4, 3] });
        expect([...volume.data]).toEqual([...voxels(spec)]);
      }
    });

    test(`${label}, sform before qform before pixdim`, async () => {
      const rows = [-2, 0.5, 0, 90, 0, 3, 0.25, -126, 0.125, 0, 4, -72];
      const sform = { code: 1, rows };
      // A quarter turn about z: the file's x points to +y, its y to -x.
      const s = Math.SQRT1_2;
      const qform = { code: 2, b: 0, c: 0, d: s, offset: [10, 20, 30] };
      const spec: NiftiSpec = { dims: [5, 4, 3], version, bigEndian, spacing: [2, 3, 4], qfac: -1 };
      const turned = [0, -3, 0, 10, 2, 0, 0, 20, 0, 0, -4, 30, 0, 0, 0, 1];
      const close = (affine: readonly number[], expected: number[]) =>
        affine.forEach((value, i) => {
          expect(value).toBeCloseTo(expected[i], 5);
        });

      close((await single({ ...spec, sform, qform })).affine, [...rows, 0, 0, 0, 1]);
      close((await single({ ...spec, qform })).affine, turned);
      close((await single({ ...spec, qform, sform: { code: 0, rows } })).affine, turned);
      close((await single(spec)).affine, [2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4, 0, 0, 0, 0, 1]);
      const broken = { code: 1, rows: rows.map(() => Number.NaN) };
      close((await single({ ...spec, qform, sform: broken })).affine, turned);
    });

    test(`${label}, spacing is the length of the affine's columns, regardless of pixdim`, async () => {
      const spec: NiftiSpec = { dims: [2, 2, 2], version, bigEndian, spacing: [1, 1, 1] };
      const rows = [0, -3, 0, 1, 0.6, 0, 0, 2, 0, 4, -2.5, 3];
      const { spacing } = await single({ ...spec, sform: { code: 1, rows }, xyztUnits: 2 });
      for (const [axis, length] of [0.6, 5, 2.5].entries()) expect(spacing[axis]).toBeCloseTo(length, 6);
      // An affine in which an axis has no length is not used.
      const flat = rows.map((value, i) => (i % 4 === 2 ? 0 : value));
      const broken = await single({ ...spec, sform: { code: 1, rows: flat } });
      expect(broken.spacing).toEqual([1, 1, 1]);
      expect(broken.oriented).toBeUndefined();
    });

    test(`${label}, colours and complex numbers`, async () => {
      const rgba = Uint8Array.from({ length: 96 }, (_, i) => (i * 37) % 256);
      for (const [datatype, count] of [
        [128, 3],
        [2304, 4],
      ]) {
        const bytes = rgba.subarray(0, 24 * count);
        const file = niftiFile({ dims: [4, 3, 2], version, bigEndian, datatype, dtype: "uint8", slope: 2 });
        const whole = new Uint8Array([...file.subarray(0, file.length - 24), ...bytes]);
        const { volume, entries } = await readVolume(fromBytes("a.nii", whole));
        expect(entries[0].components).toBe(count === 3 ? "rgb" : "rgba");
        expect(volume).toMatchObject({ dtype: "uint8", slope: 1 });
        const [r, g, b] = bytes.subarray(5 * count);
        expect(volume.data[5]).toBe(Math.round(0.2126 * r + 0.7152 * g + 0.0722 * b));
        expect(volume.notes).toEqual([{ text: "Colours are shown as their luminance" }]);
        const blue = await read(fromBytes("a.nii", whole), { component: 2 });
        expect([...blue.data]).toEqual([...bytes].filter((_, i) => i % count === 2));
      }
      for (const [datatype, dtype] of [
        [32, "float32"],
        [1792, "float64"],
      ] as const) {
        const value = (i: number) => (i % 2 ? 12 : -5) * (i >> 1);
        const parts = niftiFile({ dims: [48, 1, 1], version, bigEndian, dtype, value });
        const header = niftiFile({ dims: [4, 3, 2], version, bigEndian, datatype, value: () => 0 });
        const offset = version === 1 ? 352 : 544;
        const volume = await read(
          fromBytes("a.nii", new Uint8Array([...header.subarray(0, offset), ...parts.subarray(offset)])),
        );
        expect(volume).toMatchObject({ dtype, littleEndian: true });
        const Floats = dtype === "float32" ? Float32Array : Float64Array;
        expect([...new Floats(volume.data.slice().buffer)]).toEqual(
          Array.from({ length: 24 }, (_, i) => 13 * i),
        );
      }
    });

    test(`${label}, one file or two according to the name, regardless of the magic`, async () => {
      const spec: NiftiSpec = { dims: [5, 4, 3], version, bigEndian };
      const at = version === 1 ? 344 : 4;
      const bytes = voxels(spec);
      for (const magic of ["ni", "\0\0"]) {
        const file = niftiFile(spec);
        file.set(
          [...magic].map((letter) => letter.charCodeAt(0)),
          at,
        );
        expect([...(await read(fromBytes("a.nii", file))).data], magic).toEqual([...bytes]);
        expect([...(await read(fromBytes("a.nii.gz", await gzip(file)))).data], magic).toEqual([...bytes]);
      }
      for (const flag of [0, 4]) {
        const header = niftiFile(spec).subarray(0, (version === 1 ? 348 : 540) + flag);
        const source = fromBytes("a.hdr", header, { "a.img": bytes });
        expect([...(await read(source)).data], `${flag}`).toEqual([...bytes]);
      }
      // An .hdr that also holds the voxels.
      expect([...(await read(fromBytes("a.hdr", niftiFile(spec)))).data]).toEqual([...bytes]);
    });

    test(`${label}, oriented by sform or qform only`, async () => {
      const sform = (code: number, first = -2) => ({ code, rows: [first, 0, 0, 90, 0, 2, 0, 0, 0, 0, 2, 0] });
      const qform = (code: number) => ({ code, b: 0, c: 0, d: 0, offset: [0, 0, 0] });
      const oriented = async (changes: Partial<NiftiSpec>) =>
        (await single({ dims: [2, 2, 2], version, bigEndian, ...changes })).oriented;
      for (const code of [1, 2, 4]) {
        expect(await oriented({ sform: sform(code) })).toBe(true);
        expect(await oriented({ qform: qform(code) })).toBe(true);
      }
      expect(await oriented({})).toBeUndefined();
      expect(await oriented({ sform: sform(0), qform: qform(0) })).toBeUndefined();
      expect(await oriented({ sform: sform(1, Number.NaN) })).toBeUndefined();
      expect((await single({ dims: [2, 2, 2], version, bigEndian })).unitless).toBeUndefined();
    });

    test(`${label}, metres and micrometres are converted to millimetres`, async () => {
      const sform = { code: 1, rows: [2, 0, 0, 8, 0, 2, 0, 0, 0, 0, 2, 0] };
      const spec = { dims: [2, 2, 2], version, bigEndian, spacing: [2, 2, 2], sform };
      // 8 in the time bits means seconds.
      const metres = await single({ ...spec, xyztUnits: 1 | 8 });
      expect(metres.spacing).toEqual([2000, 2000, 2000]);
      expect(metres.affine.slice(0, 4)).toEqual([2000, 0, 0, 8000]);
      expect(metres.affine.slice(12)).toEqual([0, 0, 0, 1]);
      const microns = await single({ ...spec, xyztUnits: 3 });
      expect(microns.spacing[0]).toBeCloseTo(0.002, 9);
      expect(microns.affine[3]).toBeCloseTo(0.008, 9);
      for (const xyztUnits of [0, 2])
        expect((await single({ ...spec, xyztUnits })).spacing).toEqual([2, 2, 2]);
    });
  }

  test(`NIfTI-${version}: slope and intercept`, async () => {
    const scaling = async (slope: number, intercept: number) => {
      const volume = await single({ dims: [2, 2, 2], version, slope, intercept });
      return [volume.slope, volume.intercept];
    };
    expect(await scaling(0.5, -4)).toEqual([0.5, -4]);
    expect(await scaling(0, -4)).toEqual([1, 0]);
    expect(await scaling(Number.NaN, -4)).toEqual([1, 0]);
    expect(await scaling(2, Number.NaN)).toEqual([2, 0]);
  });

  test(`NIfTI-${version}: voxels start at vox_offset, never inside the header`, async () => {
    for (const offset of [0, 800, 801]) {
      const spec = { dims: [9, 9, 9], version, offset };
      const volume = await single(spec);
      expect([...volume.data]).toEqual([...voxels(spec)]);
      expect(volume.data.byteOffset % 8).toBe(0);
    }
  });

  test(`NIfTI-${version}: a damaged extension is ignored`, async () => {
    const spec = { dims: [3, 3, 3], version, offset: 800 };
    const bytes = niftiFile(spec);
    // An extension with a size of -16 bytes, which would point before itself.
    bytes.set([1, 0, 0, 0, 0xf0, 0xff, 0xff, 0xff], version === 1 ? 348 : 540);
    expect([...(await read(fromBytes("a.nii", bytes))).data]).toEqual([...voxels(spec)]);
  });
}

for (const version of [1, 2] as const) {
  for (const bigEndian of [false, true]) {
    test(`NIfTI-${version}, ${bigEndian ? "big" : "little"}-endian: intent, range to show and unit`, async () => {
      const meaning = async (changes: Partial<NiftiSpec>) => {
        const { intent, displayRange, unit } = await single({
          dims: [3, 2, 2],
          version,
          bigEndian,
          ...changes,
        });
        return { intent, displayRange, unit };
      };
      const none = { intent: undefined, displayRange: undefined, unit: undefined };
      expect(await meaning({})).toEqual(none);
      expect(await meaning({ intent: 1002 })).toEqual({ ...none, intent: "labels" });
      expect(await meaning({ intent: 3, cal: [-5, 8.5] })).toEqual({
        ...{ intent: "signed", displayRange: [-5, 8.5], unit: "t" },
      });
      expect(await meaning({ intent: 5 })).toEqual({ ...none, intent: "signed", unit: "z" });
      expect(await meaning({ intent: 22 })).toEqual({ ...none, unit: "p" });
      expect(await meaning({ intent: 1001 })).toEqual(none);
      for (const cal of [
        [0, 0],
        [5, -5],
        [Number.NaN, 4],
        [0, Infinity],
      ] as const) {
        expect(await meaning({ cal })).toEqual(none);
      }
    });
  }
}

test("lengths that overflow when converted to mm are ignored", async () => {
  const rows = (x: number, shift = 0) => [x, 0, 0, shift, 0, 2, 0, 0, 0, 0, 3, 0];
  const spec = { dims: [3, 2, 2], version: 2 as const, spacing: [4, 5, 6] };
  const metres = { ...spec, xyztUnits: 1 };
  for (const sform of [
    { code: 1, rows: rows(1e308) },
    { code: 1, rows: rows(1, 1e308) },
  ]) {
    const { spacing, affine, oriented } = await single({ ...metres, sform });
    expect({ spacing, oriented }).toEqual({ spacing: [4000, 5000, 6000], oriented: undefined });
    expect(affine.every(Number.isFinite)).toBe(true);
  }
  const tiny = await single({ ...spec, xyztUnits: 3, sform: { code: 1, rows: rows(1e-322) } });
  expect(tiny.spacing).toEqual([0.004, 0.005, 0.006]);
  expect((await single({ ...metres, spacing: [1e308, 2, 3] })).spacing).toEqual([1000, 2000, 3000]);
  expect((await single({ ...spec, xyztUnits: 3, spacing: [1e-322, 2, 3] })).spacing).toEqual([
    0.001, 0.002, 0.003,
  ]);
});
