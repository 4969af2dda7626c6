/** Says how far a long task is, on one line of a terminal that goes away again. */

/** What progress is written to: standard error, or what a test has for it. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Milliseconds between two changes of the line. */
const PACE_MS = 100;
/** Milliseconds before a task that says nothing of its own shows its seconds. */
const TICK_MS = 1000;
const START_OF_EMPTY_LINE = "\r\x1b[K";

/** Writes nothing where the stream is not a terminal. */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #started = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #shownAt = Number.NEGATIVE_INFINITY;
  #task = "";

  constructor(stream: ProgressStream = process.stderr) {
    this.#stream = stream;
  }

  /** Whether anybody sees it. */
  get isShown(): boolean {
    return this.#stream.isTTY === true;
  }

  /** Bytes that have come, and of how many where that is known. */
  bytes(task: string, loaded: number, total?: number): void {
    const all = total === undefined ? "" : ` of ${(total / 1e6).toFixed(1)}`;
    if (performance.now() - this.#shownAt >= PACE_MS)
      this.#show(`${task} ${(loaded / 1e6).toFixed(1)}${all} MB`);
  }

  /** A task whose seconds are counted until the next one, or the end. */
  task(task: string): void {
    this.#task = task;
    if (!this.isShown) return;
    this.#timer ??= setInterval(() => this.#show(`${this.#task} ${this.#seconds()} s`), TICK_MS).unref();
  }

  /** Takes the line away. */
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
