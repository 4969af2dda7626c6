/** The command line's own server, for its own page alone: built pages, the files of the input, and a place for the result. */

import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { VoxelVolumeError } from "../errors.ts";
import type { Input } from "./local-source.ts";
import type { Pages } from "./pages.ts";
import { realPathIn } from "./real-file.ts";
import { sendFile } from "./send-file.ts";

export interface LocalServer {
  /** Ends with a slash. It has the server's secret: whoever knows it can read the input. */
  readonly url: string;
  /** URLs of the input's files, the one to open first, and of the table of labels, relative to `url`. */
  readonly input: readonly string[];
  readonly labels: string | undefined;
  /** Has the next POST to `OUTPUT_PATH` handed to `take`; there is none before, and none after it. */
  receive(take: (body: Readable) => Promise<void>): void;
  close(): void;
}

/** Where the files of the input are. */
export const INPUT_PATH = "input/";

/** Where the table of labels is. */
const LABELS_PATH = "labels";

/** Where results are posted to. */
export const OUTPUT_PATH = "output";

/** Where `data` is, as JSON. */
export const DATA_PATH = "data.json";

export interface ServeOptions {
  /** Real path of a file with a table of labels. */
  readonly labels?: string;
  /** What the page is given as JSON besides the files: see viewer.js. */
  readonly data?: (server: Pick<LocalServer, "input" | "labels">) => unknown;
  /** 0 for any that is free. */
  readonly port?: number;
}

/** Bytes of the secret in the path of every URL. */
const SECRET_BYTES = 16;

/**
 * Serves pages and the files of the input at 127.0.0.1.
 * @throws VoxelVolumeError "invalid-option" for a port that cannot be had.
 */
export async function serve(
  pages: Pages,
  input: Input,
  { labels, data, port = 0 }: ServeOptions = {},
): Promise<LocalServer> {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  const paths = new Map(input.files.map((file) => [file.name, file.path]));
  const names = [input.main, ...[...paths.keys()].filter((name) => name !== input.main)];
  const shown = {
    input: names.map((name) => INPUT_PATH + name.split("/").map(encodeURIComponent).join("/")),
    labels: labels && LABELS_PATH,
  };
  let take: ((body: Readable) => Promise<void>) | undefined;

  const post = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // A form of another site has an Origin, too; programs that have none are not the page.
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
      return sendFile(paths.get(path.slice(INPUT_PATH.length)), request, response);
    }
    const file = pages.has(path) ? await realPathIn(pages.folder, path) : undefined;
    return sendFile(file, request, response);
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, text] of Object.entries({ ...HEADERS, "Content-Security-Policy": pages.policy }))
      response.setHeader(name, text);
    const path = isOwn(request) ? pathBelow(secret, request.url ?? "") : undefined;
    if (path === undefined) return void response.writeHead(404).end();
    if (path === null) return void response.writeHead(400).end();
    if (request.method === "GET" || request.method === "HEAD") return get(path, request, response);
    if (request.method === "POST" && path === OUTPUT_PATH) return post(request, response);
    response.writeHead(405, { Allow: "GET, HEAD" }).end();
  };
  const server = createServer((request, response) => {
    // Clients go away at any time, and files become unreadable: that is the end of the answer, never of the server.
    handle(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}/`,
    ...shown,
    receive: (next) => {
      take = next;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What every answer has. */
const HEADERS = {
  "Cache-Control": "no-store",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** Names of this machine by which no other site can lead a browser here; a forwarded port may have another number. */
const OWN_HOST = /^(localhost|127\.0\.0\.1)(:\d+)?$/;

/** Whether a request is by the server's own name and from its own page, or from the address bar. */
function isOwn({ headers }: IncomingMessage): boolean {
  const {
    host = "",
    origin,
    "sec-fetch-site": site,
    "sec-fetch-mode": mode,
    "sec-fetch-dest": dest,
  } = headers;
  if (!OWN_HOST.test(host) || (origin !== undefined && origin !== `http://${host}`)) return false;
  // A link in a terminal that is a web page itself opens the viewer from another site; it cannot read what it opens.
  const isOpened = mode === "navigate" && dest === "document";
  return site === undefined || site === "same-origin" || site === "none" || isOpened;
}

/** The path below that of the secret, decoded: undefined for others, null for one with wrong escapes. */
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
