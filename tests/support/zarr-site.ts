/** ZarrSite: a web server for tests with an OME-Zarr of the field of demo/large, whose chunks are made when asked for. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "playwright/test";
import { answerRange, SHARED } from "../../demo/large/answer.ts";
import { FieldZarr, type FieldZarrOptions } from "../../demo/large/zarr.ts";

export interface ZarrSiteOptions extends FieldZarrOptions {
  /** Time before each answer, in ms; 0 by default. */
  readonly latencyMs?: number;
  /**
   * How the request for a path fails the `attempt`th time, from 1: with this status, or by a connection that breaks in
   * the middle of the body.
   */
  readonly failing?: (path: string, attempt: number) => number | "break" | undefined;
}

export class ZarrSite {
  /** The field that is served: the values to compare with. */
  readonly zarr: FieldZarr;
  /** Can be changed between requests. */
  latencyMs: number;
  failing: ZarrSiteOptions["failing"];
  /** Requests, as in "GET 0/c/1/2/3 bytes=0-9". */
  asked: string[] = [];
  /** Bytes of bodies that were sent. */
  sent = 0;
  /** Requests that the client gave up. */
  aborted = 0;
  /** Number of requests in progress, and the most at once. */
  open = 0;
  mostOpen = 0;
  /** URL of the group, with a slash at the end. */
  url = "";
  #attempts = new Map<string, number>();
  #server: Server | undefined;

  constructor({ latencyMs = 0, failing, ...field }: ZarrSiteOptions) {
    this.zarr = new FieldZarr(field);
    this.latencyMs = latencyMs;
    this.failing = failing;
  }

  /** Paths of the chunks and shards that were asked for, in order. */
  get chunks(): string[] {
    return this.asked.map((line) => line.split(" ")[1]).filter((path) => /\d$/.test(path));
  }

  /** Serves while the tests of the calling file or group run; each test starts with an empty log. */
  serveTests(): this {
    test.beforeAll(() => this.start());
    test.afterAll(() => this.close());
    test.beforeEach(() => this.reset());
    return this;
  }

  /** Starts the server; returns `url`. */
  async start(): Promise<string> {
    const server = createServer((request, response) => void this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/field.ome.zarr/`;
    return this.url;
  }

  /** Clears the log, the counters and the attempts; requests in progress still count as open. */
  reset(): void {
    this.asked = [];
    this.sent = 0;
    this.aborted = 0;
    this.mostOpen = this.open;
    this.#attempts.clear();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SHARED)) response.setHeader(name, value);
    if (request.method === "OPTIONS") return void response.writeHead(204).end();
    const { pathname } = new URL(request.url ?? "", "http://x");
    const path = decodeURIComponent(pathname).replace(/^\/field\.ome\.zarr\//, "");
    this.asked.push([request.method, path, request.headers.range ?? ""].join(" ").trim());
    this.open++;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    response.on("close", () => {
      this.open--;
      if (!response.writableFinished && !response.errored) this.aborted++;
    });
    if (this.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, this.latencyMs));
    if (response.destroyed) return;
    const attempt = (this.#attempts.get(path) ?? 0) + 1;
    this.#attempts.set(path, attempt);
    const failure = this.failing?.(path, attempt);
    if (typeof failure === "number") return void response.writeHead(failure).end();
    const file = await this.zarr.file(path);
    if (!file) return void response.writeHead(404).end();
    if (failure === "break") {
      const half = await file.read(0, Math.ceil(file.size / 2));
      response.writeHead(200, { "Content-Length": file.size });
      response.write(half, () => response.destroy(new Error("broken on purpose")));
      this.sent += half.length;
      return;
    }
    const bytes = await answerRange(request, response, file);
    this.sent += bytes;
  }

  close(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }
}
