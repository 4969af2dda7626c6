/** The file formats: one file each, and one line here or, for rare formats, in rare-formats.ts. */

import { fetched } from "../../errors.ts";
import { analyze } from "./analyze.ts";
import type { Format } from "./format.ts";
import { versionOf } from "./nifti-version.ts";
import { EXTENSIONS } from "./volume-names.ts";

/** Formats whose code is loaded when a file needs it. */
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

/** Tried in this order, after formats that were registered. */
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
 * Adds a format, which is tried before the built-in ones. `FormatVolume` has defaults for what a volume leaves out.
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

/** Whether a file has the name of a volume, compressed or not. */
export function isVolumeName(path: string): boolean {
  const [extension = ""] = /[^./]*$/.exec(path.toLowerCase().replace(/\.gz$/, "")) ?? [];
  return EXTENSIONS.includes(extension) || added.some(({ extensions }) => extensions.includes(extension));
}
