/** From a header and the file that holds its voxels to a FoundVolume, whose frames can be read. */
import { VoxelVolumeError } from "../errors.ts";
import { DTYPES, type Volume } from "../volume.ts";
import type { ByteFile } from "./file.ts";
import type { EntryInfo, FoundVolume } from "./format.ts";

/** Everything but the voxels. */
export interface VolumeHeader extends EntryInfo, Pick<Volume, "affine" | "slope" | "intercept"> {
  /** The byte at which the first frame starts; the others follow on it. */
  readonly offset: number;
}

/** The volume that `header` describes; `file` gives the file with its voxels, when they are wanted. */
export function foundVolume(header: VolumeHeader, file: () => Promise<ByteFile>): FoundVolume {
  const { affine, slope, intercept, offset, ...info } = header;
  return {
    info,
    async read(frame, options) {
      checkFrame(info, frame);
      const { path: name, dims, spacing, dtype, littleEndian, frames } = info;
      const frameBytes = dims[0] * dims[1] * dims[2] * DTYPES[dtype];
      const image = await file();
      const missing = (there: number, wanted: number) => {
        const [has, claims] = [there, wanted].map((bytes) => bytes.toLocaleString("en"));
        const message = `${name}: the header claims ${claims} bytes (${dims.join(" x ")} x ${frames} ${dtype}), but ${image.path} holds no more than ${has}. The file is cut off, or its header is wrong.`;
        return new VoxelVolumeError("corrupt-file", message);
      };
      const most = await image.size();
      const claimed = offset + frames * frameBytes;
      if (!(claimed <= most)) throw missing(most, claimed);
      const start = offset + frame * frameBytes;
      const data = await image.read(start, start + frameBytes, options);
      if (data.length < frameBytes) throw missing(start + data.length, start + frameBytes);
      return { name, dims, spacing, affine, dtype, littleEndian, data, slope, intercept, frames, frame };
    },
  };
}

function checkFrame({ path, frames }: EntryInfo, frame: number): void {
  if (Number.isInteger(frame) && frame >= 0 && frame < frames) return;
  const range = frames === 1 ? "only frame 0" : `frames 0 to ${frames - 1}`;
  throw new VoxelVolumeError("invalid-option", `Frame ${frame} is not there: ${path} has ${range}.`);
}
