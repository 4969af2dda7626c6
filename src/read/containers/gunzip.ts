/** Inflating gzip files, of which each may have any number of members (RFC 1952, section 2.2). */

import { fetched } from "../../errors.ts";
import { type ByteStream, streamFrom } from "../util/byte-file.ts";
import { inflateStream } from "./inflate.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Inflates a stream of any number of members, by the platform where that reads them all. `onJunk` is called when something
 * else was found behind them, which is left out.
 */
export function gunzip(packed: ByteStream, onJunk: () => void): ByteStream {
  return streamFrom(gunzipChunks(packed, onJunk));
}

async function* gunzipChunks(packed: ByteStream, onJunk: () => void): AsyncGenerator<Bytes, undefined> {
  // Chunks are views of what is in memory, so that it costs little to keep them for a second try.
  const [first, again] = packed.tee();
  const reader = inflateStream(first).getReader();
  let given = 0;
  try {
    for (;;) {
      const next = await reader.read().catch(() => undefined);
      if (next?.done) return;
      if (!next) break;
      given += next.value.length;
      yield next.value;
    }
    // The file is damaged, or the platform stops at the end of the first member.
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
