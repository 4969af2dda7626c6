/** Shows the progress of a long task on one line of a terminal, which is cleared at the end. */

/** Where progress is written: standard error, or a test's stand-in. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Milliseconds between two updates of the line. */
const PACE_MS = 100;
/** Milliseconds after which a task without own progress shows its seconds. */
const TICK_MS = 1000;
const START_OF_EMPTY_LINE = "\r\x1b[K";

/** Writes nothing if the stream is not a terminal. */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #started = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #shownAt = Number.NEGATIVE_INFINITY;
  #task = "";

  constructor(stream: ProgressStream = process.stderr) {
    this.#stream = stream;
  }

  /** Whether the progress is visible. */
  get isShown(): boolean {
    return this.#stream.isTTY === true;
  }

  /** Shows the bytes that have arrived, and the total if known. */
  bytes(task: string, loaded: number, total?: number): void {
    const all = total === undefined ? "" : ` of ${(total / 1e6).toFixed(1)}`;
    if (performance.now() - this.#shownAt >= PACE_MS)
      this.#show(`${task} ${(loaded / 1e6).toFixed(1)}${all} MB`);
  }

  /** Shows a task and its seconds, until the next task or the end. */
  task(task: string): void {
    this.#task = task;
    if (!this.isShown) return;
    this.#timer ??= setInterval(() => this.#show(`${this.#task} ${this.#seconds()} s`), TICK_MS).unref();
  }

  /** Clears the line. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#shownAt > 0) this.#write(START_OF_EMPTY_LINE);
    this.#shownAt = Number.NEGATIVE_INFINITY;
  }

  #seconds(): number {
    return Math.round((performance.now() - this.#started) / 1000);
  }

  #show(text: string): void {
    this.#shownAt = performance.now();
    this.#write(START_OF_EMPTY_LINE + text.slice(0, (this.#stream.columns || 80) - 1));
  }

  #write(text: string): void {
    if (this.isShown) this.#stream.write(text);
  }
}
