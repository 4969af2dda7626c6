/** damaged: the error for a file whose contents contradict its format. */
import { VoxelVolumeError } from "../../errors.ts";

/** A `corrupt-file` error; `what` follows the path of the file, as in "claims a header of 3 bytes". */
export function damaged(path: string, what: string): VoxelVolumeError {
  return new VoxelVolumeError("corrupt-file", `${path} ${what}. The file is damaged: get it again.`);
}
