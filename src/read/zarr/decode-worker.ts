/** The worker of the decode pool: decodes what it is sent, one after the other. */
import { type Blocking, decode, NoDecoder } from "./decoders.ts";

/** A message to the worker. */
export interface Task {
  readonly codec: Blocking;
  readonly bytes: Uint8Array;
}

/** Its answer. */
export type Answer =
  | { readonly bytes: Uint8Array }
  | { readonly error: string; readonly hasDecoder: boolean };

/** The worker's side has the same methods as the page's. */
const scope = self as unknown as Pick<Worker, "onmessage" | "postMessage">;

scope.onmessage = async ({ data: { codec, bytes } }: MessageEvent<Task>) => {
  try {
    const decoded = await decode(codec, bytes);
    scope.postMessage({ bytes: decoded } satisfies Answer, [decoded.buffer]);
  } catch (error) {
    const hasDecoder = !(error instanceof NoDecoder);
    scope.postMessage({ error: (error as Error).message, hasDecoder } satisfies Answer);
  }
};
