/** missingVoxels: why the voxels of a volume cannot be read. */
import { VoxelVolumeError } from "../errors.ts";
import type { EntryInfo } from "./formats/format.ts";

/**
 * The `corrupt-file` error for a header that claims more bytes than its image holds.
 * @param image path of the file with the voxels.
 */
export function missingVoxels(
  { path, dims, frames, dtype }: EntryInfo,
  image: string,
  there: number,
  claimed: number,
): VoxelVolumeError {
  const [has, claims] = [there, claimed].map((bytes) => bytes.toLocaleString("en"));
  const message = `${path}: the header claims ${claims} bytes (${dims.join(" x ")} x ${frames} ${dtype}), but ${image} holds no more than ${has}. It is cut off, or its header is wrong.`;
  return new VoxelVolumeError("corrupt-file", message);
}
