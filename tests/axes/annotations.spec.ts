/** Annotations: where scale bar and marker are painted, with what, and when there is none. */

import { expect, test } from "playwright/test";
import {
  type Annotations,
  annotationsFor,
  describeAnnotations,
  haloOf,
  paintAnnotations,
} from "../../src/axes/annotations.ts";
import type { Context } from "../../src/axes/context.ts";
import { plainSettings } from "../../src/options/appearance.ts";
import { type OptionTexts, settingsFrom } from "../../src/options/options.ts";

const HEAD = {
  dims: [157, 189, 68],
  spacing: [1, 1, 2],
  affine: [-1, 0, 0, 78, 0, 1, 0, -94, 0, 0, 2, -68, 0, 0, 0, 1],
  oriented: true,
} as const;
const BOTH = { scalebar: "", orientation: "" };

function annotations(texts: OptionTexts, width: number, height = width): Annotations {
  return annotationsFor(plainSettings(settingsFrom(texts), HEAD), HEAD, width, height);
}

interface Call {
  readonly name: string;
  readonly values: readonly unknown[];
  readonly color: unknown;
  readonly opacity: unknown;
}

/** What a context of no more than the members of Context was called with. */
function calls(paint: (context: Context) => void): Call[] {
  const made: Call[] = [];
  const state: Record<string, unknown> = {};
  const methods = ["save", "restore", "scale", "beginPath", "moveTo", "lineTo", "arc", "stroke", "fill"];
  const properties = [
    "fillStyle",
    "strokeStyle",
    "globalAlpha",
    "lineWidth",
    "lineCap",
    "lineJoin",
    "font",
    "textAlign",
  ];
  const context = new Proxy(state, {
    get: (_, name: string) => {
      if (properties.includes(name)) return state[name];
      if (![...methods, "strokeText", "fillText"].includes(name)) throw new Error(`${name} is not used`);
      return (...values: unknown[]) =>
        made.push({ name, values, color: state.strokeStyle, opacity: state.globalAlpha });
    },
    set: (_, name: string, value) => {
      if (!properties.includes(name)) throw new Error(`${name} is not set`);
      state[name] = value;
      return true;
    },
  });
  paint(context as unknown as Context);
  return made;
}

test("the bar ends in the lower right corner, the marker is in the lower left one, each over its halo", () => {
  const found = annotations(BOTH, 600);
  const made = calls((context) =>
    paintAnnotations(
      context,
      found,
      { left: 100, top: 50, width: 600, height: 600 },
      { ink: "black", halo: "white", scale: 2 },
    ),
  );
  expect(made[0].name).toBe("save");
  expect(made[1]).toMatchObject({ name: "scale", values: [2, 2] });
  expect(made.at(-1)?.name).toBe("restore");

  const ink = made.filter(({ color }) => color === "black");
  const halo = made.filter(({ color }) => color === "white");
  expect(made.indexOf(halo.at(-1) as Call)).toBeLessThan(made.indexOf(ink[0]));
  const texts = (some: readonly Call[], name: string) =>
    some.filter((call) => call.name === name).map(({ values }) => values[0]);
  expect(texts(ink, "fillText")).toEqual(texts(halo, "strokeText"));
  expect(texts(ink, "fillText").sort()).toEqual(["50 mm", "L", "P", "S"]);

  const [from, to] = ink.filter(({ name }) => name === "moveTo" || name === "lineTo");
  expect((to.values[0] as number) - (from.values[0] as number)).toBeCloseTo(found.scaleBar?.pixels ?? 0, 9);
  expect(to.values[0]).toBe(100 + 600 - 12);
  expect(to.values[1]).toBeGreaterThan(50 + 600 - 24);
  const places = ink.filter(({ name, values }) => name === "fillText" && /^[A-Z]$/.test(String(values[0])));
  for (const { values } of places) {
    expect(values[1]).toBeGreaterThan(100);
    expect(values[1]).toBeLessThan(100 + 80);
    expect(values[2]).toBeGreaterThan(650 - 80);
    expect(values[2]).toBeLessThan(650);
  }
});

test("there is only what the settings show and what has room", () => {
  expect(annotations({}, 600)).toEqual({ fontSize: 12, scaleBar: undefined, marker: undefined });
  expect(annotations({ scalebar: "" }, 600).marker).toBeUndefined();
  expect(annotations({ orientation: "" }, 600).scaleBar).toBeUndefined();
  const small = annotations(BOTH, 100);
  expect([small.scaleBar?.text, small.marker?.size]).toEqual(["50 mm", 58.5]);
  expect(annotations(BOTH, 40)).toEqual({ fontSize: 9, scaleBar: undefined, marker: undefined });
  expect(annotations({ ...BOTH, aspect: "cube" }, 600).scaleBar).toBeUndefined();
});

test("the description has the length of the bar", () => {
  expect(describeAnnotations(annotations(BOTH, 600))).toBe("Scale bar: 50 mm");
  expect(describeAnnotations(annotations({ orientation: "" }, 600))).toBe("");
});

test("the halo is the opaque background, or contrasts with the ink", () => {
  expect(haloOf([0, 0.2, 1, 1], [1, 1, 1, 1])).toBe("rgb(0 51 255)");
  expect(haloOf([0, 0, 0, 0], [0, 0, 0, 1])).toBe("white");
  expect(haloOf([1, 1, 1, 0.5], [0.9, 0.9, 1, 1])).toBe("black");
});
