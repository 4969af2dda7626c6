/** Makes a volume from a stack of slices; its voxels are decoded on demand. */
import { VoxelVolumeError } from "../../../errors.ts";
import { mapAtOnce } from "../../../map-at-once.ts";
import { Pace } from "../../../pace.ts";
import { scalarsIn } from "../../../scalars.ts";
import { DTYPES, type Dtype, type ReadNote } from "../../../volume.ts";
import type { ReadOptions } from "../../sources/source.ts";
import { allocate, MOST_BYTES, tooLarge } from "../../util/memory.ts";
import type { FormatVolume } from "../format.ts";
import { decodeFrame } from "./decode-frame.ts";
import { compressedFrames } from "./fragments.ts";
import { frameBytes, type Image, pixelBits } from "./image.ts";
import { colorSamples, nativeSamples, storedBits } from "./samples.ts";
import type { Slice } from "./slices.ts";
import type { Stack } from "./stacks.ts";

/** Windows of slices that differ by less than this fraction of their width count as the same. */
const SAME_WINDOW = 0.25;

export function volumeOf(stack: Stack, path: string, notes: readonly ReadNote[]): FormatVolume {
  const { frames, spacing, affine } = stack;
  const slices = frames.flat();
  const [{ image, slope, intercept, unit }] = slices;
  const isColor = image.samples === 3;
  // If slices have different scaling, their values are computed instead of read as stored.
  const isScaled = !isColor && slices.some((one) => one.slope !== slope || one.intercept !== intercept);
  const dtype = isScaled ? "float32" : dtypeOf(image);
  const isInverted = image.photometric === "MONOCHROME1";
  const inverted = { text: "Low values are meant to be bright (MONOCHROME1): they are shown as they are" };
  return {
    path,
    format: "dicom",
    dims: [image.columns, image.rows, frames[0].length],
    frames: frames.length,
    dtype,
    ...(spacing && { spacing }),
    ...(affine && { affine, oriented: true }),
    ...(isColor ? { components: "rgb" } : { displayRange: windowOf(frames[0]), unit }),
    ...(!isScaled && !isColor && { slope, intercept }),
    notes: [...stack.notes, ...(isInverted ? [inverted] : []), ...notes],
    voxels: { decode: (frame, options) => decode(path, frames[frame], isScaled, options) },
  };
}

function dtypeOf({ bitsAllocated, isSigned }: Image): Dtype {
  return `${isSigned && bitsAllocated > 1 ? "int" : "uint"}${Math.max(8, bitsAllocated)}` as Dtype;
}

/** The window of the middle slice, if those of the others are similar. */
function windowOf(slices: readonly Slice[]): readonly [number, number] | undefined {
  const window = slices[slices.length >> 1].window;
  if (!window) return undefined;
  const most = SAME_WINDOW * (window[1] - window[0]);
  const isLike = (other: Slice["window"]) => other?.every((end, i) => Math.abs(end - window[i]) <= most);
  return window[0] < window[1] && slices.every((slice) => isLike(slice.window)) ? window : undefined;
}

/** Decodes the scalars of slices, one after the other. */
async function decode(
  path: string,
  slices: readonly Slice[],
  isScaled: boolean,
  { signal, onProgress }: ReadOptions,
): Promise<Uint8Array> {
  const [{ image }] = slices;
  const sliceBytes = isScaled ? image.rows * image.columns * DTYPES.float32 : frameBytes(image);
  const total = sliceBytes * slices.length;
  if (total > MOST_BYTES) throw tooLarge(path, total);
  const pace = new Pace(signal);
  let out: Uint8Array | undefined;
  let loaded = 0;
  await mapAtOnce([...byFile(slices)], async ([image, places]) => {
    const frameOf = await framesOf(
      image,
      places.map((z) => slices[z].index),
    );
    for (const z of places) {
      signal?.throwIfAborted();
      const samples = storedBits(image, colorSamples(image, await frameOf(slices[z].index)));
      if (samples.length !== frameBytes(image)) throw cutOff(image);
      // Allocated only after the bytes of a slice have shown that its header is plausible.
      out ??= allocate(path, total);
      const { slope, intercept } = slices[z];
      if (isScaled) scaled(samples, dtypeOf(image), slope, intercept, out, z * sliceBytes);
      else out.set(samples, z * sliceBytes);
      loaded += sliceBytes;
      onProgress?.({ phase: "inflate", loaded, total });
      await pace.rest();
    }
  });
  return out as Uint8Array;
}

function cutOff({ file, frames, columns, rows }: Image): VoxelVolumeError {
  const message = `${file.path} is cut off: ${frames} frames of ${columns} x ${rows} pixels are not there. Get the file again.`;
  return new VoxelVolumeError("corrupt-file", message);
}

/** The z positions that each file has slices for. */
function byFile(slices: readonly Slice[]): Map<Image, number[]> {
  const places = new Map<Image, number[]>();
  for (const [z, { image }] of slices.entries()) {
    const own = places.get(image);
    if (own) own.push(z);
    else places.set(image, [z]);
  }
  return places;
}

/** Reads the requested frames of a file; each is decoded on demand. */
async function framesOf(
  image: Image,
  wanted: readonly number[],
): Promise<(index: number) => Promise<Uint8Array>> {
  const { file, pixels, rows, columns, coding } = image;
  if (coding !== "native" || pixels.length === undefined) {
    const compressed = await compressedFrames(image);
    return async (index) => decodeFrame(image, compressed[index]);
  }
  const bits = rows * columns * pixelBits(image);
  // Not `Math.min(...wanted)`: there may be more than a call's maximum of arguments.
  const [first, last] = [Math.min, Math.max].map((pick) => wanted.reduce((a, b) => pick(a, b)));
  const byteOf = (bit: number) => Math.floor(bit / 8);
  const start = byteOf(bits * first);
  const end = Math.ceil((bits * (last + 1)) / 8);
  const bytes = await file.read(pixels.offset + start, pixels.offset + end);
  if (bytes.length < end - start) throw cutOff(image);
  return async (index) => {
    const from = byteOf(bits * index) - start;
    const to = Math.ceil((bits * (index + 1)) / 8) - start;
    return nativeSamples(image, bytes.subarray(from, to), (bits * index) % 8);
  };
}

/** Writes the values of one slice to `out`, starting at byte `at`. */
function scaled(
  samples: Uint8Array,
  dtype: Dtype,
  slope: number,
  intercept: number,
  out: Uint8Array,
  at: number,
): void {
  const read = scalarsIn(samples, dtype, true);
  const view = new DataView(out.buffer, out.byteOffset, out.byteLength);
  const count = samples.length / DTYPES[dtype];
  for (let i = 0; i < count; i++) view.setFloat32(at + i * 4, read(i) * slope + intercept, true);
}
