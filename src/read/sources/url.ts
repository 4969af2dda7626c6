/** fromUrl: a Source that is fetched: of archives and of plain files, only what is wanted where the server gives parts. */
import { VoxelVolumeError } from "../../errors.ts";
import { openRanges } from "./ranges.ts";
import { download } from "./request.ts";
import type { Source } from "./source.ts";
import { openStream } from "./stream-parts.ts";

/**
 * The file at a URL, absolute or relative to the page. Files beside it are looked for in the same folder,
 * with the same query (it may hold a token or a version). Throws `invalid-option` for what is no address that can be fetched;
 * reading rejects with `network` when the fetch fails.
 */
export function fromUrl(url: string): Source {
  if (typeof url !== "string" || url === "") {
    const given = url === "" ? "an empty text" : String(url);
    throw new VoxelVolumeError("invalid-option", `The address of a volume is needed, not ${given}.`);
  }
  const address = url.trim();
  const [, why] = UNFETCHABLE.find(([addresses]) => addresses.test(address)) ?? [];
  if (why) throw new VoxelVolumeError("invalid-option", `${address.slice(0, 80)} ${why}.`);
  const opaque = /^(data|blob):/i.test(url);
  const [, folder = "", file = "", query = ""] = /^([^?#]*\/)?([^?#]*)(\?[^#]*)?/.exec(url) ?? [];
  const name = opaque ? url.slice(0, url.indexOf(":")) : decode(file) || url;
  const [, open] = (!opaque && OPENERS.find(([names]) => names.test(name))) || [];
  return {
    name,
    bytes: (options) => download(url, options),
    open: open && ((options) => open(url, options)),
    sibling: (path) => {
      // A path that leaves the folder names no file beside this one.
      if (opaque || /(^|\/)\.{0,2}(\/|$)/.test(path)) return undefined;
      return fromUrl(folder + path.split("/").map(encodeURIComponent).join("/") + query);
    },
  };
}

/** Addresses that no page can fetch, and what to give instead. */
const UNFETCHABLE = [
  [
    /^(file:|[a-z]:[\\/]|\\\\|~[\\/])/i,
    "is a file on a computer, which no page can fetch. Choose or drop the file, give the https address of a copy on a server, or, in a shell, its path",
  ],
  [/^(s3|gs|gcs|az|abfss?):/i, "is not an address that can be fetched. Give the https address of the object"],
  [/^(s?ftps?|scp|ssh|smb|nfs|rsync|dav):/i, "cannot be fetched by this protocol. Give an https address"],
  [/^(javascript|mailto|tel|about|view-source):/i, "leads to no file. Give the https address of a volume"],
] as const;

/** Openers of files that need not be read as a whole. The directory of an archive is at its end, those of a TIFF anywhere. */
const OPENERS = [
  [/\.(zip|npz|tiff?)$/i, openRanges],
  [/\.(nii|img|npy|nrrd|mha|mgh|raw)$/i, openStream],
] as const;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
