/**
 * The colour bar has the colours and tick positions of the drawn values; the legend lists the labels that are shown.
 */

import { expect, test } from "playwright/test";
import {
  type ColorBar,
  colorBar,
  describeColorBar,
  legend,
  placeColorBar,
} from "../../src/axes/color-bar.ts";
import { palette } from "../../src/options/colormaps.ts";
import type { Label } from "../../src/options/labels.ts";
import { ARTICLE_TRANSFORM } from "../../src/options/settings.ts";
import { colorEntry, drawnValue, type ValueScale, wholeScale } from "../../src/options/value-scale.ts";
import { profileOf } from "../../src/values/profile.ts";
import { rowOf } from "../support/volumes.ts";
import "../support/all-colormaps.ts";

const VIRIDIS = palette("viridis");

/** Values from 0 to 1000, most of them low. */
const levels = profileOf(
  rowOf(
    Array.from({ length: 400 }, (_, i) => Math.round(1000 * (i / 399) ** 3)),
    "int16",
  ),
).then((profile) => profile.levels);

async function scaleOf(changes: Partial<Parameters<typeof wholeScale>[1]> = {}): Promise<ValueScale> {
  return wholeScale(await levels, {
    ...{ kind: "intensity", threshold: 0, transform: ARTICLE_TRANSFORM, window: null },
    ...changes,
  });
}

/** The number in a tick's text. */
const tickValue = (text: string) => Number(text.replace("−", "-"));

/** Expects each tick at the position where the scale draws the number in its text, within the rounding of the text. */
function expectTruePlaces({ ticks }: ColorBar, scale: ValueScale): void {
  const range = scale.window[1] - scale.window[0];
  expect(ticks.length).toBeGreaterThanOrEqual(2);
  for (const { at, text } of ticks) {
    const around = [-1, 1].map((side) => drawnValue(scale, tickValue(text) + (side * range) / 150).color);
    expect(at, text).toBeGreaterThanOrEqual(around[0] - 1e-9);
    expect(at, text).toBeLessThanOrEqual(around[1] + 1e-9);
  }
  // Round ticks give their value exactly.
  for (const { at, text } of ticks.slice(2))
    expect(drawnValue(scale, tickValue(text)).color).toBeCloseTo(at, 9);
}

test("without a transform, ticks are evenly spaced and the ends are those of the window", async () => {
  const scale = await scaleOf({ transform: null, window: [40, 400] });
  const bar = colorBar(scale, VIRIDIS);
  expectTruePlaces(bar, scale);
  expect(bar.ticks.slice(0, 2)).toEqual([
    { at: expect.closeTo(0, 12), text: "40" },
    { at: 1, text: "400" },
  ]);
  const [a, b] = bar.ticks.slice(2);
  expect((b.at - a.at) / (tickValue(b.text) - tickValue(a.text))).toBeCloseTo(1 / 360, 9);
  expect([...bar.colors]).toEqual([...VIRIDIS]);
});

for (const [name, changes] of Object.entries({
  "over all values": {},
  "from a window": { window: [100, 700] as const },
  "of another curve": { transform: { floor: 0.3, gamma: 2, contrast: 1.5, bias: -0.1 } },
})) {
  test(`the article's transform ${name}: ticks follow the curve, and the ends are where the colours start and stop changing`, async () => {
    const scale = await scaleOf(changes);
    const bar = colorBar(scale, VIRIDIS);
    expectTruePlaces(bar, scale);
    const [low, high] = bar.ticks.map(({ text }) => tickValue(text));
    const step = (scale.window[1] - scale.window[0]) / 50;
    const color = (value: number) => drawnValue(scale, value).color;
    expect(color(low - step)).toBe(0);
    expect(color(low + step)).toBeGreaterThan(0);
    expect(color(high - step)).toBeLessThan(color(scale.window[1]));
    expect(color(high + step)).toBe(color(scale.window[1]));
    expect(bar.ticks[0].at).toBeCloseTo(0, 6);
    expect(bar.ticks[1].at).toBeCloseTo(color(scale.window[1]), 6);
    expect([...bar.colors]).toEqual([...VIRIDIS]);
  });
}

