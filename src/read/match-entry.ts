/** matchEntry: finds the volume with a given path, or with a unique end of its path. */

import { VoxelVolumeError } from "../errors.ts";
import { stem } from "./util/file-names.ts";
import { type Found, isReadable } from "./volume-reader.ts";

/** @throws VoxelVolumeError "entry-not-found" if the path matches no volume or several. */
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
  // If several files in an archive have the same path, the last one counts, as in unzip.
  if (matches && new Set(matches.map(pathOf)).size === 1) return matches[matches.length - 1];
  const message = matches?.length
    ? `"${entry}" could be several volumes in ${name}: ${list(matches)}. Give more of the path.`
    : `There is no volume "${entry}" in ${name}; it holds ${list(found)}.`;
  throw new VoxelVolumeError("entry-not-found", message);
}

/** A pair is identified by its header, so .img, .img.gz and .hdr.gz become .hdr. */
const asHeader = (path: string) => path.replace(/\.(hdr|img)(\.gz)?$/i, ".hdr");
const pathOf = (found: Found) => (isReadable(found) ? found.info.path : found.path);

function list(found: readonly Found[]): string {
  const names = found.slice(0, 12).map(pathOf).join(", ");
  return found.length > 12 ? `${names}, and ${found.length - 12} more` : names;
}
