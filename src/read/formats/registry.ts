/** The file formats: one file each, and one line here. */

import { fetched } from "../../errors.ts";
import { analyze } from "./analyze.ts";
import { isDicom } from "./dicom-signature.ts";
import type { Format } from "./format.ts";
import { versionOf } from "./nifti-version.ts";

/** Formats whose readers are fetched when a file needs them. */
const npy: Format = {
  name: "NumPy (.npy)",
  extensions: ["npy"],
  matches: (head) => String.fromCharCode(...head.subarray(0, 6)) === "\x93NUMPY",
  open: async (...args) => (await fetched(import("./npy.ts"))).openNpy(...args),
};
const dicom: Format = {
  name: "DICOM (.dcm, or without extension; several files together)",
  extensions: ["dcm", "dicom", "ima"],
  matches: isDicom,
  isSeries: true,
  open: async (...args) => (await fetched(import("./dicom.ts"))).openDicom(...args),
};
const nifti: Format = {
  name: "NIfTI-1 and NIfTI-2 (.nii, or .hdr + .img)",
  extensions: ["nii", "hdr", "img"],
  matches: (head, path) => versionOf(head, path) !== undefined,
  open: async (...args) => (await fetched(import("./nifti.ts"))).openNifti(...args),
};

/** Asked in this order; what is told with least certainty comes last. */
export const formats: Format[] = [npy, dicom, nifti, analyze];

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
