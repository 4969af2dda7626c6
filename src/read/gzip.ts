/** gzip (.nii.gz and the like): inflated by the platform, and no further than is asked for. */
import { type ByteFile, MAX_INFLATION, streamedFile } from "./file.ts";
import type { Format } from "./format.ts";

export const gzip: Format = {
  name: "gzip (.gz of one of the others)",
  sniff: isGzip,
  open: (file, _head, { inner }) => inner(gunzipped(file)),
};

/** RFC 1952: two magic bytes, and 8 for deflate. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** What a gzip file holds; it keeps path and siblings of the compressed file. */
export function gunzipped(file: ByteFile): ByteFile {
  return streamedFile(
    file.path,
    async () => (await file.size()) * MAX_INFLATION,
    async () => (await file.stream()).pipeThrough(new DecompressionStream("gzip")),
    file.sibling,
  );
}
