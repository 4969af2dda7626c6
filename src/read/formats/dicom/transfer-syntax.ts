/** Transfer syntaxes (PS3.6, table A-1): the coding of a file's pixels, and which codings are supported. */
import { VoxelVolumeError } from "../../../errors.ts";

/**
 * Coding of pixels. `native` is uncompressed. JPEG 2000 and JPEG-LS are missing: of the decoders that daikon includes,
 * the former gives wrong values for some files, and the latter cannot be bundled for browsers.
 */
export type Coding = "native" | "rle" | "jpeg" | "jpeg-lossless";

export const DEFLATED = "1.2.840.10008.1.2.1.99";

const CODINGS: Readonly<Record<string, Coding>> = {
  "1.2.840.10008.1.2": "native",
  "1.2.840.10008.1.2.1": "native",
  "1.2.840.10008.1.2.2": "native",
  [DEFLATED]: "native",
  "1.2.840.10008.1.2.5": "rle",
  "1.2.840.10008.1.2.4.50": "jpeg",
  "1.2.840.10008.1.2.4.51": "jpeg",
  "1.2.840.10008.1.2.4.57": "jpeg-lossless",
  "1.2.840.10008.1.2.4.70": "jpeg-lossless",
};

/** Other transfer syntaxes: prefix of the identifier, name, and a program that decodes them. */
const OTHERS: readonly (readonly [start: string, name: string, way: string])[] = [
  ["1.2.840.10008.1.2.4.8", "JPEG-LS", "dcmdjpls IN OUT (DCMTK)"],
  ["1.2.840.10008.1.2.4.10", "MPEG video", "ffmpeg"],
  ["1.2.840.10008.1.2.4.11", "JPEG XL", "dcm2niix"],
  ["1.2.840.10008.1.2.4.20", "High-Throughput JPEG 2000", "dcm2niix"],
  ["1.2.840.10008.1.2.4.9", "JPEG 2000", "gdcmconv --raw IN OUT (GDCM), or dcm2niix"],
  ["1.2.840.10008.1.2.4", "JPEG of a rare kind", "dcmdjpeg IN OUT (DCMTK)"],
];

/** Coding of the pixels in a transfer syntax; undefined if it is not supported. */
export function codingOf(syntax: string): Coding | undefined {
  return CODINGS[syntax];
}

/** The error for an unsupported transfer syntax. */
export function unknownSyntax(path: string, syntax: string): VoxelVolumeError {
  const [, name, way] = OTHERS.find(([start]) => syntax.startsWith(start)) ?? ["", "unknown", "dcm2niix"];
  const message = `${path}: pixels in transfer syntax ${syntax.slice(0, 64)} (${name}) are not read. Convert the files, as with ${way}.`;
  return new VoxelVolumeError("unsupported-format", message);
}
