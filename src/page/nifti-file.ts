/** niftiFile: a volume as a compressed NIfTI file, as small as its values allow. */

import { INTEGER_ARRAYS } from "../read/util/components.ts";
import { scalarsIn } from "../scalars.ts";
import { slicesOfSlab } from "../values/slabs.ts";
import { DTYPES, type Dtype, slicesBox, type Volume } from "../volume.ts";
import { niftiHeader } from "./nifti-header.ts";
import { smallestType } from "./smallest-type.ts";

/** The frame of a volume as a .nii.gz file. No value changes. Rejects as `Volume.read`. */
export async function niftiFile(volume: Volume): Promise<Blob> {
  const { dims } = volume;
  const dtype = await smallestType(volume);
  const step = slicesOfSlab(dims[0] * dims[1] * DTYPES[volume.dtype]);
  let z = 0;
  const file = new ReadableStream<BufferSource>({
    start: (file) => file.enqueue(niftiHeader(volume, dtype)),
    pull: async (file) => {
      const end = Math.min(z + step, dims[2]);
      file.enqueue(converted(await volume.read(0, slicesBox(dims, z, end)), volume, dtype));
      z = end;
      if (z === dims[2]) file.close();
    },
  });
  const blob = await new Response(file.pipeThrough(new CompressionStream("gzip"))).blob();
  return blob.slice(0, blob.size, "application/gzip");
}

const ARRAYS = { ...INTEGER_ARRAYS, float32: Float32Array };

/** Scalars as another type that holds them, little-endian. */
function converted(
  bytes: Uint8Array,
  { dtype, littleEndian }: Pick<Volume, "dtype" | "littleEndian">,
  wanted: Dtype,
): Uint8Array<ArrayBuffer> {
  const size = DTYPES[dtype];
  if (wanted === dtype) return littleEndian ? bytes.slice() : swapped(bytes, size);
  const scalarAt = scalarsIn(bytes, dtype, littleEndian);
  const scalars = new ARRAYS[wanted as keyof typeof ARRAYS](bytes.length / size);
  for (let i = 0; i < scalars.length; i++) scalars[i] = scalarAt(i);
  return new Uint8Array(scalars.buffer);
}

/** Scalars of `size` bytes in the other byte order. */
function swapped(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) out[i] = bytes[i - (i % size) + (size - 1 - (i % size))];
  return out;
}
