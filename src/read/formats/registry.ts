/** The formats that can be read, and how one is told from another. */
import { fetched, VoxelVolumeError } from "../../errors.ts";
import { gzip } from "../containers/gzip.ts";
import { zip } from "../containers/zip.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { analyze } from "./analyze.ts";
import { type Format, type Found, HEAD_BYTES } from "./format.ts";
import { versionOf } from "./nifti-version.ts";

/** Formats whose readers are fetched when a file needs them. */
const npy: Format = {
  name: "NumPy (.npy)",
  sniff: (head) => String.fromCharCode(...head.subarray(0, 6)) === "\x93NUMPY",
  open: async (...args) => (await fetched(import("./npy.ts"))).openNpy(...args),
};
const nifti: Format = {
  name: "NIfTI-1 and NIfTI-2 (.nii, or .hdr + .img)",
  sniff: (head) => versionOf(head) !== undefined,
  open: async (...args) => (await fetched(import("./nifti.ts"))).openNifti(...args),
};

/** Asked in this order. A container may hold only formats after it: nothing nests without end. */
const formats: readonly Format[] = [zip, gzip, npy, nifti, analyze];

/**
 * Every volume in a file. Rejects with `corrupt-file` for an empty or damaged file, `unsupported-format` for
 * one that is of no known format, `entry-not-found` for an archive without volumes.
 */
export async function openFile(file: ByteFile, signal?: AbortSignal): Promise<Found[]> {
  const found = await openAs(formats, file, signal);
  if (found) return found;
  const head = await file.head(HEAD_BYTES);
  if (head.length === 0) {
    throw new VoxelVolumeError("corrupt-file", `${file.path} is empty (0 bytes). Get the file again.`);
  }
  const names = formats.map((format) => format.name).join(", ");
  throw new VoxelVolumeError("unsupported-format", `${file.path} ${look(head)}. Formats read: ${names}.`);
}

async function openAs(
  among: readonly Format[],
  file: ByteFile,
  signal?: AbortSignal,
): Promise<Found[] | undefined> {
  signal?.throwIfAborted();
  const head = await file.head(HEAD_BYTES);
  const index = among.findIndex((format) => format.sniff(head, file.path));
  const inner = (held: ByteFile) => openAs(among.slice(index + 1), held, signal);
  return index < 0 ? undefined : among[index].open(file, head, { signal, inner });
}

/** What an unknown file looks like, so that a person sees why it is not read. */
function look(head: Uint8Array): string {
  if (head[0] === 0x1f && head[1] === 0x8b) return "is a gzip file that holds no volume";
  const text = new TextDecoder().decode(head).trimStart();
  if (/^<(!doctype|html|\?xml)/i.test(text)) {
    return "is a web page, not a volume (does the address lead to the file itself?)";
  }
  if (head.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13))) return "is a text file, not a volume";
  return "is of no format that is known here";
}
