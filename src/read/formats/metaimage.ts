/** MetaImage, with the voxels in the same file or in other files (https://itk.org/Wiki/ITK/MetaIO/Documentation). */
import { fetched, VoxelVolumeError } from "../../errors.ts";
import { DTYPES, type Dtype, type Vec3 } from "../../volume.ts";
import { gunzipped } from "../containers/gzip.ts";
import { isGzip } from "../containers/magic.ts";
import { affineFrom } from "../util/affine.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { damaged } from "../util/damaged.ts";
import { endOf, partOf } from "../util/file-parts.ts";
import { mmOf } from "../util/length-units.ts";
import { detachedVoxels, numberedNames } from "./detached-data.ts";
import type { Components, Format, FormatVolume, PlainVoxels } from "./format.ts";
import { columnLengths } from "./nifti-fields.ts";
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
/** Most axes that MetaIO supports. */
const MOST_AXES = 10;

/** MetaIO's long has four bytes. */
const TYPES: Readonly<Record<string, Dtype>> = {
  ...{ ASCII_CHAR: "int8", CHAR: "int8", UCHAR: "uint8", SHORT: "int16", USHORT: "uint16" },
  ...{
    INT: "int32",
    UINT: "uint32",
    LONG: "int32",
    ULONG: "uint32",
    LONG_LONG: "int64",
    ULONG_LONG: "uint64",
  },
  ...{ FLOAT: "float32", DOUBLE: "float64" },
};

/** Numbers per voxel that are colours, if they are bytes. */
const COLORS: Readonly<Record<number, Components>> = { 3: "rgb", 4: "rgba" };

/**
 * Unit vectors to left, posterior and superior for the side from which an axis comes, which is how MetaIO and ITK use
 * `AnatomicalOrientation`.
 */
const FROM: Readonly<Record<string, Vec3>> = {
  ...{ R: [1, 0, 0], L: [-1, 0, 0], A: [0, 1, 0], P: [0, -1, 0], I: [0, 0, 1], S: [0, 0, -1] },
};

/** The volume of a MetaImage file. */
export const openMetaImage: Format["open"] = async (file, { head }) => {
  const { path } = file;
  const { lines, end } = await readHeader(file, head, headerEnd);
  const { fields, files } = parse(lines);
  const object = fields.get("objecttype") ?? "Image";
  if (object.toLowerCase() !== "image") {
    const message = `${path} holds an object of type "${object.slice(0, 40)}", not an image. Only MetaImage files are read.`;
    throw new VoxelVolumeError("unsupported-format", message);
  }
  const dtype = typeOf(file, requiredField(path, fields, "ElementType"));
  const axes = integerField(path, fields, "NDims", [1, MOST_AXES]);
  const given = requiredField(path, fields, "DimSize");
  const sizes = numbersOf(given, axes) ?? [];
  const channels = integerField(path, fields, "ElementNumberOfChannels", [1, 2 ** 31], 1);
  const bytes = checkSizes(path, sizes.length > 0 ? [channels, ...sizes] : undefined, given) * DTYPES[dtype];
  const [x, y = 1, z = 1, ...rest] = sizes;
  const components = dtype === "uint8" ? COLORS[channels] : undefined;
  const times = rest.reduce((product, size) => product * size, 1);
  const perVoxel = components ? 1 : channels;
  if (perVoxel > 1 && times > 1) {
    const message = `${path} has ${channels} numbers a voxel in ${times} frames, which is not read. Save each frame as a file of its own.`;
    throw new VoxelVolumeError("unsupported-format", message);
  }
  const isText = fields.has("binarydata") && !isTrue(fields.get("binarydata"));
  const data: Data = {
    ...{ dtype, isText, isCompressed: !isText && isTrue(fields.get("compresseddata")) },
    compressedSize: integerField(path, fields, "CompressedDataSize", [0, Number.MAX_SAFE_INTEGER], 0),
    headerSize: integerField(path, fields, "HeaderSize", [-1, Number.MAX_SAFE_INTEGER], 0),
  };
  const volume: Omit<FormatVolume, "voxels"> = {
    ...{ path, format: "metaimage", dtype, dims: [x, y, z], frames: times * perVoxel, components },
    littleEndian:
      isText || !isTrue(fields.get("elementbyteordermsb") ?? fields.get("binarydatabyteordermsb")),
    ...placeOf(fields, axes),
  };
  const voxels = voxelsOf(file, end, fields, files, sizes, bytes, data);
  return [{ ...volume, voxels: { ...voxels, order: perVoxel > 1 ? "txyz" : "cxyzt" } }];
};

