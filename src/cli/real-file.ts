/** Opens files by their real paths, so that a symbolic link put in their place is not followed. */

import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { join, sep } from "node:path";

/** Windows does not have this flag. */
const NO_LINK = constants.O_NOFOLLOW ?? 0;

/**
 * Real path of the file `name` below the folder with the real path `root`; undefined if it does not exist, or if links
 * lead out of the folder.
 */
export async function realPathIn(root: string, name: string): Promise<string | undefined> {
  try {
    const path = await realpath(join(root, name));
    return path.startsWith(root.endsWith(sep) ? root : root + sep) ? path : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Opens the regular file at a real path for reading; undefined if it does not exist, or if a part of the path has
 * become a link. The caller closes it.
 */
export async function openReal(path: string): Promise<FileHandle | undefined> {
  const file = await open(path, constants.O_RDONLY | NO_LINK | (constants.O_NONBLOCK ?? 0)).catch(
    () => undefined,
  );
  if (!file) return undefined;
  try {
    if ((await file.stat()).isFile() && (await realpath(path)) === path) return file;
  } catch {
    // The file was removed in the meantime.
  }
  await file.close();
  return undefined;
}
