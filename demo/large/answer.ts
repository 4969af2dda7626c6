/** answerRange: answers an HTTP request for a file, or for a part of it. */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { ZarrFile } from "./zarr.ts";

/** Headers with which pages of other sites may read a file in parts. */
export const SHARED = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "Range",
  "Access-Control-Expose-Headers": "Content-Range, Accept-Ranges, ETag",
};

/**
 * Answers GET and HEAD, with a single range if one is asked for: `bytes=0-9`, `bytes=10-` or the last bytes, `bytes=-10`.
 * @returns the number of bytes of the body.
 */
export async function answerRange(
  request: IncomingMessage,
  response: ServerResponse,
  file: ZarrFile,
): Promise<number> {
  const { size } = file;
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const isPart = first !== "" || last !== "";
  const start = first !== "" ? Number(first) : isPart ? Math.max(0, size - Number(last)) : 0;
  const end = first !== "" && last !== "" ? Math.min(size, Number(last) + 1) : size;
  response.setHeader("Accept-Ranges", "bytes");
  if (isPart && start >= end) {
    response.writeHead(416, { "Content-Range": `bytes */${size}` }).end();
    return 0;
  }
  const isHead = request.method === "HEAD";
  const body = isHead ? new Uint8Array(0) : await file.read(start, end);
  response.writeHead(isPart ? 206 : 200, {
    "Content-Type": "application/octet-stream",
    "Content-Length": end - start,
    ...(isPart && { "Content-Range": `bytes ${start}-${end - 1}/${size}` }),
  });
  response.end(body);
  return body.length;
}
