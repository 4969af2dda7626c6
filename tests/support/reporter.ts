/** Reporter: prints the ten slowest tests at the end of the run, and "N passed, N failed" on a separate line. */

import type { Reporter, Suite, TestCase, TestResult } from "playwright/types/testReporter";

/** Number of the slowest tests to print. */
const SLOWEST = 10;

export default class Tally implements Reporter {
  #suite: Suite | undefined;
  /** Seconds and title of each test. */
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
