/** LabelSource: the table of labels that an element is given: entries, the text of a table, or its URL. */

import { fetched, VoxelVolumeError } from "../errors.ts";
import type { LabelInput, LabelTable } from "../options/label-table.ts";

export class LabelSource {
  #table: LabelTable | null = null;
  #loading: AbortController | undefined;

  /** `changed` is called when a table has come, or with what prevents it. */
  constructor(private readonly changed: (error?: unknown) => void) {}

  /** The table; null where there is none, or while it loads. */
  get table(): LabelTable | null {
    return this.#table;
  }

  set(input: LabelInput | null | undefined): void {
    this.#loading?.abort();
    this.#loading = undefined;
    this.#table = null;
    if (input === null || input === undefined || input === "") {
      this.changed();
      return;
    }
    const loading = new AbortController();
    this.#loading = loading;
    const { signal } = loading;
    read(input, signal).then(
      (table) => {
        if (signal.aborted) return;
        this.#table = table;
        this.changed();
      },
      (error) => {
        if (!signal.aborted) this.changed(error);
      },
    );
  }
}

async function read(input: LabelInput, signal: AbortSignal): Promise<LabelTable> {
  const { labelTable, parseLabelTable } = await fetched(import("../options/label-table.ts"));
  if (typeof input !== "string") return labelTable(input);
  return isUrl(input) ? parseLabelTable(await textAt(input, signal), input) : parseLabelTable(input);
}

/** Tables have several lines, or are JSON. */
function isUrl(text: string): boolean {
  return !/\n|^\s*[[{]/.test(text);
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
