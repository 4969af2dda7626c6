/** The elements of a DICOM file up to its pixels (PS3.5, section 7), of which no more is read than that takes. */
import dicomParser, { type DataSet, type Element } from "dicom-parser";
import { VoxelVolumeError } from "../../../errors.ts";
import { reason } from "../../sources/source.ts";
import type { ByteFile } from "../../util/byte-file.ts";
import { deflatedPart } from "./deflated.ts";
import { DEFLATED } from "./transfer-syntax.ts";

export interface PixelElement {
  /** Where its value starts in the file. */
  readonly offset: number;
  /** Bytes of its value; undefined where fragments follow, each with its length. */
  readonly length: number | undefined;
  /** Whether the header says that it consists of words of 16 bits (OW), which counts where bytes are swapped. */
  readonly isWords: boolean;
}

export interface FileHeader {
  readonly data: DataSet;
  readonly syntax: string;
  readonly littleEndian: boolean;
  readonly pixels: PixelElement;
  /** What `pixels` points into: the file, or what it inflates to. */
  readonly file: ByteFile;
}

const PIXEL_DATA = "x7fe00010";
const ROWS = "x00280010";
/** The first tag of data, as those of spectroscopy. */
const FIRST_DATA = "x56000000";
/** Offset of the first record of a DICOMDIR, which has no data. */
const DIRECTORY = "x00041200";
/** The first tag that comes after all of an image's description; objects without one need not be read further. */
const AFTER_IMAGE = "x00290000";
/** Bytes that most headers fit into; a longer one is read again, each time further by this factor. */
const FIRST_READ = 1 << 14;
const GROWTH = 4;
const UNDEFINED_LENGTH = 0xffffffff;

interface Start {
  readonly at: number;
  readonly syntax: string | undefined;
}

/** The header of a file; undefined where it holds no image. Rejects with `corrupt-file`. */
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

/** The error for a header that makes no sense; dicom-parser throws strings. */
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
    // The rest is not there yet, or never: then parsing fails, too.
  }
  return { at, syntax };
}

/** The header in the first bytes of a file; `isOther`: it describes no image; `isCut`: it goes on after these bytes. */
function parse(
  file: ByteFile,
  head: Uint8Array,
  { at, syntax }: Start,
): { found?: FileHeader; isOther?: boolean; isCut?: boolean; failure?: unknown } {
  // What is there counts, and not what the transfer syntax says: some writers confuse the two.
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
    // The last element goes beyond the end, or is one of those that come before all pixels and other data.
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
