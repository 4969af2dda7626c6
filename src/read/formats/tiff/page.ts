/** The pages of a TIFF file: size, type of the values, and division into blocks (strips or tiles). */

import { VoxelVolumeError } from "../../../errors.ts";
import { DTYPES, type Dtype } from "../../../volume.ts";
import { damaged } from "../../util/damaged.ts";
import { COMPONENTS, type Components } from "../format.ts";
import { type Directory, TAG } from "./directory.ts";

/** Layout of a page, the same for all pages of a volume. */
export interface PageLayout {
  readonly width: number;
  readonly height: number;
  readonly dtype: Dtype;
  /** Bits per sample; fewer than those of `dtype` if samples have to be unpacked. */
  readonly bits: number;
  /** Samples per pixel, as stored. */
  readonly samples: number;
  /** Meaning of the first samples of a pixel together. */
  readonly components?: Components;
  /** Meaning of the samples: see `PHOTOMETRIC`. */
  readonly photometric: number;
}

/** Storage of one page's pixels. */
export interface PageCoding {
  readonly compression: number;
  readonly predictor: number;
  /** Whether the bits of each byte are in reverse order. */
  readonly bitsReversed: boolean;
  /** Whether samples are in separate blocks (PlanarConfiguration 2). */
  readonly separate: boolean;
  readonly tiled: boolean;
  /** Width and height of a block in pixels; the last strip may be lower. */
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly jpegTables: Uint8Array;
}

/** Supported values of PhotometricInterpretation. */
export const PHOTOMETRIC = { minIsWhite: 0, minIsBlack: 1, rgb: 2, palette: 3, mask: 4, yCbCr: 6 } as const;

/** Unsupported values. */
const OTHER_PHOTOMETRIC: Readonly<Record<number, string>> = {
  5: "CMYK colours",
  8: "CIE L*a*b* colours",
  9: "ICC L*a*b* colours",
  10: "ITU L*a*b* colours",
  32803: "raw camera data",
  32844: "LogL values",
  32845: "LogLuv colours",
  34892: "raw camera data",
};

/** Supported values of Compression. */
export const COMPRESSION = {
  none: 1,
  lzw: 5,
  jpeg: 7,
  deflate: 8,
  packBits: 32773,
  oldDeflate: 32946,
} as const;

/** Unsupported values (from libtiff's tiff.h, and registered ones). */
const OTHER_COMPRESSIONS: Readonly<Record<number, string>> = {
  2: "CCITT RLE",
  3: "CCITT Group 3",
  4: "CCITT Group 4",
  6: "old-style JPEG",
  32771: "CCITT RLE",
  32908: "PIXARFILM",
  32909: "PixarLog",
  33003: "JPEG 2000",
  33005: "JPEG 2000",
  33007: "JPEG",
  34661: "JBIG",
  34676: "SGILog",
  34712: "JPEG 2000",
  34887: "LERC",
  34892: "lossy JPEG",
  34925: "LZMA",
  34933: "PNG",
  34934: "JPEG XR",
  50000: "Zstandard",
  50001: "WebP",
  50002: "JPEG XL",
  52546: "JPEG XL",
};

/** Types of samples that are stored unpacked, by SampleFormat and bits. */
const DTYPES_OF: Readonly<Record<number, Readonly<Record<number, Dtype>>>> = {
  1: { 8: "uint8", 16: "uint16", 32: "uint32", 64: "uint64" },
  2: { 8: "int8", 16: "int16", 32: "int32", 64: "int64" },
  3: { 16: "float16", 32: "float32", 64: "float64" },
};

const COMPLEX_FLOAT = 6;

/** Layout of a directory's page. Rejects with `unsupported-format` or `corrupt-file`. */
export async function pageLayout(path: string, directory: Directory): Promise<PageLayout> {
  const [width, height, depth] = [
    await directory.integer(TAG.width, 0),
    await directory.integer(TAG.height, 0),
    await directory.integer(TAG.imageDepth, 1),
  ];
  const [samples, photometric] = [
    await directory.integer(TAG.samplesPerPixel, 1),
    await directory.integer(TAG.photometric, PHOTOMETRIC.minIsBlack),
  ];
  if (!(width > 0 && height > 0 && samples > 0))
    throw damaged(path, `has a page of ${width} x ${height} pixels of ${samples} samples`);
  if (depth > 1) throw refusal(path, "has pages of several slices (ImageDepth)", "one slice a page");
  const all = await directory.numbers(TAG.bitsPerSample, samples);
  const bits = all[0] ?? 1;
  const unlike = all.find((one) => one !== bits);
  if (unlike !== undefined)
    throw refusal(path, `has samples of ${bits} and of ${unlike} bits`, "8 or 16 bits a sample");
  const formats = await directory.numbers(TAG.sampleFormat, samples);
  const format = formats[0] ?? 1;
  const other = OTHER_PHOTOMETRIC[photometric];
  if (other) throw refusal(path, `holds ${other}`, "greyscale or RGB values");
  const layout = { width, height, samples, photometric };
  if (format === COMPLEX_FLOAT && (bits === 64 || bits === 128)) {
    const dtype = bits === 64 ? "float32" : "float64";
    return { ...layout, dtype, bits: bits / 2, samples: 2 * samples, components: "complex" };
  }
  const dtype = dtypeOf(bits, format);
  const mixed = formats.some((one) => one !== format);
  if (!dtype || mixed) {
    const what = mixed ? "samples of different types" : `${bits} bits a sample of type ${format}`;
    throw refusal(path, `has ${what}`, "8, 16 or 32 bits a sample");
  }
  const extra = await directory.integer(TAG.extraSamples, 0);
  const components = componentsOf(samples, photometric, extra);
  return { ...layout, dtype, bits, components };
}

