/** Reporter: ends the run with the ten slowest tests, and with "N passed, N failed" on a line of its own. */

import type { Reporter, Suite, TestCase, TestResult } from "playwright/types/testReporter";

/** How many of the slowest tests are told. */
const SLOWEST = 10;

export default class Tally implements Reporter {
  #suite: Suite | undefined;
  /** Seconds, by title. */
  readonly #times: [seconds: number, title: string][] = [];

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  onTestEnd(test: TestCase, { duration }: TestResult): void {
    this.#times.push([duration / 1000, test.titlePath().filter(Boolean).join(" › ")]);
  }

  async onExit(): Promise<void> {
    const outcomes = this.#suite?.allTests().map((test) => test.outcome()) ?? [];
    const skipped = outcomes.filter((outcome) => outcome === "skipped").length;
    const failed = outcomes.filter((outcome) => outcome === "unexpected").length;
    const passed = outcomes.length - failed - skipped;
    const slowest = this.#times.sort(([a], [b]) => b - a).slice(0, SLOWEST);
    console.log("Slowest:");
    for (const [seconds, title] of slowest) console.log(`  ${seconds.toFixed(1)} s  ${title}`);
    console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  }
}
