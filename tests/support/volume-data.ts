/** Volumes with all their bytes, as most tests want them. */

import { memoryVolume } from "../../src/memory-volume.ts";
import {
  VolumeFile as FileWithoutData,
  type ReadVolumeOptions,
  readVolume as readWithoutData,
  type Source,
} from "../../src/read/index.ts";
import { type Volume, wholeBox } from "../../src/volume.ts";

export type VolumeWithData = Volume & { readonly data: Uint8Array };

/** A volume and all its bytes. */
export async function withData(volume: Volume): Promise<VolumeWithData> {
  return portable(volume, await volume.read(0, wholeBox(volume.dims)));
}

/** A volume that can be handed to a page, where `revived` gives it back its method, which no page can be handed. */
export function portable(volume: Volume, data: Uint8Array): VolumeWithData {
  const { read, ...rest } = volume;
  return Object.defineProperty({ ...rest, data }, "read", { value: read }) as VolumeWithData;
}

const known = new WeakMap<object, Volume>();

/** The volume that a page was handed. */
export function revived<V extends object>(volume: V): V {
  if ("read" in volume || !("data" in volume)) return volume;
  const made = known.get(volume) ?? memoryVolume(volume as unknown as VolumeWithData);
  known.set(volume, made);
  return made as unknown as V;
}

export async function readVolume(source: Source, options?: ReadVolumeOptions) {
  const { volume, entries } = await readWithoutData(source, options);
  return { volume: await withData(volume), entries };
}

export class VolumeFile extends FileWithoutData {
  override async read(options?: ReadVolumeOptions) {
    const { volume, entries } = await super.read(options);
    return { volume: await withData(volume), entries };
  }
}
