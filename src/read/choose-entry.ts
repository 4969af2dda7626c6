/** Which of the volumes in a file is wanted: by path, a unique end of it, or the largest. */
import { VoxelVolumeError } from "../errors.ts";
import { stem } from "./util/file-names.ts";
import type { Found, FoundVolume } from "./volume-reader.ts";

/** The entry asked for, else the first of the largest; what cannot be read is chosen only to say why. */
export function chooseEntry(found: readonly Found[], name: string, entry: string | undefined): FoundVolume {
  const readable = found.filter(isReadable);
  const most = readable.reduce((max, one) => Math.max(max, voxels(one)), 0);
  const largest = readable.find((one) => voxels(one) === most) ?? found[0];
  const chosen = entry === undefined ? largest : matching(found, name, entry);
  if (!isReadable(chosen)) throw chosen.error;
  return chosen;
}

function matching(found: readonly Found[], name: string, entry: string): Found {
  const wanted = asHeader(entry);
  const tests: ((path: string) => boolean)[] = [
    (path) => path === entry,
    (path) => asHeader(path) === wanted,
    (path) => asHeader(path).endsWith(`/${wanted}`),
    (path) => asHeader(path).endsWith(wanted),
    (path) => stem(path).endsWith(entry),
  ];
  const matches =
    entry === ""
      ? []
      : tests.map((test) => found.filter((one) => test(pathOf(one)))).find(({ length }) => length > 0);
  if (matches?.length === 1) return matches[0];
  const message = matches?.length
    ? `"${entry}" could be several volumes in ${name}: ${list(matches)}. Give more of the path.`
    : `There is no volume "${entry}" in ${name}; it holds ${list(found)}.`;
  throw new VoxelVolumeError("entry-not-found", message);
}

/** A pair goes by its header: the path with .hdr for .img, .img.gz and .hdr.gz. */
const asHeader = (path: string) => path.replace(/\.(hdr|img)(\.gz)?$/i, ".hdr");
export const isReadable = (found: Found): found is FoundVolume => "info" in found;
const pathOf = (found: Found) => (isReadable(found) ? found.info.path : found.path);
const voxels = ({ info: { dims } }: FoundVolume) => dims[0] * dims[1] * dims[2];

function list(found: readonly Found[]): string {
  const names = found.slice(0, 12).map(pathOf).join(", ");
  return found.length > 12 ? `${names}, and ${found.length - 12} more` : names;
}
