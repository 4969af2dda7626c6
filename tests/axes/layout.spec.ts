/** Layout of the axes: the same as in matplotlib, and legible from all sides. */

import { expect, test } from "playwright/test";
import { type Axes, axesFor } from "../../src/axes/index.ts";
import { halfSize, overlap } from "../../src/axes/labels.ts";
import { plainSettings } from "../../src/options/appearance.ts";
import { type OptionTexts, settingsFrom } from "../../src/options/options.ts";
import { random } from "../support/oracle.ts";

const CUBE = {
  dims: [100, 100, 100],
  spacing: [1, 1, 1],
  affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
} as const;
const HEAD = {
  dims: [157, 189, 68],
  spacing: [1, 1, 2],
  affine: [-1, 0, 0, 78, 0, 1, 0, -94, 0, 0, 2, -68, 0, 0, 0, 1],
} as const;

function axes(texts: OptionTexts, grid: typeof CUBE | typeof HEAD, width: number, height = width): Axes {
  const settings = plainSettings(settingsFrom({ axes: "voxels", ...texts }, [1, 1, 1, 1]), grid);
  return axesFor(settings, grid, width, height) as Axes;
}

type Ends = readonly [x0: number, y0: number, x1: number, y1: number];

/** For matplotlib 3.6's axes from 0 to 100 in 1000 x 1000 pixels: the ends of each axis, and of its tick at 20. */
const MATPLOTLIB: { azimuth: number; elevation: number; lines: Ends[]; ticks: Ends[] }[] = [
  {
    ...{ azimuth: 320, elevation: 30 },
    lines: [
      [129, 706, 477.5, 945.8],
      [902.2, 742.4, 477.5, 945.8],
      [902.2, 742.4, 923.1, 252.6],
    ],
    ticks: [
      [202.5, 752.6, 191.9, 757.2],
      [568.7, 898.7, 577.7, 904.7],
      [903.4, 641, 912.6, 646.4],
    ],
  },
  {
    ...{ azimuth: 200, elevation: 30 },
    lines: [
      [856.2, 638.1, 687.3, 924.6],
      [152.3, 814.7, 687.3, 924.6],
      [152.3, 814.7, 132.5, 317.9],
    ],
    ticks: [
      [721.2, 858.9, 734.2, 861.5],
      [572.6, 898.3, 568, 905.7],
      [150.1, 711.5, 144.7, 718.4],
    ],
  },
  {
    ...{ azimuth: 45, elevation: -20 },
    lines: [
      [904.7, 226.6, 513.5, 64],
      [122.3, 226.6, 513.5, 64],
      [122.3, 226.6, 108.1, 755.8],
    ],
    ticks: [
      [822.9, 195.2, 833, 191.5],
      [204.1, 195.2, 194.1, 191.5],
      [114.7, 641.5, 104.3, 638.4],
    ],
  },
  {
    ...{ azimuth: 100, elevation: 45 },
    lines: [
      [189.6, 844.5, 743.2, 918.7],
      [819.3, 521.7, 743.2, 918.7],
      [819.3, 521.7, 841.9, 123.4],
    ],
    ticks: [
      [625.4, 899.4, 623.2, 909.6],
      [799.8, 600.8, 812.5, 602.4],
      [819.6, 441.4, 832.3, 443],
    ],
  },
];

/** The largest difference of a coordinate, for the better of the two orders of the ends. */
function distance([x0, y0, x1, y1]: Ends, line: Axes["lines"][number]): number {
  const [[u0, v0], [u1, v1]] = line;
  const between = (others: number[]) =>
    Math.max(...[x0, y0, x1, y1].map((expected, i) => Math.abs(others[i] - expected)));
  return Math.min(between([u0, v0, u1, v1]), between([u1, v1, u0, v0]));
}

