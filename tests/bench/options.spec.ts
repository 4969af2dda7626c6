/** The options of the benchmark's commands. */

import { expect, test } from "playwright/test";
import { parseCommitsOptions } from "../../bench/commits/options.ts";
import { parseOptions } from "../../bench/options.ts";

test("--against selects the programs to compare with, and changes the defaults", () => {
  expect(parseOptions([])).toMatchObject({ against: [], canvas: 400, output: "bench/output/result.json" });
  expect(parseOptions(["a.nii", "--against", "three.js,niivue"])).toMatchObject({
    input: "a.nii",
    against: ["three.js", "niivue"],
    canvas: 800,
    output: "bench/output/peers.json",
  });
  expect(parseOptions(["--against", "vtk.js", "--size", "64", "--output", "b.json"])).toMatchObject({
    canvas: 64,
    output: "b.json",
  });
});

test("--against accepts only known names, and at least one", () => {
  for (const [names, misfit] of [
    ["three", "three"],
    ["vtk.js,", ""],
    ["", ""],
  ])
    expect(() => parseOptions(["--against", names])).toThrow(
      `against "${misfit}": expected one of vtk.js, niivue, three.js`,
    );
});

test("bench:commits accepts a commit and an input, and selects rows by words", () => {
  const parsed = parseCommitsOptions(["HEAD~1", "a.zip", "--runs", "3", "--only", "render,full weighted"]);
  expect(parsed).toMatchObject({ commit: "HEAD~1", input: "a.zip", runs: 3, frames: 12, budgetMs: 60_000 });
  const names = ["render large", "frames native full weighted", "frames native full exact"];
  expect(names.filter((name) => parsed?.wants(name))).toEqual(names.slice(0, 2));
  const all = parseCommitsOptions(["HEAD"]);
  expect(names.every((name) => all?.wants(name))).toBe(true);
  expect(() => parseCommitsOptions([])).toThrow("name a commit");
  expect(() => parseCommitsOptions(["HEAD", "--runs", "0"])).toThrow('runs "0": expected a whole number');
});
