/** Answers a request with a file, or with one range of a file. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { extname } from "node:path";
import { pipeline } from "node:stream/promises";
import { openReal } from "./real-file.ts";

/** Content types of page files; volumes are sent as bytes. */
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};
const BYTES = "application/octet-stream";

/**
 * Sends the regular file at a real path: 200, 206 for a range, 304 if not modified, 404 or 416. `sent` is told the bytes
 * of the body.
 */
export async function sendFile(
  path: string | undefined,
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  sent: (bytes: number) => void = () => {},
): Promise<void> {
  const file = path === undefined ? undefined : await openReal(path);
  if (!file || path === undefined) return void response.writeHead(404).end();
  try {
    const { size, mtimeMs } = await file.stat();
    const tag = `"${mtimeMs}-${size}"`;
    response.setHeader("ETag", tag);
    response.setHeader("Accept-Ranges", "bytes");
    if (headers["if-none-match"] === tag) return void response.writeHead(304).end();
    const stale = headers["if-range"] !== undefined && headers["if-range"] !== tag;
    const range = stale ? undefined : rangeOf(headers.range, size);
    if (range === "beyond") {
      response.setHeader("Content-Range", `bytes */${size}`);
      return void response.writeHead(416).end();
    }
    const [start, end] = range ?? [0, size];
    if (range) response.setHeader("Content-Range", `bytes ${start}-${end - 1}/${size}`);
    response.setHeader("Content-Type", TYPES[extname(path)] ?? BYTES);
    response.setHeader("Content-Length", end - start);
    response.writeHead(range ? 206 : 200);
    if (method === "HEAD" || start === end) return void response.end();
    await pipeline(file.createReadStream({ start, end: end - 1 }), counted(sent), response);
  } finally {
    await file.close();
  }
}

/** A part of a pipeline that tells the bytes of each chunk, and stops the pipeline if that throws. */
export function counted(tell: (bytes: number) => void) {
  return async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      tell(chunk.length);
      yield chunk;
    }
  };
}

/** Start and end (exclusive) of a single range; undefined for the whole file, also if the header is not understood. */
function rangeOf(header: string | undefined, size: number): readonly [number, number] | "beyond" | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  // Without a first position, the number counts the last bytes.
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(Number(last) + 1, size);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  return start < end ? [start, end] : "beyond";
}
