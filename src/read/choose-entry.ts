/** chooseEntry: chooses the volume of a file to read, by name or else by size. */
import { fetched } from "../errors.ts";
import { type Found, type FoundVolume, isReadable } from "./volume-reader.ts";

/**
 * The requested entry, or else the first of the largest. An unreadable entry is chosen only if there is no other, to
 * report its error. Rejects with `entry-not-found`, or with the entry's own error.
 */
export async function chooseEntry(
  found: readonly Found[],
  name: string,
  entry: string | undefined,
): Promise<FoundVolume> {
  const readable = found.filter(isReadable);
  const most = readable.reduce((max, one) => Math.max(max, voxels(one)), 0);
  const chosen =
    entry === undefined
      ? (readable.find((one) => voxels(one) === most) ?? found[0])
      : (await fetched(import("./match-entry.ts"))).matchEntry(found, name, entry);
  if (!isReadable(chosen)) throw chosen.error;
  return chosen;
}

const voxels = ({ info: { dims } }: FoundVolume) => dims[0] * dims[1] * dims[2];
