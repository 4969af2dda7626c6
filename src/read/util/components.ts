/** Computes one number per voxel: the luminance of a colour, the magnitude of a complex number. */

import { Pace } from "../../pace.ts";
import { scalarsIn } from "../../scalars.ts";
import { DTYPES, type Dtype } from "../../volume.ts";
import { COMPONENTS, type Components } from "../formats/format.ts";
import { allocate } from "./memory.ts";

/** Weights of red, green and blue in the luminance of Rec. ITU-R BT.709. */
const REC_709 = [0.2126, 0.7152, 0.0722] as const;

/** Voxels to convert between two checks of the clock. */
const STINT = 1 << 16;

/** Array types of integers of up to 32 bits. */
export const INTEGER_ARRAYS = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
} as const;

const ARRAYS = {
  ...INTEGER_ARRAYS,
  // All other types are computed in single precision.
  uint64: Float32Array,
  int64: Float32Array,
  float16: Float32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** Type of the result of `combined` for components of a type. */
export function combinedType(dtype: Dtype): Dtype {
  return DTYPES[dtype] === ARRAYS[dtype].BYTES_PER_ELEMENT ? dtype : "float32";
}

/**
 * One scalar per voxel, of type `combinedType(dtype)`, little-endian: luminance (opacity is ignored), rounded if the
 * components are integers, or magnitude. `bytes` holds the components of a voxel together.
 */
export async function combined(
  path: string,
  bytes: Uint8Array,
  components: Components,
  dtype: Dtype,
  littleEndian: boolean,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const count = COMPONENTS[components];
  const voxels = bytes.length / (count * DTYPES[dtype]);
  const Scalars = ARRAYS[dtype];
  const out = new Scalars(allocate(path, voxels * Scalars.BYTES_PER_ELEMENT).buffer);
  const read = scalarsIn(bytes, dtype, littleEndian);
  const isWhole = !dtype.startsWith("float");
  const [red, green, blue] = REC_709;
  const pace = new Pace(signal);
  for (let i = 0, at = 0; i < voxels; i++, at += count) {
    if (components === "complex") out[i] = Math.sqrt(read(at) ** 2 + read(at + 1) ** 2);
    else {
      const luminance = red * read(at) + green * read(at + 1) + blue * read(at + 2);
      out[i] = isWhole ? Math.round(luminance) : luminance;
    }
    if (i % STINT === 0) await pace.rest();
  }
  return new Uint8Array(out.buffer);
}

/** One component of each voxel, as stored. */
export function componentOf(bytes: Uint8Array, count: number, size: number, component: number): Uint8Array {
  const voxels = bytes.length / (count * size);
  const out = new Uint8Array(voxels * size);
  for (let i = 0; i < voxels; i++) {
    const from = (i * count + component) * size;
    for (let byte = 0; byte < size; byte++) out[i * size + byte] = bytes[from + byte];
  }
  return out;
}

/** Interleaves images of one component each by voxel. */
export function interleaved(images: readonly Uint8Array[], size: number): Uint8Array {
  const count = images.length;
  const out = new Uint8Array(images[0].length * count);
  for (const [component, image] of images.entries()) {
    for (let i = 0; i < image.length; i += size) {
      const to = i * count + component * size;
      for (let byte = 0; byte < size; byte++) out[to + byte] = image[i + byte];
    }
  }
  return out;
}
