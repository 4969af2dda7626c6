/** Reads the elements of a DICOM file up to its pixels (PS3.5, section 7), and no more of the file than necessary. */
import dicomParser, { type DataSet, type Element } from "dicom-parser";
import { VoxelVolumeError } from "../../../errors.ts";
import { reason } from "../../sources/source.ts";
import type { ByteFile } from "../../util/byte-file.ts";
import { deflatedPart } from "./deflated.ts";
import { DEFLATED } from "./transfer-syntax.ts";

export interface PixelElement {
  /** Offset of the value in the file. */
  readonly offset: number;
  /** Length of the value in bytes; undefined if the value is a sequence of fragments, each with its own length. */
  readonly length: number | undefined;
  /** Whether the header says that the value consists of 16-bit words (OW), which matters when bytes are swapped. */
  readonly isWords: boolean;
}

export interface FileHeader {
  readonly data: DataSet;
  readonly syntax: string;
  readonly littleEndian: boolean;
  readonly pixels: PixelElement;
  /** The file that `pixels` refers to: the file itself, or its inflated form. */
  readonly file: ByteFile;
}

const PIXEL_DATA = "x7fe00010";
const ROWS = "x00280010";
/** First tag of data other than pixels, such as spectroscopy. */
const FIRST_DATA = "x56000000";
/** Tag of a DICOMDIR's first record; such a file has no data. */
const DIRECTORY = "x00041200";
/** First tag after an image's description; an object without one need not be read further. */
const AFTER_IMAGE = "x00290000";
/** Bytes that hold most headers. For a longer header, the read is repeated with this factor more. */
const FIRST_READ = 1 << 14;
const GROWTH = 4;
const UNDEFINED_LENGTH = 0xffffffff;

interface Start {
  readonly at: number;
  readonly syntax: string | undefined;
}

/** The header of a file; undefined if it describes no image. Rejects with `corrupt-file`. */
export async function readHeader(file: ByteFile, known?: Start): Promise<FileHeader | undefined> {
  for (let length = FIRST_READ; ; length *= GROWTH) {
    const head = await file.head(length);
    const start = known ?? startOf(head);
    if (start.syntax === DEFLATED && !known) {
      return readHeader(deflatedPart(file, start.at), { at: 0, syntax: DEFLATED });
    }
    const { found, isOther, isCut, failure } = parse(file, head, start);
    if (found || isOther) return found;
    if (head.length === length) continue;
    if (failure !== undefined || isCut)
      throw damagedHeader(file.path, failure ?? "it ends before the pixels");
    return undefined;
  }
}

/** The error for an invalid header; dicom-parser throws strings. */
export function damagedHeader(path: string, cause: unknown): VoxelVolumeError {
  const message = `${path}: the DICOM header is damaged or cut off (${reason(cause).slice(0, 120)}). Get the file again.`;
  return new VoxelVolumeError("corrupt-file", message, { cause });
}

/** Where the data set starts, after the file meta information (PS3.10, section 7.1), and its transfer syntax. */
function startOf(head: Uint8Array): Start {
  const hasPreamble = String.fromCharCode(...head.subarray(128, 132)) === "DICM";
  const stream = new dicomParser.ByteStream(
    dicomParser.littleEndianByteArrayParser,
    head,
    hasPreamble ? 132 : 0,
  );
  let [at, syntax]: [number, string | undefined] = [stream.position, undefined];
  try {
    while (head[at] === 2 && head[at + 1] === 0) {
      const { tag, dataOffset, length } = dicomParser.readDicomElementExplicit(stream);
      if (tag === "x00020010") syntax = dicomParser.readFixedString(head, dataOffset, length).trim();
      at = stream.position;
    }
  } catch {
    // The rest is not read yet, or missing: parsing then fails too.
  }
  return { at, syntax };
}

/**
 * Parses the header in the first bytes of a file; `isOther`: it describes no image; `isCut`: it continues after these
 * bytes.
 */
function parse(
  file: ByteFile,
  head: Uint8Array,
  { at, syntax }: Start,
): { found?: FileHeader; isOther?: boolean; isCut?: boolean; failure?: unknown } {
  // The encoding is detected, because some writers declare the wrong transfer syntax.
  const littleEndian = head[at] !== 0;
  const isExplicit = /^[A-Z]{2}$/.test(String.fromCharCode(...head.subarray(at + 4, at + 6)));
  const parser = littleEndian
    ? dicomParser.littleEndianByteArrayParser
    : dicomParser.bigEndianByteArrayParser;
  const elements: Record<string, Element> = {};
  let failure: unknown;
  const stream = new dicomParser.ByteStream(parser, head, at);
  try {
    while (stream.position < head.length && !(PIXEL_DATA in elements)) {
      const element = isExplicit
        ? dicomParser.readDicomElementExplicit(stream, [], PIXEL_DATA)
        : dicomParser.readDicomElementImplicit(stream, PIXEL_DATA);
      elements[element.tag] = element;
      if (element.tag > AFTER_IMAGE && !(ROWS in elements)) return { isOther: true };
    }
  } catch (cause) {
    failure = cause;
  }
  const pixels = elements[PIXEL_DATA];
  if (!pixels) {
    const last = Object.keys(elements).at(-1) ?? "";
    // The last element extends past the end, or precedes all pixels and other data.
    const isCut = stream.position > head.length || (last < FIRST_DATA && !(DIRECTORY in elements));
    return { failure, isCut };
  }
  const data = new (dicomParser as unknown as { DataSet: DataSetClass }).DataSet(parser, head, elements);
  const length = pixels.length === UNDEFINED_LENGTH ? undefined : pixels.length;
  return {
    found: {
      data,
      syntax: syntax ?? guessedSyntax(littleEndian, isExplicit),
      littleEndian,
      pixels: { offset: pixels.dataOffset, length, isWords: pixels.vr === "OW" },
      file,
    },
  };
}

type DataSetClass = new (
  parser: DataSet["byteArrayParser"],
  bytes: Uint8Array,
  elements: DataSet["elements"],
) => DataSet;

function guessedSyntax(littleEndian: boolean, isExplicit: boolean): string {
  return `1.2.840.10008.1.2${littleEndian ? (isExplicit ? ".1" : "") : ".2"}`;
}
