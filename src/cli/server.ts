/** The command line's own server on localhost: the built pages, the input file and what lies beside it, and a place for the result. */

import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import sirv from "sirv";
import type { Input } from "./input.ts";

export interface LocalServer {
  /** Ends with a slash. */
  readonly url: string;
  /** URLs of the input's files, the one to open first, and of the table of labels, relative to `url`. */
  readonly input: readonly string[];
  readonly labels: string | undefined;
  close(): void;
}

/** Where the files of the input are, and a list of their URLs. */
export const INPUT_PATH = "input/";

/** Where the table of labels is. */
const LABELS_PATH = "labels";

/** Where results are posted to. */
export const OUTPUT_PATH = "output";

export interface ServeOptions {
  /** File that gets what is posted to `OUTPUT_PATH`. */
  readonly output?: string;
  /** File with a table of labels. */
  readonly labels?: string;
  /** 0 for any that is free. */
  readonly port?: number;
}

/** Serves the folder `pages` and the files of the input. */
export async function serve(
  pages: string,
  input: Input,
  { output, labels, port = 0 }: ServeOptions = {},
): Promise<LocalServer> {
  const files = sirv(pages, { dev: true });
  const { main } = input;
  const names = [main, ...input.files.map(({ name }) => name).filter((name) => name !== main)];
  const urls = names.map((name) => INPUT_PATH + name.split("/").map(encodeURIComponent).join("/"));
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOwn(request, (server.address() as AddressInfo).port)) {
      response.statusCode = 403;
      response.end();
      return;
    }
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    if (request.method === "POST" && path === `/${OUTPUT_PATH}` && output) {
      await pipeline(request, createWriteStream(output));
      response.end();
    } else if (labels && path === `/${LABELS_PATH}`) {
      await pipeline(createReadStream(labels), response);
    } else if (path === `/${INPUT_PATH}`) {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(urls));
    } else if (path.startsWith(`/${INPUT_PATH}`)) {
      await sendInput(path.slice(INPUT_PATH.length + 1), input, request.headers.range, response);
    } else {
      files(request, response);
    }
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((error: Error) => {
      if (!response.headersSent) response.statusCode = 500;
      response.end(error.message);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    labels: labels && LABELS_PATH,
    input: urls,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Whether a request is by the server's own name and page: other sites may lead a browser here. */
function isOwn({ headers: { host, origin } }: IncomingMessage, port: number): boolean {
  const hosts = [`localhost:${port}`, `127.0.0.1:${port}`];
  return hosts.includes(host ?? "") && (!origin || hosts.some((name) => origin === `http://${name}`));
}

/** Only files of the input can be asked for; `range` is the header, of which one range is understood. */
async function sendInput(
  name: string,
  { folder, files }: Input,
  range: string | undefined,
  response: ServerResponse,
): Promise<void> {
  if (!files.some((file) => file.name === name)) {
    response.statusCode = 404;
    response.end();
    return;
  }
  const path = join(folder, name);
  const { size, mtimeMs } = await stat(path);
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
  const start = Number(first ?? 0);
  const end = last ? Math.min(Number(last) + 1, size) : size;
  const part = first !== undefined && start < end;
  if (part) {
    response.statusCode = 206;
    response.setHeader("Content-Range", `bytes ${start}-${end - 1}/${size}`);
  }
  response.setHeader("ETag", `"${mtimeMs}-${size}"`);
  response.setHeader("Content-Type", "application/octet-stream");
  response.setHeader("Accept-Ranges", "bytes");
  response.setHeader("Content-Length", part ? end - start : size);
  await pipeline(createReadStream(path, part ? { start, end: end - 1 } : {}), response);
}
