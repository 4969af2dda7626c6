/** NRRD, with the voxels in the same file or in other files (https://teem.sourceforge.net/nrrd/format.html). */
import { fetched, VoxelVolumeError } from "../../errors.ts";
import { DTYPES, type Dtype } from "../../volume.ts";
import { gunzipped } from "../containers/gzip.ts";
import { isGzip } from "../containers/magic.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { damaged } from "../util/damaged.ts";
import { endOf, lengthOfLines, partOf } from "../util/file-parts.ts";
import { detachedVoxels, numberedNames } from "./detached-data.ts";
import type { Format, FormatVolume, PlainVoxels } from "./format.ts";
import { shapeOf } from "./nrrd-axes.ts";
import {
  checkSizes,
  type Fields,
  integerField,
  LONGEST_FIELD,
  numbersOf,
  readHeader,
  requiredField,
} from "./text-header.ts";

const NEWLINE = 10;
const RETURN = 13;
/** Largest number in a field. */
const MOST = Number.MAX_SAFE_INTEGER;
/** Most axes that teem supports. */
const MOST_AXES = 16;

/** Type names; a preceding "signed", and "_t" or " int" at the end, are ignored. */
const TYPES: Readonly<Record<string, Dtype>> = {
  ...{ char: "int8", int8: "int8", uchar: "uint8", "unsigned char": "uint8", uint8: "uint8" },
  ...{ short: "int16", int16: "int16", ushort: "uint16", "unsigned short": "uint16", uint16: "uint16" },
  ...{ int: "int32", int32: "int32", uint: "uint32", "unsigned int": "uint32", uint32: "uint32" },
  ...{ longlong: "int64", "long long": "int64", int64: "int64" },
  ...{ ulonglong: "uint64", "unsigned long long": "uint64", uint64: "uint64" },
  ...{ float: "float32", double: "float64" },
};

type Encoding = "raw" | "text" | "hex" | "gzip";
const ENCODINGS: Readonly<Record<string, Encoding>> = {
  ...{ raw: "raw", txt: "text", text: "text", ascii: "text", hex: "hex", gz: "gzip", gzip: "gzip" },
};

/** The volume of a NRRD file. */
export const openNrrd: Format["open"] = async (file, { head }) => {
  const { path } = file;
  const { lines, end } = await readHeader(file, head, headerEnd);
  const [, version] = /^NRRD(\d{4}|00\.01)\s*$/.exec(lines[0]) ?? [];
  if (version === undefined) throw damaged(file.path, "begins with a line that no NRRD file has");
  if (Number(version) > 5) {
    const message = `${path} is of version ${Number(version)} of the NRRD format, which is not known. Save it as version 5 or older.`;
    throw new VoxelVolumeError("unsupported-format", message);
  }
  const { fields, files, isSegmentation } = parse(lines);
  const dtype = typeOf(file, requiredField(path, fields, "type"));
  const dimension = integerField(path, fields, "dimension", [0, MOST], 0);
  const given = requiredField(path, fields, "sizes");
  const sizes = dimension <= MOST_AXES ? numbersOf(given, dimension) : undefined;
  const bytes = checkSizes(path, sizes, given) * DTYPES[dtype];
  const { order, ...shape } = shapeOf(file, fields, sizes as readonly number[], dtype);
  const data: Data = {
    dtype,
    encoding: encodingOf(file, requiredField(path, fields, "encoding")),
    lineSkip: Math.max(0, integerField(path, fields, "lineskip", [-1, MOST], 0)),
    byteSkip: integerField(path, fields, "byteskip", [-1, MOST], 0),
  };
  const isText = data.encoding === "text";
  const volume: Omit<FormatVolume, "voxels"> = {
    ...{ path, format: "nrrd", dtype, ...shape },
    littleEndian: isText || isLittleEndian(file, fields, dtype),
    unit: fields.get("sampleunits")?.replace(/^"(.*)"$/, "$1"),
    ...(isSegmentation && !dtype.startsWith("float") && { intent: "labels" as const }),
  };
  const voxels = voxelsOf(file, end, fields, files, sizes as readonly number[], bytes, data);
  return [{ ...volume, voxels: { ...voxels, order } }];
};

/** Offset after the blank line that ends a header; undefined if the header extends to the end of the file. */
function headerEnd(bytes: Uint8Array): number | undefined {
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) {
    const next = bytes[at + 1] === RETURN ? at + 2 : at + 1;
    if (bytes[next] !== NEWLINE) continue;
    // File names follow to the end of the header.
    const text = new TextDecoder().decode(bytes.subarray(0, at));
    return /^data ?file: *LIST\b/im.test(text) ? undefined : next + 1;
  }
  return undefined;
}

