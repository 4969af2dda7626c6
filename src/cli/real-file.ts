/** Opens files by their real paths, so that a symbolic link put in their place is not followed. */

import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { join, sep } from "node:path";

/** Windows has no such flag. */
const NO_LINK = constants.O_NOFOLLOW ?? 0;

/**
 * Real path of the file `name` below `folder`; undefined where there is none, or where links lead out of the folder.
 * `folder` may itself be a link.
 */
export async function realPathIn(folder: string, name: string): Promise<string | undefined> {
  try {
    const [root, path] = await Promise.all([realpath(folder), realpath(join(folder, name))]);
    return path.startsWith(root.endsWith(sep) ? root : root + sep) ? path : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Opens the regular file at a real path for reading; undefined where there is none, or where a link has been put
 * on the way to it since. The caller closes it.
 */
export async function openReal(path: string): Promise<FileHandle | undefined> {
  const file = await open(path, constants.O_RDONLY | NO_LINK | (constants.O_NONBLOCK ?? 0)).catch(
    () => undefined,
  );
  if (!file) return undefined;
  try {
    if ((await file.stat()).isFile() && (await realpath(path)) === path) return file;
  } catch {
    // Removed meanwhile.
  }
  await file.close();
  return undefined;
}
