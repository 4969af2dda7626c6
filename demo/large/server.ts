/** serveDemo: serves the demo, and below `FIELD` a large volume whose chunks are made when they are asked for. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import sirv from "sirv";
import { answerRange, SHARED } from "./answer.ts";
import { FieldZarr } from "./zarr.ts";

/** Path of the OME-Zarr of the field. */
export const FIELD = "/demo/large/field.ome.zarr/";
const PORT = 8000;

export interface DemoServer {
  /** Ends with a slash. */
  readonly url: string;
  /** Requests for files of the field so far, the bytes of their answers, and how many are in progress. */
  readonly counts: { requests: number; bytes: number; open: number };
  close(): void;
}

/** Serves a folder at 127.0.0.1, at port 8000 if that is free, with a field of `side` voxels a side. */
export async function serveDemo(folder: string, side = 2048): Promise<DemoServer> {
  const files = sirv(folder, { dev: true });
  const field = new FieldZarr({ side, codec: "gzip" });
  const counts = { requests: 0, bytes: 0, open: 0 };
  const answer = async (path: string, request: IncomingMessage, response: ServerResponse) => {
    counts.requests++;
    counts.open++;
    response.on("close", () => counts.open--);
    for (const [name, text] of Object.entries(SHARED)) response.setHeader(name, text);
    const file = await field.file(path);
    if (!file) return void response.writeHead(404).end();
    const bytes = await answerRange(request, response, file);
    counts.bytes += bytes;
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://x");
    if (!pathname.startsWith(FIELD)) files(request, response);
    else answer(pathname.slice(FIELD.length), request, response).catch(() => response.destroy());
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(port, "127.0.0.1", resolve);
    });
  await listen(PORT).catch(() => listen(0));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    counts,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
