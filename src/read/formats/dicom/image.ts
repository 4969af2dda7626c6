/** Reads and checks the description of a file's pixels (PS3.3, section C.7.6.3). */
import { VoxelVolumeError } from "../../../errors.ts";
import type { ByteFile } from "../../util/byte-file.ts";
import type { FileHeader, PixelElement } from "./data-set.ts";
import { type Coding, codingOf } from "./transfer-syntax.ts";

export interface Image {
  readonly file: ByteFile;
  readonly syntax: string;
  /** Undefined for an unsupported transfer syntax. */
  readonly coding: Coding | undefined;
  readonly littleEndian: boolean;
  readonly pixels: PixelElement;
  readonly rows: number;
  readonly columns: number;
  /** Numbers per pixel: 1, or 3 for colours. */
  readonly samples: 1 | 3;
  readonly photometric: string;
  /** Whether planes are stored separately: all reds, then all greens, then all blues. */
  readonly isPlanar: boolean;
  /** Bits per number: 1, 8, 16 or 32. The `bitsStored` bits of the value end at `highBit`. */
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly isSigned: boolean;
  readonly frames: number;
}

/** Bytes of a decoded frame, in which each number takes whole bytes. */
export function frameBytes({ rows, columns, samples, bitsAllocated }: Image): number {
  return rows * columns * samples * Math.ceil(bitsAllocated / 8);
}

/** Bits per pixel of uncompressed frames in the file; two pixels may share their colour differences. */
export function pixelBits({ samples, bitsAllocated, photometric }: Image): number {
  return samples * bitsAllocated - (samples === 3 && photometric === "YBR_FULL_422" ? bitsAllocated : 0);
}

/** Most frames per file. Each frame takes memory before its pixels are read, and real images have fewer. */
const MOST_FRAMES = 1 << 20;
/** Least bytes of a compressed frame: the header of a fragment. */
const FRAGMENT_HEADER = 8;

/** The fewest bytes that this number of frames can take in a file. */
export function leastBytes(image: Image, frames: number): number {
  const { rows, columns, samples, bitsAllocated, coding, pixels } = image;
  const count = rows * columns * frames;
  const isNative = coding === "native" && pixels.length !== undefined;
  if (isNative) return Math.ceil((count * pixelBits(image)) / 8);
  const compressed = {
    native: 0,
    // A run of 128 equal bytes takes 2 bytes.
    rle: (count * samples * bitsAllocated) / 8 / 64,
    // At least one bit per block of 8 x 8 samples.
    jpeg: count / (8 * 64),
    // At least one bit per sample.
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

/** Rejects impossible values, and more frames than the file can hold. */
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
