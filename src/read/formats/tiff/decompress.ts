/** Decompresses blocks (strips and tiles) of a TIFF file into memory of known size. */

import { fetched, VoxelVolumeError } from "../../../errors.ts";
import type { Pace } from "../../../pace.ts";
import { MAX_INFLATION } from "../../containers/inflate.ts";
import { reason } from "../../sources/source.ts";
import { damaged } from "../../util/damaged.ts";
import { unpackBits } from "../../util/pack-bits.ts";
import { type Block, rowBytes } from "./block.ts";
import { lzw } from "./lzw.ts";
import { COMPRESSION, type PageCoding, refusal } from "./page.ts";
import { undoPredictor } from "./predictor.ts";

/**
 * Largest inflation ratio: that of Deflate for all compressions but LZW, whose 12-bit codes stand for less than 4096
 * bytes.
 */
export function mostInflation(compression: number): number {
  if (compression === COMPRESSION.none) return 1;
  return compression === COMPRESSION.lzw ? 4096 : MAX_INFLATION;
}

/** The rows of a block at their full length. Rejects with `corrupt-file` if the data do not fill them. */
export async function decompress(
  path: string,
  packed: Uint8Array,
  coding: PageCoding,
  block: Block,
  pace: Pace,
): Promise<Uint8Array> {
  const size = rowBytes(block) * block.rows;
  if (size > packed.length * mostInflation(coding.compression))
    throw damaged(path, `has a block of ${packed.length} bytes that should hold ${size}`);
  try {
    const { bytes, length } = await decoded(path, reversed(packed, coding), coding, block, size, pace);
    if (length < size) throw damaged(path, `has a block that holds ${length} bytes, not ${size}`);
    if (coding.predictor > 1) undoPredictor(path, bytes, coding.predictor, block);
    return bytes;
  } catch (cause) {
    if (cause instanceof VoxelVolumeError || pace.signal?.aborted) throw cause;
    // Error messages of decoders that fail on damaged data do not help users.
    const why =
      cause instanceof TypeError || cause instanceof RangeError ? "" : ` (${reason(cause).slice(0, 100)})`;
    const message = `${path} has a block that cannot be decompressed${why}. Get the file again.`;
    throw new VoxelVolumeError("corrupt-file", message, { cause });
  }
}

async function decoded(
  path: string,
  packed: Uint8Array,
  coding: PageCoding,
  block: Block,
  size: number,
  pace: Pace,
): Promise<{ bytes: Uint8Array; length: number }> {
  const { compression } = coding;
  if (compression === COMPRESSION.none) return { bytes: packed, length: packed.length };
  if (compression === COMPRESSION.jpeg) {
    const { decodeJpeg } = await fetched(import("./jpeg.ts"));
    const bytes = await decodeJpeg(path, packed, coding, block);
    return { bytes, length: bytes.length };
  }
  const bytes = new Uint8Array(size);
  if (compression === COMPRESSION.lzw) {
    // Before TIFF 6.0, the bits of codes were in reverse order.
    if (packed[0] === 0 && packed[1] & 1)
      throw refusal(path, "is compressed by the LZW of TIFF 5.0", "no compression, Deflate or LZW");
    return { bytes, length: await lzw(packed, bytes, pace) };
  }
  // geotiff treats control byte 128, which has no meaning, as a run.
  if (compression === COMPRESSION.packBits) return { bytes, length: unpackBits(packed, bytes) };
  const { inflate } = await fetched(import("./inflate.ts"));
  return { bytes, length: await inflate(packed, bytes, pace) };
}

/** Converts the bits of each byte to the order of `FillOrder` 1. */
function reversed(bytes: Uint8Array, { bitsReversed }: PageCoding): Uint8Array {
  return bitsReversed ? bytes.map(reversedBits) : bytes;
}

function reversedBits(byte: number): number {
  let out = 0;
  for (let bit = 0; bit < 8; bit++) out |= ((byte >> bit) & 1) << (7 - bit);
  return out;
}
