/** Helpers for names of files that belong together. */

/** The last part of a path. */
export const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** A path without its last part; ends with a slash, or is empty. */
export const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);

/** A path without its extensions of volume and compression. */
export function stem(path: string): string {
  return path.replace(/\.gz$/i, "").replace(/\.(hdr|img|nii|npy|nrrd|nhdr|mha|mhd|mg[hz]|z?raw|tiff?)$/i, "");
}

/** `wanted` if it is among `names`, else a name that differs from it only in case. */
export function matchName(names: readonly string[], wanted: string): string | undefined {
  const folded = wanted.toLowerCase();
  return names.find((name) => name === wanted) ?? names.find((name) => name.toLowerCase() === folded);
}

/** Path of the metadata of a Zarr group or array, and the folder that they describe: empty, or with a slash at its end. */
export const ZARR = /^(|.*\/)(zarr\.json|\.z(group|attrs|array))$/;
