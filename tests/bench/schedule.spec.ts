/** How the time of a run is divided among scenarios, tested with a fake backend. */

import { expect, test } from "playwright/test";
import { runAll } from "../../bench/backend.ts";
import type { GridOutcome, Outcome, Row } from "../../bench/result.ts";
import { plan, type Scenario } from "../../bench/scenarios.ts";

const scenarios = (synthetic: number[]) =>
  plan({
    ...{ dims: [10, 10, 10], canvas: 64, frames: 4, view: "full" },
    ...{ parts: ["synthetic"], resolutions: [], synthetic, blends: ["exact"] },
  });

/** A pipeline that takes 1 ms per voxel for 1000 voxels, and a first picture with the same time. */
const GRID = { firstPictureMs: 1000, pipelineMs: [1000, 1000], gridDims: [10, 10, 10] };

async function run(
  synthetic: number[],
  ms: number,
  backend: (scenario: Scenario, budget: number) => unknown,
) {
  const rows: Row[] = [];
  const carryOut = async (scenario: Scenario, budget: number) => backend(scenario, budget) as Outcome;
  await runAll({ run: carryOut }, scenarios(synthetic), performance.now() + ms, (row) => rows.push(row));
  return rows;
}

test("budgets are shares of the remaining time, and add up to it", async () => {
  const budgets: number[] = [];
  await run([10], 6000, (_, budget) => budgets.push(budget));
  expect(budgets).toHaveLength(2);
  expect(budgets[0] / 6000).toBeCloseTo(1 / 3, 1);
  expect(budgets[1] / 6000).toBeCloseTo(1, 1);
});

test("a failed scenario gives a reason, and later scenarios are still measured", async () => {
  const rows = await run([10], 6000, ({ measure }) => {
    if (measure === "grid") throw new Error("out of memory\nand more");
    return { frames: 1 };
  });
  expect(rows.map(({ failed }) => failed)).toEqual(["out of memory", undefined]);
  expect(rows[1].outcome).toEqual({ frames: 1 });
});

test("a scenario that would take too long is not started, and the expected time is reported", async () => {
  const rows = await run([10, 20, 100], 60_000, ({ measure }) =>
    measure === "grid" ? (GRID as unknown as GridOutcome) : {},
  );
  expect(rows.slice(0, 4).every(({ outcome }) => outcome)).toBe(true);
  expect(rows[4].failed).toBe("over budget: it would take about 250 s, going by synthetic 20");
});

test("no scenario is started after the deadline", async () => {
  const rows = await run([10], -1, () => ({}));
  expect(rows.map(({ failed }) => failed)).toEqual(
    Array(2).fill("over budget: there was no time left for it"),
  );
});
