/** A web server for one test: serves files from memory, and 404 for anything else. */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Types without which browsers refuse a file. */
const TYPES: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript" };

export class Site {
  /** Requested paths, in order. */
  readonly asked: string[] = [];
  #server: Server | undefined;

  /** Files by path, without the leading slash. */
  constructor(readonly files: Record<string, Uint8Array>) {}

  /** Starts the server; returns its URL with a slash at the end. */
  async open(): Promise<string> {
    const server = createServer(({ url = "" }, response) => {
      const path = url.slice(1);
      this.asked.push(path);
      const bytes = this.files[path];
      response.statusCode = bytes ? 200 : 404;
      const type = TYPES[path.replace(/^.*\./, "")];
      if (type) response.setHeader("Content-Type", type);
      response.end(bytes);
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://localhost:${(server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }
}
