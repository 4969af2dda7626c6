/** Windows in data units and signed values on the GPU: voxels match the same arithmetic on the CPU. */

import type { OptionTexts } from "../../src/options/options.ts";
import { transformed } from "../../src/options/transfer-curve.ts";
import {
  drawnValue,
  normalized,
  signedPart,
  type ValueScale,
  wholeScale,
} from "../../src/options/value-scale.ts";
import { profileOf } from "../../src/values/profile.ts";
import type { Dtype, Volume } from "../../src/volume.ts";
import "../support/all-colormaps.ts";
import { expect, test } from "../support/gpu.ts";
import { random, resize, worst } from "../support/oracle.ts";
import { settingsOf } from "../support/plain-settings.ts";
import { covered } from "../support/png.ts";
import type { VolumeWithData } from "../support/volume-data.ts";
import { signedVolume, volumeBy } from "../support/volumes.ts";
import { expectDecibels, pictures, stages } from "./support.ts";
import { expectWords, valuesOf } from "./voxel-words.ts";

/** Values in 77 steps, with `offset` added. */
function steps(dtype: Dtype, offset = 0, rest: Partial<Volume> = {}): VolumeWithData {
  const next = random(11);
  const scale = dtype.startsWith("float") ? 1 : 3;
  return volumeBy([11, 9, 7], dtype, () => offset + scale * Math.floor(78 * next() ** 2), rest);
}

/** Windows inside, across and outside the range of the values. */
const WINDOWS: Record<string, readonly [VolumeWithData, readonly string[]]> = {
  uint8: [steps("uint8"), ["40 200", "-20 100", "100 300", "-1000 1000"]],
  int16: [steps("int16", -100), ["-50 80", "-1e4 1e4"]],
  "uint16, big-endian, with slope and intercept": [
    steps("uint16", 1000, { littleEndian: false, slope: 0.5, intercept: -1024 }),
    ["-520 -420", "-524 0"],
  ],
  "int16 with a falling slope": [steps("int16", 7, { slope: -2, intercept: 40 }), ["-300 0", "-1000 26"]],
  "float32 with a falling slope": [
    steps("float32", 7, { slope: -0.25, intercept: 3 }),
    ["-10 0", "-99 1.25"],
  ],
  "uint32 with a large offset": [steps("uint32", 2 ** 31), [`${2 ** 31 + 40} ${2 ** 31 + 150}`]],
  float32: [steps("float32", -30), ["-12.5 20.25", "0 1000"]],
  float16: [steps("float16"), ["10 50"]],
  "float64 with an offset of 1e9": [steps("float64", 1e9), ["1000000010 1000000050", "999999000 1000001000"]],
};

test("a window in data units: values of every type are transformed as on the CPU, with and without the article's curve", async ({
  gpu,
}) => {
  for (const [name, [volume, windows]] of Object.entries(WINDOWS)) {
    const { levels } = await profileOf(volume);
    const values = [...valuesOf(volume)];
    const options = windows.flatMap((window): OptionTexts[] => [{ window }, { window, transform: "none" }]);
    for (const [i, result] of (await stages(gpu, volume, options)).entries()) {
      const label = `${name}, ${JSON.stringify(options[i])}`;
      const scale = wholeScale(levels, settingsOf(options[i]));
      const { window, transform, mean } = scale;
      const expected = values.map((value) => transformed(normalized(value, window), transform, mean));
      expect(worst(result.transformed.data, expected), label).toBeLessThan(1e-5);
      const drawnScale = result.scale as ValueScale;
      expect(drawnScale.window, label).toEqual(window);
      expect(worst([drawnScale.mean, ...drawnScale.cut], [mean, ...scale.cut]), label).toBeLessThan(1e-5);
      expectWords(
        result.words,
        values.map((value) => drawnValue(scale, value)),
        label,
      );
    }
  }
});

test("a window from the minimum to the maximum changes nothing", async ({ gpu }) => {
  const [volume] = WINDOWS["float64 with an offset of 1e9"];
  const { min, max } = await profileOf(volume);
  const [full, ends] = await stages(gpu, volume, [{ window: "full" }, { window: `${min} ${max}` }]);
  expect(ends.words).toEqual(full.words);
});

/** Each voxel as the scale draws its value, or interpolated between voxels. */
const SIGNED_OPTIONS: readonly OptionTexts[] = [
  { window: "-6 6" },
  { window: "-6 6", threshold: "2" },
  { window: "-2 10", threshold: "1.5" },
  { window: "0 6" },
  { threshold: "100" },
  {},
];

