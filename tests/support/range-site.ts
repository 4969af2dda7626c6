/** RangeSite: a web server for tests that supports range requests, or fails in the way that the query chooses. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { test } from "playwright/test";

/** Bytes after which a whole file stalls, if the query has "held": what a slow connection has transferred so far. */
const HELD = 600_000;

/** Time of a round trip to a distant server, in ms. */
const ROUND_TRIP = 5;

/** Brotli's default quality is meant for files that are compressed once. */
const FAST = { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } };

export class RangeSite {
  /** Requests, as in "GET a.zip bytes=0-9". */
  asked: string[] = [];
  /** Bytes of bodies that were sent. */
  sent = 0;
  /** Number of answers in progress. */
  open = 0;
  #server: Server | undefined;

  /** URL of the server, with a slash at the end. */
  base = "";
  /** Round trips in which the requests with "far" in their query were answered. */
  rounds = 0;
  #waiting: (() => void)[] = [];

  /** @param files by path, without the leading slash. */
  constructor(public files: Record<string, Uint8Array> = {}) {}

  /** Serves while the tests of the calling file or group run; each test starts with an empty log. */
  serveTests(): this {
    test.beforeAll(async () => {
      await this.start();
    });
    test.afterAll(() => this.close());
    test.beforeEach(() => this.reset());
    return this;
  }

  /** Starts the server; returns `base`. */
  async start(): Promise<string> {
    const server = createServer((request, response) => this.#answerInTurn(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    return this.base;
  }

  /** Answers at once, or, if the query has "far", together with all requests that arrive within a round trip. */
  #answerInTurn(request: IncomingMessage, response: ServerResponse): void {
    const answer = () => this.#answer(request, response);
    if (!/[?&]far\b/.test(request.url ?? "")) return void answer();
    this.#waiting.push(answer);
    if (this.#waiting.length > 1) return;
    this.rounds++;
    setTimeout(() => {
      for (const answer of this.#waiting.splice(0)) answer();
    }, ROUND_TRIP);
  }

  /** Clears the log of requests and bytes. */
  reset(): void {
    this.asked = [];
    this.sent = 0;
    this.rounds = 0;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
    const path = decodeURIComponent(pathname.slice(1));
    const [, first = "", last = ""] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    this.asked.push([request.method, path, request.headers.range ?? ""].join(" ").trim());
    this.open++;
    response.on("close", () => this.open--);
    let bytes = this.files[path];
    const status = Number(searchParams.get("status") ?? 404);
    if (!bytes) return void response.writeHead(status).end();
    /** Whether the request is not for the beginning: most faults apply only to later requests. */
    const later = Number(first) > 0;
    const odd = (name: string) => searchParams.has(name);
    response.setHeader("Access-Control-Allow-Origin", "*");
    if (odd("expose"))
      response.setHeader("Access-Control-Expose-Headers", "Accept-Ranges, Content-Range, ETag");
    const redirect = searchParams.get("redirect");
    if (redirect) return void response.writeHead(302, { Location: redirect }).end();
    if (odd("none")) return void response.writeHead(204).end();
    const encoding = odd("encoded") ? "gzip" : odd("br") ? "br" : undefined;
    if (encoding) {
      bytes = encoding === "br" ? brotliCompressSync(bytes, FAST) : gzipSync(bytes);
      response.setHeader("Content-Encoding", encoding);
    }
    if (!odd("whole")) response.setHeader("Accept-Ranges", "bytes");
    response.setHeader("ETag", odd("changed") && later ? '"2"' : '"1"');
    let [start, end] = [Number(first), Math.min(Number(last) + 1, bytes.length)];
    const whole = first === "" || odd("whole") || (odd("once") && later);
    if (whole) [start, end] = [0, bytes.length];
    else if (start >= bytes.length) {
      response.setHeader("Content-Range", `bytes */${bytes.length}`);
      return void response.writeHead(416).end();
    } else {
      if (odd("refused") && later) return void response.writeHead(416).end();
      if (odd("shifted") && later) start++;
      response.statusCode = 206;
      const size = bytes.length + (odd("grown") && later ? 1 : 0);
      if (!odd("hidden")) response.setHeader("Content-Range", `bytes ${start}-${end - 1}/${size}`);
    }
    const body = bytes.subarray(start, odd("short") && later ? end - 1 : end);
    if (!odd("short")) response.setHeader("Content-Length", body.length);
    if (later && (odd("stall") || odd("break"))) {
      this.sent += 100;
      response.write(body.subarray(0, 100), () => odd("break") && response.destroy());
      return;
    }
    if (first === "" && odd("held")) {
      this.sent += HELD;
      response.write(body.subarray(0, HELD));
      return;
    }
    this.sent += body.length;
    response.end(body);
  }

  close(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }
}
