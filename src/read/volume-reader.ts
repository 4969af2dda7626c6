/** VolumeReader: reads the frames of a volume that a format has found. */

import { fetched, VoxelVolumeError } from "../errors.ts";
import { boxOf, checkBox, diagonal, memoryVolume } from "../memory-volume.ts";
import { DTYPES, type ReadNote, type Volume } from "../volume.ts";
import { COMPONENTS, type Components, type EntryInfo, type FormatVolume } from "./formats/format.ts";
import { type FrameOptions, Frames } from "./frames.ts";
import type { ByteFile } from "./util/byte-file.ts";
import { concat } from "./util/memory.ts";

export interface VolumeReadOptions extends FrameOptions {
  /** Of colours and complex numbers: the one component to read, counted from 0, instead of luminance or magnitude. */
  readonly component?: number;
}

/** A volume whose header is read; its frames are read when asked for, and kept. */
export interface FoundVolume {
  readonly info: EntryInfo;
  /** Rejects with `invalid-option` for a frame that is not there, `corrupt-file` when voxels are missing. */
  read(frame: number, options: VolumeReadOptions): Promise<Volume>;
  /** Whether every frame is kept, so that the file is no longer needed. */
  isComplete(): boolean;
  /** Lets go of the frames that are kept. */
  forget(): void;
}

/** A volume in an archive that cannot be read, and why. */
export interface Unreadable {
  readonly path: string;
  readonly error: VoxelVolumeError;
}

export type Found = FoundVolume | Unreadable;

const NOTES: Readonly<Record<Components, ReadNote>> = {
  rgb: { text: "Colours are shown as their luminance" },
  rgba: { text: "Colours are shown as their luminance" },
  complex: { text: "Complex numbers are shown as their magnitude" },
};

/** What a format has found in a file, made readable. */
export function foundVolume({ voxels, ...found }: FormatVolume, file: ByteFile): FoundVolume {
  const { oriented, intent, displayRange, unit, notes: ownNotes = [], ...other } = found;
  const { affine, slope = 1, intercept = 0, ...given } = other;
  const info: EntryInfo = { spacing: [1, 1, 1], frames: 1, littleEndian: true, ...given };
  const plain = "decode" in voxels ? undefined : new Frames(info, voxels);
  return {
    info,
    async read(frame, options) {
      checkFrame(info, frame);
      const { path: name, dims, spacing, frames, components, dtype, littleEndian } = info;
      const optional = { unitless: !given.spacing && !affine, oriented, intent, displayRange, unit };
      const common = {
        ...{ name, dims, spacing, affine: affine ?? diagonal(spacing), slope, intercept, frames },
        ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value)),
      };
      const data =
        "decode" in voxels ? await voxels.decode(frame, options) : await plain?.read(frame, options);
      // What was read has shown by now what there is to remark.
      const notes = [...new Set([...ownNotes, ...(file.notes?.() ?? []), ...(plain?.notes ?? [])])];
      if (components) return componentVolume({ ...common, frame }, info, data, components, options, notes);
      const header = { ...common, frame, dtype, littleEndian, ...(notes.length && { notes }) };
      return data ? memoryVolume({ ...header, data }) : slicedVolume(header, plain as Frames);
    },
    isComplete: () => plain?.complete ?? false,
    forget: () => plain?.forget(),
  };
}

type Common = Omit<Volume, "kind" | "dtype" | "littleEndian" | "levels" | "read">;

/** A volume of one number a voxel, from several. */
async function componentVolume(
  common: Common,
  { path, dtype, littleEndian }: EntryInfo,
  data: Uint8Array | undefined,
  components: Components,
  { component, signal }: VolumeReadOptions,
  notes: readonly ReadNote[] = [],
): Promise<Volume> {
  if (!data)
    throw new VoxelVolumeError(
      "too-large",
      `${path}: more than 1 GiB of colours or complex numbers is not read; save a smaller part.`,
    );
  const { combined, combinedType, componentOf } = await fetched(import("./util/components.ts"));
  const count = COMPONENTS[components];
  if (component !== undefined) {
    if (!(component in Array(count).fill(0)))
      throw new VoxelVolumeError(
        "invalid-option",
        `Component ${component} is not there: ${path} has 0 to ${count - 1}.`,
      );
    const one = componentOf(data, count, DTYPES[dtype], component);
    return memoryVolume({ ...common, dtype, littleEndian, data: one, ...(notes.length && { notes }) });
  }
  const values = await combined(path, data, components, dtype, littleEndian, signal);
  return memoryVolume({
    ...common,
    dtype: combinedType(dtype),
    littleEndian: true,
    data: values,
    notes: [NOTES[components], ...notes],
  });
}

/** A volume that is too large for memory: its slices are read from the file when they are asked for. */
function slicedVolume(header: Omit<Volume, "kind" | "levels" | "read">, frames: Frames): Volume {
  const { dims, dtype, frame } = header;
  const size = DTYPES[dtype];
  return {
    ...header,
    kind: "volume",
    levels: [dims],
    async read(level, box, options = {}) {
      checkBox(header, level, box);
      const { start, end } = box;
      if (end[0] - start[0] === dims[0] && end[1] - start[1] === dims[1])
        return frames.readRows(frame, [0, dims[1]], [start[2], end[2]], options);
      const parts: Uint8Array[] = [];
      for (let z = start[2]; z < end[2]; z++) {
        const rows = await frames.readRows(frame, [start[1], end[1]], [z, z + 1], options);
        const height = end[1] - start[1];
        const within = { start: [start[0], 0, 0], end: [end[0], height, 1] } as const;
        parts.push(boxOf(rows, [dims[0], height, 1], size, within).slice());
      }
      return parts.length === 1 ? parts[0] : concat(parts);
    },
  };
}

function checkFrame({ path, frames }: EntryInfo, frame: number): void {
  if (Number.isInteger(frame) && frame >= 0 && frame < frames) return;
  const range = frames === 1 ? "only frame 0" : `frames 0 to ${frames - 1}`;
  throw new VoxelVolumeError("invalid-option", `Frame ${frame} is not there: ${path} has ${range}.`);
}
