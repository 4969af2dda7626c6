/** JPEG in TIFF (TIFF Technical Note 2), decoded by geotiff. */

import { getDecoder } from "geotiff";
import { damaged } from "../../util/damaged.ts";
import type { Block } from "./block.ts";
import { type PageCoding, refusal } from "./page.ts";

/** Samples of a block, with those of a pixel together. Rejects with `corrupt-file`, or with geotiff's error. */
export async function decodeJpeg(
  path: string,
  packed: Uint8Array,
  { compression, jpegTables }: PageCoding,
  { width, rows, mostRows, samples }: Block,
): Promise<Uint8Array> {
  const frame = frameOf(packed);
  if (frame?.precision !== undefined && frame.precision !== 8)
    throw refusal(path, `holds JPEG of ${frame.precision} bits`, "no compression, Deflate or LZW");
  // Checked before decoding, because geotiff allocates what the JPEG claims.
  if (
    !frame ||
    frameOf(jpegTables) ||
    frame.width !== width ||
    frame.height < rows ||
    frame.height > mostRows
  )
    throw damaged(path, "has a JPEG block of another size than the page says");
  if (frame.components !== samples)
    throw damaged(path, `has a JPEG block of ${frame.components} components, not ${samples}`);
  const decoder = await getDecoder(compression, {
    tileWidth: width,
    tileHeight: rows,
    predictor: 1,
    bitsPerSample: 8,
    planarConfiguration: 1,
    ...(jpegTables.length > 0 && { JPEGTables: jpegTables }),
  });
  return new Uint8Array(await decoder.decode(packed.slice().buffer));
}

/** Most scans in a progressive JPEG; programs write about ten. */
const MOST_SCANS = 100;
const SCAN = 0xda;

/** SOF0 to SOF2, the only frames that geotiff supports. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xc2;

/** Frame header of a JPEG (ITU T.81, section B.2.2); undefined if there is none, or several. */
function frameOf(bytes: Uint8Array) {
  const uint16 = (at: number) => (bytes[at] << 8) | bytes[at + 1];
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + uint16(at + 2)) {
    if (!isFrame(bytes[at + 1])) continue;
    let [frames, scans] = [0, 0];
    for (let i = bytes.indexOf(0xff, at); i >= 0; i = bytes.indexOf(0xff, i + 1)) {
      if (isFrame(bytes[i + 1])) frames++;
      if (bytes[i + 1] === SCAN) scans++;
    }
    if (frames > 1 || scans > MOST_SCANS) return undefined;
    return {
      precision: bytes[at + 4],
      height: uint16(at + 5),
      width: uint16(at + 7),
      components: bytes[at + 9],
    };
  }
  return undefined;
}

/** Converts YCbCr to RGB in place (JFIF, and TIFF 6.0, section 21, with its default coefficients). */
export function yCbCrToRgb(pixels: Uint8Array): void {
  const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)));
  for (let i = 0; i + 2 < pixels.length; i += 3) {
    const [y, cb, cr] = [pixels[i], pixels[i + 1] - 128, pixels[i + 2] - 128];
    pixels[i] = clamp(y + 1.402 * cr);
    pixels[i + 1] = clamp(y - 0.344136 * cb - 0.714136 * cr);
    pixels[i + 2] = clamp(y + 1.772 * cb);
  }
}
