/** chooseEntry: the volume of a file to read, by its name or else its size. */
import { fetched } from "../errors.ts";
import { type Found, type FoundVolume, isReadable } from "./volume-reader.ts";

/**
 * The entry asked for, else the first of the largest; an unreadable one only if there is no other, for its error. Rejects with
 * `entry-not-found`, or as the entry cannot be read.
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
