/** What the header of a file says of its pixels (PS3.3, section C.7.6.3), checked. */
import { VoxelVolumeError } from "../../../errors.ts";
import type { ByteFile } from "../../util/byte-file.ts";
import type { FileHeader, PixelElement } from "./data-set.ts";
import { type Coding, codingOf } from "./transfer-syntax.ts";

export interface Image {
  readonly file: ByteFile;
  readonly syntax: string;
  /** Undefined where the transfer syntax is not read. */
  readonly coding: Coding | undefined;
  readonly littleEndian: boolean;
  readonly pixels: PixelElement;
  readonly rows: number;
  readonly columns: number;
  /** Numbers of a pixel: 1, or 3 of colours. */
  readonly samples: 1 | 3;
  readonly photometric: string;
  /** Whether all reds come first, then all greens, then all blues. */
  readonly isPlanar: boolean;
  /** Bits that a number takes: 1, 8, 16 or 32; those that are its value end at `highBit`. */
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly isSigned: boolean;
  readonly frames: number;
}

/** Bytes of one frame as it is decoded, where each number takes whole bytes. */
export function frameBytes({ rows, columns, samples, bitsAllocated }: Image): number {
  return rows * columns * samples * Math.ceil(bitsAllocated / 8);
}

/** Bits that a pixel of uncompressed frames takes in the file: colours may share their differences between two pixels. */
export function pixelBits({ samples, bitsAllocated, photometric }: Image): number {
  return samples * bitsAllocated - (samples === 3 && photometric === "YBR_FULL_422" ? bitsAllocated : 0);
}

/** More frames than any image has, each of which takes memory before its pixels do. */
const MOST_FRAMES = 1 << 20;
/** Bytes of one that is compressed: at least the header of a fragment. */
const FRAGMENT_HEADER = 8;

/** The fewest bytes that so many frames can take in a file. */
export function leastBytes(image: Image, frames: number): number {
  const { rows, columns, samples, bitsAllocated, coding, pixels } = image;
  const count = rows * columns * frames;
  const isNative = coding === "native" && pixels.length !== undefined;
  if (isNative) return Math.ceil((count * pixelBits(image)) / 8);
  const compressed = {
    native: 0,
    // Runs of 128 equal bytes take 2 bytes.
    rle: (count * samples * bitsAllocated) / 8 / 64,
    // A bit for a block of 8 x 8 samples.
    jpeg: count / (8 * 64),
    // A bit for a sample.
    "jpeg-lossless": (count * samples) / 8,
  };
  return Math.max(coding ? Math.floor(compressed[coding]) : 0, frames * FRAGMENT_HEADER);
}

/** The pixels of a file. Rejects with `unsupported-format` or `corrupt-file`. */
export async function imageOf({ data, syntax, littleEndian, pixels, file }: FileHeader): Promise<Image> {
  const { path } = file;
  const uint16 = (tag: string, missing: number) => data.uint16(tag) ?? missing;
  const bitsAllocated = uint16("x00280100", 16);
  const bitsStored = uint16("x00280101", bitsAllocated);
  const samples = uint16("x00280002", 1);
  const image: Image = {
    ...{ file, syntax, littleEndian, pixels, bitsAllocated, bitsStored },
    coding: codingOf(syntax),
    rows: uint16("x00280010", 0),
    columns: uint16("x00280011", 0),
    samples: samples === 3 ? 3 : 1,
    photometric: data.string("x00280004") ?? "MONOCHROME2",
    isPlanar: uint16("x00280006", 0) === 1,
    highBit: uint16("x00280102", bitsStored - 1),
    isSigned: uint16("x00280103", 0) === 1,
    frames: data.intString("x00280008") ?? 1,
  };
  const refuse = (what: string) => new VoxelVolumeError("unsupported-format", `${path} ${what}`);
  if (image.photometric === "PALETTE COLOR") {
    throw refuse(
      "has colours of a palette (PALETTE COLOR), which are not read. Convert it to RGB, as with pydicom and its apply_color_lut().",
    );
  }
  if (samples !== 1 && samples !== 3) throw refuse(`has ${samples} numbers a pixel; 1 and 3 are read.`);
  if (![1, 8, 16, 32].includes(bitsAllocated) || (bitsAllocated === 1 && samples === 3)) {
    throw refuse(
      `has numbers of ${bitsAllocated} bits; 1, 8, 16 and 32 are read. Convert it, as with dcm2niix.`,
    );
  }
  checkClaims(image, await file.size());
  return image;
}

/** Rejects what no image has, and more frames than the file can hold. */
function checkClaims(image: Image, size: number): void {
  const { file, rows, columns, bitsStored, bitsAllocated, highBit, frames, pixels } = image;
  const fail = (what: string) => {
    const message = `${file.path}: ${what}. The file is damaged or cut off; get it again.`;
    return new VoxelVolumeError("corrupt-file", message);
  };
  if (rows === 0 || columns === 0) throw fail(`the header gives ${columns} x ${rows} pixels`);
  const bits = bitsStored >= 1 && bitsStored <= highBit + 1 && highBit < bitsAllocated;
  if (!bits) throw fail(`the header claims bits ${bitsStored} up to ${highBit} of ${bitsAllocated}`);
  const there = Math.max(0, size - pixels.offset);
  const least = leastBytes(image, frames);
  if (!(frames >= 1 && frames <= MOST_FRAMES) || least > there) {
    const [claimed, held] = [least, there].map((bytes) => bytes.toLocaleString("en"));
    throw fail(
      `the header claims ${frames} frames of ${columns} x ${rows} pixels, at least ${claimed} bytes, but ${held} are there`,
    );
  }
}
