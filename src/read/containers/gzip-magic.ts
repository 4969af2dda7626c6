/** How gzip files begin. */

/** RFC 1952: two magic bytes, and 8 for deflate. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}
