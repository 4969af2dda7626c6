/** The versions of NIfTI, and how a file tells which it is of. */
import { isLittleEndian } from "./nifti-fields.ts";

/** What differs between the versions, in bytes; a single file's voxels start behind a 4-byte extension flag. */
const VERSIONS = [
  { format: "nifti1", number: "1", headerSize: 348, magicAt: 344, srowAt: 280, scalar: 4 },
  { format: "nifti2", number: "2", headerSize: 540, magicAt: 4, srowAt: 400, scalar: 8 },
] as const;

export type Version = (typeof VERSIONS)[number];

/** By the magic, "n+" or "ni" and the version; some writers leave it empty in what they call .nii. */
export function versionOf(head: Uint8Array, path: string): Version | undefined {
  return VERSIONS.find(({ number, magicAt, headerSize }) => {
    const magic = String.fromCharCode(...head.subarray(magicAt, magicAt + 4));
    if (isLittleEndian(head, headerSize) === undefined) return false;
    if (magic === `n+${number}\0` || magic === `ni${number}\0`) return true;
    return isNii(path) && isLittleEndian(head.subarray(0, 4), headerSize) !== undefined;
  });
}

/**
 * Whether header and voxels are in one file. The name says it, for some writers do not know the magic: "n+" in one file,
 * "ni" in a pair. `length` is that of the file, as far as it matters.
 */
export function isSingle(
  head: Uint8Array,
  { magicAt, headerSize }: Version,
  path: string,
  length: number,
): boolean {
  const isMarked = head[magicAt + 1] === "+".charCodeAt(0);
  if (/\.hdr(\.gz)?$/i.test(path)) return isMarked && length > headerSize + EXTENSION_FLAG;
  return isMarked || isNii(path);
}

/** Bytes of the flag behind the header. */
export const EXTENSION_FLAG = 4;

function isNii(path: string): boolean {
  return /\.nii(\.gz)?$/i.test(path);
}
