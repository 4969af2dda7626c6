/** Colour bar and legend, compared with the pixels of a picture. */

import type { Page } from "playwright/test";
import { colorBar, legend } from "../../src/axes/color-bar.ts";
import { palette } from "../../src/options/colormaps.ts";
import { labelsOf } from "../../src/options/labels.ts";
import type { OptionTexts } from "../../src/options/options.ts";
import { colorEntry, drawnValue, type ValueScale } from "../../src/options/value-scale.ts";
import { profileOf } from "../../src/values/profile.ts";
import type { Dtype, Volume } from "../../src/volume.ts";
import "../support/all-colormaps.ts";
import { expect, test } from "../support/gpu.ts";
import { settingsOf } from "../support/plain-settings.ts";
import { type Picture, pixel } from "../support/png.ts";
import { volumeBy } from "../support/volumes.ts";
import { pictures, stages } from "./support.ts";

/** A column of voxels along y for each of `values` along x. Seen from the side it is opaque, whatever its alpha. */
function columns(values: readonly number[], dtype: Dtype, rest: Partial<Volume> = {}): Volume {
  return volumeBy([values.length, 48, 1], dtype, (x) => values[x], rest);
}

const SIDE = { projection: "orthographic", elevation: "0", azimuth: "-90", aspect: "cube", width: 240 };

/** The colour of column `i` of `n`. */
function columnColor(picture: Picture, i: number, n: number): number[] {
  const x = ((i + 0.5) / n + 0.45) / 1.85;
  return pixel(picture, Math.floor(x * picture.width), Math.floor((0.9 / 1.85) * picture.height)).slice(0, 3);
}

const WHITE = [255, 255, 255];
const rgb = (color: number) => [color & 255, (color >>> 8) & 255, (color >>> 16) & 255];

/** Pictures of columns of these values with both blends, and the scale of the values. */
async function columnPictures(gpu: Page, volume: Volume, texts: OptionTexts) {
  const [exact, weighted] = await pictures(gpu, volume, [
    { ...SIDE, ...texts, blend: "exact" },
    { ...SIDE, ...texts, blend: "weighted" },
  ]);
  const [{ scale }] = await stages(gpu, volume, [texts]);
  return { shots: { exact, weighted }, scale: scale as ValueScale };
}

for (const [name, dtype, values, texts] of [
  ["the article's transform", "int16", Array.from({ length: 30 }, (_, i) => 35 * i), {}],
  [
    "the article's transform from a window",
    "float32",
    Array.from({ length: 30 }, (_, i) => i / 29),
    { window: "0.2 0.8" },
  ],
  [
    "a window alone",
    "uint8",
    Array.from({ length: 30 }, (_, i) => 8 * i),
    { window: "40 200", transform: "none" },
  ],
  [
    "another colour map",
    "float64",
    Array.from({ length: 30 }, (_, i) => 1e9 + i),
    { colormap: "magma_r", gamma: "1" },
  ],
  ["signed", "float32", Array.from({ length: 30 }, (_, i) => i - 14.5), { kind: "signed", window: "-12 12" }],
  [
    "signed with a threshold",
    "int16",
    Array.from({ length: 30 }, (_, i) => i - 15),
    { kind: "signed", threshold: "4" },
  ],
] as const) {
  test(`the colour bar's colour at a value is that of its voxels: ${name}`, async ({ gpu }) => {
    const { shots, scale } = await columnPictures(gpu, columns(values, dtype), texts);
    const bar = colorBar(scale, palette(settingsOf(texts).colormap));
    let compared = 0;
    for (const [blend, picture] of Object.entries(shots)) {
      for (const [i, value] of values.entries()) {
        const { color, alpha } = drawnValue(scale, value);
        const seen = columnColor(picture, i, values.length);
        if (alpha === 0) expect(seen, `${blend}: ${value} is not drawn`).toEqual(WHITE);
        // Columns with a lower alpha are not opaque.
        if (alpha < 0.08) continue;
        const barColor = rgb(bar.colors[colorEntry(color)]);
        expect(
          Math.max(...barColor.map((level, c) => Math.abs(level - seen[c]))),
          `${blend}: ${value}`,
        ).toBeLessThan(2.5);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(16);
  });
}

test("the legend's colour of a label is that of its voxels, with a table, a colour map, and many labels", async ({
  gpu,
}) => {
  const few = [1, 2, 17, 53, 1000, 1035, 0, 4];
  const many = Array.from({ length: 60 }, (_, i) => 7 * i + 1);
  for (const [values, texts] of [
    [few, {}],
    [few, { colormap: "viridis" }],
    [few, { hide: "17" }],
    [many, {}],
  ] as const) {
    const volume = columns(values, "int32");
    const options: OptionTexts = { kind: "labels", ...texts };
    const settings = settingsOf(options);
    const { entries } = legend(labelsOf(await profileOf(volume), settings));
    expect(entries.length).toBeGreaterThan(5);
    const { shots } = await columnPictures(gpu, volume, options);
    for (const picture of Object.values(shots)) {
      for (const [i, value] of values.entries()) {
        const legendColor = entries.find(({ text }) => text === String(value))?.color ?? WHITE;
        expect(columnColor(picture, i, values.length), `${value}`).toEqual([...legendColor]);
      }
    }
  }
});
