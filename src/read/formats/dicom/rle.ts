/** RLE Lossless (PS3.5, annex G): PackBits applied to each byte plane of the samples, high bytes first. */
import { unpackBits } from "../../util/pack-bits.ts";

const HEADER_LENGTHS = 16;

/** Samples of a frame, little-endian, with those of a pixel together; undefined if the data are damaged. */
export function decodeRle(bytes: Uint8Array, pixels: number, sampleBytes: number, samples: number) {
  if (bytes.length < 4 * HEADER_LENGTHS) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const segments = view.getUint32(0, true);
  if (segments !== sampleBytes * samples) return undefined;
  const out = new Uint8Array(pixels * segments);
  for (let segment = 0; segment < segments; segment++) {
    const start = view.getUint32(4 + 4 * segment, true);
    const end = segment + 1 < segments ? view.getUint32(8 + 4 * segment, true) : bytes.length;
    const [sample, byte] = [Math.floor(segment / sampleBytes), sampleBytes - 1 - (segment % sampleBytes)];
    const first = sample * sampleBytes + byte;
    if (unpackBits(bytes.subarray(start, end), out, first, segments) < pixels) return undefined;
  }
  return out;
}
