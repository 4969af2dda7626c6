/**
 * The command line's own server: serves its pages and the input's files to its own page only, and receives the result.
 */

import { randomBytes, timingSafeEqual } from "node:crypto";
import { realpath } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { VoxelVolumeError } from "../errors.ts";
import type { Input } from "./input.ts";
import type { InputTree } from "./input-tree.ts";
import type { Pages } from "./pages.ts";
import { realPathIn } from "./real-file.ts";
import { sendFile } from "./send-file.ts";

export interface LocalServer {
  /** Base URL, with a slash at the end. It contains the server's secret: whoever knows it can read the input. */
  readonly url: string;
  /** URLs relative to `url`: the input's files, starting with the one to open, or its folder, with a slash at the end. */
  readonly input: readonly string[];
  /** URL of the label table, relative to `url`. */
  readonly labels: string | undefined;
  /** Bytes of the input's files that were sent so far. */
  readonly inputBytes: number;
  /** Passes the next POST to `OUTPUT_PATH` to `take`. POSTs before and after that one are refused. */
  receive(take: (body: Readable) => Promise<void>): void;
  close(): void;
}

/** Path of the input's files. */
export const INPUT_PATH = "input/";

/** Path of the label table. */
const LABELS_PATH = "labels";

/** Path to which results are posted. */
export const OUTPUT_PATH = "output";

/** Path of `data`, as JSON. */
const DATA_PATH = "data.json";

export interface ServeOptions {
  /** Real path of a label table. */
  readonly labels?: string;
  /** Data for the page, sent as JSON: see viewer.js. */
  readonly data?: (server: Pick<LocalServer, "input" | "labels">) => unknown;
  /** Port number; 0 for any free port. */
  readonly port?: number;
}

/** Length in bytes of the secret, which is part of every URL's path. */
const SECRET_BYTES = 16;

/**
 * Serves pages and the files of the input at 127.0.0.1.
 * @throws VoxelVolumeError "invalid-option" for a port that is not available.
 */
export async function serve(
  pages: Pages,
  input: Input,
  { labels, data, port = 0 }: ServeOptions = {},
): Promise<LocalServer> {
  const root = await realpath(pages.folder);
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  const { names, answer } = inputAnswers(input);
  const shown = {
    input: names.map((name) => INPUT_PATH + name.split("/").map(encodeURIComponent).join("/")),
    labels: labels && LABELS_PATH,
  };
  let inputBytes = 0;
  let take: ((body: Readable) => Promise<void>) | undefined;

  const post = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // A form of another site sends its Origin too; programs that send none are not the page.
    const taken = request.headers.origin === `http://${request.headers.host}` ? take : undefined;
    if (!taken) return void response.writeHead(403).end();
    take = undefined;
    await taken(request);
    response.writeHead(204).end();
  };
  const get = async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (labels && path === LABELS_PATH) return sendFile(labels, request, response);
    if (data && path === DATA_PATH) {
      response.setHeader("Content-Type", "application/json");
      return void response.end(request.method === "HEAD" ? undefined : JSON.stringify(data(shown)));
    }
    if (path.startsWith(INPUT_PATH)) {
      return answer(path.slice(INPUT_PATH.length), request, response, (bytes) => {
        inputBytes += bytes;
      });
    }
    const file = pages.has(path) ? await realPathIn(root, path) : undefined;
    return sendFile(file, request, response);
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = isOwn(request) ? pathBelow(secret, request.url ?? "") : undefined;
    const policy = pages.policies?.[path ?? ""] ?? pages.policy;
    for (const [name, text] of Object.entries({ ...HEADERS, "Content-Security-Policy": policy }))
      response.setHeader(name, text);
    if (path === undefined) return void response.writeHead(404).end();
    if (path === null) return void response.writeHead(400).end();
    if (request.method === "GET" || request.method === "HEAD") return get(path, request, response);
    if (request.method === "POST" && path === OUTPUT_PATH) return post(request, response);
    response.writeHead(405, { Allow: "GET, HEAD" }).end();
  };
  const server = createServer((request, response) => {
    // If a client disconnects or a file becomes unreadable, only the answer ends, never the server.
    handle(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}/`,
    ...shown,
    get inputBytes() {
      return inputBytes;
    },
    receive: (next) => {
      take = next;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The names that a page asks for below `INPUT_PATH`, and the answers. */
function inputAnswers(input: Input): {
  readonly names: readonly string[];
  readonly answer: InputTree["answer"];
} {
  if ("files" in input) {
    const paths = new Map(input.files.map((file) => [file.name, file.path]));
    return {
      names: [input.main, ...[...paths.keys()].filter((name) => name !== input.main)],
      answer: (path, request, response, sent) => sendFile(paths.get(path), request, response, sent),
    };
  }
  const folder = `${input.name}/`;
  return {
    names: [folder],
    async answer(path, request, response, sent) {
      if (path.startsWith(folder)) return input.answer(path.slice(folder.length), request, response, sent);
      response.writeHead(404).end();
    },
  };
}

/** Headers of every answer. */
const HEADERS = {
  "Cache-Control": "no-store",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** Host names that no other site can point to this server; a forwarded port may have another number. */
const OWN_HOST = /^(localhost|127\.0\.0\.1)(:\d+)?$/;

/** True if a request uses the server's own name and comes from its own page, or from the address bar. */
function isOwn({ headers }: IncomingMessage): boolean {
  const {
    host = "",
    origin,
    "sec-fetch-site": site,
    "sec-fetch-mode": mode,
    "sec-fetch-dest": dest,
  } = headers;
  if (!OWN_HOST.test(host) || (origin !== undefined && origin !== `http://${host}`)) return false;
  // Clicking the link in a web-based terminal opens the viewer from another site, which cannot read what it opens.
  const isOpened = mode === "navigate" && dest === "document";
  return site === undefined || site === "same-origin" || site === "none" || isOpened;
}

/** The decoded path after the secret; undefined without the secret, null for invalid escapes. */
function pathBelow(secret: string, url: string): string | null | undefined {
  const [, given = "", rest] = /^\/([^/?#]*)\/([^?#]*)/.exec(url) ?? [];
  const [wanted, bytes] = [Buffer.from(secret), Buffer.from(given)];
  if (bytes.length !== wanted.length || !timingSafeEqual(bytes, wanted)) return undefined;
  try {
    const path = decodeURIComponent(rest);
    return path.includes("\0") ? null : path;
  } catch {
    return null;
  }
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const taken =
        cause.code === "EADDRINUSE" ? "is in use: choose another one" : `cannot be used: ${cause.message}`;
      reject(new VoxelVolumeError("invalid-option", `port ${port} ${taken}`, { cause }));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
}
