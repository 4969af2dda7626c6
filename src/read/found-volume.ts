/** From a header and the file that holds its voxels to a FoundVolume, whose frames can be read. */
import { VoxelVolumeError } from "../errors.ts";
import { DTYPES, type Volume } from "../volume.ts";
import { fromCOrder } from "./c-order.ts";
import type { ByteFile } from "./file.ts";
import type { EntryInfo, FoundVolume } from "./format.ts";

/** Everything but the voxels. */
export interface VolumeHeader
  extends EntryInfo,
    Pick<
      Volume,
      "affine" | "unitless" | "oriented" | "slope" | "intercept" | "intent" | "displayRange" | "unit"
    > {
  /** The byte at which the first frame starts; the others follow on it. */
  readonly offset: number;
  /** Whether the last axis is the fastest, of frames where there are several, and not the first. */
  readonly cOrder?: boolean;
}

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
      // In C order, the frames lie between each other.
      const [start, end] = cOrder
        ? [offset, claimed]
        : [offset + frame * frameBytes, offset + (frame + 1) * frameBytes];
      const stored = await image.read(start, end, options);
      if (stored.length < end - start) throw missing(start + stored.length, end);
      const data = cOrder
        ? await fromCOrder(name, stored, DTYPES[dtype], dims, [frame, frames], options.signal)
        : stored;
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
  };
}

function checkFrame({ path, frames }: EntryInfo, frame: number): void {
  if (Number.isInteger(frame) && frame >= 0 && frame < frames) return;
  const range = frames === 1 ? "only frame 0" : `frames 0 to ${frames - 1}`;
  throw new VoxelVolumeError("invalid-option", `Frame ${frame} is not there: ${path} has ${range}.`);
}
