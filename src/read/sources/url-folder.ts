/** urlFolder: reads the files of a folder on a server, at most 16 at a time. */
import { range } from "./ranges.ts";
import { HttpError, isMissing, request, wholeBody } from "./request.ts";
import { BusyError, isBusy, retried } from "./retried.ts";
import type { FileRange, Folder, Progress, ReadOptions } from "./source.ts";
import { Turns } from "./turns.ts";

/** Most requests at a time: HTTP/2 has no lower limit, and HTTP/1 queues those beyond its six. */
const AT_ONCE = 16;

/** Names of the files that describe a Zarr folder; an address of one means its folder. */
export const METADATA = /\/(zarr\.json|\.z(array|attrs|group|metadata))$/i;

/**
 * The folder at `path`, a URL without query; `query` is added to the URL of each file.
 * A file is missing if the server says so (404, 410), or denies it (403) after it has sent another: stores that may not
 * be listed answer so.
 */
export function urlFolder(path: string, query: string): Folder {
  const base = `${path.replace(METADATA, "").replace(/\/+$/, "")}/`;
  const turns = new Turns(AT_ONCE);
  const traffic = { bytes: 0, requests: 0 };
  let hasRead = false;

  /** One request for a file or, with the method HEAD, for its size. */
  const send = async <T>(
    url: string,
    options: ReadOptions,
    init: Parameters<typeof request>[2],
    use: Parameters<typeof request<T>>[3],
  ): Promise<T | undefined> => {
    const attempt = () => {
      traffic.requests++;
      let counted = 0;
      // Also what arrives before a connection breaks.
      const onProgress = ({ loaded }: Progress) => {
        traffic.bytes += loaded - counted;
        counted = loaded;
      };
      const { signal } = options;
      return request<T | undefined>(url, { signal, onProgress }, init, async (response, receive) => {
        const { status } = response;
        if (status === 404 || status === 410) return undefined;
        if (isBusy(status)) throw new BusyError(response);
        if (!response.ok && status !== 416) throw new HttpError(status, response.statusText);
        const used = await use(response, receive);
        hasRead = true;
        return used;
      });
    };
    try {
      return await retried(() => turns.take(attempt, options.signal), options.signal);
    } catch (error) {
      if (hasRead && isMissing(error)) return undefined;
      throw error;
    }
  };

  const readRange = async (url: string, wanted: FileRange, options: ReadOptions) => {
    const part = "last" in wanted ? await lastPart(url, wanted.last, options) : wanted;
    if (!part) return undefined;
    if ("start" in part && part.start >= part.end) return new Uint8Array(0);
    const headers = "start" in part ? range(part.start, part.end) : { Range: `bytes=-${part.last}` };
    // Browsers serialise requests for the same cached file.
    return send(url, options, { cache: "no-store", headers }, async (response, receive) => {
      if (response.status === 416) return new Uint8Array(0);
      if (response.status === 206) {
        const bytes = await receive(undefined);
        const most = "start" in part ? part.end - part.start : part.last;
        if (bytes.length > most) throw new Error("more bytes were sent than were asked for");
        return bytes;
      }
      // The server does not support ranges.
      const all = await wholeBody(response, receive);
      return "start" in part ? all.slice(part.start, part.end) : all.slice(-part.last);
    });
  };

  /** The range of a file's last bytes: across origins, only ranges from a known start need no preflight. */
  const lastPart = async (
    url: string,
    last: number,
    options: ReadOptions,
  ): Promise<FileRange | undefined> => {
    if (!isForeign(url)) return { last };
    const size = await send(url, options, { method: "HEAD" }, async ({ headers }) =>
      headers.has("content-encoding") ? 0 : Number(headers.get("content-length")),
    );
    if (size === undefined) return undefined;
    return size > 0 ? { start: Math.max(0, size - last), end: size } : { last };
  };

  return {
    traffic,
    read(file, wanted, options = {}) {
      const url = base + file.split("/").map(encodeURIComponent).join("/") + query;
      return wanted ? readRange(url, wanted, options) : send(url, options, {}, wholeBody);
    },
  };
}

/** True if a page fetches the URL from another origin. */
function isForeign(url: string): boolean {
  const page = globalThis.location as { href: string; origin: string } | undefined;
  return page !== undefined && new URL(url, page.href).origin !== page.origin;
}
