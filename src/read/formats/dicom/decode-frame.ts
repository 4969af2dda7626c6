/** Decodes compressed frames: RLE with rle.ts, JPEG with the decoders that daikon includes. */
/// <reference path="./codecs.d.ts" />

import { fetched, VoxelVolumeError } from "../../../errors.ts";
import { reason } from "../../sources/source.ts";
import { concat } from "../../util/memory.ts";
import { type CodestreamInfo, codestreamInfo } from "./codestream.ts";
import { type Image, leastBytes } from "./image.ts";
import { decodeRle } from "./rle.ts";
import { unknownSyntax } from "./transfer-syntax.ts";

/**
 * Samples of a frame, little-endian, with those of a pixel together. Colours are RGB, except that uncompressed ones
 * stay as stored.
 */
export async function decodeFrame(image: Image, bytes: Uint8Array): Promise<Uint8Array> {
  const { file, rows, columns, samples, bitsAllocated, coding, syntax } = image;
  const fail = (why: string, cause?: unknown) => {
    const message = `${file.path}: its compressed pixels are damaged (${oneLine(why)}). Get the file again.`;
    return new VoxelVolumeError("corrupt-file", message, { cause });
  };
  if (bytes.length < leastBytes(image, 1))
    throw fail(`${bytes.length} bytes for ${columns} x ${rows} pixels`);
  if (coding === "rle") {
    const decoded = decodeRle(bytes, rows * columns, bitsAllocated / 8, samples);
    if (!decoded) throw fail("RLE segments are missing or cut off");
    return decoded;
  }
  if (coding === undefined || coding === "native") throw unknownSyntax(file.path, syntax);
  const info = codestreamInfo(bytes);
  if (!info) throw fail("they do not start as JPEG does");
  const isSame = info.rows === rows && info.columns === columns && info.components === samples;
  if (!isSame) {
    const there = `${info.columns} x ${info.rows} x ${info.components}`;
    throw fail(`they are ${there}, not ${columns} x ${rows} x ${samples}`);
  }
  const isWide = info.precision > 8;
  // For these, the decoders would return 8 bits or only a part of the samples.
  if (info.precision > 16 || bitsAllocated > 16 || (isWide && (samples > 1 || bitsAllocated < 16))) {
    throw unsupported(image, `${samples} x ${info.precision} bits`);
  }
  // Loaded before decoding, so that errors below are the file's fault.
  const decoder = await DECODERS[coding](image, info);
  let decoded: ArrayLike<number>;
  try {
    decoded = decoder(bytes);
  } catch (cause) {
    if (/not implemented|unsupported/i.test(reason(cause))) throw unsupported(image, reason(cause));
    throw fail(reason(cause), cause);
  }
  if (decoded.length !== rows * columns * samples) throw fail(`${decoded.length} samples`);
  return bytesOf(decoded, bitsAllocated / 8);
}

function unsupported({ file, coding }: Image, what: string): VoxelVolumeError {
  const message = `${file.path}: ${coding} of this kind is not read (${oneLine(what)}). Convert the files, as with dcmdjpeg IN OUT (DCMTK).`;
  return new VoxelVolumeError("unsupported-format", message);
}

/** A decoder's message, shortened for ours. */
const oneLine = (text: string) => text.replace(/\s+/g, " ").slice(0, 100);

type Decoder = (bytes: Uint8Array) => ArrayLike<number>;

/** Samples as integers of one or two bytes, little-endian. */
function bytesOf(values: ArrayLike<number>, size: number): Uint8Array {
  return new Uint8Array((size === 1 ? new Uint8Array(values) : new Uint16Array(values)).buffer);
}

/** Value that the decoder adds to 12-bit samples in addition to half their range, because it rounds as for 8 bits. */
const LEVEL_12_BITS = 15;

async function jpeg({ rows, columns, photometric }: Image, { precision }: CodestreamInfo): Promise<Decoder> {
  const { default: library } = await fetched(import("daikon/lib/jpeg-baseline.js"));
  return (bytes) => {
    const decoder = new library.JpegImage();
    decoder.colorTransform = photometric !== "RGB";
    decoder.parse(withoutFill(bytes));
    if (precision <= 8) return decoder.getData(columns, rows);
    return decoder.getData16(columns, rows).map((value) => Math.max(0, value - LEVEL_12_BITS));
  };
}

const END_OF_IMAGE = [0xff, 0xd9];

/** Position of the end marker, or -1. */
function endOfImage(bytes: Uint8Array): number {
  let at = bytes.length - END_OF_IMAGE.length;
  while (at >= 0 && !END_OF_IMAGE.every((byte, i) => bytes[at + i] === byte)) at--;
  return at;
}

/** Removes the padding byte before the end marker that makes the length even; the decoder cannot handle it. */
function withoutFill(bytes: Uint8Array): Uint8Array {
  const end = endOfImage(bytes);
  let fill = end;
  while (fill > 0 && bytes[fill - 1] === 0xff) fill--;
  return fill < end ? concat([bytes.subarray(0, fill), Uint8Array.from(END_OF_IMAGE)]) : bytes;
}

/** Bytes that the decoder may read past the last pixel. */
const PADDING = new Uint8Array(16);

async function jpegLossless(): Promise<Decoder> {
  const { default: library } = await fetched(import("jpeg-lossless-decoder-js"));
  return (bytes) => {
    // With the end marker, the decoder would stop a pixel too early.
    const end = endOfImage(bytes);
    const { buffer, length } = concat([end < 0 ? bytes : bytes.subarray(0, end), PADDING]);
    const decoder = new library.lossless.Decoder();
    // The decoder's own predictor 7 keeps the half that T.81, table H.1, shifts out, which gives wrong values when they
    // wrap around.
    decoder.select7 = (component) => (decoder.getPreviousX(component) + decoder.getPreviousY(component)) >> 1;
    return decoder.decode(buffer, 0, length);
  };
}

const DECODERS = { jpeg, "jpeg-lossless": jpegLossless };
