/** Beginnings of gzip files inflated by pako: without the streams of the platform, which take longer than so few bytes. */
import { Inflate } from "pako";

/** zlib's code for gzip with a window of 512 bytes: what is referred to is in the output, which is in one piece. */
const GZIP = 16 + 9;
/** zlib's way to give out at once what it has. */
const SYNC_FLUSH = 2;
/** Thrown to have pako go no further. */
const ENOUGH = new Error("no more is wanted");

/** What the first bytes of a gzip file inflate to, `most` bytes of it or a few less; nothing where they are damaged. */
export function inflateHeadAtOnce(packed: Uint8Array, most: number): Uint8Array {
  const inflater = new Inflate({ windowBits: GZIP, chunkSize: most });
  let head = new Uint8Array(0);
  inflater.onData = (chunk) => {
    // A second one is of another member.
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
