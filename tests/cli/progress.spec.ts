/** Progress of long tasks: one line on a terminal, nothing elsewhere. */

import { expect, test } from "playwright/test";
import { Progress, type ProgressStream } from "../../src/cli/progress.ts";

class Terminal implements ProgressStream {
  written = "";
  readonly columns = 40;
  constructor(readonly isTTY: boolean) {}

  write(text: string): void {
    this.written += text;
  }

  /** Visible text of the line. */
  get line(): string {
    return this.written.split("\r\x1b[K").pop() ?? "";
  }
}

test("bytes are shown, with the total if it is known", async () => {
  const terminal = new Terminal(true);
  const progress = new Progress(terminal);
  progress.bytes("downloading", 1.25e6, 9e6);
  expect(terminal.line).toBe("downloading 1.3 of 9.0 MB");
  progress.bytes("downloading", 2e6, 9e6);
  expect(terminal.line, "not for every chunk").toBe("downloading 1.3 of 9.0 MB");
  await new Promise((resolve) => setTimeout(resolve, 120));
  progress.bytes(`downloading ${"much ".repeat(20)}`, 3e6);
  expect(terminal.line).toHaveLength(39);
  progress.end();
  expect(terminal.line).toBe("");
});

test("a task shows its seconds until it ends", async () => {
  const terminal = new Terminal(true);
  const progress = new Progress(terminal);
  progress.task("reading");
  progress.task("drawing");
  expect(terminal.written).toBe("");
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(terminal.line).toBe("drawing 1 s");
  progress.end();
  const { written } = terminal;
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(terminal.written).toBe(written);
});

test("nothing is written if the output is not a terminal", async () => {
  const pipe = new Terminal(false);
  const progress = new Progress(pipe);
  progress.bytes("downloading", 1, 2);
  progress.task("drawing");
  await new Promise((resolve) => setTimeout(resolve, 1100));
  progress.end();
  expect(pipe.written).toBe("");
});
