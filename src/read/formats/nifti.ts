/** NIfTI-1 and NIfTI-2, single files and pairs (https://nifti.nimh.nih.gov: nifti1.h, nifti2.h). */
import { NIFTI1, NIFTI2 } from "nifti-reader-js";
import { VoxelVolumeError } from "../../errors.ts";
import { diagonal } from "../../memory-volume.ts";
import type { Vec3 } from "../../volume.ts";
import type { Format, FormatVolume } from "./format.ts";
import { imageBeside } from "./hdr-img-pair.ts";
import {
  checkLength,
  columnLengths,
  displayRange,
  isLittleEndian,
  NIFTI_MARK,
  shape,
  spacing,
  typeOf,
  type VoxelType,
  voxelOffset,
} from "./nifti-fields.ts";
import { isNii, type Version, versionOf } from "./nifti-version.ts";

/** Types of voxels by `datatype`. */
export const DATATYPES: Readonly<Record<number, VoxelType>> = {
  2: { dtype: "uint8" },
  4: { dtype: "int16" },
  8: { dtype: "int32" },
  16: { dtype: "float32" },
  32: { dtype: "float32", components: "complex" },
  64: { dtype: "float64" },
  128: { dtype: "uint8", components: "rgb" },
  256: { dtype: "int8" },
  512: { dtype: "uint16" },
  768: { dtype: "uint32" },
  1024: { dtype: "int64" },
  1280: { dtype: "uint64" },
  1792: { dtype: "float64", components: "complex" },
  2304: { dtype: "uint8", components: "rgba" },
};

/** NIFTI_INTENT_LABEL. */
export const LABEL_INTENT = 1002;
/** Statistics with both signs (nifti1.h) and their symbols: correlation, t and z scores, non-central t. */
export const SIGNED_INTENTS: Readonly<Record<number, string>> = { 2: "r", 3: "t", 5: "z", 17: "t" };
/** Other statistics. */
export const INTENT_UNITS: Readonly<Record<number, string>> = {
  4: "F",
  6: "χ²",
  22: "p",
  23: "−ln p",
  24: "−log₁₀ p",
};

/** Length units in mm, by the low three bits of `xyzt_units`. */
const UNITS: Readonly<Record<number, number>> = { 1: 1000, 3: 0.001 };

/** The volume of a NIfTI file, whose version `matches` has checked. */
export const openNifti: Format["open"] = async (file, { head }) => {
  const { path } = file;
  const version = versionOf(head, path) as Version;
  const { headerSize } = version;
  const whole = await file.head(headerSize + EXTENSION_FLAG + 1);
  checkLength(path, whole, headerSize);
  const { vox_offset: offset, ...header } = parse(path, whole.subarray(0, headerSize), version);
  if (isSingle(head, version, path, whole.length)) {
    // Some writers store 0, although voxels cannot start before the end of the header.
    const start = Math.max(offset, headerSize + EXTENSION_FLAG);
    return [{ ...header, voxels: { file: async () => file, offset: start } }];
  }
  // An .hdr with the magic of a single file has the offset of one too, which does not apply to the image.
  const isMarkedSingle = head[version.magicAt + 1] === "+".charCodeAt(0);
  return [{ ...header, voxels: { file: imageBeside(file), offset: isMarkedSingle ? 0 : offset } }];
};

/**
 * Whether header and voxels are in one file. The name matters, because some writers use the wrong magic ("n+" for one
 * file, "ni" for a pair). `length` is the file's length, as far as it matters.
 */
function isSingle(head: Uint8Array, { magicAt, headerSize }: Version, path: string, length: number): boolean {
  const isMarked = head[magicAt + 1] === "+".charCodeAt(0);
  if (/\.hdr(\.gz)?$/i.test(path)) return isMarked && length > headerSize + EXTENSION_FLAG;
  return isMarked || isNii(path);
}

/** Bytes of the flag after the header. */
const EXTENSION_FLAG = 4;

type Header = Omit<FormatVolume, "voxels"> & { readonly vox_offset: number };

