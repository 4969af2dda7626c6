/** UnreliableServer: a web server that answers requests for files and parts of them in many wrong ways. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { Random } from "./random.ts";
import type { Files } from "./seeds.ts";

const MISTAKES = [
  "ignores ranges",
  "shifts ranges",
  "shortens ranges",
  "lies about ranges",
  "hides ranges",
  "lies about size",
  "breaks off",
  "waits",
  "sends less",
  "sends more",
  "claims an encoding",
  "encodes",
  "refuses",
  "changes",
] as const;
type Mistake = (typeof MISTAKES)[number];

const STATUSES = [204, 302, 400, 403, 404, 416, 429, 500, 503];

export class UnreliableServer {
  #server: Server | undefined;
  #address = "";
  #files: Files = new Map();
  #mistakes: readonly Mistake[] = [];
  #seed = "";
  #requests = 0;

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.#address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  /** Serves `files` from now on, with errors that `random` chooses; returns the URL of the file `name`. */
  serve(files: Files, name: string, random: Random): string {
    this.#files = files;
    this.#mistakes = Array.from({ length: random.int(3) }, () => random.pick(MISTAKES));
    this.#seed = String(random.next());
    this.#requests = 0;
    return this.#address + encodeURIComponent(name);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const range = request.headers.range ?? "";
    const path = decodeURIComponent((request.url ?? "").slice(1));
    // Depends on the request, because the order of requests varies.
    const random = new Random(this.#seed, path, range);
    const makes = (mistake: Mistake) => this.#mistakes.includes(mistake) && random.chance(0.6);
    const isFirst = this.#requests++ === 0;
    const whole = this.#files.get(path);
    if (makes("waits")) await new Promise((resolve) => setTimeout(resolve, random.int(4)));
    if (!whole || (makes("refuses") && (!isFirst || random.chance(0.3)))) {
      const status = whole ? random.pick(STATUSES) : 404;
      response.writeHead(
        status,
        status === 302 ? { Location: random.pick(["/", "/a.nii", "http://["]) } : {},
      );
      return void response.end(status === 204 ? undefined : "<html>no</html>");
    }
    let bytes = makes("encodes") ? new Uint8Array(gzipSync(whole)) : whole;
    if (bytes !== whole || makes("claims an encoding")) {
      response.setHeader(
        "Content-Encoding",
        bytes === whole ? random.pick(["gzip", "br", "deflate", "x"]) : "gzip",
      );
    }
    response.setHeader("Accept-Ranges", random.chance(0.8) ? "bytes" : "none");
    response.setHeader("ETag", makes("changes") ? `"${random.int(100)}"` : '"1"');
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
    if (first !== undefined && !makes("ignores ranges")) {
      if (Number(first) >= bytes.length) {
        response.writeHead(416, { "Content-Range": `bytes */${bytes.length}` });
        return void response.end();
      }
      let [start, end] = [Number(first), Math.min(Number(last) + 1, bytes.length)];
      if (makes("shifts ranges")) start = Math.min(start + 1, bytes.length - 1);
      if (makes("shortens ranges")) end = Math.max(start + 1, end - random.int(9));
      const size = makes("lies about size")
        ? random.pick([0, end, bytes.length + 1, 2 ** 31, 2 ** 53, 1e30])
        : bytes.length;
      const claimed = makes("lies about ranges")
        ? [start + random.int(3), end + random.int(99)]
        : [start, end - 1];
      response.statusCode = 206;
      if (!makes("hides ranges")) response.setHeader("Content-Range", `bytes ${claimed.join("-")}/${size}`);
      bytes = bytes.subarray(start, end);
    }
    let claim = bytes.length;
    if (makes("sends less")) claim += 1 + random.int(1e6);
    if (makes("sends more")) claim >>= 1;
    if (makes("lies about size")) claim = 2 ** 40;
    if (claim !== bytes.length || random.chance(0.9)) response.setHeader("Content-Length", claim);
    const sent = makes("breaks off") ? bytes.subarray(0, random.int(bytes.length + 1)) : bytes;
    if (sent.length >= claim) return void response.end(sent);
    // Otherwise the connection would stay open, and the client would wait for the rest.
    response.write(sent, () => response.destroy());
  }
}
