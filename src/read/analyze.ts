/**
 * Analyze 7.5 (.hdr + .img), with SPM's additions.
 *
 * Mayo's header says nothing of scale and origin; SPM keeps a scale factor in `funused1` and the 1-based
 * voxel at the origin in `originator`. Both are honoured where they make sense, as nibabel's
 * Spm99AnalyzeImage does (its AnalyzeImage ignores them): files without them hold zeros there.
 * As in SPM and nibabel, x runs from right to left in the file, so that the affine has -x.
 */
import type { Dtype, Vec3 } from "../volume.ts";
import type { Format } from "./format.ts";
import { foundVolume } from "./found-volume.ts";
import { checkLength, displayRange, dtypeOf, isLittleEndian, shape, spacing, voxelOffset } from "./header.ts";
import { imageBeside } from "./pair.ts";
import type { VolumeHeader } from "./volume-header.ts";

const HEADER_SIZE = 348;
const ORIGINATOR = 253;

/** Mayo's codes, then SPM's. */
const DATATYPES: Readonly<Record<number, Dtype>> = {
  2: "uint8",
  4: "int16",
  8: "int32",
  16: "float32",
  64: "float64",
  130: "int8",
  132: "uint16",
  136: "uint32",
};

export const analyze: Format = {
  name: "Analyze 7.5 (.hdr + .img)",
  // There are no magic bytes: the size of the header is the sign, or a number of axes in what is called .hdr.
  sniff(head, path) {
    if (isLittleEndian(head.subarray(0, 4), HEADER_SIZE) !== undefined) return true;
    return /\.hdr(\.gz)?$/i.test(path) && isLittleEndian(head, HEADER_SIZE) !== undefined;
  },
  async open(file, head) {
    checkLength(file.path, head, HEADER_SIZE);
    const header = await parse(file.path, head);
    return [foundVolume(header, imageBeside(file))];
  },
};

async function parse(path: string, head: Uint8Array): Promise<VolumeHeader> {
  const { NIFTI1 } = await import("./nifti-headers.ts");
  const littleEndian = isLittleEndian(head, HEADER_SIZE) ?? true;
  const bytes = new Uint8Array(head.subarray(0, HEADER_SIZE));
  const view = new DataView(bytes.buffer);
  // The library takes the byte order from this size alone, and refuses a header without it.
  view.setInt32(0, HEADER_SIZE, littleEndian);
  const fields = new NIFTI1();
  fields.readHeader(bytes.buffer);
  const { dims, frames } = shape(path, fields.dims);
  const sizes = spacing(fields.pixDims);
  const origin = [0, 1, 2].map((axis) => view.getInt16(ORIGINATOR + 2 * axis, littleEndian));
  const scale = fields.scl_slope;
  return {
    path,
    format: "analyze",
    dims,
    frames,
    spacing: sizes,
    affine: affineOf(dims, sizes, origin),
    dtype: dtypeOf(path, fields.datatypeCode, DATATYPES),
    displayRange: displayRange(fields.cal_min, fields.cal_max),
    littleEndian,
    slope: scale !== 0 && Number.isFinite(scale) ? scale : 1,
    intercept: 0,
    offset: voxelOffset(path, fields.vox_offset),
  };
}

/** Axis-aligned; 0 mm is at the origin given, where it is plausible (nibabel's test), else at the centre. */
function affineOf(dims: Vec3, spacing: Vec3, origin: readonly number[]): number[] {
  const plausible = origin.every((at, axis) => at > -dims[axis] && at < 2 * dims[axis]);
  const given = plausible && origin.some((at) => at !== 0);
  const [x, y, z] = dims.map((n, axis) => (given ? origin[axis] - 1 : (n - 1) / 2));
  const [dx, dy, dz] = spacing;
  return [-dx, 0, 0, x * dx, 0, dy, 0, -y * dy, 0, 0, dz, -z * dz, 0, 0, 0, 1];
}
