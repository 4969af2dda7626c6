/** Generated DICOM files: forming volumes and frames of slices. */

import { expect, test } from "playwright/test";
import { fromBytes, type Source } from "../../src/read/index.ts";
import { type DicomElement, type DicomSpec, dicomFile } from "../support/make-dicom.ts";
import { VolumeFile, type VolumeWithData } from "../support/volume-data.ts";
import { expectError, read } from "./support.ts";

/** Files with these specifications, named as by scanners; the first is opened. */
function series(specs: readonly DicomSpec[]): Source {
  const files = specs.map((spec, i) => [`IM${String(i).padStart(4, "0")}`, dicomFile(spec)] as const);
  return fromBytes(files[0][0], files[0][1], Object.fromEntries(files.slice(1)));
}

const int16 = ({ data }: VolumeWithData) => [...new Int16Array(data.slice().buffer)];
const float32 = ({ data }: VolumeWithData) => [...new Float32Array(data.slice().buffer)];
/** The first value of each slice, which `dicomFile` makes different for each instance. */
const firsts = (volume: VolumeWithData) => int16(volume).filter((_, i) => i % 6 === 0);
const texts = ({ notes = [] }: VolumeWithData) => notes.map(({ text }) => text);

test("oblique slices are sorted along their normal, even if instance numbers and names differ in order", async () => {
  const row = [0.8, 0.6, 0];
  const column = [0, 0, -1];
  // row x column
  const normal = [-0.6, 0.8, 0];
  const at = (distance: number) => [10, -20, 30].map((value, axis) => value + distance * normal[axis]);
  const distances = [7.5, 0, 2.5, 5];
  const specs = distances.map((distance, i) => ({
    ...{ instance: i + 1, position: at(distance), orientation: [...row, ...column], spacing: [0.5, 0.75] },
  }));
  const volume = await read(series(specs));
  expect(volume).toMatchObject({ dims: [3, 2, 4], frames: 1, oriented: true, name: "1 test" });
  expect(firsts(volume)).toEqual([200, 300, 400, 100]);
  // PixelSpacing gives the distance of rows first.
  const expected = [0.75, 0.5, 2.5];
  for (const [i, length] of volume.spacing.entries()) expect(length).toBeCloseTo(expected[i], 6);
  // Columns are row * 0.75, column * 0.5, normal * 2.5 and the first position, with x and y negated.
  const affine = [-0.6, 0, 1.5, -10, -0.45, 0, -2, 20, 0, -0.5, 0, 30, 0, 0, 0, 1];
  for (const [i, value] of volume.affine.entries()) expect(value).toBeCloseTo(affine[i], 6);
  expect(volume.notes).toBeUndefined();
});

test("slices at one position are frames, and those of an incomplete frame are dropped", async () => {
  const specs = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => ({ instance: i + 1, position: [0, 0, 4 * (i % 3)] }));
  const file = new VolumeFile(series(specs.reverse()));
  const { volume } = await file.read();
  expect(volume).toMatchObject({ dims: [3, 2, 3], frames: 2, spacing: [1, 1, 4] });
  expect(firsts(volume)).toEqual([100, 200, 300]);
  expect(firsts((await file.read({ frame: 1 })).volume)).toEqual([400, 500, 600]);
  expect(volume.notes?.[0].values).toEqual({ left: 2, count: 8 });
});

test("echoes are separate frames even if their instance numbers alternate", async () => {
  const specs = [1, 2, 3, 4].map((instance) => ({
    instance,
    position: [0, 0, instance > 2 ? 1 : 0],
    more: [["0018,0086", "IS", String(instance % 2 ? 2 : 1)] as DicomElement],
  }));
  const volume = await read(series(specs));
  expect(firsts(volume)).toEqual([200, 400]);
});

test("gaps, a tilted gantry and missing positions are reported", async () => {
  const at = (position: number[], i: number) => ({ instance: i + 1, position });
  const gap = await read(series([0, 2, 4, 8].map((z) => [0, 0, z]).map(at)));
  expect(gap.notes?.[0]).toMatchObject({ values: { low: 2, high: 4 } });
  expect(gap.spacing[2]).toBeCloseTo(8 / 3, 6);
  const tilted = await read(series([0, 2, 4].map((z) => [0, z / 4, z]).map(at)));
  expect(texts(tilted)[0]).toContain("gantry");
  const nowhere = await read(series([3, 1, 2].map((instance) => ({ instance, orientation: [] }))));
  expect(firsts(nowhere)).toEqual([100, 200, 300]);
  expect(texts(nowhere)[0]).toContain("does not tell where");
  expect(nowhere.oriented).toBeUndefined();
});