test("signed: 0 is in the middle, ticks have a real minus sign, and values below the threshold are omitted", async () => {
  const scale = await scaleOf({ kind: "signed", threshold: 2, window: [-8, 8] });
  const coolwarm = palette("coolwarm");
  const bar = colorBar(scale, coolwarm, "z");
  expectTruePlaces(bar, scale);
  expect(bar.title).toBe("z");
  expect(bar.ticks.slice(0, 2)).toEqual([
    { at: 0, text: "−8.0" },
    { at: 1, text: "8.0" },
  ]);
  expect(bar.ticks.find(({ text }) => tickValue(text) === 0)?.at).toBeCloseTo(0.5, 9);
  for (let value = -7.9; value < 8; value += 0.3) {
    const { color, alpha } = drawnValue(scale, value);
    const entry = colorEntry(color);
    const isAtThreshold = Math.abs(Math.abs(value) - 2) < 0.1;
    if (!isAtThreshold || alpha > 0)
      expect(bar.colors[entry], `${value}`).toBe(alpha > 0 ? coolwarm[entry] : 0);
  }
  // A quarter of the colours, except for the two at the thresholds, which are drawn.
  expect(bar.colors.filter((color) => color === 0).length).toBe(62);
});

test("signed with asymmetric ends: each side gets half of the colours", async () => {
  const scale = await scaleOf({ kind: "signed", window: [-2, 10] });
  expectTruePlaces(colorBar(scale, VIRIDIS), scale);
  expect(drawnValue(scale, -1).color).toBeCloseTo(0.25, 12);
  expect(drawnValue(scale, 5).color).toBeCloseTo(0.75, 12);
});

test("the bar's colour at each value is the colour with which the value is drawn", async () => {
  for (const changes of [{}, { window: [200, 600] as const }, { transform: null }]) {
    const scale = await scaleOf(changes);
    const { colors } = colorBar(scale, VIRIDIS);
    for (let value = 0; value <= 1000; value += 7) {
      const entry = colorEntry(drawnValue(scale, value).color);
      expect(colors[entry]).toBe(VIRIDIS[entry]);
    }
  }
});

test("large offsets, tiny ranges and constant volumes have meaningful ticks", async () => {
  for (const [low, high] of [
    [1e9, 1e9 + 77],
    [-3e-7, 4e-7],
    [0, 1e12],
    [-1000, -999],
  ]) {
    const scale = { ...(await scaleOf({ transform: null, window: [low, high] })), cut: [0, 1] as const };
    const { ticks } = colorBar(scale, VIRIDIS);
    expect(new Set(ticks.map(({ text }) => text)).size, `${low} to ${high}`).toBe(ticks.length);
    expect(ticks.length).toBeGreaterThan(2);
    for (const { text } of ticks) expect(text.length).toBeLessThan(16);
  }
  const constant = await scaleOf({ transform: null, window: [7, 7] });
  expect(colorBar(constant, VIRIDIS).ticks.map(({ text }) => text)).toEqual(["7"]);
});

test("ticks do not overlap", async () => {
  const { ticks } = colorBar(await scaleOf(), VIRIDIS);
  const places = ticks.map(({ at }) => at).sort((a, b) => a - b);
  for (let i = 1; i < places.length; i++) expect(places[i] - places[i - 1]).toBeGreaterThan(1 / 12);
});

const LABELS: Label[] = [
  { value: 0, color: [0, 0, 0], shown: false, shownByDefault: true, count: 900 },
  { value: 2, color: [1, 2, 3], shown: true, shownByDefault: true, count: 5 },
  { value: 17, name: "Left-Hippocampus", color: [220, 216, 20], shown: true, shownByDefault: true, count: 7 },
  { value: 53, name: "Right-Hippocampus", color: [9, 9, 9], shown: false, shownByDefault: true, count: 7 },
];

test("the legend has the labels that are shown, with their names if they have any", () => {
  expect(legend(LABELS)).toEqual({
    kind: "legend",
    title: "",
    entries: [
      { text: "2", color: [1, 2, 3] },
      { text: "Left-Hippocampus", color: [220, 216, 20] },
    ],
  });
});

test("the strip is as wide as its texts need, and at most half of the picture", async () => {
  const bar = colorBar(await scaleOf(), VIRIDIS);
  const width = (content: Parameters<typeof placeColorBar>[0], of: number) =>
    placeColorBar(content, of, 200, 10).width;
  expect(width(legend(LABELS), 1000)).toBeGreaterThan(width(bar, 1000));
  expect(width(bar, 1000)).toBe(width(bar, 500));
  expect(width(legend(LABELS), 50)).toBe(25);
});

test("bar and legend have descriptions in words", async () => {
  expect(describeColorBar(colorBar(await scaleOf({ transform: null }), VIRIDIS, "HU"))).toBe(
    "Colour bar, HU: 0 to 1000",
  );
  expect(describeColorBar(legend(LABELS))).toBe("Legend: 2, Left-Hippocampus");
  const many = Array.from(
    { length: 25 },
    (_, value): Label => ({ value, color: [0, 0, 0], shown: true, shownByDefault: true, count: 1 }),
  );
  expect(describeColorBar(legend(many))).toMatch(/: 0, 1, .*, 19, and 5 more$/);
});
