/** From a header and the file that holds its voxels to a FoundVolume, whose frames can be read. */
import { VoxelVolumeError } from "../errors.ts";
import type { EntryInfo, FoundVolume } from "./formats/format.ts";
import type { VolumeHeader } from "./formats/volume-header.ts";
import { Frames } from "./frames.ts";
import type { ByteFile } from "./util/byte-file.ts";

/** The volume that `header` describes; `file` gives the file with its voxels, when they are wanted. */
export function foundVolume(header: VolumeHeader, file: () => Promise<ByteFile>): FoundVolume {
  const {
    affine,
    unitless,
    oriented,
    slope,
    intercept,
    intent,
    displayRange,
    unit,
    offset,
    cOrder,
    ...info
  } = header;
  const kept = new Frames(header, file);
  return {
    info,
    async read(frame, options) {
      checkFrame(info, frame);
      const { path: name, dims, spacing, dtype, littleEndian, frames } = info;
      const data = await kept.read(frame, options);
      return {
        kind: "volume",
        name,
        dims,
        spacing,
        affine,
        ...(unitless && { unitless }),
        ...(oriented && { oriented }),
        dtype,
        littleEndian,
        data,
        slope,
        intercept,
        ...(intent && { intent }),
        ...(displayRange && { displayRange }),
        ...(unit && { unit }),
        frames,
        frame,
      };
    },
    isComplete: () => kept.complete,
    forget: () => kept.forget(),
  };
}

function checkFrame({ path, frames }: EntryInfo, frame: number): void {
  if (Number.isInteger(frame) && frame >= 0 && frame < frames) return;
  const range = frames === 1 ? "only frame 0" : `frames 0 to ${frames - 1}`;
  throw new VoxelVolumeError("invalid-option", `Frame ${frame} is not there: ${path} has ${range}.`);
}
