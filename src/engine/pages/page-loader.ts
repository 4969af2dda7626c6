/** PageLoader: reads pages in order of importance, some at a time, and stops reading those that are no longer needed. */

import type { Volume } from "../../volume.ts";
import type { PageGrid } from "./page-grid.ts";

/** Pages that are read at a time. Neighbours often lie in one chunk, which is fetched once. */
const AT_ONCE = 32;
/** A page is no longer read when this many requests in a row did not include it. */
const MOST_ABSENT = 4;

/** Receives pages that have been read. */
export interface PageReceiver {
  isKnown(page: number): boolean;
  arrived(page: number, scalars: Uint8Array): void;
  /** Called with the error for a page that cannot be read. */
  failed(page: number, error: unknown): void;
}

interface Reading {
  readonly abort: AbortController;
  /** Requests in a row that did not include the page. */
  absent: number;
}

export class PageLoader {
  readonly #reading = new Map<number, Reading>();
  /** Pages to read, the most important last. */
  #wanted: number[] = [];
  #waiting: (() => void)[] = [];

  constructor(
    private readonly volume: Pick<Volume, "read">,
    private readonly grid: PageGrid,
    private readonly receiver: PageReceiver,
  ) {}

  /** Number of pages that are being read or wait for it. */
  get pending(): number {
    return this.#reading.size + this.#wanted.length;
  }

  /** Requests pages, the most important first, in place of those of the last call. */
  request(pages: readonly number[]): void {
    const wanted = new Set(pages);
    for (const [page, reading] of this.#reading) {
      if (wanted.delete(page)) reading.absent = 0;
      else if (++reading.absent >= MOST_ABSENT) this.#stop(page, reading);
    }
    this.#wanted = [...wanted].reverse();
    this.#start();
  }

  /** Stops all reading. */
  stop(): void {
    this.#wanted = [];
    for (const [page, reading] of this.#reading) this.#stop(page, reading);
    this.#settle();
  }

  /** Resolves after the next page has arrived or failed, or at once if none is pending. */
  next(): Promise<void> {
    if (this.pending === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #stop(page: number, reading: Reading): void {
    this.#reading.delete(page);
    reading.abort.abort();
  }

  #start(): void {
    while (this.#reading.size < AT_ONCE) {
      const page = this.#wanted.pop();
      if (page === undefined) break;
      if (!this.receiver.isKnown(page)) void this.#read(page);
    }
    if (this.pending === 0) this.#settle();
  }

  async #read(page: number): Promise<void> {
    const reading: Reading = { abort: new AbortController(), absent: 0 };
    this.#reading.set(page, reading);
    const { level, box } = this.grid.page(page);
    const { signal } = reading.abort;
    try {
      const scalars = await this.volume.read(level.level, box, { signal });
      if (!signal.aborted) this.receiver.arrived(page, scalars);
    } catch (error) {
      if (!signal.aborted) this.receiver.failed(page, error);
    } finally {
      if (this.#reading.get(page) === reading) this.#reading.delete(page);
      if (!signal.aborted) {
        this.#settle();
        this.#start();
      }
    }
  }

  #settle(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