const FIELD = /^\s*([^=:\s]+)\s*[=:]\s*(.*)$/;

/** Offset of the first byte after the last header field; undefined if the header extends to the end of the file. */
function headerEnd(bytes: Uint8Array): number | undefined {
  let start = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, start)) {
    const line = new TextDecoder().decode(bytes.subarray(start, at)).trimEnd();
    const [, name, value] = FIELD.exec(line) ?? [];
    // File names follow to the end of the header.
    if (name?.toLowerCase() === "elementdatafile") return /^LIST\b/i.test(value) ? undefined : at + 1;
    start = at + 1;
  }
  return undefined;
}

/** Parses fields, by name in lower case, and the list of files. */
function parse(lines: readonly string[]): { fields: Fields; files: readonly string[] } {
  const fields = new Map<string, string>();
  for (const [i, line] of lines.entries()) {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined) continue;
    fields.set(name.toLowerCase(), value.slice(0, LONGEST_FIELD).trim());
    if (name.toLowerCase() !== "elementdatafile") continue;
    return { fields, files: lines.slice(i + 1).filter((file) => file.trim() !== "") };
  }
  return { fields, files: [] };
}

/** How the voxels are stored. */
interface Data {
  readonly dtype: Dtype;
  readonly isText: boolean;
  readonly isCompressed: boolean;
  /** Size of the compressed voxels in bytes; 0 if the header does not give it. */
  readonly compressedSize: number;
  /** Bytes before the voxels in their file; 0: they follow the header; -1: the voxels are the last bytes. */
  readonly headerSize: number;
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
  const name = requiredField(header.path, fields, "ElementDataFile");
  if (name.toLowerCase() === "local") return { file: () => decoded(header, end, bytes, data), offset: 0 };
  const decode = (file: ByteFile, share: number) => decoded(file, 0, share, data);
  const last = sizes[sizes.length - 1];
  const list = /^LIST(?:\s+(\d+)D?)?$/i.exec(name);
  const pattern = /^([^%]*%0?\d*[diu][^%]*?)((?:\s+-?\d+){0,3})$/.exec(name);
  if (!list && !pattern) return detachedVoxels(header, [name], bytes, decode);
  const given = Number(list?.[1] ?? sizes.length - 1);
  // As in MetaIO: if files have as many axes as the volume, or more, they are taken to have one less.
  const axes = given > 0 && given < sizes.length ? given : sizes.length - 1;
  const count = list ? sizes.slice(axes).reduce((product, size) => product * size, 1) : last;
  const names = pattern ? namesOf(header, pattern, last) : files.slice(0, count);
  if (names.length < count)
    throw damaged(header.path, `names ${names.length} files for its voxels, not ${count}`);
  return detachedVoxels(header, names, bytes, decode);
}

/** File names from a pattern; a missing first number, last number or step is derived from the number of files. */
function namesOf(header: ByteFile, [, pattern, range]: RegExpExecArray, count: number): string[] {
  const [min = 1, max = min + count - 1, step = 1] =
    range.trim() === "" ? [] : range.trim().split(/\s+/).map(Number);
  return numberedNames(header, pattern, [min, max, step]).slice(0, count);
}

