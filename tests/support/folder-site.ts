/** A web server for a folder, whose files pages of any origin may fetch, like those of a CDN. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import sirv from "sirv";

export interface FolderSite {
  /** Ends with a slash. */
  readonly url: string;
  close(): void;
}

export async function serveFolder(folder: string): Promise<FolderSite> {
  const setHeaders = (response: { setHeader(name: string, value: string): void }) =>
    response.setHeader("Access-Control-Allow-Origin", "*");
  const server = createServer(sirv(folder, { dev: true, setHeaders }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