test("slices with different scaling are read as values, those with the same scaling as stored", async () => {
  const scaled = (slopes: string[]) =>
    slopes.map((slope, i) => ({
      instance: i + 1,
      position: [0, 0, i],
      more: [["0028,1053", "DS", slope] as DicomElement, ["0028,1052", "DS", "-5"] as DicomElement],
    }));
  const same = await read(series(scaled(["0.5", "0.5"])));
  expect(same).toMatchObject({ dtype: "int16", slope: 0.5, intercept: -5 });
  const different = await read(series(scaled(["0.5", "2"])));
  expect(different).toMatchObject({ dtype: "float32", slope: 1, intercept: 0 });
  expect(float32(different)).toEqual([45, 45.5, 46, 46.5, 47, 47.5, 395, 397, 399, 401, 403, 405]);
});

test("only the stored bits count, with their sign", async () => {
  // 12 bits up to bit 13, and noise in the other bits.
  const stored = [0, 1, 2047, -2048, -1, 5].map((value) => ((value & 0xfff) << 2) | 0xc001);
  const bits: DicomElement[] = [
    ["0028,0101", "US", [12]],
    ["0028,0102", "US", [13]],
  ];
  const volume = await read(series([{ pixels: stored, more: bits }]));
  expect(int16(volume)).toEqual([0, 1, 2047, -2048, -1, 5]);
});

test("a window that all slices share is the range to show; different windows are not", async () => {
  const windows = (centers: number[]) =>
    centers.map((center, i) => ({
      position: [0, 0, i],
      instance: i + 1,
      more: [
        ["0028,1050", "DS", `${center}\\40`] as DicomElement,
        ["0028,1051", "DS", "400\\80"] as DicomElement,
      ],
    }));
  expect((await read(series(windows([100, 120, 110])))).displayRange).toEqual([-80, 319]);
  expect((await read(series(windows([100, 120, 900])))).displayRange).toBeUndefined();
});

/** An enhanced multi-frame image, with the frames' positions in functional groups. */
function enhanced(positions: readonly number[], more: readonly DicomElement[] = []): DicomSpec {
  const frame = (z: number): DicomElement[] => [
    ["0020,9113", "SQ", [[["0020,0032", "DS", `1\\2\\${z}`]]]],
    [
      "0028,9145",
      "SQ",
      [
        [
          ["0028,1052", "DS", "-10"],
          ["0028,1053", "DS", "2"],
        ],
      ],
    ],
  ];
  const shared: DicomElement[] = [
    ["0020,9116", "SQ", [[["0020,0037", "DS", "1\\0\\0\\0\\1\\0"]]]],
    [
      "0028,9110",
      "SQ",
      [
        [
          ["0018,0050", "DS", "9"],
          ["0028,0030", "DS", "2\\3"],
        ],
      ],
    ],
  ];
  const groups: DicomElement[] = [
    ["5200,9229", "SQ", [shared]],
    ["5200,9230", "SQ", positions.map(frame)],
  ];
  return { frames: positions.length, orientation: [], spacing: [], more: [...groups, ...more] };
}

test("frames of a multi-frame file are sorted by the positions in its functional groups", async () => {
  const file = new VolumeFile(fromBytes("a.dcm", dicomFile(enhanced([8, 4, 0, 8, 4, 0]))));
  const { volume } = await file.read();
  expect(volume).toMatchObject({ name: "a.dcm", dims: [3, 2, 3], frames: 2, spacing: [3, 2, 4] });
  expect(volume).toMatchObject({ slope: 2, intercept: -10, oriented: true });
  expect(volume.affine).toEqual([-3, 0, 0, -1, 0, -2, 0, -2, 0, 0, 4, 0, 0, 0, 0, 1]);
  expect(firsts(volume)).toEqual([112, 106, 100]);
  expect(firsts((await file.read({ frame: 1 })).volume)).toEqual([130, 124, 118]);
});

