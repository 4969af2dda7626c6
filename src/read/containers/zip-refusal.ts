/** zipRefusal: why a file in a zip archive cannot be read. */
import { VoxelVolumeError } from "../../errors.ts";
import type { ZipRecord } from "./zip-directory.ts";

/** `unsupported-format` for an encrypted file or an unknown compression; else `corrupt-file`: it is not in its place. */
export function zipRefusal(
  archive: string,
  { path, encrypted, method }: ZipRecord,
  isKnown: boolean,
): VoxelVolumeError {
  const what = encrypted
    ? "is encrypted. Unpack it and zip it without a password."
    : isKnown
      ? "is not where its directory says. Get the file again."
      : `is compressed by method ${method}, and not by deflate. Zip it again with the usual settings.`;
  const code = isKnown && !encrypted ? "corrupt-file" : "unsupported-format";
  return new VoxelVolumeError(code, `${path} in ${archive} ${what}`);
}
