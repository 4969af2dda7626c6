/** damaged: the error for a file whose contents contradict its format. */
import { VoxelVolumeError } from "../../errors.ts";

/**
 * A `corrupt-file` error; `what` continues the sentence that starts with the file's path, as "claims a header of 3
 * bytes".
 */
export function damaged(path: string, what: string): VoxelVolumeError {
  return new VoxelVolumeError("corrupt-file", `${path} ${what}. The file is damaged: get it again.`);
}
