/** Decoding compressed frames: RLE by the module beside, JPEG and JPEG 2000 by the decoders that come with daikon. */
import { fetched, VoxelVolumeError } from "../../../errors.ts";
import { reason } from "../../sources/source.ts";
import { type CodestreamInfo, codestreamInfo } from "./codestream.ts";
import { frameBytes, type Image } from "./image.ts";
import { decodeRle } from "./rle.ts";
import { unknownSyntax } from "./transfer-syntax.ts";

/** The most tiles of a JPEG 2000 codestream (T.800, A.4.2). */
const MOST_TILES = 65_535;

/** The samples of a frame, little-endian, those of a pixel together; colours are RGB unless they were stored as they are. */
export async function decodeFrame(image: Image, bytes: Uint8Array): Promise<Uint8Array> {
  const { file, rows, columns, samples, bitsAllocated, coding, syntax } = image;
  const fail = (why: string, cause?: unknown) => {
    const message = `${file.path}: its compressed pixels are damaged (${why.slice(0, 120)}). Get the file again.`;
    return new VoxelVolumeError("corrupt-file", message, { cause });
  };
  if (coding === "rle") {
    const decoded = decodeRle(bytes, rows * columns, bitsAllocated / 8, samples);
    if (!decoded) throw fail("RLE segments are missing or cut off");
    return decoded;
  }
  if (coding === undefined || coding === "native") throw unknownSyntax(file.path, syntax);
  const stream = coding === "jpeg-2000" ? codestreamIn(bytes) : bytes;
  const info = codestreamInfo(stream);
  if (!info) throw fail("they do not start as JPEG does");
  const isSame = info.rows === rows && info.columns === columns && info.components === samples;
  if (!isSame || !(info.tiles <= MOST_TILES)) {
    const there = `${info.columns} x ${info.rows} x ${info.components}`;
    throw fail(`they are ${there}, not ${columns} x ${rows} x ${samples}`);
  }
  const isWide = info.precision > 8;
  // What the decoders would give 8 bits of, or a part.
  if (info.precision > 16 || bitsAllocated > 16 || (isWide && (samples > 1 || bitsAllocated < 16))) {
    throw unsupported(image, `${samples} x ${info.precision} bits`);
  }
  // Fetched before, so that what fails below is the file's fault.
  const decoder = await DECODERS[coding](image, info);
  let decoded: ArrayLike<number>;
  try {
    decoded = decoder(stream);
  } catch (cause) {
    if (/not implemented|unsupported/i.test(reason(cause))) throw unsupported(image, reason(cause));
    throw fail(reason(cause), cause);
  }
  if (decoded.length !== rows * columns * samples) throw fail(`${decoded.length} samples`);
  return bytesOf(decoded, frameBytes(image), bitsAllocated / 8);
}

function unsupported({ file, coding }: Image, what: string): VoxelVolumeError {
  const way = coding === "jpeg-2000" ? "gdcmconv --raw" : "dcmdjpeg";
  const message = `${file.path}: ${coding} of this kind is not read (${what.slice(0, 80)}). Convert the files, as with ${way} IN OUT.`;
  return new VoxelVolumeError("unsupported-format", message);
}

type Decoder = (bytes: Uint8Array) => ArrayLike<number>;

/** Integers as little-endian ones of so many bytes. */
function bytesOf(values: ArrayLike<number>, length: number, size: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let i = 0, at = 0; i < values.length; i++) {
    const value = values[i];
    out[at++] = value;
    for (let byte = 1; byte < size; byte++) out[at++] = value >> (8 * byte);
  }
  return out;
}

/** What is added to samples of 12 bits beside half of their range: the decoder rounds as for 8 bits. */
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

/** Without the bytes before the end marker that only make the length even, which the decoder does not know. */
function withoutFill(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 2 && !(bytes[end - 1] === 0xd9 && bytes[end - 2] === 0xff)) end--;
  let fill = end - 2;
  while (fill > 0 && bytes[fill - 1] === 0xff) fill--;
  if (end === 2 || fill === end - 2) return bytes;
  const out = bytes.slice(0, fill + 2);
  out.set([0xff, 0xd9], fill);
  return out;
}

async function jpegLossless(): Promise<Decoder> {
  const { default: library } = await fetched(import("jpeg-lossless-decoder-js"));
  return ({ buffer, byteOffset, length }) =>
    new library.lossless.Decoder().decode(buffer as ArrayBuffer, byteOffset, length);
}

const SOC_SIZ = [0xff, 0x4f, 0xff, 0x51];
/** Bytes in which a codestream starts that is wrapped in a JP2 file, as it should not be. */
const LONGEST_JP2_HEADER = 1 << 12;

function codestreamIn(bytes: Uint8Array): Uint8Array {
  const most = Math.min(bytes.length - SOC_SIZ.length, LONGEST_JP2_HEADER);
  for (let at = 0; at <= most; at++) {
    if (SOC_SIZ.every((byte, i) => bytes[at + i] === byte)) return bytes.subarray(at);
  }
  return bytes;
}

async function jpeg2000(
  { columns, rows, samples }: Image,
  { isSigned, precision, components }: CodestreamInfo,
): Promise<Decoder> {
  const hasPdfjs = "PDFJS" in globalThis;
  const { default: JpxImage } = await fetched(import("daikon/lib/jpx.js"));
  // Traces that the decoder leaves on a page, and does not use.
  if (!hasPdfjs) Reflect.deleteProperty(globalThis, "PDFJS");
  Reflect.deleteProperty(Promise.prototype, "catch2");
  const half = isSigned ? 2 ** (precision - 1) : 0;
  return (bytes) => {
    const decoder = new JpxImage();
    decoder.failOnCorruptedImage = true;
    decoder.parse(isSigned ? asUnsigned(bytes, components) : bytes);
    const out = new Int32Array(columns * rows * samples);
    const [{ left, top }] = decoder.tiles;
    for (const tile of decoder.tiles) {
      const width = tile.width * samples;
      for (let y = 0; y < tile.height; y++) {
        const row = tile.items.subarray(y * width, (y + 1) * width);
        out.set(row, ((tile.top - top + y) * columns + tile.left - left) * samples);
      }
    }
    return isSigned ? out.map((value) => value - half) : out;
  };
}

/** The same codestream with samples declared unsigned: they come out greater by half of their range, and rounded. */
function asUnsigned(bytes: Uint8Array, components: number): Uint8Array {
  const out = bytes.slice();
  for (let i = 0; i < components; i++) out[42 + 3 * i] &= 0x7f;
  return out;
}

const DECODERS = { jpeg, "jpeg-lossless": jpegLossless, "jpeg-2000": jpeg2000 };
