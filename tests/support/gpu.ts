/** Tests on the GPU: a page with `window.engine`. A validation error or any console message fails the test. */

import { test as base, expect, type Page } from "playwright/test";
// Declares the type of window.engine.
import type {} from "../engine/page.ts";
import { portable } from "./volume-data.ts";

export { expect };

export const test = base.extend<{ gpu: Page }, { gpuPage: { page: Page; complaints: string[] } }>({
  // The tests of a worker share one page, because its device and compiled pipelines are slow to create.
  gpuPage: [
    async ({ browser }, use) => {
      const page = await browser.newPage({ baseURL: process.env.TEST_SITE });
      const complaints = watch(page);
      await page.goto("/engine.html");
      const evaluate = page.evaluate.bind(page) as (use: unknown, given: unknown) => Promise<unknown>;
      page.evaluate = ((use: unknown, given: unknown) => evaluate(use, portable(given))) as Page["evaluate"];
      await page.waitForFunction(() => window.engine);
      await use({ page, complaints });
      await page.close();
    },
    { scope: "worker" },
  ],
  gpu: async ({ gpuPage: { page, complaints } }, use) => {
    await use(page);
    const faults = await page.evaluate(() => window.engine.faults.splice(0));
    expect([...complaints.splice(0), ...faults]).toEqual([]);
  },
});

/** Collects the warnings, errors and exceptions of a page from now on. */
export function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("crash", () => complaints.push("the page crashed"));
  return complaints;
}
