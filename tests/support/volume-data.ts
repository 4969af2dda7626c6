/** Volumes with all their bytes, which most tests need. */

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
  return { ...volume, data: await volume.read(0, wholeBox(volume.dims)) };
}

/** A volume without its method, so that it can be passed to a page; `revived` adds it again. */
export function portable<T>(value: T): T {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(portable) as T;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).filter(([, part]) => typeof part !== "function");
  return Object.fromEntries(entries.map(([name, part]) => [name, portable(part)])) as T;
}

const known = new WeakMap<object, Volume>();

/** The volume that was passed to a page, with its method. */
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