for (const [name, volume] of Object.entries({
  int16: signedVolume("int16", 100, 11, { slope: 0.01 }),
  "int16 with a falling slope": signedVolume("int16", 100, 11, { slope: -0.01, intercept: 0.005 }),
  float32: signedVolume("float32", 1, 11),
})) {
  test(`signed, ${name}: colour index and alpha of each voxel are those of its value, including the threshold`, async ({
    gpu,
  }) => {
    const { levels } = await profileOf(volume);
    const values = [...valuesOf(volume)];
    const options = SIGNED_OPTIONS.map((texts): OptionTexts => ({ kind: "signed", ...texts }));
    for (const [i, result] of (await stages(gpu, volume, options)).entries()) {
      const scale = wholeScale(levels, settingsOf(options[i]));
      const expected = values.map((value) => drawnValue(scale, value));
      expectWords(result.words, expected, JSON.stringify(options[i]));
      expect(result.filledCount).toBe(expected.filter(({ alpha }) => alpha > 0).length);
      const { kind, window, threshold } = result.scale as ValueScale;
      expect({ kind, window, threshold }).toEqual({
        kind: "signed",
        window: scale.window,
        threshold: scale.threshold,
      });
    }
  });

  test(`signed, ${name}: a resized grid has values interpolated within the window`, async ({ gpu }) => {
    const options: OptionTexts = { kind: "signed", window: "-2 10", resolution: "7x15x9" };
    const thresholds = ["0", "1.5"];
    const results = await stages(
      gpu,
      volume,
      thresholds.map((threshold) => ({ ...options, threshold })),
    );
    const window = [-2, 10] as const;
    const parts = valuesOf(volume).map((value) => signedPart(value, window));
    const { values } = resize({ dims: volume.dims, values: parts }, [7, 15, 9]);
    for (const [i, { words, resized }] of results.entries()) {
      expect(worst(resized.data, values)).toBeLessThan(1e-5);
      const threshold = Number(thresholds[i]);
      const near = (part: number) => Math.abs(part) - threshold / (part < 0 ? 2 : 10);
      // In f32, a value at the threshold may fall on either side.
      const clear = [...values.keys()].filter((k) => Math.abs(near(values[k])) > 1e-5 || threshold === 0);
      expect(clear.length).toBeGreaterThan(0.99 * values.length);
      expectWords(
        Uint32Array.from(clear, (k) => words[k]),
        clear.map((k) => ({
          color: (1 + values[k]) / 2,
          alpha: near(values[k]) >= 0 ? Math.abs(values[k]) : 0,
        })),
        `threshold ${threshold}`,
      );
    }
  });
}

test("signed: no brick is lost if only one sign, or one voxel, is above the threshold", async ({ gpu }) => {
  const place = (x: number, y: number, z: number) => x + 20 * (y + 20 * z);
  const strong = new Map([
    [place(2, 3, 5), -9],
    [place(10, 11, 2), 9],
    [place(17, 16, 18), -5],
    [place(16, 3, 16), 5],
  ]);
  const value = (x: number, y: number, z: number) => strong.get(place(x, y, z)) ?? ((x + y + z) % 3) - 1;
  for (const dtype of ["int8", "int16", "float32"] as const) {
    const volume = volumeBy([20, 20, 20], dtype, value);
    for (const [window, threshold] of [
      ["-9 9", "4"],
      ["-9 2", "1"],
    ]) {
      const shot = { kind: "signed", window, threshold, width: 120, opacity: "0.7" };
      const [exact, unskipping, weighted] = await pictures(gpu, volume, [
        { ...shot, blend: "exact" },
        { ...shot, blend: "unskipping" },
        { ...shot, blend: "weighted" },
      ]);
      expectDecibels(`signed-bricks-${dtype}`, exact, unskipping, 60);
      expectDecibels(`signed-bricks-${dtype}-weighted`, weighted, exact, 35);
    }
    const [{ filledCount }] = await stages(gpu, volume, [{ kind: "signed", window: "-9 9", threshold: "4" }]);
    expect(filledCount, dtype).toBe(4);
    const shot = { kind: "signed", threshold: "3", resolution: "27", width: 120 };
    const [exact, unskipping] = await pictures(gpu, volume, [
      { ...shot, blend: "exact" },
      { ...shot, blend: "unskipping" },
    ]);
    expect(covered(exact)).toBeGreaterThan(20);
    expectDecibels(`signed-bricks-${dtype}-resized`, exact, unskipping, 60);
  }
});
