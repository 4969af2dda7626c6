/** A notebook's kernel (tests/support/python/kernel.py) in a process of its own. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { PYTHON_ENV } from "./python.ts";

/** A message between a widget in Python and its model on the page. Buffers are base64. */
export interface WidgetMessage {
  readonly kind: "open" | "update" | "custom";
  readonly model: string;
  readonly content: unknown;
  readonly buffers: Record<string, string>;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

type Answer = { readonly answer: number; readonly result: unknown; readonly error?: string };

export class Kernel {
  /** What Python has written to standard error. */
  stderr = "";
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: Waiting[] = [];

  /** `receive` gets the messages of widgets, in order. */
  constructor(python: string, receive: (message: WidgetMessage) => void, env: Record<string, string> = {}) {
    this.#process = spawn(python, ["tests/support/python/kernel.py"], {
      env: { ...process.env, ...PYTHON_ENV, ...env },
    });
    createInterface(this.#process.stdout).on("line", (line) => {
      const message: WidgetMessage | Answer = JSON.parse(line);
      if ("answer" in message) this.#waiting[message.answer].resolve(message);
      else receive(message);
    });
    this.#process.on("close", () => {
      for (const { reject } of this.#waiting) reject(new Error(`Python has ended: ${this.stderr}`));
    });
    this.#process.stderr.on("data", (chunk) => {
      this.stderr += chunk;
    });
  }

  /** Runs a cell; the value of its last line. Rejects with Python's error, as "ValueError: ...". */
  async run<T = unknown>(code: string): Promise<T> {
    return (await this.#ask({ code })) as T;
  }

  /** Delivers a message from the page. */
  async deliver(message: WidgetMessage): Promise<void> {
    await this.#ask(message);
  }

  /** Ends Python; questions without an answer stay so. */
  close(): void {
    this.#waiting.length = 0;
    this.#process.kill();
  }

  async #ask(message: object): Promise<unknown> {
    const id = this.#waiting.length;
    const { result, error } = await new Promise<Answer>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(`${JSON.stringify({ id, ...message })}\n`);
    });
    if (error) throw new Error(error);
    return result;
  }
}
