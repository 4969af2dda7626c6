/** Finds the NIfTI version of a file. */
import { isLittleEndian } from "./nifti-fields.ts";

/** Differences between the versions, in bytes. In single files, a 4-byte extension flag precedes the voxels. */
const VERSIONS = [
  { format: "nifti1", number: "1", headerSize: 348, magicAt: 344, srowAt: 280, scalar: 4 },
  { format: "nifti2", number: "2", headerSize: 540, magicAt: 4, srowAt: 400, scalar: 8 },
] as const;

export type Version = (typeof VERSIONS)[number];

/** Uses the magic: "n+" or "ni" and the version. Some writers leave it empty in .nii files. */
export function versionOf(head: Uint8Array, path: string): Version | undefined {
  return VERSIONS.find(({ number, magicAt, headerSize }) => {
    const magic = String.fromCharCode(...head.subarray(magicAt, magicAt + 4));
    if (isLittleEndian(head, headerSize) === undefined) return false;
    if (magic === `n+${number}\0` || magic === `ni${number}\0`) return true;
    return isNii(path) && isLittleEndian(head.subarray(0, 4), headerSize) !== undefined;
  });
}

/** Whether a path has the extension of a single NIfTI file. */
export function isNii(path: string): boolean {
  return /\.nii(\.gz)?$/i.test(path);
}
