/** The benchmark's commands on a small volume: with Chromium, with Dawn if it is installed, and in the demo. */

import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { PNG } from "pngjs";
import { decibels } from "../../bench/numbers.ts";
import { measured, parseResult, type Result } from "../../bench/result.ts";
import { nameOf } from "../../bench/scenarios.ts";
import { blob, DIMS } from "../support/blob.ts";
import { type CommandLine, expect, test } from "../support/cli.ts";
import { watch } from "../support/gpu.ts";

const SMALL = ["--size", "64", "--budget", "20", "--frames", "2", "--only", "resolutions,synthetic"];
const FEW = ["--resolutions", "8,native", "--synthetic", "16"];
const DAWN = process.env.VOXEL_VOLUME_DAWN ?? process.cwd();

interface Ran {
  readonly status: number;
  readonly output: string;
}

function run(cli: CommandLine, script: string, ...args: string[]): Promise<Ran> {
  const env = { ...process.env, VOXEL_VOLUME_BROWSER: process.env.TEST_BROWSER };
  return new Promise((done) => {
    execFile(
      process.execPath,
      [resolve(`dist/bench/${script}.js`), ...args],
      { cwd: cli.folder, env },
      (error, stdout, stderr) =>
        done({ status: error ? Number(error.code ?? 1) : 0, output: stdout + stderr }),
    );
  });
}

const result = (cli: CommandLine, name: string): Result =>
  parseResult(JSON.parse(readFileSync(cli.path(name), "utf8")));

test("a small run writes a result and a report", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const ran = await run(cli, "main", "blob.nii", ...SMALL, ...FEW, "--output", "a.json");
  expect(ran).toMatchObject({ status: 0 });
  expect(ran.output).toContain("[13/13] frames synthetic 16 native full exact");
  const { rows, input, copyBandwidth, backend } = result(cli, "a.json");
  expect(rows.filter(({ failed }) => failed)).toEqual([]);
  expect(rows).toHaveLength(13);
  expect(input).toMatchObject({ name: "blob.nii", dims: DIMS, dtype: "int16" });
  expect(backend).toMatchObject({ name: "chromium", software: true });
  expect(copyBandwidth).toBeGreaterThan(1e8);
  const grids = measured({ rows }, "grid").map(({ outcome }) => outcome);
  expect(grids.map(({ gridDims }) => gridDims)).toEqual([[8, 8, 8], DIMS, [16, 16, 16]]);
  for (const { stages, filledVoxels, heldBytes, gridDims } of grids) {
    expect(stages.map(({ name }) => name)).toEqual(expect.arrayContaining(["measure", "tables"]));
    expect(filledVoxels).toBeGreaterThan(0.1 * gridDims[0] * gridDims[1] * gridDims[2]);
    expect(heldBytes).toBeGreaterThan(64 * 64 * 4);
  }
  const fidelity = Object.fromEntries(
    measured({ rows }, "fidelity").map(({ resolution, blend, outcome }) => [
      `${resolution} ${blend}`,
      outcome.dB,
    ]),
  );
  expect(fidelity["native exact"]).toBeNull();
  expect(fidelity["native weighted"]).toBeGreaterThan(30);
  expect(fidelity["8 exact"]).toBeLessThan(fidelity["native weighted"] as number);
  expect(readFileSync(cli.path("a.html"), "utf8")).toContain("<svg");
  const same = await run(cli, "compare", "a.json", "a.json");
  expect(same.output).toContain("B/A 1.00");
  expect(same.output).toContain("A and B: equal");
});

test("a scenario that does not fit is reported, and the run continues", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const few = ["--synthetic", "9999,8", "--blends", "exact", "--budget", "60", "--frames", "2"];
  const args = ["--size", "64", "--only", "synthetic", ...few];
  const ran = await run(cli, "main", "blob.nii", ...args, "--output", "a.json");
  expect(ran).toMatchObject({ status: 0 });
  const { rows } = result(cli, "a.json");
  expect(rows.map(({ failed }) => failed)).toEqual([
    expect.stringMatching(/array/i),
    expect.stringMatching(/array/i),
    undefined,
    undefined,
  ]);
  expect(ran.output).toContain(`failed: ${rows[0].failed}`);
  expect(readFileSync(cli.path("a.html"), "utf8")).toContain(`failed: ${rows[0].failed}`);
});

