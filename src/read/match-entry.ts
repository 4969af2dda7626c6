/** matchEntry: the volume that a path, or a unique end of it, names. */

import { VoxelVolumeError } from "../errors.ts";
import { stem } from "./util/file-names.ts";
import { type Found, isReadable } from "./volume-reader.ts";

/** @throws VoxelVolumeError "entry-not-found" for a path of no volume, or of several. */
export function matchEntry(found: readonly Found[], name: string, entry: string): Found {
  const wanted = asHeader(entry);
  const tests: ((path: string) => boolean)[] = [
    (path) => path === entry,
    (path) => asHeader(path) === wanted,
    (path) => stem(path) === entry,
    (path) => asHeader(path).endsWith(`/${wanted}`),
    (path) => stem(path).endsWith(`/${entry}`),
    (path) => asHeader(path).endsWith(wanted),
    (path) => stem(path).endsWith(entry),
  ];
  const matches =
    entry === ""
      ? []
      : tests.map((test) => found.filter((one) => test(pathOf(one)))).find(({ length }) => length > 0);
  // Of several files of one path in an archive, the last one counts, as unzip has it.
  if (matches && new Set(matches.map(pathOf)).size === 1) return matches[matches.length - 1];
  const message = matches?.length
    ? `"${entry}" could be several volumes in ${name}: ${list(matches)}. Give more of the path.`
    : `There is no volume "${entry}" in ${name}; it holds ${list(found)}.`;
  throw new VoxelVolumeError("entry-not-found", message);
}

/** A pair goes by its header: the path with .hdr for .img, .img.gz and .hdr.gz. */
const asHeader = (path: string) => path.replace(/\.(hdr|img)(\.gz)?$/i, ".hdr");
const pathOf = (found: Found) => (isReadable(found) ? found.info.path : found.path);

function list(found: readonly Found[]): string {
  const names = found.slice(0, 12).map(pathOf).join(", ");
  return found.length > 12 ? `${names}, and ${found.length - 12} more` : names;
}
