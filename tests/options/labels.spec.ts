/** Labels: distinguishable colours, names and colours from a table, visibility, and background. */

import { expect, test } from "playwright/test";
import { palette, type Rgb } from "../../src/options/colormaps.ts";
import type { LabelTable } from "../../src/options/label-table.ts";
import { labelColor, labelPalette, labelsOf } from "../../src/options/labels.ts";
import type { LabelRanges } from "../../src/options/settings.ts";
import { profileOf } from "../../src/values/profile.ts";
import { rowOf } from "../support/volumes.ts";

/** CIELAB (D65) of a colour. */
function cielab(color: Rgb): readonly number[] {
  const [r, g, b] = color.map((level) => {
    const c = level / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  const root = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const colors = Array.from({ length: 1000 }, (_, i) => labelColor(i));
const labs = colors.map(cielab);
/** CIE 1976 distance of the colours of two labels; 2.3 is just noticeable. */
const distance = (i: number, j: number) => Math.hypot(...labs[i].map((c, k) => c - labs[j][k]));

/** The minimum distance among the first `n` labels whose numbers differ by at most `reach`. */
function least(n: number, reach = n): number {
  let nearest = Infinity;
  for (let i = 0; i < n; i++) {
    for (let j = Math.max(0, i - reach); j < i; j++) nearest = Math.min(nearest, distance(i, j));
  }
  return nearest;
}

test("the colours of the first labels are all far apart", () => {
  expect(colors.slice(0, 2)).toEqual([
    [31, 119, 180],
    [255, 127, 14],
  ]);
  expect(least(10)).toBeGreaterThan(25);
  expect(least(20)).toBeGreaterThan(16);
  expect(least(30)).toBeGreaterThan(11);
  expect(least(50)).toBeGreaterThan(7);
  expect(least(100)).toBeGreaterThan(5);
});

test("of a thousand labels, neighbours are clearly different, and hardly any two are alike", () => {
  expect(least(1000, 1)).toBeGreaterThan(20);
  expect(least(1000, 19)).toBeGreaterThan(3.5);
  expect(new Set(colors.map(String)).size).toBeGreaterThan(990);
  for (const [lightness] of labs) {
    expect(lightness, "neither black nor white").toBeGreaterThan(25);
    expect(lightness).toBeLessThan(95);
  }
});

const ROW = [-1, 0, 0, 2, 17, 17, 17, 53];

/** The labels of the row, with a table or options. */
async function labels(
  asked: {
    kind?: "labels" | "mask";
    table?: LabelTable;
    only?: LabelRanges;
    hide?: LabelRanges;
    colormap?: string;
  } = {},
  row = ROW,
) {
  const { kind = "labels", table = null, only = null, hide = [], colormap = "labels" } = asked;
  return labelsOf(await profileOf(rowOf(row, "int16")), { kind, labels: table, only, hide, colormap });
}

const shown = (all: Awaited<ReturnType<typeof labels>>) =>
  all.filter((label) => label.shown).map(({ value }) => value);

test("0 and negative values are background; the others are shown, counted and coloured in order", async () => {
  const all = await labels();
  expect(all.map(({ value, count }) => [value, count])).toEqual([
    [-1, 1],
    [0, 2],
    [2, 1],
    [17, 3],
    [53, 1],
  ]);
  expect(shown(all)).toEqual([2, 17, 53]);
  expect(all.slice(2).map(({ color }) => color)).toEqual(colors.slice(0, 3));
  expect(shown(await labels({}, [-2, -1, 0]))).toEqual([-2, -1]);
});

test("`only` and `hide` accept labels and ranges; `only` can also show the background", async () => {
  expect(shown(await labels({ only: [[17, 17]] }))).toEqual([17]);
  expect(
    shown(
      await labels({
        only: [
          [0, 0],
          [10, 99],
        ],
      }),
    ),
  ).toEqual([0, 17, 53]);
  expect(shown(await labels({ hide: [[10, 20]] }))).toEqual([2, 53]);
  expect(shown(await labels({ only: [[2, 53]], hide: [[2, 2]] }))).toEqual([17, 53]);
  expect(shown(await labels({ only: [[5, 5]] }))).toEqual([]);
  const hidden = await labels({ hide: [[2, 2]] });
  expect(hidden[3].color, "hiding a label leaves the others their colours").toEqual(colors[1]);
});

test("a table sets names, colours and hidden labels; `only` overrides hidden labels", async () => {
  const table: LabelTable = new Map([
    [17, { name: "Left-Hippocampus", color: [220, 216, 20] as const }],
    [53, { name: "Right-Hippocampus", hidden: true }],
    [99, { name: "not there" }],
  ]);
  const all = await labels({ table });
  expect(all.map(({ name }) => name)).toEqual([
    undefined,
    undefined,
    undefined,
    "Left-Hippocampus",
    "Right-Hippocampus",
  ]);
  expect(all.slice(2).map(({ color }) => color)).toEqual([colors[0], [220, 216, 20], colors[2]]);
  expect(shown(all)).toEqual([2, 17]);
  expect(shown(await labels({ table, only: [[53, 53]] }))).toEqual([53]);
});

test("a colour map spans all labels, from the first to the last", async () => {
  const [first, last] = [0, 255].map((i) => palette("viridis")[i]);
  const packed = labelPalette((await labels({ colormap: "viridis" })).slice(2));
  expect([packed[0], packed[2]]).toEqual([first, last]);
  expect(new Set(packed).size).toBe(3);
});

test("a mask is one shape in one light colour, whatever its values", async () => {
  for (const [row, shape] of [
    [[0, 255, 0], 255],
    [[1, 2], 2],
    [[-1, 0], -1],
  ] as const) {
    const all = await labels({ kind: "mask" }, [...row]);
    expect(shown(all)).toEqual([shape]);
    const [lightness] = cielab(all.find((label) => label.shown)?.color as Rgb);
    expect(lightness).toBeGreaterThan(60);
  }
});

test("the palette has the colours in the order that WGSL unpacks", async () => {
  const [, , { color }] = await labels();
  expect(labelPalette(await labels())[2]).toBe(
    ((255 << 24) | (color[2] << 16) | (color[1] << 8) | color[0]) >>> 0,
  );
});
