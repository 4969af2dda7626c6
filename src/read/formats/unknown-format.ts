/** Errors for files and archives without a volume: they name the kind of file, and how to convert it. */

import { VoxelVolumeError } from "../../errors.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { baseName } from "../util/file-names.ts";
import { HEAD_BYTES } from "./format.ts";
import { OTHER_FORMATS, type OtherFormat } from "./other-formats.ts";

/** Bytes to examine. */
const LOOKED_AT = 2048;
/** Most characters in a message of a path, of a text from the file, and of the list of supported formats. */
const MOST = { path: 60, quote: 40, formats: 110 };

/**
 * The error for a file, or the contents of a gzip file, in an unsupported format; `formats`: names of the supported
 * ones.
 */
export async function unknownFormat(
  file: ByteFile,
  isGzipped: boolean,
  formats: readonly string[],
): Promise<VoxelVolumeError> {
  const head = await file.head(LOOKED_AT);
  const path = shortened(file.path, MOST.path);
  // The file name after gunzip.
  const unpacked = isGzipped ? file.path.replace(/\.gz$/i, "").replace(/\.tgz$/i, ".tar") : file.path;
  const known = look(head, unpacked);
  const isBlank = head.subarray(0, 64).every((byte) => byte === 0);
  const missing = (isBlank || !(known || isText(head))) && headerMissing(file);
  if (missing) return missing;
  if (!known) {
    const text = isText(head) ? "a text file, not a volume" : "of no format that is known here";
    const what = isGzipped ? `a gzip file that holds no volume: its content is ${text}` : text;
    return refusal(`${path} is ${what}. Formats read: ${listOf(formats)}.`);
  }
  const wayOut = named(known.wayOut, unpacked, file.path);
  const first = isGzipped && known.wayOut.includes("FILE") ? "After gunzip: " : "";
  return refusal(
    `${path} is ${isGzipped ? "a gzip file, and its content is " : ""}${known.what}. ${first}${wayOut}.`,
  );
}

/** The error for an image (.img) without its header; undefined for other file names. */
export function headerMissing({ path }: Pick<ByteFile, "path">): VoxelVolumeError | undefined {
  const image = /\.img(\.gz)?$/i;
  if (!image.test(path)) return undefined;
  const header = shortened(baseName(path).replace(image, ".hdr"), MOST.path);
  const message = `${shortened(path, MOST.path)} holds only voxels: the file ${header} beside it, which says how to read them, is missing. Give both files.`;
  return nothingIn(message);
}

/** The error for an archive without volumes; `looked` are the files that were examined. */
export async function emptyArchive(
  { path }: ByteFile,
  looked: readonly ByteFile[],
  names: readonly string[],
): Promise<VoxelVolumeError> {
  const archive = shortened(path, MOST.path);
  const kind = ARCHIVES.find(({ holds }) => names.some((name) => holds.test(name)));
  if (kind) {
    return nothingIn(`${archive} holds no volume: it is ${kind.what}. ${named(kind.wayOut, path, path)}.`);
  }
  for (const file of looked) {
    // No more than what has been read already.
    const known = look(await file.head(HEAD_BYTES), file.path);
    if (!known) continue;
    const entry = shortened(file.path, MOST.path);
    const wayOut = named(known.wayOut, file.path, file.path);
    return nothingIn(`${archive} holds no volume: ${entry} in it is ${known.what}. ${wayOut}.`);
  }
  const some = names.slice(0, 5).map((name) => shortened(name, MOST.path));
  const list =
    some.join(", ") + (names.length > some.length ? `, and ${names.length - some.length} more` : "");
  return nothingIn(`${archive} holds no volume that can be read; it holds ${list || "no files"}.`);
}

/** Archives that are recognised by the name of a file in them. */
const ARCHIVES = [
  {
    holds: /(^|\/)(\.zgroup|\.zarray|\.zattrs|zarr\.json)$/,
    what: "a Zarr folder",
    wayOut: "Zip that folder by itself, or unpack it and give the folder",
  },
  {
    holds: /(^|\/)data\.pkl$/,
    what: "a PyTorch file",
    wayOut:
      'In Python: import numpy, torch; numpy.save("new.npy", torch.load("FILE", map_location="cpu")["NAME"])',
  },
  {
    holds: /^\[Content_Types\]\.xml$/,
    what: "an Office document",
    wayOut: "Give the volume that it is about",
  },
];

/** Recognises a file by its first bytes; undefined if it is unknown. */
function look(head: Uint8Array, path: string): Pick<OtherFormat, "what" | "wayOut"> | undefined {
  const name = path.replace(/\.gz$/i, "");
  const text = Array.from(head, (byte) => String.fromCharCode(byte)).join("");
  for (const { signs, name: called, what, wayOut } of OTHER_FORMATS) {
    if (called && !called.test(name)) continue;
    for (const sign of signs) {
      const [found, quote] =
        typeof sign === "string" ? (beginsWith(text, sign) ? [sign] : []) : (sign.exec(text) ?? []);
      if (found === undefined) continue;
      const quoted = quote ? ` ("${shortened(utf8(quote), MOST.quote)}")` : "";
      return { what: what + quoted, wayOut };
    }
  }
  return undefined;
}

/** True if a text begins with a signature, in which ? matches any character. */
function beginsWith(text: string, sign: string): boolean {
  return sign.length <= text.length && [...sign].every((letter, i) => letter === "?" || letter === text[i]);
}

/** Advice with file names filled in, if they are safe in a shell command. */
function named(wayOut: string, file: string, archive: string): string {
  const plain = (path: string, instead: string) => {
    const name = baseName(path);
    return /^\w[\w.+-]{0,39}$/.test(name) ? name : instead;
  };
  return wayOut.replaceAll("FILE", plain(file, "FILE")).replaceAll("ARCHIVE", plain(archive, "FILE"));
}

/** Decodes bytes that were read as ISO 8859-1 as UTF-8, without line breaks. */
function utf8(text: string): string {
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(bytes).replace(/\s+/g, " ").trim();
}

function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13));
}

/** The beginning and the end of a text, shortened to `most` characters. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor((most - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(-half)}`;
}

/** Names of formats without their extensions, as many as fit. */
function listOf(formats: readonly string[]): string {
  const names = formats.map((name) => name.replace(/ *\(.*/, ""));
  let count = names.length;
  while (count > 1 && names.slice(0, count).join(", ").length > MOST.formats) count--;
  const more = count < names.length ? ", ... (see the README)" : "";
  return names.slice(0, count).join(", ") + more;
}

const refusal = (message: string) => new VoxelVolumeError("unsupported-format", message);
const nothingIn = (message: string) => new VoxelVolumeError("entry-not-found", message);
