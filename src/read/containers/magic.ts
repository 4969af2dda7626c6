/** Signatures of container files. */

/** RFC 1952: two magic bytes, and 8 for deflate. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** "PK" and either the first file's header or, in an empty archive, the end of the directory. */
export function isZip([p, k, first, second]: Uint8Array): boolean {
  return p === 0x50 && k === 0x4b && ((first === 3 && second === 4) || (first === 5 && second === 6));
}
