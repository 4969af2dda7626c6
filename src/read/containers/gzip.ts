/** gzip (.nii.gz and the like): inflated no further than is asked for. */

import type { ByteFile } from "../util/byte-file.ts";
import type { Container } from "./container.ts";
import { gunzip, inflateHead, MAX_INFLATION, take } from "./inflate.ts";

export const gzip: Container = {
  name: "gzip (.gz of one of the others)",
  matches: isGzip,
  open: (file, { inner }) => inner(gunzipped(file)),
};

/** RFC 1952: two magic bytes, and 8 for deflate. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** Bytes by which a file's beginning is longer compressed than not, at most as a rule. */
export const TABLES = 32;

/** A file that is compressed as gzip does it. */
export type Packed = Pick<ByteFile, "path" | "head" | "stream" | "sibling" | "beside">;

/** What a gzip file or zlib stream ("deflate") holds; it keeps path and siblings of the compressed file. */
export function gunzipped(file: ByteFile, format?: CompressionFormat): ByteFile {
  return inflated(file, async () => (await file.size()) * MAX_INFLATION, format);
}

/** What `packed` holds: at most `size` bytes. */
export function inflated(
  { path, sibling, beside, ...packed }: Packed,
  size: ByteFile["size"],
  format?: CompressionFormat,
): ByteFile {
  const stream: ByteFile["stream"] = async (options) => gunzip(await packed.stream(options), format);
  const read: ByteFile["read"] = async (start, end, options = {}) =>
    take(path, await stream(options), start, end, options);
  return {
    path,
    size,
    async head(length) {
      for (let most = length + TABLES; ; most *= 16) {
        const bytes = await packed.head(most);
        // That is all of it, so that damage can be told.
        if (bytes.length < most) return read(0, length);
        const head = await inflateHead(bytes as Uint8Array<ArrayBuffer>, length, format);
        if (head.length === length) return head;
      }
    },
    read,
    stream,
    inParts: async () => false,
    inflates: true,
    sibling,
    beside,
  };
}
