/** DecodedFrames: the frames of one volume that its format decodes, kept for later reads. */

import type { ReadNote } from "../volume.ts";
import type { DecodedVoxels, EntryInfo } from "./formats/format.ts";
import { FrameCache } from "./frame-cache.ts";
import type { FrameOptions } from "./frames.ts";

export class DecodedFrames {
  /** Formats give their remarks with the header. */
  readonly notes: readonly ReadNote[] = [];
  readonly #kept = new FrameCache();

  constructor(
    private readonly header: EntryInfo,
    private readonly voxels: DecodedVoxels,
  ) {}

  /** Whether every frame is kept, so that the file is no longer needed. */
  get complete(): boolean {
    return this.#kept.size === this.header.frames;
  }

  /** Drops the frames that are kept. */
  forget(): void {
    this.#kept.clear();
  }

  /** The bytes of a frame, x fastest, the components of a voxel together. Rejects as `DecodedVoxels.decode`. */
  async read(frame: number, options: FrameOptions): Promise<Uint8Array> {
    const kept = this.#kept.get(frame);
    return kept ?? this.#kept.keep(frame, await this.voxels.decode(frame, options), options.budget);
  }
}
