/** describeFailure: explains why a URL could not be fetched, and how to fix it. */
import { reason } from "./source.ts";

/**
 * One line for people; `status` is the HTTP status, if there was an answer; `loaded` is the number of bytes that
 * arrived.
 */
export function describeFailure(
  url: string,
  cause: unknown,
  status: number | undefined,
  loaded: number,
): string {
  const after = loaded > 0 ? ` after ${loaded.toLocaleString("en")} bytes` : "";
  return `${shortened(url)} could not be fetched${after}: ${reasonOf(cause)}. ${advice(url, status)}.`;
}

/** A URL for messages: the beginning and the end of a long one, only the type of a data: URL. */
function shortened(url: string): string {
  if (/^data:/i.test(url)) return url.length > 40 ? `${url.slice(0, 40)}...` : url;
  return url.length > 120 ? `${url.slice(0, 80)}...${url.slice(-37)}` : url;
}

/** Message of a thrown value and its cause: in Node, the cause tells why a fetch failed. */
export function reasonOf(cause: unknown): string {
  const beneath = cause instanceof Error && cause.cause instanceof Error ? ` (${reason(cause.cause)})` : "";
  return `${reason(cause)}${beneath}`.slice(0, 90);
}

function advice(url: string, status: number | undefined): string {
  if (status !== undefined) {
    if (status === 401 || status === 403)
      return "Check the address, and whether it may be read without signing in";
    return status === 429 || status >= 500 ? "Try again later" : "Check the address";
  }
  if (/^data:/i.test(url)) return "Check the data in the address";
  if (/^blob:/i.test(url)) return "The page that made this address may have let go of it";
  const page = globalThis.location as { href: string; origin: string; protocol: string } | undefined;
  if (page?.protocol === "file:") {
    return "A page opened from a file may not fetch others: serve it over http, as by npx serve";
  }
  const isForeign = page && URL.canParse(url, page.href) && new URL(url, page.href).origin !== page.origin;
  const sharing = isForeign ? ", and that the server lets other sites read it (CORS)" : "";
  return `Check the address and the connection${sharing}`;
}
