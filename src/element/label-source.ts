/** LabelSource: an element's label table, from entries, the text of a table, or its URL. */

import { fetched, VoxelVolumeError } from "../errors.ts";
import type { LabelInput, LabelTable } from "../options/label-table.ts";

export class LabelSource {
  #table: LabelTable | null = null;
  #input: LabelInput | undefined;
  #loading: AbortController | undefined;
  #ready: Promise<void> = Promise.resolve();

  /** `changed` is called when the table has changed, or with the error that prevents it. */
  constructor(private readonly changed: (error?: unknown) => void) {}

  /** The table, or null. The last one stays while another is loading. */
  get table(): LabelTable | null {
    return this.#table;
  }

  /** Resolves when no table is loading. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  set(input: LabelInput | null | undefined): void {
    this.abort();
    this.#input = input || undefined;
    this.#ready = this.#input === undefined ? this.#take(null) : this.#load(this.#input);
  }

  /** Cancels loading; `resume` starts it again. */
  abort(): void {
    this.#loading?.abort();
  }

  resume(): void {
    if (this.#loading?.signal.aborted && this.#input !== undefined) this.#ready = this.#load(this.#input);
  }

  async #load(input: LabelInput): Promise<void> {
    const loading = new AbortController();
    this.#loading = loading;
    try {
      const table = await read(input, loading.signal);
      if (!loading.signal.aborted) await this.#take(table);
    } catch (error) {
      if (loading.signal.aborted) return;
      this.#table = null;
      this.changed(error);
    } finally {
      if (this.#loading === loading && !loading.signal.aborted) this.#loading = undefined;
    }
  }

  async #take(table: LabelTable | null): Promise<void> {
    this.#table = table;
    this.changed();
  }
}

async function read(input: LabelInput, signal: AbortSignal): Promise<LabelTable> {
  const { isTableText, labelTable, parseLabelTable } = await fetched(import("../options/label-table.ts"));
  if (typeof input !== "string") return labelTable(input);
  return isTableText(input) ? parseLabelTable(input) : parseLabelTable(await textAt(input, signal), input);
}

async function textAt(url: string, signal: AbortSignal): Promise<string> {
  try {
    const response = await fetch(new URL(url, document.baseURI), { signal });
    if (response.ok) return await response.text();
    throw new VoxelVolumeError("network", `labels "${url}": the server answers ${response.status}`);
  } catch (cause) {
    if (cause instanceof VoxelVolumeError) throw cause;
    throw new VoxelVolumeError("network", `labels "${url}" cannot be loaded: ${(cause as Error).message}`, {
      cause,
    });
  }
}