for (const { azimuth, elevation, lines, ticks } of MATPLOTLIB) {
  test(`axes and ticks match matplotlib's at azimuth ${azimuth} and elevation ${elevation}`, () => {
    const texts = { azimuth: String(azimuth), elevation: String(elevation) };
    const ours = axes(texts, CUBE, 1000);
    for (const line of [...lines, ...ticks]) {
      const nearest = Math.min(...ours.lines.map((candidate) => distance(line, candidate)));
      // The reference is rounded to a tenth of a pixel.
      expect(nearest, line.join(" ")).toBeLessThan(0.11);
    }
    expect(ours.labels.filter(({ text }) => text === "20")).toHaveLength(3);
    expect(ours.labels.map(({ text }) => text)).toEqual(expect.arrayContaining(["x", "y", "z", "0", "100"]));
  });
}

test("there are no axes by default", () => {
  const settings = plainSettings(settingsFrom({}, [1, 1, 1, 1]));
  expect(axesFor(settings, CUBE, 300, 300)).toBeNull();
});

test("flipping the data reverses the labels and changes nothing else", () => {
  const [plain, flipped] = [axes({}, HEAD, 800), axes({ flip: "y" }, HEAD, 800)];
  expect(flipped.panes).toEqual(plain.panes);
  const at = (a: Axes, text: string) => a.labels.find((label) => label.text === text)?.at[0] ?? Number.NaN;
  // y points to the right and is the only axis with more than 157 voxels.
  expect(at(plain, "175")).toBeGreaterThan(600);
  expect(at(flipped, "175")).toBeLessThan(500);
});

test("a small picture has fewer ticks, and a zoomed one has more", () => {
  const count = (size: number, zoom = "1") => axes({ zoom }, HEAD, size).labels.length;
  expect(count(120)).toBeLessThan(count(300));
  expect(count(300)).toBeLessThan(count(1000));
  expect(axes({ zoom: "8" }, HEAD, 600).grid.length).toBeGreaterThan(3 * axes({}, HEAD, 600).grid.length);
  for (const size of [600, 1200, 2400]) {
    expect(count(size), "the font grows with the picture").toBe(count(1200));
  }
});

/** The faults of a layout, in words. */
function faults({ panes, grid, lines, labels, fontSize }: Axes, width: number, height: number): string[] {
  const numbers = [...panes, ...grid, ...lines, labels.map(({ at }) => at)].flat(2);
  const found = numbers.every(Number.isFinite) ? [] : ["not a number"];
  for (const [i, label] of labels.entries()) {
    const { text, at } = label;
    const half = halfSize(text, fontSize);
    const room = [width, height].map((side, c) => Math.min(at[c], side - at[c]) - half[c]);
    if (Math.min(...room) < -1e-6) found.push(`${text} is cut off`);
    const under = labels.slice(0, i).find((other) => overlap(label, other, fontSize));
    if (under) found.push(`${text} lies over ${under.text}`);
  }
  return found;
}

test("no label is cut off or overlaps another, from any direction", () => {
  const next = random(7);
  const pick = <T>(...values: T[]) => values[Math.floor(next() * values.length)];
  for (let i = 0; i < 400; i++) {
    const texts: OptionTexts = {
      azimuth: String(pick(0, 45, 90, 180, 270, 320, 360 * next())),
      elevation: String(pick(-90, 0, 30, 90, 180 * next() - 90)),
      zoom: String(pick(0.05, 0.5, 1, 1, 3, 40, 1000)),
      distance: String(pick(10, 10, 1, 0.5, 0.01, 1000)),
      projection: pick("perspective", "orthographic"),
      aspect: pick("cube", "physical"),
      axes: pick("voxels", "mm"),
      flip: pick("", "y", "xz"),
    };
    const [width, height] = [pick(40, 200, 600, 1200), pick(40, 200, 600)];
    const found = faults(axes(texts, HEAD, width, height), width, height);
    expect(found, JSON.stringify({ ...texts, width, height })).toEqual([]);
  }
});

