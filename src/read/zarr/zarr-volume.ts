/** zarrVolume: reads an image of Zarr to a Volume: small ones to memory, large ones in parts. */
import { checkBox, memoryVolume } from "../../memory-volume.ts";
import {
  boxVoxels,
  DTYPES,
  type Level,
  MOST_IN_MEMORY,
  type Overview,
  type ReadNote,
  type Traffic,
  type Volume,
  wholeBox,
} from "../../volume.ts";
import type { FrameOptions } from "../frames.ts";
import type { ReadOptions } from "../sources/source.ts";
import type { ChunkReader } from "./chunk-reader.ts";
import { mapVec3 } from "./geometry.ts";
import type { Image } from "./image.ts";
import { readBox, type View } from "./read-box.ts";

/** What all levels of a volume have in common. */
export type Common = Omit<
  Volume,
  "kind" | "levels" | "read" | "dims" | "spacing" | "affine" | "overview" | "traffic"
>;

/** An image of bytes up to this many is read as a whole. */
const SMALL = 2 ** 24;
/** Fewest voxels of an overview, if there is a choice, and most bytes. */
const OVERVIEW_VOXELS = 2 ** 18;
const OVERVIEW_BYTES = 2 ** 26;

/** The frame and channel that are read: their positions along the array's axes of these names. */
export interface Chosen {
  readonly t: number;
  readonly c: number;
}

/**
 * A volume up to 16 MiB, or up to 1 GiB with one level, is in memory. Of a larger one with several levels, the coarsest
 * that shows enough is read as its overview. Rejects with `network`, `corrupt-file`, `too-large` or the signal's reason.
 */
export async function zarrVolume(
  image: Image,
  readers: readonly ChunkReader[],
  common: Common,
  chosen: Chosen,
  traffic: Traffic | undefined,
  options: FrameOptions,
): Promise<Volume> {
  const { levels } = image;
  const views = readers.map((reader) => viewOf(image, reader, chosen));
  const bytes = levels.map((level) => levelBytes(level, common));
  const place = (level: number) => ({ ...common, ...placeOfLevel(image, level) });
  const inMemory = async (level: number, header: Omit<Volume, "kind" | "levels" | "read">) =>
    memoryVolume({ ...header, data: await readLevel(views[level], levels[level], bytes[level], options) });
  const limit = options.mostInMemory ?? MOST_IN_MEMORY;
  if (bytes[0] <= Math.min(levels.length > 1 ? SMALL : limit, limit)) return inMemory(0, place(0));
  const parts = { ...place(0), kind: "volume", levels, ...(traffic && { traffic }) } as const;
  const read: Volume["read"] = async (level, box, { signal } = {}) => {
    signal?.throwIfAborted();
    if (!levels[level]) throw new RangeError(`level ${level} of ${levels.length}`);
    checkBox(levels[level], 0, box);
    return readBox(views[level], box, { signal });
  };
  if (levels.length === 1) return { ...parts, read };
  const overview = overviewOf(levels, bytes);
  if (overview === undefined) {
    const coarsest = levels.length - 1;
    const note: ReadNote = {
      text: "Only the coarsest of {count} levels is shown: no level is small enough for an overview",
      values: { count: levels.length },
    };
    const alone = { ...image, arrays: image.arrays.slice(-1), levels: [{ dims: levels[coarsest].dims }] };
    const volume = await zarrVolume(alone, readers.slice(-1), common, chosen, traffic, options);
    return { ...volume, ...place(coarsest), notes: [...(common.notes ?? []), note] };
  }
  if (overview === 0) return inMemory(0, place(0));
  const volume: Overview = { ...(await inMemory(overview, place(overview))), level: overview };
  return { ...parts, read, overview: volume };
}

/** The level to show first; undefined if all are too large. */
function overviewOf(levels: readonly Level[], bytes: readonly number[]): number | undefined {
  const small = levels.flatMap((_, level) => (bytes[level] <= OVERVIEW_BYTES ? [level] : []));
  const enough = small.filter((level) => boxVoxels(wholeBox(levels[level].dims)) >= OVERVIEW_VOXELS);
  return enough.at(-1) ?? small[0];
}

const levelBytes = ({ dims }: Level, { dtype }: Common) => DTYPES[dtype] * boxVoxels(wholeBox(dims));

/** All voxels of a level. */
function readLevel(view: View, { dims }: Level, total: number, options: ReadOptions): Promise<Uint8Array> {
  const { signal, onProgress } = options;
  let loaded = 0;
  const onBytes = (bytes: number) => {
    loaded += bytes;
    onProgress?.({ phase: "download", loaded, total });
  };
  return readBox(view, wholeBox(dims), { signal, onBytes });
}

function viewOf({ axes }: Image, reader: ChunkReader, { t, c }: Chosen): View {
  const index = reader.info.shape.map((_, axis) => (axis === axes.t ? t : axis === axes.c ? c : 0));
  return { reader, axes: [axes.x, axes.y, axes.z], index };
}

/** Dimensions of a level, size of its voxels, and their positions. */
function placeOfLevel(
  { levels, spacing, corner }: Image,
  level: number,
): Pick<Volume, "dims" | "spacing" | "affine"> {
  const { dims, scale = [1, 1, 1], origin = [0, 0, 0] } = levels[level];
  const own = mapVec3((i) => spacing[i] * scale[i]);
  const [x, y, z] = mapVec3((i) => corner[i] + spacing[i] * (origin[i] + scale[i] / 2 - 1 / 2));
  return { dims, spacing: own, affine: [own[0], 0, 0, x, 0, own[1], 0, y, 0, 0, own[2], z, 0, 0, 0, 1] };
}
