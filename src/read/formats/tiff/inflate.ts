/** Deflate in TIFF (TIFF Technical Note "Deflate compression", and libtiff's older number for it). */

import { Inflate } from "pako";
import type { Pace } from "../../../pace.ts";

/** Bytes to inflate between two checks of the clock. */
const STINT = 1 << 16;
/** Thrown to stop pako when `out` is full, because it outputs everything that its input inflates to. */
const ENOUGH = new Error("no more is wanted");

/**
 * Fills `out` and returns the number of bytes that were available. Throws if the data are damaged.
 *
 * Uses pako, because blocks are often so short that creating the platform's streams would take longer; and not geotiff,
 * which does not limit the size of its output.
 */
export async function inflate(packed: Uint8Array, out: Uint8Array, pace: Pace): Promise<number> {
  const inflater = new Inflate({ chunkSize: Math.min(out.length, STINT) });
  let at = 0;
  inflater.onData = (chunk) => {
    const bytes = chunk as Uint8Array;
    out.set(bytes.subarray(0, out.length - at), at);
    at += Math.min(bytes.length, out.length - at);
    if (at === out.length) throw ENOUGH;
  };
  try {
    for (let i = 0; i < packed.length; i += STINT) {
      if (!inflater.push(packed.subarray(i, i + STINT), i + STINT >= packed.length)) break;
      await pace.rest();
    }
  } catch (error) {
    if (error !== ENOUGH) throw error;
  }
  if (inflater.err && at < out.length) throw new Error(inflater.msg || "its end is missing");
  return at;
}
