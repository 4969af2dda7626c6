/**
 * Analyze 7.5 (.hdr + .img), with SPM's additions.
 *
 * Mayo's header has neither scale nor origin. SPM stores a scale factor in `funused1` and the 1-based voxel at the
 * origin in `originator`. Both are used if plausible, as in nibabel's Spm99AnalyzeImage (its AnalyzeImage ignores
 * them): files without them hold zeros there.
 * As in SPM and nibabel, x runs from right to left in the file, so the affine has -x.
 */
import type { Vec3 } from "../../volume.ts";
import type { ByteFile } from "../util/byte-file.ts";
import type { Format, FormatVolume } from "./format.ts";
import { imageBeside } from "./hdr-img-pair.ts";
import {
  checkLength,
  displayRange,
  isLittleEndian,
  shape,
  spacing,
  typeOf,
  type VoxelType,
  voxelOffset,
} from "./nifti-fields.ts";

/** Bytes of a header. */
export const HEADER_SIZE = 348;
/** Offsets of Mayo's fields in bytes, from `dbh.h`; `funused1` is SPM's scale factor, `originator` its origin. */
const AT = {
  ...{ dim: 40, datatype: 70, pixdim: 76, voxOffset: 108, funused1: 112, calMax: 124, calMin: 128 },
  originator: 253,
};
/** Elements of `dim` and of `pixdim`. */
const DIMS = 8;

/** Mayo's codes, then SPM's, then NIfTI's, which some writers use. */
const DATATYPES: Readonly<Record<number, VoxelType>> = {
  2: { dtype: "uint8" },
  4: { dtype: "int16" },
  8: { dtype: "int32" },
  16: { dtype: "float32" },
  32: { dtype: "float32", components: "complex" },
  64: { dtype: "float64" },
  128: { dtype: "uint8", components: "rgb" },
  130: { dtype: "int8" },
  132: { dtype: "uint16" },
  136: { dtype: "uint32" },
  256: { dtype: "int8" },
  512: { dtype: "uint16" },
  768: { dtype: "uint32" },
};

export const analyze: Format = {
  name: "Analyze 7.5 (.hdr + .img)",
  extensions: ["hdr", "img"],
  // There are no magic bytes; the header is recognised by its size field.
  matches: (head) => isLittleEndian(head.subarray(0, 4), HEADER_SIZE) !== undefined,
  async open(file, { head }) {
    checkLength(file.path, head, HEADER_SIZE);
    return [parse(file, head)];
  },
};

/** Parses the header without nifti-reader-js, which rejects Analyze. */
function parse(file: ByteFile, head: Uint8Array): FormatVolume {
  const { path } = file;
  const littleEndian = isLittleEndian(head, HEADER_SIZE) ?? true;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const int16 = (at: number, i = 0) => view.getInt16(at + 2 * i, littleEndian);
  const float32 = (at: number, i = 0) => view.getFloat32(at + 4 * i, littleEndian);
  const array = (read: typeof int16, at: number, n: number) =>
    Array.from({ length: n }, (_, i) => read(at, i));
  const { dims, frames } = shape(path, array(int16, AT.dim, DIMS));
  const sizes = spacing(array(float32, AT.pixdim, DIMS));
  const origin = array(int16, AT.originator, 3);
  const scale = float32(AT.funused1);
  return {
    path,
    format: "analyze",
    dims,
    frames,
    spacing: sizes,
    affine: affineOf(dims, sizes, origin),
    ...typeOf(path, int16(AT.datatype), DATATYPES),
    displayRange: displayRange(float32(AT.calMin), float32(AT.calMax)),
    littleEndian,
    slope: scale !== 0 && Number.isFinite(scale) ? scale : 1,
    voxels: { file: imageBeside(file), offset: voxelOffset(path, float32(AT.voxOffset)) },
  };
}

/** An axis-aligned affine. 0 mm is at the origin if that is plausible (nibabel's test), else at the centre. */
function affineOf(dims: Vec3, spacing: Vec3, origin: readonly number[]): number[] {
  const plausible = origin.every((at, axis) => at > -dims[axis] && at < 2 * dims[axis]);
  const given = plausible && origin.some((at) => at !== 0);
  const [x, y, z] = dims.map((n, axis) => (given ? origin[axis] - 1 : (n - 1) / 2));
  const [dx, dy, dz] = spacing;
  return [-dx, 0, 0, x * dx, 0, dy, 0, -y * dy, 0, 0, dz, -z * dz, 0, 0, 0, 1];
}
