/** The report in a browser: self-contained, with its charts, on wide and narrow screens. */

import { readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { reportPage } from "../../bench/report.ts";
import { watch } from "../support/gpu.ts";
import { sampleResult } from "./sample-result.ts";

const css = readFileSync("bench/report.css", "utf8");

test("the report has charts, pictures and figures, and loads nothing else", async ({ page }) => {
  const complaints = watch(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.setContent(reportPage(sampleResult(), css));
  await expect(page.locator("figure.chart svg")).toHaveCount(5);
  await expect(page.locator("figure.chart").first().locator(".legend")).toContainText(
    "frame, weighted ~ n0.33",
  );
  await expect(page.locator(".pictures img")).toHaveCount(6);
  const loaded = await page
    .locator(".pictures img")
    .evaluateAll((all) => all.map((img) => (img as HTMLImageElement).naturalWidth));
  expect(loaded).toEqual(Array(6).fill(8));
  await expect(page.locator(".headlines")).toContainText("50 ×");
  await expect(page.locator(".headlines")).toContainText("extrapolated");
  await expect(page.locator("body")).toContainText("the medians agree to 0 % or better");
  // decode: 6 MB in 2 ms are 3 GB/s, of 10 GB/s.
  await expect(page.locator("tr", { hasText: "decode" }).first()).toContainText("30 %");
  await expect(page.locator("body")).toContainText("failed: the element <turns> in a browser only");
  expect(asked.filter((url) => !url.startsWith("data:"))).toEqual([]);
  expect(complaints).toEqual([]);
});

test("passes that disagree are reported", async ({ page }) => {
  const { rows } = sampleResult();
  const apart = rows.map((row) =>
    row.measure === "grid" && row.outcome
      ? { ...row, outcome: { ...row.outcome, pipelineMs: [10, 20] as const } }
      : row,
  );
  await page.setContent(reportPage(sampleResult({ rows: apart }), css));
  await expect(page.locator("body")).toContainText("do not agree to 10 %: grid input 25 full (67 %)");
});

test("a run in which everything failed has a report, too", async ({ page }) => {
  const complaints = watch(page);
  const rows = sampleResult().rows.map(({ outcome: _, ...row }) => ({ ...row, failed: "out of memory" }));
  const { article: _, ...rest } = sampleResult({ rows: rows as never });
  await page.setContent(reportPage(rest, css));
  await expect(page.locator("svg")).toHaveCount(0);
  await expect(page.locator("table")).toContainText("failed: out of memory");
  expect(complaints).toEqual([]);
});

test("names are shown as text, never as markup", async ({ page }) => {
  const input = { ...sampleResult().input, name: '<img src="x" onerror="alert(1)">.zip' };
  await page.setContent(reportPage(sampleResult({ input }), css));
  await expect(page.locator("body")).toContainText(input.name);
  await expect(page.locator("img[src=x]")).toHaveCount(0);
});

test("the report fits a phone's screen", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.setContent(reportPage(sampleResult(), css));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