function parse(path: string, head: Uint8Array, version: Version): Header {
  const { format, headerSize } = version;
  const littleEndian = isLittleEndian(head, headerSize) ?? true;
  // Only the header itself: the library would read extensions, which may be damaged.
  const bytes = new Uint8Array(head);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, headerSize, littleEndian);
  const fields = format === "nifti1" ? new NIFTI1() : new NIFTI2();
  // The library's 64-bit integers are wrong if negative, or big-endian from 2 GiB on; these come out negative and are
  // rejected below.
  fields.readHeader(bytes.buffer);

  if (format === "nifti2" && isCifti(fields.intent_code)) {
    const message = `${path} is a CIFTI file: values on the surface of the brain and in parts of it, not a volume. Make one of its parts: wb_command -cifti-separate FILE COLUMN -volume-all new.nii.gz`;
    throw new VoxelVolumeError("unsupported-format", message);
  }
  const { dims, frames } = shape(path, fields.dims);
  const type = typeOf(path, fields.datatypeCode, DATATYPES);
  const unit = UNITS[fields.xyzt_units & 7] ?? 1;
  const isColor = type.components === "rgb" || type.components === "rgba";
  // According to nifti1.h, the slope does not apply to colours.
  const scaled = !isColor && fields.scl_slope !== 0 && Number.isFinite(fields.scl_slope);
  const [dx, dy, dz] = spacing(fields.pixDims).map((size) => (isLength(size * unit) ? size * unit : unit));
  const isOwn = fields.description.startsWith(NIFTI_MARK);
  const world = worldAffine(fields, view, version, [dx, dy, dz], unit, isOwn);
  const affine = world ?? diagonal([dx, dy, dz]);
  return {
    path,
    format,
    dims,
    frames,
    spacing: columnLengths(affine),
    affine,
    ...(world && (fields.sform_code > 0 || fields.qform_code > 0) && { oriented: true }),
    ...(isOwn && !fields.xyzt_units && { unitless: true }),
    ...type,
    ...meaningOf(fields, isOwn ? utf8(fields.description.slice(NIFTI_MARK.length)) : undefined),
    littleEndian,
    slope: scaled ? fields.scl_slope : 1,
    intercept: scaled && Number.isFinite(fields.scl_inter) ? fields.scl_inter : 0,
    vox_offset: voxelOffset(path, fields.vox_offset),
  };
}

/** UTF-8 that the library has read as one character for each byte. */
const utf8 = (bytes: string) => new TextDecoder().decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0)));

/** Whether an intent is one of CIFTI's (https://www.nitrc.org/projects/cifti), 3000 to 3099. */
const isCifti = (code: number) => code >= 3000 && code < 3100;

/** Meaning of the values, as far as the header has it. `own`: their unit in a file of this program. */
function meaningOf(
  fields: NIFTI1 | NIFTI2,
  own: string | undefined,
): Pick<FormatVolume, "intent" | "displayRange" | "unit"> {
  const { intent_code: code } = fields;
  const intent = code === LABEL_INTENT ? "labels" : code in SIGNED_INTENTS ? "signed" : undefined;
  return {
    intent,
    displayRange: displayRange(fields.cal_min, fields.cal_max),
    unit: own ?? SIGNED_INTENTS[code] ?? INTENT_UNITS[code],
  };
}

/**
 * Row-major 4x4 affine to world coordinates in mm, from sform, else qform (methods 3 and 2 of nifti1.h); undefined if
 * the file has neither. The library's own `affine` is not used: it prefers the higher of the two codes, and is always
 * sform's in NIfTI-2.
 */
function worldAffine(
  fields: NIFTI1 | NIFTI2,
  view: DataView,
  { srowAt, scalar }: Version,
  sizes: Vec3,
  unit: number,
  isOwn: boolean,
): number[] | undefined {
  const { littleEndian } = fields;
  const float = (at: number) =>
    scalar === 4 ? view.getFloat32(at, littleEndian) : view.getFloat64(at, littleEndian);
  if (fields.sform_code > 0 || isOwn) {
    const rows = Array.from({ length: 12 }, (_, i) => float(srowAt + i * scalar) * unit);
    if (isAffine(rows)) return [...rows, 0, 0, 0, 1];
  }
  if (fields.qform_code > 0) {
    const { quatern_b: b, quatern_c: c, quatern_d: d } = fields;
    const x = fields.qoffset_x * unit;
    const y = fields.qoffset_y * unit;
    const z = fields.qoffset_z * unit;
    const matrix = fields.convertNiftiQFormToNiftiSForm(b, c, d, x, y, z, ...sizes, fields.pixDims[0]).flat();
    if (isAffine(matrix)) return matrix;
  }
  return undefined;
}

/** Whether all axes have a length. */
function isAffine(rows: readonly number[]): boolean {
  return rows.every(Number.isFinite) && columnLengths(rows).every(isLength);
}

/** Whether a number is a valid length: positive and finite. */
function isLength(mm: number): boolean {
  return mm > 0 && mm < Number.POSITIVE_INFINITY;
}
