/** LZW as in TIFF 6.0, section 13. */

import type { Pace } from "../../../pace.ts";

const CLEAR = 256;
const END = 257;
const FIRST = 258;
const MOST = 4096;
/** Codes to decode between two checks of the clock. */
const STINT = 1 << 15;

/**
 * Fills `out` and returns the number of bytes that were available. Throws for codes that no encoder writes.
 *
 * geotiff's decoder is not used: a damaged strip of 4 kB makes it fill the memory, because it follows undefined codes
 * and does not limit the size of its output.
 */
export async function lzw(packed: Uint8Array, out: Uint8Array, pace: Pace): Promise<number> {
  // String of each code: last byte, code of the preceding string, and length.
  const suffix = new Uint8Array(MOST);
  const prefix = new Uint16Array(MOST);
  const lengths = new Uint16Array(MOST);
  for (let code = 0; code < CLEAR; code++) {
    suffix[code] = code;
    lengths[code] = 1;
  }
  let [next, width, previous, first] = [FIRST, 9, -1, 0];
  let [buffer, bits, at] = [0, 0, 0];
  for (let i = 0, codes = 0; at < out.length; codes++) {
    if (codes % STINT === STINT - 1) await pace.rest();
    while (bits < width && i < packed.length) {
      buffer = ((buffer << 8) | packed[i++]) & 0xffffff;
      bits += 8;
    }
    if (bits < width) break;
    bits -= width;
    const code = (buffer >> bits) & ((1 << width) - 1);
    if (code === END) break;
    if (code === CLEAR) {
      [next, width, previous] = [FIRST, 9, -1];
      continue;
    }
    if (previous < 0 ? code > CLEAR : code > next || code >= MOST)
      throw new Error(`LZW code ${code} before it is defined`);
    const isNew = code === next;
    const known = isNew ? previous : code;
    const end = at + lengths[known];
    let string = known;
    for (let to = end - 1; to >= at; to--) {
      first = suffix[string];
      // Excess output is dropped.
      if (to < out.length) out[to] = first;
      string = prefix[string];
    }
    at = end;
    if (isNew && at < out.length) out[at] = first;
    if (isNew) at++;
    if (previous >= 0 && next < MOST) {
      suffix[next] = first;
      prefix[next] = previous;
      lengths[next] = lengths[previous] + 1;
      next++;
      // Codes get longer one code earlier than necessary.
      if (next + 1 >= 1 << width && width < 12) width++;
    }
    previous = code;
  }
  return Math.min(at, out.length);
}
