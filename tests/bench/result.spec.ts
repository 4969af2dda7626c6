/** Result files: their validation, and the comparison of two. */

import { expect, test } from "playwright/test";
import { PNG } from "pngjs";
import { parseOptions } from "../../bench/options.ts";
import { compared } from "../../bench/ratios.ts";
import { parseResult, spreads } from "../../bench/result.ts";
import { nameOf, plan } from "../../bench/scenarios.ts";
import { picture, sampleResult } from "./sample-result.ts";

const decode = (url: string) => PNG.sync.read(Buffer.from(url.split(",")[1], "base64")).data;
const copy = (value: unknown) => JSON.parse(JSON.stringify(value));

test("a result is parsed unchanged", () => {
  expect(parseResult(copy(sampleResult()))).toEqual(copy(sampleResult()));
});

test("a file that is not a result of this version is rejected with a reason", () => {
  expect(() => parseResult({ schema: "voxel-volume-bench/0" })).toThrow('expected "voxel-volume-bench/1"');
  expect(() => parseResult(null)).toThrow("schema");
  const { input: _, ...headless } = copy(sampleResult());
  expect(() => parseResult(headless)).toThrow("input.name: expected string, found undefined");
  const broken = copy(sampleResult());
  broken.rows[1].outcome.p95 = "fast";
  expect(() => parseResult(broken)).toThrow("rows[1].outcome.p95: expected number, found string");
  broken.rows[1] = { measure: "grid" };
  expect(() => parseResult(broken)).toThrow("rows[1]: neither an outcome nor why it failed");
});

test("two results are compared by ratios, counts and pictures", () => {
  const lines = compared(sampleResult(), sampleResult({}, 2), decode);
  const line = (start: string) => lines.find((one) => one.startsWith(start)) ?? "";
  expect(line("frames input 50 full weighted")).toContain("100 ms, 200 ms, B/A 2.00");
  expect(line("grid input 50 full, pipeline")).toContain("B/A 2.00");
  expect(line("  filled voxels")).toContain("the same");
  expect(line("fidelity input 25 full weighted")).toContain("A and B: equal");
  expect(line("times as fast as matplotlib")).toContain("50 (extrapolated), 25 (extrapolated)");
});

test("different counts and pictures are reported", () => {
  const other = copy(sampleResult());
  other.rows[0].outcome.filledVoxels += 1;
  other.rows.find((row: { outcome: { picture?: string } }) => row.outcome.picture).outcome.picture =
    picture(250);
  const lines = compared(sampleResult(), other, decode);
  expect(lines.filter((line) => line.includes("DIFFERENT"))).toHaveLength(1);
  expect(lines.find((line) => line.startsWith("fidelity input 25 full weighted"))).toMatch(
    /A and B: 5\.\d dB/,
  );
});

test("results of different inputs are not compared", () => {
  const other = sampleResult({ input: { ...sampleResult().input, sha256: "cd".repeat(32) } });
  expect(() => compared(sampleResult(), other, decode)).toThrow("different inputs cannot be compared");
  expect(() => compared(sampleResult(), sampleResult({ rows: [] }), decode)).toThrow("no scenario in common");
});

test("the widest spread between two passes comes first", () => {
  const result = copy(sampleResult());
  result.rows[2].outcome.medians = [20, 30];
  const [widest, next] = spreads(result);
  expect([nameOf(widest.scenario), widest.spread]).toEqual(["frames input 25 full exact", 0.4]);
  expect(next.spread).toBe(0);
});

test("the scenarios of a run have distinct names", () => {
  const options = { dims: [10, 20, 30], canvas: 400, frames: 24, view: "full" } as const;
  const all = plan({
    ...options,
    parts: ["resolutions", "synthetic", "fidelity", "turning"],
    resolutions: ["50", "2x"],
    synthetic: [128],
    blends: ["weighted", "exact"],
  });
  const names = all.map(nameOf);
  expect(new Set(names).size).toBe(names.length);
  expect(all.find(({ resolution }) => resolution === "2x")?.options.resolution).toBe("20x40x60");
});

test("invalid options are rejected", () => {
  expect(parseOptions(["a.zip", "--only", "resolutions", "--size", "64"])).toMatchObject({
    ...{ input: "a.zip", parts: ["resolutions"], canvas: 64, budgetMs: 220_000 },
  });
  expect(parseOptions(["--help"])).toBeUndefined();
  for (const [option, value] of [
    ...[
      ["size", "0"],
      ["only", "all"],
      ["resolutions", "fine"],
      ["blends", "none"],
    ],
    ...[
      ["backend", "cuda"],
      ["output", "result.txt"],
      ["view", "back"],
      ["matplotlib", "x"],
    ],
  ])
    expect(() => parseOptions([`--${option}`, value])).toThrow(`${option} "${value}"`);
  expect(() => parseOptions(["a", "b"])).toThrow("one INPUT");
});
