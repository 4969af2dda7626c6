/** serveDemo: serves the demo, and below `FIELD` a large volume whose chunks are made when they are asked for. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import sirv from "sirv";
import { answerRange, SHARED } from "./answer.ts";
import { FieldZarr } from "./zarr.ts";

/** Path of the OME-Zarr of the field. */
const FIELD = "/demo/large/field.ome.zarr/";
const PORT = 8000;

/** Serves a folder at 127.0.0.1, at port 8000 if that is free. @returns the URL, with a slash at the end. */
export async function serveDemo(folder: string): Promise<string> {
  const files = sirv(folder, { dev: true });
  const field = new FieldZarr({ side: 2048, codec: "gzip" });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://x");
    if (!pathname.startsWith(FIELD)) files(request, response);
    else answer(field, pathname.slice(FIELD.length), request, response).catch(() => response.destroy());
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(port, "127.0.0.1", resolve);
    });
  await listen(PORT).catch(() => listen(0));
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

async function answer(field: FieldZarr, path: string, request: IncomingMessage, response: ServerResponse) {
  for (const [name, text] of Object.entries(SHARED)) response.setHeader(name, text);
  const file = await field.file(path);
  if (file) await answerRange(request, response, file);
  else response.writeHead(404).end();
}
