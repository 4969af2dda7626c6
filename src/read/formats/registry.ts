/** The file formats: one file each, and one line here or, where few pages need it, in rare-formats.ts. */

import { fetched } from "../../errors.ts";
import { analyze } from "./analyze.ts";
import type { Format } from "./format.ts";
import { versionOf } from "./nifti-version.ts";
import { EXTENSIONS } from "./volume-names.ts";

/** Formats whose readers are fetched when a file needs them. */
const npy: Format = {
  name: "NumPy (.npy)",
  extensions: ["npy"],
  matches: (head) => String.fromCharCode(...head.subarray(0, 6)) === "\x93NUMPY",
  open: async (...args) => (await fetched(import("./npy.ts"))).openNpy(...args),
};
const nifti: Format = {
  name: "NIfTI-1 and NIfTI-2 (.nii, or .hdr + .img)",
  extensions: ["nii", "hdr", "img"],
  matches: (head, path) => versionOf(head, path) !== undefined,
  open: async (...args) => (await fetched(import("./nifti.ts"))).openNifti(...args),
};

/** Asked in this order, after those that were added. */
const common: readonly Format[] = [npy, nifti, analyze];
const added: Format[] = [];

/** The format of a file by its first bytes and its path; undefined for an unknown format. */
export async function formatOf(head: Uint8Array, path: string): Promise<Format | undefined> {
  const matches = (format: Format) => format.matches(head, path);
  return [...added, ...common].find(matches) ?? (await rareFormats()).find(matches);
}

/** Names of all formats, for messages. */
export async function formatNames(): Promise<string[]> {
  const names = [...common, ...added, ...(await rareFormats())].map(({ name }) => name);
  return [...new Set(names)];
}

const rareFormats = async () => (await fetched(import("./rare-formats.ts"))).rareFormats;

/**
 * Adds a format, which is asked before those that are there. What a volume does not say has a default: see `FormatVolume`.
 *
 *     registerFormat({
 *       name: "Cubes (.cube)",
 *       extensions: ["cube"],
 *       matches: (_, path) => path.endsWith(".cube"),
 *       async open(file) {
 *         const side = (await file.read(0, 1))[0];
 *         const voxels = { file: async () => file, offset: 1 };
 *         return [{ path: file.path, format: "cube", dims: [side, side, side], dtype: "uint8", voxels }];
 *       },
 *     });
 */
export function registerFormat(format: Format): void {
  added.unshift(format);
}

/** Whether a file is called as volumes are, compressed or not. */
export function isVolumeName(path: string): boolean {
  const [extension = ""] = /[^./]*$/.exec(path.toLowerCase().replace(/\.gz$/, "")) ?? [];
  return EXTENSIONS.includes(extension) || added.some(({ extensions }) => extensions.includes(extension));
}
