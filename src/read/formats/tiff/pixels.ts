/** Copies the pixels of blocks to their position in an image. */

import { DTYPES, type Dtype } from "../../../volume.ts";
import { type Block, rowBytes } from "./block.ts";

/** The image that blocks are copied to. */
export interface Target {
  readonly bytes: Uint8Array;
  /** Offset of the image's first byte. */
  readonly start: number;
  /** Image size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly dtype: Dtype;
  /** Scalars per voxel. */
  readonly count: number;
}

/** Which part of a block is copied, and to which scalar of the voxels. */
export interface Placement {
  /** The first sample of each pixel to copy, their number, and the index of the first scalar in the voxel. */
  readonly from: number;
  readonly samples: number;
  readonly to: number;
  /** The block's first pixel in the image; parts outside the image are dropped. */
  readonly x: number;
  readonly y: number;
}

/** Copies the part of a block that is inside the image. */
export function place(
  stored: Uint8Array,
  block: Block,
  target: Target,
  { from, samples, to, x, y }: Placement,
): void {
  const { bytes, start, width, height, dtype, count } = target;
  const size = DTYPES[dtype];
  const columns = Math.min(block.width, width - x);
  const rows = Math.min(block.rows, height - y);
  const [step, length] = [count * size, samples * size];
  const isUnpacked = block.bits < 8 * size;
  const rowLength = rowBytes(block);
  const source = block.samples * size;
  const isCopy = source === step && length === step;
  if (isCopy && !isUnpacked && columns === width && block.width === width) {
    bytes.set(stored.subarray(0, rows * rowLength), start + y * width * step);
    return;
  }
  for (let i = 0; i < rows; i++) {
    let row = stored.subarray(i * rowLength, (i + 1) * rowLength);
    if (isUnpacked) row = unpacked(row, block, size);
    let at = start + ((y + i) * width + x) * step + to * size;
    if (isCopy) {
      bytes.set(row.subarray(0, columns * step), at);
      continue;
    }
    for (let pixel = from * size; pixel < columns * source; pixel += source, at += step)
      for (let byte = 0; byte < length; byte++) bytes[at + byte] = row[pixel + byte];
  }
}

/** Unpacks samples of up to 31 bits, most significant bit first, to unsigned integers of `size` bytes. */
function unpacked(row: Uint8Array, { width, samples, bits, littleEndian }: Block, size: number): Uint8Array {
  const out = new Uint8Array(width * samples * size);
  for (let i = 0, bit = 0; i < width * samples; i++) {
    let value = 0;
    for (let left = bits; left > 0; ) {
      const free = 8 - (bit & 7);
      const taken = Math.min(free, left);
      const part = (row[bit >> 3] >> (free - taken)) & ((1 << taken) - 1);
      value = (value << taken) | part;
      bit += taken;
      left -= taken;
    }
    for (let byte = 0; byte < size; byte++)
      out[i * size + (littleEndian ? byte : size - 1 - byte)] = value >>> (8 * byte);
  }
  return out;
}
