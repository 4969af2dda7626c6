/** Names of files that belong together. */

/** The name at the end of a path. */
export const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** A path without the extension of a volume and of its compression. */
export function stem(path: string): string {
  return path.replace(/\.gz$/i, "").replace(/\.(hdr|img|nii|npy|nrrd|nhdr|mha|mhd|mg[hz]|z?raw|tiff?)$/i, "");
}

/** The name among `names` that is `wanted`, or else differs from it in case only. */
export function matchName(names: readonly string[], wanted: string): string | undefined {
  const folded = wanted.toLowerCase();
  return names.find((name) => name === wanted) ?? names.find((name) => name.toLowerCase() === folded);
}
