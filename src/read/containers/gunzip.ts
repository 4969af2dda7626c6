/** gunzip: inflates gzip files with any number of members (RFC 1952, section 2.2). */

import { fetched } from "../../errors.ts";
import { type ByteStream, streamFrom } from "../util/byte-file.ts";
import { inflateStream } from "./inflate.ts";
import { isGzip } from "./magic.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Inflates a stream with any number of members, with the platform's stream if that reads them all. `onJunk` is called
 * if other data follow the members; they are ignored.
 */
export function gunzip(packed: ByteStream, onJunk: () => void): ByteStream {
  return streamFrom(gunzipChunks(packed, onJunk));
}

async function* gunzipChunks(packed: ByteStream, onJunk: () => void): AsyncGenerator<Bytes, undefined> {
  // Chunks are views of bytes in memory, so keeping them for a second attempt costs little.
  const [first, again] = packed.tee();
  let last: Bytes = new Uint8Array(0);
  const remember = new TransformStream<Bytes, Bytes>({
    transform(chunk, controller) {
      last = chunk;
      controller.enqueue(chunk);
    },
  });
  const reader = inflateStream(first.pipeThrough(remember)).getReader();
  let given = 0;
  try {
    for (;;) {
      const next = await reader.read().catch(() => undefined);
      if (next?.done && !hasMemberBehindZeros(last)) return;
      if (!next?.value) break;
      given += next.value.length;
      yield next.value;
    }
    // The file is damaged, or the platform stopped at the end of a member.
    const { gunzipMembers } = await fetched(import("./gzip-members.ts"));
    let at = 0;
    for await (const chunk of gunzipMembers(again, onJunk)) {
      const fresh = chunk.subarray(Math.max(0, given - at));
      at += chunk.length;
      if (fresh.length > 0) yield fresh;
    }
  } finally {
    reader.cancel().catch(() => {});
    if (!again.locked) again.cancel().catch(() => {});
  }
}

/**
 * Whether a member follows zeros in the last chunk of a file. Node takes zeros for padding at the end of the file, and
 * fails only if another chunk comes.
 */
function hasMemberBehindZeros(last: Bytes): boolean {
  for (let zero = last.indexOf(0); zero >= 0; zero = last.indexOf(0, zero + 1)) {
    if (isGzip(last.subarray(zero + 1, zero + 4))) return true;
  }
  return false;
}