test("segments of a segmentation are separate volumes", async () => {
  const segment = (n: number, z: number): DicomElement[] => [
    ["0020,9113", "SQ", [[["0020,0032", "DS", `0\\0\\${z}`]]]],
    ["0062,000A", "SQ", [[["0062,000B", "US", [n]]]]],
  ];
  const groups: DicomElement = ["5200,9230", "SQ", [segment(1, 0), segment(1, 2), segment(2, 0)]];
  const bits: DicomElement[] = [
    ["0028,0100", "US", [1]],
    ["0028,0101", "US", [1]],
    ["0028,0102", "US", [0]],
    // 6 bits per frame, contiguous, starting with the lowest bit.
    ["7FE0,0010", "OB", Uint8Array.of(0b01_000001, 0b0111_0000, 0b11)],
  ];
  const file = new VolumeFile(fromBytes("seg.dcm", dicomFile({ frames: 3, more: [groups, ...bits] })));
  const { volume, entries } = await file.read();
  expect(entries.map(({ path }) => path)).toEqual(["1 test segment 1", "1 test segment 2"]);
  expect(volume).toMatchObject({ dims: [3, 2, 2], dtype: "uint8", spacing: [1, 1, 2] });
  expect([...volume.data]).toEqual([1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
  const second = (await file.read({ entry: "1 test segment 2" })).volume;
  expect([...second.data]).toEqual([1, 1, 1, 0, 1, 1]);
});

test("frames without positions are stacked in order; those of a cine image are frames", async () => {
  const thickness: DicomElement = ["0018,0050", "DS", "2.5"];
  const stack = { frames: 3, position: [0, 0, 5], more: [thickness] };
  const volume = await read(fromBytes("a.dcm", dicomFile(stack)));
  expect(volume).toMatchObject({ dims: [3, 2, 3], spacing: [1, 1, 2.5] });
  expect(texts(volume)[0]).toContain("does not tell where");
  const film: DicomElement = ["0028,0009", "AT", Uint8Array.of(0x18, 0, 0x63, 0x10)];
  const time = await read(fromBytes("b.dcm", dicomFile({ frames: 3, orientation: [], more: [film] })));
  expect(time).toMatchObject({ dims: [3, 2, 1], frames: 3 });
  expect(time.notes).toBeUndefined();
});

test("copies of an instance count once; bright low values are reported", async () => {
  const specs = [0, 1, 1, 0].map((z) => ({
    instance: z + 1,
    position: [0, 0, z],
    more: [
      ["0008,0018", "UI", `1.2.3.${z}`] as DicomElement,
      ["0028,0004", "CS", "MONOCHROME1"] as DicomElement,
    ],
  }));
  const volume = await read(series(specs));
  expect(volume).toMatchObject({ dims: [3, 2, 2], frames: 1 });
  expect(texts(volume)[0]).toContain("MONOCHROME1");
});

test("descriptions are decoded from their character set, and names are unique", async () => {
  const latin = Uint8Array.of(0x53, 0x63, 0x68, 0xe4, 0x64, 0x65, 0x6c, 0x20);
  const more: DicomElement[] = [
    ["0008,0005", "CS", "ISO_IR 100"],
    ["0008,103E", "LO", latin],
  ];
  const sets = ["1.1", "1.2"].map((series) => ({ series, seriesNumber: 7, more }));
  const { entries } = await new VolumeFile(series(sets)).read();
  expect(entries.map(({ path }) => path)).toEqual(["7 Schädel", "7 Schädel (2)"]);
});

test("a file without preamble is recognised, palettes and unsupported pixels are refused", async () => {
  expect(firsts(await read(fromBytes("IM1", dicomFile({ bare: true }))))).toEqual([100]);
  const palette: DicomElement = ["0028,0004", "CS", "PALETTE COLOR"];
  await expectError(read(series([{ more: [palette] }])), "unsupported-format", "PALETTE COLOR");
  const video = dicomFile({ syntax: "1.2.840.10008.1.2.4.102" });
  await expectError(read(fromBytes("v.dcm", video)), "unsupported-format", "MPEG");
});

test("a file that is cut off anywhere is refused with a clear error", async () => {
  const whole = dicomFile(enhanced([0, 1, 2]));
  for (let length = 132; length < whole.length; length += 3) {
    await expectError(read(fromBytes("a.dcm", whole.slice(0, length))), "corrupt-file", "a.dcm", "cut off");
  }
});
