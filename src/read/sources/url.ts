/**
 * fromUrl: a Source for a URL. Of archives and plain files, only the requested parts are fetched if the server supports
 * it.
 */
import { fetched, VoxelVolumeError } from "../../errors.ts";
import { textOf } from "../../text-of.ts";
import { openRanges } from "./ranges.ts";
import { download, request } from "./request.ts";
import type { Parts, ReadOptions, Source } from "./source.ts";

/**
 * The file at a URL, absolute or relative to the page; a folder if the path ends with a slash or has a part that ends
 * with .zarr. Files beside it are looked up in the same folder, with the same
 * query (it may contain a token or a version). Throws `invalid-option` for a URL that cannot be fetched; reading
 * rejects with `network` if fetching fails.
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
  const path = folder + file;
  const isFolder = !opaque && /\.zarr\/|(\.zarr|\/)$/i.test(path);
  const name = opaque
    ? url.slice(0, url.indexOf(":"))
    : decode(/[^/]*(?=\/?$)/.exec(path)?.[0] as string) || url;
  const [, open] = (!opaque && OPENERS.find(([names]) => names.test(name))) || [];
  return {
    name,
    bytes: (options) => download(url, options),
    open: open && ((options) => open(url, options)),
    ...(isFolder && {
      folder: async () => (await fetched(import("../zarr/index.ts"))).urlFolder(path, query),
    }),
    sibling: (path) => {
      // A path outside the folder is not a file beside this one.
      if (opaque || /(^|\/)\.{0,2}(\/|$)/.test(path)) return undefined;
      return fromUrl(folder + path.split("/").map(encodeURIComponent).join("/") + query);
    },
  };
}

/** URLs that no page can fetch: local paths, cloud storage, protocols that browsers do not support, and folders. */
const UNFETCHABLE = /^(?!(https?|data|blob|[\w-]+-extension):)([a-z][a-z\d+.-]*:(?!\d)|\\\\|~[\\/])/i;

/** Opens a plain file with a request for all of it; the answer is read as far as needed. */
function openStream(url: string, options: ReadOptions = {}): Promise<Parts> {
  // Loaded while waiting for the answer.
  const code = fetched(import("./stream-parts.ts"));
  code.catch(() => {});
  // "no-cache" revalidates cached answers, because other parts come from the server.
  return request(url, options, { cache: "no-cache" }, async (response, receive) =>
    (await code).partsOfAnswer(url, response, receive, options),
  );
}

/**
 * How to open files that need not be read completely. An archive's directory is at its end, a TIFF's directories are
 * anywhere.
 */
const OPENERS = [
  [/\.(zip|ozx|npz|tiff?)$/i, openRanges],
  [/\.(nii|img|npy|nrrd|mha|mgh|raw)$/i, openStream],
] as const;

/** Decodes a part of a URL; returned unchanged if it is malformed. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
