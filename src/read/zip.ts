/** zip archives, read with jszip: every volume in them is found, only what is wanted is inflated. */
import type JSZip from "jszip";
import { type ErrorCode, VoxelVolumeError } from "../errors.ts";
import { type ByteFile, streamedFile } from "./file.ts";
import type { Format, Found } from "./format.ts";
import { headersBeside } from "./pair.ts";
import { reason } from "./source.ts";
import { inflated, inflatedSize } from "./zip-entry.ts";
import { checkZip64 } from "./zip64.ts";

export const zip: Format = {
  name: "zip (.zip)",
  // "PK" and either the first file's header or, in an empty archive, the end of the directory.
  sniff: (head) =>
    head[0] === 0x50 &&
    head[1] === 0x4b &&
    ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6)),
  async open(file, _head, { inner, signal }) {
    const entries = await directory(file);
    const found: Found[] = [];
    for (const entry of entries.values()) {
      signal?.throwIfAborted();
      if (headersBeside(entry).length > 0) continue;
      try {
        found.push(...((await inner(entry)) ?? []));
      } catch (error) {
        if (!(error instanceof VoxelVolumeError)) throw error;
        found.push({ path: entry.path, error });
      }
    }
    if (found.length > 0) return found;
    const names = [...entries.keys()];
    const some = names.slice(0, 5).join(", ") + (names.length > 5 ? `, and ${names.length - 5} more` : "");
    const message = `${file.path} holds no volume that can be read; it holds ${some || "no files"}.`;
    throw new VoxelVolumeError("entry-not-found", message);
  },
};

/** The files in an archive by path, without folders and what macOS adds. */
async function directory(file: ByteFile): Promise<Map<string, ByteFile>> {
  const { default: JSZip } = await import("jszip");
  const bytes = await file.read(0, Number.POSITIVE_INFINITY);
  checkZip64(file.path, bytes);
  let archive: JSZip;
  try {
    archive = await JSZip.loadAsync(bytes);
  } catch (cause) {
    throw refusal(file.path, cause);
  }
  const entries = new Map<string, ByteFile>();
  const folded = new Map<string, ByteFile>();
  const sibling = (path: string) => (name: string) => {
    const wanted = path.slice(0, path.lastIndexOf("/") + 1) + name;
    return entries.get(wanted) ?? folded.get(wanted.toLowerCase());
  };
  for (const object of Object.values(archive.files)) {
    const path = object.name;
    if (object.dir || /(^|\/)(__MACOSX\/|\._)/.test(path)) continue;
    const size = inflatedSize(object, bytes.length);
    const entry = streamedFile(
      path,
      async () => size,
      async () => inflated(object),
      sibling(path),
    );
    entries.set(path, entry);
    folded.set(path.toLowerCase(), entry);
  }
  return entries;
}

function refusal(path: string, cause: unknown): VoxelVolumeError {
  const why = reason(cause);
  const error = (code: ErrorCode, what: string) => new VoxelVolumeError(code, `${path} ${what}`, { cause });
  if (/encrypted/i.test(why)) {
    return error("unsupported-format", "is encrypted. Unpack it and zip it without a password.");
  }
  if (/compression .* unknown/s.test(why)) {
    return error(
      "unsupported-format",
      "uses a compression other than deflate. Zip it again with the usual settings.",
    );
  }
  return error("corrupt-file", `is a damaged or cut-off zip file (${why}). Get it again.`);
}