/** The voxels (`bytes` bytes) of a file whose header ends at `start`, decoded. */
async function decoded(file: ByteFile, start: number, bytes: number, data: Data): Promise<ByteFile> {
  const { dtype, isText, isCompressed, compressedSize, headerSize } = data;
  if (headerSize === -1) {
    if (isText || isCompressed)
      throw damaged(file.path, "has a header of unknown length (-1) before voxels of unknown length");
    return endOf(file, bytes);
  }
  const from = headerSize > 0 ? headerSize : start;
  if (isText) return (await fetched(import("../util/text-scalars.ts"))).numbersIn(partOf(file, from), dtype);
  if (!isCompressed) return partOf(file, from);
  const packed = partOf(file, from, compressedSize > 0 ? from + compressedSize : undefined);
  return gunzipped(packed, isGzip(await packed.head(3)) ? "gzip" : "deflate");
}

/** The position of the voxels in space, if the header has it. */
function placeOf(fields: Fields, axes: number): Pick<FormatVolume, "spacing" | "affine" | "oriented"> {
  const unit = mmOf(fields.get("distanceunits")) ?? 1;
  const given = firstOf(fields, ["elementspacing", "elementsize"], axes);
  const steps = Array.from({ length: Math.min(axes, 3) }, (_, i) => (given?.[i] || 1) * unit);
  const offset =
    firstOf(fields, ["elementorigin", "offset", "position", "origin", "imageposition"], axes) ?? [];
  const origin = [0, 1, 2].map((i) => (offset[i] ?? 0) * unit) as unknown as Vec3;
  const directions = directionsOf(fields, axes);
  const columns = steps.map(
    (step, i) => (directions ?? IDENTITY)[i].map((value) => value * step) as unknown as Vec3,
  );
  if (columns.every((column) => Math.hypot(...column) > 0) && (directions || offset.length > 0)) {
    // ITK's world is that of DICOM: x to the left, y to the back.
    const affine = affineFrom(columns, origin, directions ? [-1, -1, 1] : [1, 1, 1]);
    return { affine, spacing: columnLengths(affine), ...(directions && { oriented: true }) };
  }
  const [dx, dy = 1, dz = 1] = steps.map(Math.abs);
  return given ? { spacing: [dx, dy, dz] } : {};
}

const IDENTITY: readonly Vec3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** Directions of the first three axes in left, posterior, superior; undefined if the header has none. */
function directionsOf(fields: Fields, axes: number): readonly Vec3[] | undefined {
  const names = ["elementdirection", "transformmatrix", "rotation", "orientation"];
  const matrix = firstOf(fields, names, axes * axes);
  if (matrix) {
    const at = (axis: number, i: number) => (i < axes ? matrix[axis * axes + i] : 0);
    return Array.from({ length: Math.min(axes, 3) }, (_, axis) => [at(axis, 0), at(axis, 1), at(axis, 2)]);
  }
  const letters = fields.get("anatomicalorientation")?.toUpperCase() ?? "";
  const isWhole = /^[RLAPIS]{3}/.test(letters) && /(?=.*[RL])(?=.*[AP])(?=.*[IS])/.test(letters.slice(0, 3));
  return isWhole ? [...letters.slice(0, Math.min(axes, 3))].map((letter) => FROM[letter]) : undefined;
}

/** The numbers of the first of these fields that has `count` numbers. */
function firstOf(fields: Fields, names: readonly string[], count: number): readonly number[] | undefined {
  for (const name of names) {
    const numbers = numbersOf(fields.get(name) ?? "", count);
    if (numbers) return numbers;
  }
  return undefined;
}

/** As in MetaIO, only the first letter counts. */
function isTrue(text: string | undefined): boolean {
  return /^[t1]/i.test(text ?? "");
}

function typeOf(file: ByteFile, name: string): Dtype {
  const type =
    TYPES[
      name
        .toUpperCase()
        .replace(/^MET_/, "")
        .replace(/_ARRAY$/, "")
    ];
  if (type) return type;
  const known = Object.keys(TYPES)
    .map((one) => `MET_${one}`)
    .join(", ");
  const message = `${file.path} has voxels of type "${name.slice(0, 40)}", which is not read. Save it as one of ${known}.`;
  throw new VoxelVolumeError("unsupported-format", message);
}
