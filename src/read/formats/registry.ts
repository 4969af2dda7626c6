/** The file formats: one file each, and one line here. */

import { fetched } from "../../errors.ts";
import { analyze } from "./analyze.ts";
import type { Format } from "./format.ts";
import { versionOf } from "./nifti-version.ts";

/** Formats whose readers are fetched when a file needs them. */
const npy: Format = {
  name: "NumPy (.npy)",
  extensions: ["npy"],
  matches: (head) => String.fromCharCode(...head.subarray(0, 6)) === "\x93NUMPY",
  open: async (...args) => (await fetched(import("./npy.ts"))).openNpy(...args),
};
const nrrd: Format = {
  name: "NRRD (.nrrd, .nhdr)",
  extensions: ["nrrd", "nhdr"],
  matches: (head) => String.fromCharCode(...head.subarray(0, 6)) === "NRRD00",
  open: async (...args) => (await fetched(import("./nrrd.ts"))).openNrrd(...args),
};
const metaImage: Format = {
  name: "MetaImage (.mha, .mhd)",
  extensions: ["mha", "mhd"],
  // There are no magic bytes: the name or one of the fields that come first tells what text it is.
  matches: (head, path) => {
    const [, field] = /^\s*(\w+)\s*[=:]/.exec(String.fromCharCode(...head.subarray(0, 64))) ?? [];
    return field !== undefined && (/^(ObjectType|NDims)$/.test(field) || /\.mh[ad](\.gz)?$/i.test(path));
  },
  open: async (...args) => (await fetched(import("./metaimage.ts"))).openMetaImage(...args),
};
const mgh: Format = {
  name: "FreeSurfer (.mgh, .mgz)",
  extensions: ["mgh", "mgz"],
  // The first field is the version, and big-endian: the rest of the header has to make sense, too, or the name.
  matches: (head, path) => {
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    if (head.length < 30 || view.getInt32(0) !== 1) return false;
    const isHeader =
      [4, 8, 12, 16].every((at) => view.getInt32(at) > 0) && head[20] + head[21] + head[22] === 0;
    return /\.mg[hz](\.gz)?$/i.test(path) || isHeader;
  },
  open: async (...args) => (await fetched(import("./mgh.ts"))).openMgh(...args),
};
const nifti: Format = {
  name: "NIfTI-1 and NIfTI-2 (.nii, or .hdr + .img)",
  extensions: ["nii", "hdr", "img"],
  matches: (head, path) => versionOf(head, path) !== undefined,
  open: async (...args) => (await fetched(import("./nifti.ts"))).openNifti(...args),
};
const tiff: Format = {
  name: "TIFF (.tif)",
  extensions: ["tif", "tiff"],
  // "II" or "MM", and 42 or, of BigTIFF, 43 in that byte order.
  matches: (head) => /^(II[*+]\0|MM\0[*+])/.test(String.fromCharCode(...head.subarray(0, 4))),
  open: async (...args) => (await fetched(import("./tiff.ts"))).openTiff(...args),
};

/** Asked in this order; what is told with least certainty comes last. */
export const formats: Format[] = [npy, nrrd, metaImage, mgh, nifti, tiff, analyze];

/**
 * Adds a format, which is asked before those that are there. What a volume does not say has a default: see `FormatVolume`.
 *
 *     registerFormat({
 *       name: "Cubes (.cube)",
 *       extensions: ["cube"],
 *       matches: (head, path) => path.endsWith(".cube"),
 *       async open(file) {
 *         const side = (await file.read(0, 1))[0];
 *         const voxels = { file: async () => file, offset: 1 };
 *         return [{ path: file.path, format: "cube", dims: [side, side, side], dtype: "uint8", voxels }];
 *       },
 *     });
 */
export function registerFormat(format: Format): void {
  formats.unshift(format);
}

/** Whether a file is called as volumes are, compressed or not. */
export function isVolumeName(path: string): boolean {
  const [extension] = /[^./]*$/.exec(path.toLowerCase().replace(/\.gz$/, "")) ?? [];
  return formats.some(({ extensions }) => extensions.includes(extension as string));
}
