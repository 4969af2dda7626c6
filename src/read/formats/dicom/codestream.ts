/** Reads the frame header of a JPEG image, to check it before decoding. */

export interface CodestreamInfo {
  readonly columns: number;
  readonly rows: number;
  readonly components: number;
  /** Bits per sample. */
  readonly precision: number;
}

/** Frame header (ITU-T T.81, section B.2.2); undefined if there is none. */
export function codestreamInfo(bytes: Uint8Array): CodestreamInfo | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  // Fill bytes, marker, length, precision, rows, columns, components.
  while (at + 10 <= view.byteLength) {
    const marker = view.getUint16(at);
    if (marker === 0xffff) {
      at++;
      continue;
    }
    if (marker < 0xffc0 || marker === 0xffda) return undefined;
    if (marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)) {
      const [rows, columns] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return { rows, columns, precision: view.getUint8(at + 4), components: view.getUint8(at + 9) };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
