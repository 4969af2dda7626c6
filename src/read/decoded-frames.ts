/** DecodedFrames: frames of one volume that its format decodes, kept for later reads. */

import type { ReadNote } from "../volume.ts";
import type { DecodedVoxels, EntryInfo } from "./formats/format.ts";
import { FrameCache } from "./frame-cache.ts";
import type { FrameOptions } from "./frames.ts";

export class DecodedFrames {
  /** Always empty: these formats return their notes with the header. */
  readonly notes: readonly ReadNote[] = [];
  readonly #kept = new FrameCache();

  constructor(
    private readonly header: EntryInfo,
    private readonly voxels: DecodedVoxels,
  ) {}

  /** Whether all frames are kept, so that the file is no longer needed. */
  get complete(): boolean {
    return this.#kept.size === this.header.frames;
  }

  /** Drops the frames that are kept. */
  forget(): void {
    this.#kept.clear();
  }

  /** Bytes of a frame, x fastest, with the components of a voxel together. Rejects like `DecodedVoxels.decode`. */
  async read(frame: number, options: FrameOptions): Promise<Uint8Array> {
    const kept = this.#kept.get(frame);
    return kept ?? this.#kept.keep(frame, await this.voxels.decode(frame, options), options.budget);
  }
}
