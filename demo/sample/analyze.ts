/** Analyze: writes the header and the voxels of an Analyze 7.5 pair. */
import type { Vec3 } from "../../src/volume.ts";

/** Header of an int16 image of `dims` voxels, `spacing` mm apart. */
export function analyzeHeader(
  dims: Vec3,
  spacing: Vec3,
  voxels: Int16Array,
  littleEndian: boolean,
): Uint8Array {
  const header = new Uint8Array(348);
  const view = new DataView(header.buffer);
  const int16 = (at: number, value: number) => view.setInt16(at, value, littleEndian);
  const int32 = (at: number, value: number) => view.setInt32(at, value, littleEndian);
  const float32 = (at: number, value: number) => view.setFloat32(at, value, littleEndian);
  const largest = voxels.reduce((a, b) => Math.max(a, b));
  const least = voxels.reduce((a, b) => Math.min(a, b));
  int32(0, header.length); // sizeof_hdr
  int32(32, 16384); // extents
  view.setUint8(38, "r".charCodeAt(0)); // regular
  for (const [i, n] of [3, ...dims, 1, 1, 1, 1].entries()) int16(40 + 2 * i, n); // dim
  int16(70, 4); // datatype: signed short
  int16(72, 16); // bitpix
  for (const [i, mm] of [1, ...spacing, 1, 1, 1, 1].entries()) float32(76 + 4 * i, mm); // pixdim
  int32(140, largest); // glmax
  int32(144, least); // glmin
  header.set(new TextEncoder().encode("computed phantom, not a scan"), 148); // descrip
  return header;
}

export function int16Bytes(voxels: Int16Array, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * voxels.length));
  for (let n = 0; n < voxels.length; n++) view.setInt16(2 * n, voxels[n], littleEndian);
  return new Uint8Array(view.buffer);
}