/** What the names of the axes overlap, in words. */
function underNames({ panes, lines, labels, fontSize }: Axes): string[] {
  const found: string[] = [];
  for (const { text, at } of labels.filter(({ text }) => /[xyz]/.test(text))) {
    const half = halfSize(text, fontSize);
    const covers = (point: readonly number[]) => point.every((x, i) => Math.abs(x - at[i]) < half[i] - 1e-6);
    const crosses = ([from, to]: Axes["lines"][number]) =>
      Array.from({ length: 1001 }, (_, i) => i / 1000).some((t) =>
        covers([from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])]),
      );
    if (lines.some((line) => line.length === 2 && crosses(line))) found.push(`${text} over a line`);
    const sides = panes.flatMap((pane) => pane.map((corner, i) => [corner, pane[(i + 1) % pane.length]]));
    if (sides.some(crosses)) found.push(`${text} over the edge of the box`);
  }
  return found;
}

test("no name overlaps an axis, a tick or the box, from any direction", () => {
  const sides = Array.from({ length: 24 }, (_, i) => 15 * i);
  for (const size of [200, 300, 400, 900]) {
    for (const elevation of [-60, -10, 0, 30, 75]) {
      for (const azimuth of sides) {
        const texts = { axes: "mm", azimuth: `${azimuth}`, elevation: `${elevation}` };
        const found = underNames(axes(texts, HEAD, size));
        expect(found, JSON.stringify({ ...texts, size })).toEqual([]);
      }
    }
  }
});

test("each axis has its name in square pictures, in the article's views and from all azimuths", () => {
  const names = (texts: OptionTexts, size: number) =>
    axes({ axes: "mm", ...texts }, HEAD, size)
      .labels.map(({ text }) => text)
      .filter((text) => /[xyz]/.test(text));
  const views = ["full", "cut", "diagonal", ""].map((view): OptionTexts => ({ view }));
  const around = Array.from({ length: 36 }, (_, i): OptionTexts => ({ azimuth: `${10 * i + 5}` }));
  for (const size of [300, 400, 600]) {
    for (const texts of [...views, ...around])
      expect(names(texts, size), JSON.stringify({ ...texts, size })).toEqual(["x (mm)", "y (mm)", "z (mm)"]);
  }
});

test("seen from directly above, the floor is visible and the axis that points at the eye has no labels", () => {
  for (const azimuth of ["0", "90", "-60", "320"]) {
    const texts: OptionTexts = { azimuth, elevation: "90", projection: "orthographic" };
    const { labels } = axes(texts, CUBE, 600);
    expect(labels.filter(({ text }) => /[xyz]/.test(text)).map(({ text }) => text)).toEqual(["x", "y"]);
    // Nothing jumps when the view becomes vertical.
    const almost = axes({ ...texts, elevation: "89.9" }, CUBE, 600);
    for (const [i, { at }] of labels.entries()) {
      expect(Math.hypot(at[0] - almost.labels[i].at[0], at[1] - almost.labels[i].at[1])).toBeLessThan(3);
    }
  }
});

test("seen from inside the box, the panes fill the picture and geometry behind the eye is omitted", () => {
  const { panes, lines } = axes({ distance: "0.2" }, CUBE, 400);
  const covers = (outline: Axes["panes"][number], x: number, y: number) => {
    let odd = false;
    for (const [i, [x0, y0]] of outline.entries()) {
      const [x1, y1] = outline[(i + 1) % outline.length];
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) odd = !odd;
    }
    return odd;
  };
  expect(panes.map((pane) => covers(pane, 200, 200)).filter(Boolean)).toHaveLength(1);
  expect(panes.some((pane) => covers(pane, 200, 390))).toBe(true);
  expect(lines.filter((line) => line.length === 2).length).toBeGreaterThan(0);
});

test("labels stay in the picture when the box's centre is behind the eye", () => {
  let seen = 0;
  for (let azimuth = 180; azimuth < 360; azimuth += 15) {
    for (const y of [0.9, 1.2, 1.5]) {
      const texts = {
        target: `0.5 ${y} 0.4`,
        azimuth: `${azimuth}`,
        elevation: "20",
        distance: "0.3",
        zoom: "0.3",
      };
      const { labels, lines } = axes(texts, CUBE, 500);
      expect(lines.flat(2).every(Number.isFinite)).toBe(true);
      for (const { at } of labels) expect(at.every((x) => x > 0 && x < 500)).toBe(true);
      seen += labels.length;
    }
  }
  expect(seen).toBeGreaterThan(0);
});
