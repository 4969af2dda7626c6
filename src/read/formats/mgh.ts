/**
 * FreeSurfer's MGH, and inflated MGZ (https://surfer.nmr.mgh.harvard.edu/fswiki/FsTutorial/MghFormat). Always
 * big-endian.
 */
import { VoxelVolumeError } from "../../errors.ts";
import type { Dtype, Vec3 } from "../../volume.ts";
import { affineFrom } from "../util/affine.ts";
import type { Format } from "./format.ts";
import { checkLength, columnLengths } from "./nifti-fields.ts";
import { checkSizes } from "./text-header.ts";

/** Offsets of the fields, in bytes. */
const AT = { dims: 4, type: 20, goodRas: 28, spacing: 30, directions: 42, center: 78, end: 90 } as const;
/** Bytes before the voxels, most of them unused. */
const OFFSET = 284;

/** Codes from FreeSurfer's mri.h: `MRI_UCHAR` and so on. */
const TYPES: Readonly<Record<number, Dtype>> = {
  ...{ 0: "uint8", 1: "int32", 3: "float32", 4: "int16", 10: "uint16" },
};

/** Default directions of the axes: a coronal volume, as in nibabel. */
const CORONAL: readonly Vec3[] = [
  [-1, 0, 0],
  [0, 0, 1],
  [0, -1, 0],
];

/** The volume of an MGH file. */
export const openMgh: Format["open"] = async (file, { head }) => {
  const { path } = file;
  checkLength(path, head, AT.end);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const sizes = [0, 4, 8, 12].map((at) => view.getInt32(AT.dims + at));
  checkSizes(path, sizes, sizes.join(" "));
  const code = view.getInt32(AT.type);
  const dtype = TYPES[code];
  if (!dtype) {
    const message = `${path} has voxels of type ${code}, which is not read. Convert it in a shell: mri_convert -odt float a.mgz b.mgz.`;
    throw new VoxelVolumeError("unsupported-format", message);
  }
  const [x, y, z, frames] = sizes;
  const dims: Vec3 = [x, y, z];
  const vector = (at: number): Vec3 => [
    view.getFloat32(at),
    view.getFloat32(at + 4),
    view.getFloat32(at + 8),
  ];
  const steps = vector(AT.spacing);
  const given = [0, 12, 24].map((at, axis) => {
    const [right, anterior, superior] = vector(AT.directions + at);
    return [right * steps[axis], anterior * steps[axis], superior * steps[axis]] as const;
  });
  const center = vector(AT.center);
  const isGood = view.getInt16(AT.goodRas) !== 0 && [...given.flat(), ...center].every(Number.isFinite);
  const oriented = isGood && given.every((column) => Math.hypot(...column) > 0);
  const columns = oriented ? given : CORONAL;
  // The header gives the volume's centre, which is the corner of a voxel if the number of voxels is even.
  const at = (i: number) =>
    (oriented ? center[i] : 0) - columns.reduce((sum, column, axis) => sum + (column[i] * dims[axis]) / 2, 0);
  const affine = affineFrom(columns, [at(0), at(1), at(2)], [1, 1, 1]);
  return [
    {
      ...{ path, format: "mgh", dims, frames, dtype, littleEndian: false, affine },
      spacing: columnLengths(affine),
      ...(oriented && { oriented: true as const }),
      voxels: { file: async () => file, offset: OFFSET },
    },
  ];
};
