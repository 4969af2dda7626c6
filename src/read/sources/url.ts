/** fromUrl: a Source that is fetched: of archives and of plain files, only what is wanted where the server gives parts. */
import { fetched, VoxelVolumeError } from "../../errors.ts";
import { textOf } from "../../text-of.ts";
import { openRanges } from "./ranges.ts";
import { download, request } from "./request.ts";
import type { Parts, ReadOptions, Source } from "./source.ts";

/**
 * The file at a URL, absolute or relative to the page. Files beside it are looked for in the same folder,
 * with the same query (it may hold a token or a version). Throws `invalid-option` for an address that cannot be fetched;
 * reading rejects with `network` when the fetch fails.
 */
export function fromUrl(given: string): Source {
  const url = textOf(given).trim();
  if (typeof given !== "string" || url === "") {
    const what = url === "" ? "an empty text" : url;
    throw new VoxelVolumeError("invalid-option", `The address of a volume is needed, not ${what}.`);
  }
  if (UNFETCHABLE.test(url)) {
    const message = `A page cannot fetch ${url.slice(0, 80)}: give the https address of the file, or drop the file on the page; in a shell, give its path.`;
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
const UNFETCHABLE = /^(?!(https?|data|blob|[\w-]+-extension):)([a-z][a-z\d+.-]*:(?!\d)|\\\\|~[\\/])/i;

/** Opens a plain file with a request for all of it, whose answer is read as far as it is wanted. */
function openStream(url: string, options: ReadOptions = {}): Promise<Parts> {
  // Fetched while the answer comes.
  const code = fetched(import("./stream-parts.ts"));
  code.catch(() => {});
  // The cache may answer only with what the server confirms: other parts come from there.
  return request(url, options, { cache: "no-cache" }, async (response, receive) =>
    (await code).partsOfAnswer(url, response, receive, options),
  );
}

/** Openers of files that need not be read as a whole. The directory of an archive is at its end, those of a TIFF anywhere. */
const OPENERS = [
  [/\.(zip|npz|tiff?)$/i, openRanges],
  [/\.(nii|img|npy|nrrd|mha|mgh|raw)$/i, openStream],
] as const;

/** A part of an address as text; as it is where it is not well-formed. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
