/** readVolume: reads one volume from a source, and lists all volumes in it. */
import type { Volume } from "../volume.ts";
import type { EntryInfo } from "./formats/format.ts";
import type { Source } from "./sources/source.ts";
import { type ReadVolumeOptions, VolumeFile } from "./volume-file.ts";

/**
 * Reads one volume; `entries` describes every volume in the source that has a readable header. Nothing is kept for
 * later calls: to read several frames or entries, use `VolumeFile`, which reads the source once.
 *
 * Rejects with a VoxelVolumeError: `network`, `unsupported-format`, `corrupt-file`, `entry-not-found` (also for a
 * header without its image), `too-large`, `invalid-option` (the frame); if aborted, with the signal's reason.
 */
export function readVolume(
  source: Source,
  options: ReadVolumeOptions = {},
): Promise<{ volume: Volume; entries: EntryInfo[] }> {
  return new VolumeFile(source, { budget: 0 }).read(options);
}
