/** What an unknown file looks like, so that a person sees why it is not read. */
export function lookOf(head: Uint8Array): string {
  if (head[0] === 0x1f && head[1] === 0x8b) return "is a gzip file that holds no volume";
  const text = new TextDecoder().decode(head).trimStart();
  if (/^<(!doctype|html|\?xml)/i.test(text)) {
    return "is a web page, not a volume (does the address lead to the file itself?)";
  }
  if (head.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13))) return "is a text file, not a volume";
  return "is of no format that is known here";
}
