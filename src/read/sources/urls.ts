/** fromUrls: makes one Source of several URLs whose files belong together. */
import { VoxelVolumeError } from "../../errors.ts";
import { folderOf, matchName } from "../util/file-names.ts";
import type { Source } from "./source.ts";
import { decode, fromUrl } from "./url.ts";

/**
 * Files at several URLs, such as a header and its image or the slices of a series; the first is the one to open. A
 * file's name is its path below the folder that all share; identical names get a number. Throws `invalid-option` for an
 * empty list, and like `fromUrl`.
 */
export function fromUrls(urls: readonly string[]): Source {
  const sources = urls.map(fromUrl);
  if (sources.length === 0) {
    throw new VoxelVolumeError(
      "invalid-option",
      "The addresses of the files of a volume are needed; none was given.",
    );
  }
  const names = namesOf(urls);
  const at = (index: number): Source => ({
    ...sources[index],
    name: names[index],
    sibling(wanted) {
      const folder = folderOf(names[index]);
      const found = matchName(names, folder + wanted);
      return found === undefined ? undefined : at(names.indexOf(found));
    },
    beside: async () => names.map((_, other) => at(other)),
  });
  return at(0);
}

/** Paths below the longest folder that all share. */
function namesOf(urls: readonly string[]): string[] {
  const paths = urls.map((url) => url.replace(/[?#].*/s, "").split("/"));
  const [first] = paths;
  let shared = 0;
  while (shared < first.length - 1 && paths.every((path) => path[shared] === first[shared])) shared++;
  const names = paths.map((path) => path.slice(shared).map(decode).join("/"));
  // URLs that differ only in the query are numbered.
  return names.map((name, i) => (names.indexOf(name) === i ? name : `${name} (${i + 1})`));
}
