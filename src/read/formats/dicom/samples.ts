/**
 * Converts a frame's samples from their form in the file to numbers of whole bytes, little-endian, with colours as RGB.
 */
import { frameBytes, type Image } from "./image.ts";

/** Uncompressed samples, little-endian; colours are not converted. `firstBit` is the frame's first bit in `bytes`. */
export function nativeSamples(image: Image, bytes: Uint8Array, firstBit: number): Uint8Array {
  const { bitsAllocated, littleEndian, pixels } = image;
  if (bitsAllocated === 1) {
    const whole = littleEndian || !pixels.isWords ? bytes : swapped(bytes, 2);
    const bits = new Uint8Array(frameBytes(image));
    for (let i = 0, at = firstBit; i < bits.length; i++, at++) bits[i] = (whole[at >> 3] >> (at & 7)) & 1;
    return bits;
  }
  const unit = bitsAllocated > 8 ? bitsAllocated / 8 : pixels.isWords ? 2 : 1;
  return littleEndian || unit === 1 ? bytes : swapped(bytes, unit);
}

function swapped(bytes: Uint8Array, unit: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  // The last word may be cut off if it is only padding.
  for (let i = 0; i < bytes.length; i++) out[i] = bytes[i - (i % unit) + unit - 1 - (i % unit)] ?? 0;
  return out;
}

/** Converts colours to RGB, with the three samples of a pixel together; returns other samples unchanged. */
export function colorSamples(image: Image, bytes: Uint8Array): Uint8Array {
  const { samples, isPlanar, photometric, coding, bitsAllocated, columns, rows } = image;
  if (samples !== 3) return bytes;
  const isNative = coding === "native";
  const size = bitsAllocated / 8;
  let out = bytes;
  if (isNative && photometric === "YBR_FULL_422") out = fullDifferences(bytes, rows * columns, size);
  else if (isNative && isPlanar) out = together(bytes, size);
  const isStored = coding !== "jpeg" && photometric.startsWith("YBR_FULL");
  return isStored && bitsAllocated === 8 ? fromDifferences(out) : out;
}

/** Interleaves three planes by pixel. */
function together(planes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(planes.length);
  const pixels = planes.length / (3 * size);
  for (let i = 0, at = 0; i < pixels; i++) {
    for (let plane = 0; plane < 3; plane++) {
      for (let byte = 0; byte < size; byte++) out[at++] = planes[(plane * pixels + i) * size + byte];
    }
  }
  return out;
}

/** Expands pairs of pixels, stored as two luminances and shared colour differences (PS3.3, section C.7.6.3.1.2). */
function fullDifferences(bytes: Uint8Array, pixels: number, size: number): Uint8Array {
  const out = new Uint8Array(3 * pixels * size);
  const copy = (from: number, to: number) => {
    for (let byte = 0; byte < size; byte++) out[to * size + byte] = bytes[from * size + byte];
  };
  for (let i = 0; i < pixels; i++) {
    const pair = 4 * (i >> 1);
    copy(pair + (i & 1), 3 * i);
    copy(pair + 2, 3 * i + 1);
    copy(pair + 3, 3 * i + 2);
  }
  return out;
}

/** Converts 8-bit luminance and colour differences (ITU-R BT.601, see PS3.3, section C.7.6.3.1.2) to RGB. */
function fromDifferences(bytes: Uint8Array): Uint8Array {
  const out = new Uint8ClampedArray(bytes.length);
  for (let i = 0; i + 2 < bytes.length; i += 3) {
    const [y, cb, cr] = [bytes[i], bytes[i + 1] - 128, bytes[i + 2] - 128];
    out[i] = y + 1.402 * cr;
    out[i + 1] = y - 0.344136 * cb - 0.714136 * cr;
    out[i + 2] = y + 1.772 * cb;
  }
  return new Uint8Array(out.buffer);
}

/** Extracts the `bitsStored` bits that end at `highBit` from each number, with sign extension. */
export function storedBits(image: Image, bytes: Uint8Array): Uint8Array {
  const { bitsAllocated, bitsStored, highBit, isSigned } = image;
  if (bitsStored === bitsAllocated) return bytes;
  const [left, right] = [31 - highBit, 32 - bitsStored];
  const Words = WORDS[(bitsAllocated / 8) as keyof typeof WORDS];
  const out = bytes.slice();
  const words = new Words(out.buffer, 0, Math.floor(out.length / Words.BYTES_PER_ELEMENT));
  for (let i = 0; i < words.length; i++) {
    const value = words[i] << left;
    words[i] = isSigned ? value >> right : value >>> right;
  }
  return out;
}

/** Array types by bytes per sample. */
const WORDS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const;
