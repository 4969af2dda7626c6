/** Loading: reads one source at a time; a new one takes the place of the last. */

import { contentReady } from "../options/appearance.ts";
import { type EntryInfo, type Progress, readVolume, type Source } from "../read/index.ts";
import { profileOf, type ValueProfile } from "../values/profile.ts";
import type { Voxels } from "../voxels/voxels.ts";
import { sharedDevice } from "./device.ts";
import type { ShownVolume } from "./explicit-volume.ts";

export interface Loaded {
  readonly volume: ShownVolume;
  /** Every volume in the file. */
  readonly entries: readonly EntryInfo[];
  /** What its values tell; explicit voxels have none. */
  readonly profile?: ValueProfile;
}

export class Loading {
  #current: AbortController | undefined;

  /** Aborted once another source has taken the place of this one, or it was given up. */
  get signal(): AbortSignal | undefined {
    return this.#current?.signal;
  }

  /**
   * Reads a volume, and gives up what was being read.
   * @returns undefined where this in turn was given up; rejects with what went wrong.
   */
  read(
    source: Source,
    entry: string | undefined,
    frame: number | undefined,
    onProgress: (progress: Progress) => void,
  ): Promise<Loaded | undefined> {
    return this.#begin(async (signal) => {
      const read = await readVolume(source, {
        entry,
        frame,
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) onProgress(progress);
        },
      });
      const profile = await profileOf(read.volume);
      await contentReady(read.volume, profile);
      return { ...read, profile };
    });
  }

  /** The same for voxels that are there. */
  make(voxels: Voxels): Promise<Loaded | undefined> {
    return this.#begin(async () => {
      const { explicitVolume } = await import("./explicit-volume.ts");
      return { volume: explicitVolume(voxels), entries: [] };
    });
  }

  async #begin(read: (signal: AbortSignal) => Promise<Loaded>): Promise<Loaded | undefined> {
    this.abort();
    const current = new AbortController();
    const { signal } = current;
    this.#current = current;
    try {
      // Without a device there is no use in a long download.
      const [loaded] = await Promise.all([read(signal), sharedDevice()]);
      return signal.aborted ? undefined : loaded;
    } catch (error) {
      if (signal.aborted) return undefined;
      current.abort();
      throw error;
    }
  }

  abort(): void {
    this.#current?.abort();
  }
}