test("Dawn draws the same as Chromium", async ({ cli }) => {
  let found = true;
  try {
    createRequire(join(DAWN, "any.js")).resolve("webgpu");
  } catch {
    found = false;
  }
  test.skip(!found, "needs the npm package webgpu");
  cli.write("blob.nii", blob());
  const args = ["blob.nii", ...SMALL, ...FEW, "--dawn", DAWN];
  expect(await run(cli, "main", ...args, "--output", "a.json")).toMatchObject({ status: 0 });
  expect(await run(cli, "main", ...args, "--backend", "dawn", "--output", "b.json")).toMatchObject({
    status: 0,
  });
  const [a, b] = ["a.json", "b.json"].map((name) => result(cli, name));
  expect(b.backend.name).toBe("dawn");
  const counts = ({ rows }: Result) =>
    measured({ rows }, "grid").map(({ outcome }) => [outcome.gridDims, outcome.filledVoxels]);
  expect(counts(b)).toEqual(counts(a));
  const pictures = (one: Result) =>
    measured(one, "fidelity").map(({ outcome }) =>
      PNG.sync.read(Buffer.from((outcome.picture as string).split(",")[1], "base64")),
    );
  const theirs = pictures(b);
  for (const [i, ours] of pictures(a).entries())
    expect(decibels(ours.data, theirs[i].data), nameOf(measured(a, "fidelity")[i])).toBeGreaterThan(50);
});

test("errors are one line", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const missing = await run(cli, "main", "blob.nii", "--backend", "dawn", "--dawn", cli.folder);
  expect(missing.status).toBe(1);
  expect(missing.output).toMatch(/^bench: The backend "dawn" needs the npm package webgpu.*npm install.*\n$/);
  expect(await run(cli, "main", "no.nii")).toEqual({ status: 1, output: "bench: there is no file no.nii\n" });
  cli.write("old.json", '{"schema": "voxel-volume-bench/0"}');
  const refused = await run(cli, "compare", "old.json", "old.json");
  expect(refused.status).toBe(1);
  expect(refused.output).toMatch(/^bench:compare: old\.json: schema: expected .*\n$/);
  expect(existsSync(cli.path("bench"))).toBe(false);
});

test("the demo compares resolutions in the visitor's browser, also without timestamps", async ({ page }) => {
  const complaints = watch(page);
  await page.addInitScript(() => {
    Object.defineProperty(GPUAdapter.prototype, "features", { value: new Set(["float32-blendable"]) });
  });
  await page.goto("/demo/bench.html");
  await page.setInputFiles("input[type=file]", {
    name: "blob.nii",
    mimeType: "application/octet-stream",
    buffer: Buffer.from(blob()),
  });
  await page.fill("[name=canvas]", "64");
  await page.fill("[name=seconds]", "5");
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page.locator(".report svg").first()).toBeVisible({ timeout: 100_000 });
  expect(await page.locator(".report img").count()).toBeGreaterThan(1);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(".download")]);
  const saved = parseResult(JSON.parse(readFileSync(await download.path(), "utf8")));
  expect(saved.input.name).toBe("blob.nii");
  expect(saved.backend.timestamps).toBe(false);
  const [{ outcome: grid }] = measured(saved, "grid");
  const stages = ["measure", "resize", "tables"];
  expect(grid.stages.map(({ name }) => name)).toEqual(stages);
  const whole = grid.stages.reduce((sum, { ms }) => sum + ms, 0);
  expect(whole).toBeLessThan(3 * grid.pipelineMs[0] + 100);
  expect(whole).toBeGreaterThan(0);
  for (const { failed } of saved.rows) expect(failed ?? "over budget").toContain("over budget");
  expect(complaints).toEqual([]);
});
