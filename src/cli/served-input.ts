/** Serves an input to a page, or to code of this process that reads it as a page does. */

import { VoxelVolumeError } from "../errors.ts";
import { fromUrl, type Source } from "../read/index.ts";
import type { Input } from "./input.ts";
import { sourceOf } from "./local-source.ts";
import { OWN_PAGES } from "./pages.ts";
import { INPUT_PATH, type LocalServer, serve } from "./server.ts";

/** Has `use` read an input from a server. Errors name the input's own URL instead of the server's. */
export async function withServer<T>(input: Input, use: (server: LocalServer) => Promise<T>): Promise<T> {
  const server = await serve(OWN_PAGES, input);
  try {
    return await use(server);
  } catch (error) {
    if (!(error instanceof VoxelVolumeError)) throw error;
    throw new VoxelVolumeError(error.code, withOwnUrl(error.message, input, server), { cause: error });
  } finally {
    server.close();
  }
}

/** A message of code that read an input from a server, with the input's own URL instead of the server's. */
export function withOwnUrl(message: string, input: Input, { url }: Pick<LocalServer, "url">): string {
  return "files" in input ? message : message.replaceAll(url + INPUT_PATH, input.parent);
}

/** Has `use` read an input from a source. A folder that is not listed is read from a server, as a page reads it. */
export function withSource<T>(input: Input, use: (source: Source) => Promise<T>): Promise<T> {
  if ("files" in input) return use(sourceOf(input));
  return withServer(input, (server) => use(fromUrl(server.url + server.input[0])));
}
