/** fromUrl: a Source that is fetched: of archives and of plain files, only what is wanted where the server gives parts. */
import { VoxelVolumeError } from "../../errors.ts";
import { textOf } from "../../text-of.ts";
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
    const given = url === "" ? "an empty text" : textOf(url);
    throw new VoxelVolumeError("invalid-option", `The address of a volume is needed, not ${given}.`);
  }
  const address = url.trim();
  if (UNFETCHABLE.test(address)) {
    const message = `A page cannot fetch ${address.slice(0, 80)}: give the https address of the file, or drop the file on the page; in a shell, give its path.`;
    throw new VoxelVolumeError("invalid-option", message);
  }
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

/** Addresses that no page can fetch: paths on a computer, stores and protocols that browsers do not know, and no files. */
const UNFETCHABLE =
  /^(file:|[a-z]:[\\/]|\\\\|~[\\/]|(s3|gs|gcs|az|abfss?|s?ftps?|scp|ssh|smb|nfs|rsync|javascript|mailto|tel|about):)/i;

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
