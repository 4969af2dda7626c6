/** VolumeReader: reads the frames of a volume that a format has found. */

import { fetched, VoxelVolumeError } from "../errors.ts";
import { diagonal, memoryVolume } from "../memory-volume.ts";
import type { Volume } from "../volume.ts";
import { DecodedFrames } from "./decoded-frames.ts";
import type { EntryInfo, FormatVolume } from "./formats/format.ts";
import { Frames, type VolumeReadOptions } from "./frames.ts";
import { reason } from "./sources/source.ts";
import type { ByteFile } from "./util/byte-file.ts";

/** A volume whose header has been read; its frames are read on demand and kept. */
export interface FoundVolume {
  readonly info: EntryInfo;
  /** Rejects with `invalid-option` for a frame that does not exist, `corrupt-file` if voxels are missing. */
  read(frame: number, options: VolumeReadOptions): Promise<Volume>;
  /** True if all frames are kept, so that the file is no longer needed. */
  isComplete(): boolean;
  /** Drops the frames that are kept. */
  forget(): void;
}

/** A volume in an archive that cannot be read, and the reason. */
export interface Unreadable {
  readonly path: string;
  readonly error: VoxelVolumeError;
}

export type Found = FoundVolume | Unreadable;

export const isReadable = (found: Found): found is FoundVolume => "info" in found;

/** Makes a readable volume of one that a format has found in a file. */
export function foundVolume({ voxels, ...found }: FormatVolume, file: ByteFile): FoundVolume {
  const { oriented, intent, displayRange, unit, notes: ownNotes = [], ...other } = found;
  const { affine, slope = 1, intercept = 0, ...given } = other;
  const unitless = (given.unitless || (!given.spacing && !affine)) && { unitless: true as const };
  const info: EntryInfo = { spacing: [1, 1, 1], ...unitless, frames: 1, littleEndian: true, ...given };
  const reader = "decode" in voxels ? new DecodedFrames(info, voxels) : new Frames(info, voxels);
  return {
    info,
    async read(frame, options) {
      const { frames, components } = info;
      const isThere = Number.isInteger(frame) && frame >= 0 && frame < frames && !options.channel;
      if (!isThere || (options.component !== undefined && !components)) {
        const { optionsRefusal } = await fetched(import("./options-refusal.ts"));
        throw optionsRefusal({ path: info.path, frame, frames, channel: options.channel });
      }
      const { path: name, dims, spacing, dtype, littleEndian } = info;
      const optional = { ...unitless, oriented, intent, displayRange, unit };
      const common = {
        ...{ name, dims, spacing, affine: affine ?? diagonal(spacing), slope, intercept, frames },
        ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value)),
      };
      const data = await orCorrupt(name, () => reader.read(frame, options), options.signal);
      // Notes on a file's contents are known after reading it.
      const notes = [...new Set([...ownNotes, ...(file.notes?.() ?? []), ...reader.notes])];
      const header = { ...common, frame, dtype, littleEndian, ...(notes.length && { notes }) };
      if (components) {
        const { componentVolume } = await fetched(import("./component-volume.ts"));
        return orCorrupt(name, () => componentVolume(header, data, components, options), options.signal);
      }
      if (data) return orCorrupt(name, () => memoryVolume({ ...header, data }));
      const { slicedVolume } = await fetched(import("./sliced-volume.ts"));
      return slicedVolume(header, reader as Frames);
    },
    isComplete: () => reader.complete,
    forget: () => reader.forget(),
  };
}

/**
 * The result of a format's `work` on a file; any error that is not a VoxelVolumeError is reported as damage to the
 * file.
 */
export async function orCorrupt<T>(
  path: string,
  work: () => T | Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof VoxelVolumeError) throw cause;
    const message = `${path} is damaged, or not as its format has it (${reason(cause)}). Get the file again.`;
    throw new VoxelVolumeError("corrupt-file", message, { cause });
  }
}
