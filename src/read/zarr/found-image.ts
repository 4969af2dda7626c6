/** foundImage: an image as one of the volumes of a source. */
import type { EntryInfo } from "../formats/format.ts";
import { isIndex, optionsRefusal } from "../options-refusal.ts";
import type { Folder } from "../sources/source.ts";
import type { FoundVolume } from "../volume-reader.ts";
import type { ChunkCache } from "./chunk-cache.ts";
import { ChunkReader } from "./chunk-reader.ts";
import type { Image } from "./image.ts";
import { zarrVolume } from "./zarr-volume.ts";

/** A volume that is read from the image's chunks. */
export function foundImage(
  image: Image,
  path: string,
  { folder, cache }: { readonly folder: Folder; readonly cache: ChunkCache },
): FoundVolume {
  const { arrays, levels, axes, spacing, unitless, channels, isLabels } = image;
  const [{ dtype, shape }] = arrays;
  const count = (axis: number | undefined) => (axis === undefined ? 1 : shape[axis]);
  const [frames, channelCount] = [count(axes.t), count(axes.c)];
  const names = () =>
    Array.from({ length: Math.min(channelCount, MOST_NAMES) }, (_, i) => channels[i]?.unit ?? `${i}`);
  const info: EntryInfo = {
    ...{ path, dims: levels[0].dims, spacing, dtype, frames, littleEndian: true, format: "zarr" },
    ...(unitless && { unitless }),
    ...(axes.taken && { axes: axes.taken }),
    ...(channelCount > 1 && { channels: names() }),
    ...(levels.length > 1 && { levels: levels.length }),
  };
  const readers = arrays.map((array) => new ChunkReader(folder, array, cache));
  return {
    info,
    async read(frame, options) {
      const { channel = 0, component } = options;
      const isThere = isIndex(frame, frames) && isIndex(channel, channelCount);
      if (!isThere || component !== undefined)
        throw optionsRefusal({ path, frame, frames, channel, channels: channelCount });
      const common = {
        ...{ name: path, dtype, littleEndian: true, slope: 1, intercept: 0, frames, frame },
        ...channels[channel],
        ...(unitless && { unitless }),
        ...(isLabels && { intent: "labels" as const }),
      };
      const volume = await zarrVolume(
        image,
        readers,
        common,
        { t: frame, c: channel },
        folder.traffic,
        options,
      );
      // What is in memory needs no chunks.
      if (volume.levels.length === 1) cache.clear();
      return volume;
    },
    isComplete: () => false,
    forget: () => cache.clear(),
  };
}

/** Most names of channels that are listed. */
const MOST_NAMES = 1000;
