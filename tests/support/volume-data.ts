/** Volumes with all their bytes, as most tests want them. */

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
