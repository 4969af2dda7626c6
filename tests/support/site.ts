/** A web server of a test's own: files from memory, and anything else is 404. */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export class Site {
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  #server: Server | undefined;

  /** By path, without the slash in front. */
  constructor(readonly files: Record<string, Uint8Array>) {}

  /** Begins to serve; gives the address, which ends with a slash. */
  async open(): Promise<string> {
    const server = createServer(({ url = "" }, response) => {
      const path = url.slice(1);
      this.asked.push(path);
      const bytes = this.files[path];
      response.statusCode = bytes ? 200 : 404;
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
