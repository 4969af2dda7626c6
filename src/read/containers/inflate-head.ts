/** Inflates the beginnings of gzip files with pako: for so few bytes, the platform's streams would take longer. */
import { Inflate } from "pako";

/**
 * zlib's window bits for gzip, with a window of 512 bytes: enough, because the output is in one piece and holds what is
 * referred to.
 */
const GZIP = 16 + 9;
/** zlib's flush mode that outputs all pending data. */
const SYNC_FLUSH = 2;
/** Thrown to stop pako. */
const ENOUGH = new Error("no more is wanted");

/** Inflates the first bytes of a gzip file to `most` bytes or a few less; empty if they are damaged. */
export function inflateHeadAtOnce(packed: Uint8Array, most: number): Uint8Array {
  const inflater = new Inflate({ windowBits: GZIP, chunkSize: most });
  let head = new Uint8Array(0);
  inflater.onData = (chunk) => {
    // A second chunk belongs to another member.
    head = head.length === 0 ? (chunk as Uint8Array<ArrayBuffer>) : head;
    if (head.length === most) throw ENOUGH;
  };
  try {
    return inflater.push(packed, SYNC_FLUSH) ? head : new Uint8Array(0);
  } catch (error) {
    if (error !== ENOUGH) throw error;
    return head;
  }
}
