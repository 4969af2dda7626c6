/** Sizes, views and letters of figures, as people write them. */

import { expect, test } from "playwright/test";
import { figureSize, parseDpi } from "../../src/picture/figure-size.ts";
import { letterAt, parseLetters, parseViews } from "../../src/picture/figure-views.ts";

for (const [text, dpi, panels, expected] of [
  ["1200x800", undefined, 1, { width: 1200, height: 800 }],
  ["600", undefined, 1, { width: 600, height: 600 }],
  ["600px", 150, 1, { width: 600, height: 600, dpi: 150 }],
  ["12cm", undefined, 1, { width: 1417, height: 1417, dpi: 300 }],
  ["12 cm x 8 cm", 600, 1, { width: 2835, height: 1890, dpi: 600 }],
  ["18x6cm", 300, 3, { width: 2126, height: 709, dpi: 300 }],
  ["18cm", 300, 3, { width: 2126, height: 709, dpi: 300 }],
  ["3.5in", 100, 1, { width: 350, height: 350, dpi: 100 }],
  ["120MM×80MM", 254, 1, { width: 1200, height: 800, dpi: 254 }],
  ["72pt", 72, 1, { width: 72, height: 72, dpi: 72 }],
  ["3600", undefined, 3, { width: 3600, height: 1200 }],
] as const) {
  test(`size ${text} at ${dpi ?? "no"} dpi, ${panels} views`, () => {
    expect(figureSize(text, dpi, panels)).toEqual(expected);
  });
}

for (const text of [
  ...["", "x", "0", "-5", "1.5", "12.5x10", "100x", "x100", "12km", "12cmx4in", "1e3", "1x2x3", "12 c m"],
  ...["16385", "1000cm", "0.001cm", "100x99999", "..5cm", "toString"],
]) {
  test(`size "${text}" is refused`, () => {
    expect(() => figureSize(text, undefined, 1)).toThrow(
      expect.objectContaining({ code: "invalid-option", message: expect.stringContaining("as in 1200x800") }),
    );
  });
}

test("resolutions are numbers of pixels per inch", () => {
  expect([parseDpi(undefined), parseDpi("300"), parseDpi(72.5)]).toEqual([undefined, 300, 72.5]);
  for (const wrong of ["", "0", "-1", "5000", "300dpi", Number.NaN, "1e2"])
    expect(() => parseDpi(wrong)).toThrow(/dpi ".*": expected pixels per inch/);
});

test("views are names, with commas between them", () => {
  expect(parseViews("full, cut,diagonal")).toEqual(["full", "cut", "diagonal"]);
  expect(parseViews("front,front,top")).toEqual(["front", "front", "top"]);
  for (const wrong of ["", "full,", "side", "full cut", "__proto__", "full,".repeat(20)])
    expect(() => parseViews(wrong)).toThrow(/views ".*": expected up to 16 of full, cut, diagonal, front/);
});

test("letters continue from the first one", () => {
  expect([0, 1, 2].map((i) => letterAt(parseLetters("a", 3), i))).toEqual(["a", "b", "c"]);
  expect([0, 1].map((i) => letterAt(parseLetters("C", 2), i))).toEqual(["C", "D"]);
  expect(letterAt(parseLetters("", 2), 1)).toBe("");
  for (const [wrong, panels] of [
    ["1", 1],
    ["ab", 1],
    ["z", 2],
    ["Z", 2],
    [" ", 1],
  ] as const)
    expect(() => parseLetters(wrong, panels)).toThrow(/letters ".*": expected the letter of the first panel/);
});
