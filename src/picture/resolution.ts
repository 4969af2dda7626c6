/** States the resolution of a picture in its file, so that programs show and print it at its size. */

import { crc32 } from "../crc32.ts";

/** Length in bytes of PNG's signature and of its first chunk, IHDR. */
const PNG_HEAD = 8 + 25;
const METRES_PER_INCH = 0.0254;

/**
 * A PNG or JPEG that states `dpi` pixels per inch: PNG in the chunk pHYs (PNG specification, 11.3.4.3), JPEG in its
 * JFIF header (ITU-T T.871, 10.1). Other files, and those that canvases do not write, stay unchanged.
 */
export async function withResolution(blob: Blob, dpi: number): Promise<Blob> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  if (blob.type === "image/png") {
    const parts = [bytes.subarray(0, PNG_HEAD), physicalSize(dpi), bytes.subarray(PNG_HEAD)];
    return new Blob(parts, { type: blob.type });
  }
  // SOI, APP0, its length, then "JFIF".
  const isJfif = blob.type === "image/jpeg" && bytes[3] === 0xe0 && text(bytes, 6, 10) === "JFIF";
  if (!isJfif) return blob;
  const view = new DataView(bytes.buffer);
  view.setUint8(13, 1);
  view.setUint16(14, Math.round(dpi));
  view.setUint16(16, Math.round(dpi));
  return new Blob([bytes], { type: blob.type });
}

/** The chunk pHYs. */
function physicalSize(dpi: number): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(21);
  const view = new DataView(chunk.buffer);
  const perMetre = Math.round(dpi / METRES_PER_INCH);
  view.setUint32(0, 9);
  chunk.set(new TextEncoder().encode("pHYs"), 4);
  view.setUint32(8, perMetre);
  view.setUint32(12, perMetre);
  view.setUint8(16, 1);
  view.setUint32(17, crc32(chunk.subarray(4, 17)));
  return chunk;
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
