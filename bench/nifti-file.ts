/** Writes NIfTI-1 files of 8-bit volumes with voxels of 1 mm. */

import type { Vec3 } from "../src/volume.ts";

/** Length of the header, including the four bytes for "no extension". */
export const NIFTI_HEADER = 352;
const UINT8 = 2;
const MM = 2;
const SCANNER = 1;

/** The bytes of a .nii file of `dims` voxels, x fastest, with a display range from 0 to 255. */
export function niftiFile(dims: Vec3, values: Uint8Array): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(NIFTI_HEADER + values.length);
  const header = new DataView(file.buffer);
  const int16 = (at: number, ...numbers: number[]) =>
    numbers.forEach((n, i) => {
      header.setInt16(at + 2 * i, n, true);
    });
  const float32 = (at: number, ...numbers: number[]) =>
    numbers.forEach((n, i) => {
      header.setFloat32(at + 4 * i, n, true);
    });
  header.setInt32(0, 348, true);
  int16(40, 3, ...dims, 1, 1, 1, 1);
  int16(70, UINT8, 8);
  float32(76, 1, 1, 1, 1);
  // Offset of the values, slope and intercept.
  float32(108, NIFTI_HEADER, 1, 0);
  header.setUint8(123, MM);
  // The display range, highest value first.
  float32(124, 255, 0);
  int16(254, SCANNER);
  dims.forEach((n, axis) => {
    const row = [0, 0, 0, (1 - n) / 2];
    row[axis] = 1;
    float32(280 + 16 * axis, ...row);
  });
  file.set(new TextEncoder().encode("n+1\0"), 344);
  file.set(values, NIFTI_HEADER);
  return file;
}
