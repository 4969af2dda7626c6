/** firstThere: tries files that may exist, one after the other. */
import { VoxelVolumeError } from "../../errors.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { isMissing } from "./request.ts";

/**
 * The result of `open` for the first of the files that exists, which for a URL shows only when it is fetched; undefined if
 * none does. Rejects as `open`; with `network` only after the other files were tried, too.
 */
export async function firstThere<T>(
  files: readonly ByteFile[],
  open: (file: ByteFile) => Promise<T>,
): Promise<T | undefined> {
  let failure: unknown;
  for (const file of files) {
    try {
      return await open(file);
    } catch (error) {
      if (!(error instanceof VoxelVolumeError && error.code === "network")) throw error;
      if (!isMissing(error)) failure ??= error;
    }
  }
  if (failure) throw failure;
  return undefined;
}
