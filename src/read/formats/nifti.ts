/** NIfTI-1 and NIfTI-2, single files and pairs (https://nifti.nimh.nih.gov: nifti1.h, nifti2.h). */
import { NIFTI1, NIFTI2 } from "nifti-reader-js";
import type { Dtype, Vec3 } from "../../volume.ts";
import { foundVolume } from "../volume-reader.ts";
import type { Format } from "./format.ts";
import { imageBeside } from "./hdr-img-pair.ts";
import {
  checkLength,
  displayRange,
  dtypeOf,
  isLittleEndian,
  shape,
  spacing,
  voxelOffset,
} from "./nifti-fields.ts";
import { isSingle, type Version, versionOf } from "./nifti-version.ts";
import type { VolumeHeader } from "./volume-header.ts";

const DATATYPES: Readonly<Record<number, Dtype>> = {
  2: "uint8",
  4: "int16",
  8: "int32",
  16: "float32",
  64: "float64",
  256: "int8",
  512: "uint16",
  768: "uint32",
  1024: "int64",
  1280: "uint64",
};

/** NIFTI_INTENT_LABEL. */
const LABEL_INTENT = 1002;
/** Statistics with both signs (nifti1.h), by their symbols: correlation, t and z scores, non-central t. */
const SIGNED_INTENTS: Readonly<Record<number, string>> = { 2: "r", 3: "t", 5: "z", 17: "t" };
/** Other statistics. */
const INTENT_UNITS: Readonly<Record<number, string>> = {
  4: "F",
  6: "χ²",
  22: "p",
  23: "−ln p",
  24: "−log₁₀ p",
};

/** The low three bits of `xyzt_units`, in mm. */
const UNITS: Readonly<Record<number, number>> = { 1: 1000, 3: 0.001 };

/** The volume of a NIfTI file, whose version `sniff` has found. */
export const openNifti: Format["open"] = async (file, head) => {
  const version = versionOf(head) as Version;
  const whole = await file.head(version.headerSize);
  checkLength(file.path, whole, version.headerSize);
  const header = parse(file.path, whole, version);
  return [foundVolume(header, isSingle(head, version) ? async () => file : imageBeside(file))];
};

function parse(path: string, head: Uint8Array, version: Version): VolumeHeader {
  const { format, headerSize } = version;
  const littleEndian = isLittleEndian(head, headerSize) ?? true;
  // Only the header proper: the library would follow extensions, and lose its way in damaged ones.
  const bytes = new Uint8Array(head.subarray(0, headerSize));
  const view = new DataView(bytes.buffer);
  view.setInt32(0, headerSize, littleEndian);
  const fields = format === "nifti1" ? new NIFTI1() : new NIFTI2();
  // Its 64-bit integers are wrong when negative, or big-endian from 2 GiB: always negative then, so refused below.
  fields.readHeader(bytes.buffer);

  const { dims, frames } = shape(path, fields.dims);
  const unit = UNITS[fields.xyzt_units & 7] ?? 1;
  const scaled = fields.scl_slope !== 0 && Number.isFinite(fields.scl_slope);
  const offset = voxelOffset(path, fields.vox_offset);
  const sizes = spacing(fields.pixDims);
  const world = worldAffine(fields, view, version, sizes);
  return {
    path,
    format,
    dims,
    frames,
    spacing: spacing(fields.pixDims, unit),
    affine: (world ?? diagonal(sizes)).map((value, i) => (i < 12 ? value * unit : value)),
    ...(world && { oriented: true }),
    dtype: dtypeOf(path, fields.datatypeCode, DATATYPES),
    ...meaningOf(fields),
    littleEndian,
    slope: scaled ? fields.scl_slope : 1,
    intercept: scaled && Number.isFinite(fields.scl_inter) ? fields.scl_inter : 0,
    // Some writers leave 0 in a single file, where the voxels can start behind the header at the earliest.
    offset: isSingle(head, version) ? Math.max(offset, headerSize + 4) : offset,
  };
}

/** What the header says of the values. */
function meaningOf(fields: NIFTI1 | NIFTI2): Pick<VolumeHeader, "intent" | "displayRange" | "unit"> {
  const { intent_code: code } = fields;
  const intent = code === LABEL_INTENT ? "labels" : code in SIGNED_INTENTS ? "signed" : undefined;
  return {
    intent,
    displayRange: displayRange(fields.cal_min, fields.cal_max),
    unit: SIGNED_INTENTS[code] ?? INTENT_UNITS[code],
  };
}

/**
 * Row-major 4x4 to the directions of the world, in the file's units: sform, else qform (methods 3 and 2 of nifti1.h);
 * undefined where the file has neither. The library's own `affine` is not used: it prefers the higher of the two codes,
 * and is sform's in NIfTI-2.
 */
function worldAffine(
  fields: NIFTI1 | NIFTI2,
  view: DataView,
  { srowAt, scalar }: Version,
  sizes: Vec3,
): number[] | undefined {
  const { littleEndian } = fields;
  const float = (at: number) =>
    scalar === 4 ? view.getFloat32(at, littleEndian) : view.getFloat64(at, littleEndian);
  if (fields.sform_code > 0) {
    const rows = Array.from({ length: 12 }, (_, i) => float(srowAt + i * scalar));
    if (rows.every(Number.isFinite)) return [...rows, 0, 0, 0, 1];
  }
  if (fields.qform_code > 0) {
    const { quatern_b: b, quatern_c: c, quatern_d: d, qoffset_x: x, qoffset_y: y, qoffset_z: z } = fields;
    const matrix = fields.convertNiftiQFormToNiftiSForm(b, c, d, x, y, z, ...sizes, fields.pixDims[0]).flat();
    if (matrix.every(Number.isFinite)) return matrix;
  }
  return undefined;
}

/** Row-major 4x4 of `pixdim` alone, which tells no directions (method 1 of nifti1.h). */
function diagonal([dx, dy, dz]: Vec3): number[] {
  return [dx, 0, 0, 0, 0, dy, 0, 0, 0, 0, dz, 0, 0, 0, 0, 1];
}
