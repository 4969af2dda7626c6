/** Decodes PackBits (TIFF 6.0, section 9; DICOM PS3.5, annex G.3): runs and copies of bytes. */

/**
 * Unpacks `packed` to every `stride`-th byte of `out`, starting at `first`, until either ends.
 * @returns the number of bytes written.
 */
export function unpackBits(packed: Uint8Array, out: Uint8Array, first = 0, stride = 1): number {
  let to = first;
  for (let at = 0; at < packed.length && to < out.length; ) {
    const control = packed[at++];
    if (control < 128) {
      const end = Math.min(at + control + 1, packed.length);
      for (; at < end && to < out.length; to += stride) out[to] = packed[at++];
    } else if (control > 128) {
      // 128 has no meaning.
      const value = packed[at++];
      for (let left = 257 - control; left > 0 && to < out.length; left--, to += stride) out[to] = value;
    }
  }
  return (to - first) / stride;
}
