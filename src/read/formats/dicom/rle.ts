/** RLE Lossless (PS3.5, annex G): PackBits of each byte of all samples, the high bytes first. */

const HEADER_LENGTHS = 16;

/** The samples of a frame, little-endian, those of a pixel together; undefined where the data are damaged. */
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
    if (!unpack(bytes.subarray(start, end), out, first, segments)) return undefined;
  }
  return out;
}

/** Unpacks a segment to every `stride`-th byte of `out` from `first` on; false where it does not fill them. */
function unpack(packed: Uint8Array, out: Uint8Array, first: number, stride: number): boolean {
  let to = first;
  for (let at = 0; at < packed.length && to < out.length; ) {
    const code = packed[at++];
    if (code < 128) {
      const end = Math.min(at + code + 1, packed.length);
      for (; at < end && to < out.length; to += stride) out[to] = packed[at++];
    } else if (code > 128) {
      const value = packed[at++];
      for (let n = 257 - code; n > 0 && to < out.length; n--, to += stride) out[to] = value;
    }
  }
  return to >= out.length;
}