function dtypeOf(bits: number, format: number): Dtype | undefined {
  // 4 means "undefined", which libtiff treats as unsigned integers.
  const isUnsigned = format === 1 || format === 4;
  const dtype = DTYPES_OF[isUnsigned ? 1 : format]?.[bits];
  if (dtype || !isUnsigned || !(bits >= 1 && bits < 16)) return dtype;
  return bits < 8 ? "uint8" : "uint16";
}

/** Colours if the page declares them; all other samples are channels. */
function componentsOf(samples: number, photometric: number, extra: number): Components | undefined {
  const isColor = photometric === PHOTOMETRIC.rgb || photometric === PHOTOMETRIC.yCbCr;
  if (!isColor || samples < 3) return undefined;
  // 1 and 2 mean opacity. Any other extra sample is ignored.
  return samples === 4 && extra > 0 ? "rgba" : "rgb";
}

/** Storage of a page's pixels. Rejects with `unsupported-format` or `corrupt-file`. */
export async function pageCoding(
  path: string,
  directory: Directory,
  layout: PageLayout,
): Promise<PageCoding> {
  const compression = await directory.integer(TAG.compression, COMPRESSION.none);
  if (!(Object.values(COMPRESSION) as number[]).includes(compression)) {
    const name = OTHER_COMPRESSIONS[compression];
    throw refusal(
      path,
      `is compressed by ${name ?? `method ${compression}`}${name ? ` (method ${compression})` : ""}`,
      "no compression, Deflate or LZW",
    );
  }
  const [predictor, fillOrder, planar, rows, tileWidth, tileHeight, tileDepth] = [
    await directory.integer(TAG.predictor, 1),
    await directory.integer(TAG.fillOrder, 1),
    await directory.integer(TAG.planar, 1),
    await directory.integer(TAG.rowsPerStrip, layout.height),
    await directory.integer(TAG.tileWidth, 0),
    await directory.integer(TAG.tileHeight, 0),
    await directory.integer(TAG.tileDepth, 1),
  ];
  const tiled = directory.has(TAG.tileOffsets);
  if (tiled && !(tileWidth > 0 && tileHeight > 0))
    throw damaged(path, `has tiles of ${tileWidth} x ${tileHeight} pixels`);
  if (tileDepth > 1) throw refusal(path, "has tiles of several slices (TileDepth)", "one slice a page");
  const isTogether = planar !== 2 && layout.samples === 3;
  if (layout.photometric === PHOTOMETRIC.yCbCr && (compression !== COMPRESSION.jpeg || !isTogether))
    throw refusal(path, "holds YCbCr colours", "greyscale or RGB values");
  if (compression === COMPRESSION.jpeg && layout.bits !== 8)
    throw refusal(path, `holds JPEG of ${layout.bits} bits`, "no compression, Deflate or LZW");
  return {
    compression,
    predictor: canPredict(compression) ? predictor : 1,
    bitsReversed: fillOrder === 2 && compression !== COMPRESSION.jpeg,
    separate: planar === 2 && layout.samples > 1 && layout.components !== "complex",
    tiled,
    blockWidth: tiled ? tileWidth : layout.width,
    blockHeight: tiled ? tileHeight : Math.min(rows || layout.height, layout.height),
    jpegTables: await directory.bytes(TAG.jpegTables),
  };
}

/** Whether a predictor may be used: only with LZW and Deflate. */
function canPredict(compression: number): boolean {
  const { lzw, deflate, oldDeflate } = COMPRESSION;
  return compression === lzw || compression === deflate || compression === oldDeflate;
}

/** Numbers per voxel, and bytes per page. */
export function voxelSize({ width, height, dtype, components }: PageLayout) {
  const count = components ? COMPONENTS[components] : 1;
  return { count, pageBytes: width * height * count * DTYPES[dtype] };
}

/** The error for an unsupported feature, with advice on what to save instead. */
export function refusal(path: string, what: string, instead: string): VoxelVolumeError {
  const message = `${path} ${what}, which is not read. Save it again with ${instead}: ImageJ, tifffile and libtiff's tiffcp can.`;
  return new VoxelVolumeError("unsupported-format", message);
}
