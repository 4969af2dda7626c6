/** readVolume: from a source to one volume and the list of all that are there. */
import { VoxelVolumeError } from "../errors.ts";
import type { Volume } from "../volume.ts";
import { sourceFile } from "./file.ts";
import type { EntryInfo, Found, FoundVolume } from "./format.ts";
import { headersBeside } from "./pair.ts";
import { openFile } from "./registry.ts";
import { type ReadOptions, type Source, stem } from "./source.ts";

export interface ReadVolumeOptions extends ReadOptions {
  /** Path of a volume inside the archive, or a unique end of it; of a pair, .hdr or .img. The largest by default. */
  readonly entry?: string;
  /** Which frame of a 4-D volume, counted from 0 (the default). */
  readonly frame?: number;
}

/**
 * Reads one volume; `entries` describes every volume in the source that has a readable header.
 *
 * Rejects with a VoxelVolumeError: `network`, `unsupported-format`, `corrupt-file`, `entry-not-found` (also
 * for a header without its image), `too-large`, `invalid-option` (the frame); aborted, with the signal's reason.
 */
export async function readVolume(
  source: Source,
  options: ReadVolumeOptions = {},
): Promise<{ volume: Volume; entries: EntryInfo[] }> {
  const { signal } = options;
  try {
    signal?.throwIfAborted();
    const found = await openSource(source, options);
    const volume = await choose(found, source.name, options.entry).read(options.frame ?? 0, options);
    return { volume, entries: found.filter(isReadable).map(({ info }) => info) };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** An .img is opened through its .hdr, where there is one: by itself it is nothing but numbers. */
async function openSource(source: Source, options: ReadOptions): Promise<Found[]> {
  const file = sourceFile(source, options);
  for (const header of headersBeside(file)) {
    try {
      return await openFile(header, options.signal);
    } catch (error) {
      if (!(error instanceof VoxelVolumeError && error.code === "network")) throw error;
    }
  }
  return openFile(file, options.signal);
}

/** The entry asked for, else the first of the largest; what cannot be read is chosen only to say why. */
function choose(found: readonly Found[], name: string, entry: string | undefined): FoundVolume {
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
const isReadable = (found: Found): found is FoundVolume => "info" in found;
const pathOf = (found: Found) => (isReadable(found) ? found.info.path : found.path);
const voxels = ({ info: { dims } }: FoundVolume) => dims[0] * dims[1] * dims[2];

function list(found: readonly Found[]): string {
  const names = found.slice(0, 12).map(pathOf).join(", ");
  return found.length > 12 ? `${names}, and ${found.length - 12} more` : names;
}
