/**
 * DICOM (PS3.10): single-frame and multi-frame images; the images of a series form a volume.
 *
 * Headers are read by dicom-parser. Slices are sorted by position along the normal of their plane; several slices at
 * one position are frames. The affine is in RAS, as everywhere: in DICOM, +x points to the left and +y to the back of
 * the patient.
 */
import { VoxelVolumeError } from "../../errors.ts";
import { mapAtOnce } from "../../map-at-once.ts";
import type { ReadNote } from "../../volume.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { damagedHeader, readHeader } from "./dicom/data-set.ts";
import { namesOf } from "./dicom/names.ts";
import { type Slice, slicesOf } from "./dicom/slices.ts";
import { type Stack, stacksOf } from "./dicom/stacks.ts";
import { unknownSyntax } from "./dicom/transfer-syntax.ts";
import { volumeOf } from "./dicom/volume.ts";
import type { Format } from "./format.ts";

/** The volumes in DICOM files of the same folder, selection or archive. */
export const openDicom: Format["open"] = async (file, { series, signal }) => {
  const failures: VoxelVolumeError[] = [];
  const slices = await mapAtOnce(series, async (one): Promise<Slice[]> => {
    signal?.throwIfAborted();
    try {
      const header = await readHeader(one);
      return header ? await slicesOf(header) : [];
    } catch (error) {
      signal?.throwIfAborted();
      const failure = error instanceof VoxelVolumeError ? error : damagedHeader(one.path, error);
      if (failure.code === "network") throw failure;
      failures.push(failure);
      return [];
    }
  });
  const stacks = stacksOf(slices.flat());
  const readable = stacks.filter(({ frames: [[{ image }]] }) => image.coding);
  if (readable.length === 0) throw failures[0] ?? nothingIn(file, stacks);
  const notes = notesOn(failures.length, stacks.length - readable.length);
  const names = namesOf(readable, series.length === 1 ? file.path : undefined);
  return readable.map((stack, i) => volumeOf(stack, names[i], notes));
};

function nothingIn({ path }: ByteFile, [stack]: readonly Stack[]): VoxelVolumeError {
  if (stack) return unknownSyntax(path, stack.frames[0][0].image.syntax);
  const message = `${path} is a DICOM file without an image. Open the files of the images, or the folder that holds them.`;
  return new VoxelVolumeError("unsupported-format", message);
}

function notesOn(damaged: number, unknown: number): ReadNote[] {
  const notes: ReadNote[] = [];
  if (damaged > 0)
    notes.push({ text: "Files left out because they cannot be read: {count}", values: { count: damaged } });
  if (unknown > 0) {
    const text = "Series left out because their compression is not read: {count}";
    notes.push({ text, values: { count: unknown } });
  }
  return notes;
}
