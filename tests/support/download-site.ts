/** A web server for tests of downloads: files that change, and answers that stall, never end or are something else. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export class DownloadSite {
  /** Requests, as "path status". */
  readonly asked: string[] = [];
  /** Handlers by path, without the leading slash. */
  readonly handlers: Record<string, Handler> = {};
  #server: Server | undefined;
  #url = "";

  /** Starts the server, at the same address as before; returns it with a slash at the end. */
  async open(): Promise<string> {
    const server = createServer((request, response) => {
      const path = request.url?.slice(1) ?? "";
      response.on("close", () => this.asked.push(`${path} ${response.statusCode}`));
      const handler = this.handlers[path];
      if (handler) handler(request, response);
      else response.writeHead(404).end();
    });
    this.#server = server;
    const port = this.#url === "" ? 0 : Number(new URL(this.#url).port);
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    this.#url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    return this.#url;
  }

  /** Serves a file, with headers that identify its version. */
  file(path: string, bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): void {
    this.handlers[path] = ({ headers: asked }, response) => {
      for (const [name, text] of Object.entries(headers)) response.setHeader(name, text);
      const { ETag = "", "Last-Modified": date = "" } = headers;
      const isKnown =
        (ETag !== "" && asked["if-none-match"] === ETag) ||
        (date !== "" && asked["if-modified-since"] === date);
      if (isKnown) response.writeHead(304).end();
      else response.end(bytes);
    };
  }

  close(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }
}
