/** firstExisting: tries files that may exist, one after the other. */
import { VoxelVolumeError } from "../../errors.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { isMissing } from "./request.ts";

/**
 * The result of `open` for the first file that exists; undefined if none does. A URL has to be fetched to find out.
 * Rejects like `open`; with `network` only after the other files have been tried.
 */
export async function firstExisting<T>(
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