/** Parses fields, by name, and the list of files. */
function parse(lines: readonly string[]): {
  fields: Fields;
  files: readonly string[];
  isSegmentation: boolean;
} {
  const fields = new Map<string, string>();
  let isSegmentation = false;
  for (const [i, line] of lines.entries()) {
    if (i === 0 || line.startsWith("#")) continue;
    // In 3D Slicer's segmentations, separate keys assign a label to each segment.
    if (/^Segment\d+_LabelValue:=/.test(line)) isSegmentation = true;
    const [, name, value] = /^([^:=]+):(?!=) *(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const field = name.trim().toLowerCase().replaceAll(" ", "");
    fields.set(field, value.slice(0, LONGEST_FIELD).trim());
    if (field === "datafile" && /^LIST\b/i.test(value)) {
      const files = lines.slice(i + 1).filter((name) => name.trim() !== "");
      return { fields, files, isSegmentation };
    }
  }
  return { fields, files: [], isSegmentation };
}

/** How the voxels are stored. */
interface Data {
  readonly dtype: Dtype;
  readonly encoding: Encoding;
  /** Lines to skip before the data as stored. */
  readonly lineSkip: number;
  /** Bytes to skip after these lines and after inflation; -1: the voxels are the last bytes. */
  readonly byteSkip: number;
}

function voxelsOf(
  header: ByteFile,
  end: number,
  fields: Fields,
  files: readonly string[],
  sizes: readonly number[],
  bytes: number,
  data: Data,
): PlainVoxels {
  const name = fields.get("datafile");
  if (name === undefined) return { file: () => decoded(header, end, bytes, data), offset: 0 };
  const decode = (file: ByteFile, share: number) => decoded(file, 0, share, data);
  const list = /^LIST(?:\s+(\d+))?$/i.exec(name);
  const pattern = /^(\S+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)(?:\s+(\d+))?$/.exec(name);
  if (!list && !pattern) return detachedVoxels(header, [name], bytes, decode);
  const range = pattern?.slice(2, 5).map(Number) as unknown as readonly [number, number, number];
  const names = pattern ? numberedNames(header, pattern[1], range) : files;
  const subdim = Number(list?.[1] ?? pattern?.[5] ?? sizes.length - 1);
  checkFiles(header, sizes, subdim, names.length);
  return detachedVoxels(header, names, bytes, decode);
}

/** Rejects a number of files that does not match the axes beyond `subdim`, or parts of the last axis. */
function checkFiles(header: ByteFile, sizes: readonly number[], subdim: number, count: number): void {
  const parts = sizes.slice(subdim).reduce((product, size) => product * size, 1);
  const last = sizes[sizes.length - 1];
  if (subdim < sizes.length ? count === parts && subdim > 0 : subdim === sizes.length && last % count === 0)
    return;
  const shape = sizes.join(" x ");
  throw damaged(
    header.path,
    `names ${count} files, each of ${subdim} axes, which do not make up ${shape} voxels`,
  );
}

/** The voxels (`bytes` bytes) of a file from byte `start` on, decoded. */
async function decoded(file: ByteFile, start: number, bytes: number, data: Data): Promise<ByteFile> {
  const { dtype, encoding, lineSkip, byteSkip } = data;
  const stored = partOf(file, start);
  const behindLines = lineSkip > 0 ? partOf(stored, await lengthOfLines(stored, lineSkip)) : stored;
  const inflated = encoding === "gzip" ? await inflatedOf(behindLines) : behindLines;
  if (byteSkip === -1) {
    if (encoding === "text" || encoding === "hex")
      throw damaged(file.path, "has text whose bytes are counted from the end");
    return endOf(inflated, bytes);
  }
  const behindBytes = partOf(inflated, byteSkip);
  if (encoding !== "text" && encoding !== "hex") return behindBytes;
  const { hexIn, numbersIn } = await fetched(import("../util/text-scalars.ts"));
  return encoding === "hex" ? hexIn(behindBytes) : numbersIn(behindBytes, dtype);
}

async function inflatedOf(file: ByteFile): Promise<ByteFile> {
  if (isGzip(await file.head(3))) return gunzipped(file);
  // A server may have inflated the file already.
  if (/\.gz$/i.test(file.path)) return file;
  throw damaged(file.path, "should have voxels compressed by gzip, which these are not");
}

function typeOf(file: ByteFile, name: string): Dtype {
  const short = name
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/^signed /, "")
    .replace(/_t$/, "");
  const type = TYPES[short] ?? TYPES[short.replace(/(?<=.) int$/, "")];
  if (type) return type;
  const message = `${file.path} has voxels of type "${name.slice(0, 40)}", which is not read. Save it as one of ${[...new Set(Object.values(TYPES))].join(", ")}.`;
  throw new VoxelVolumeError("unsupported-format", message);
}

function encodingOf(file: ByteFile, name: string): Encoding {
  const encoding = ENCODINGS[name.toLowerCase()];
  if (encoding) return encoding;
  const message = `${file.path} is encoded as "${name.slice(0, 40)}", which is not read. Save it with the encoding gzip, in a shell by: unu save -f nrrd -e gzip -i a.nrrd -o b.nrrd.`;
  throw new VoxelVolumeError("unsupported-format", message);
}

function isLittleEndian(file: ByteFile, fields: Fields, dtype: Dtype): boolean {
  const endian = (DTYPES[dtype] > 1 ? requiredField(file.path, fields, "endian") : "little").toLowerCase();
  if (endian === "little" || endian === "big") return endian === "little";
  throw damaged(file.path, `gives the byte order "${endian.slice(0, 40)}"`);
}
