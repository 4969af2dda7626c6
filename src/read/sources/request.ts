/** Requests: what an answer brings, with progress, and what to say when none comes. */
import { VoxelVolumeError } from "../../errors.ts";
import { type ReadOptions, reason } from "./source.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Asks for `url` and has `use` make something of the answer. Rejects with `network` for whatever fails there,
 * with the signal's reason when aborted; nothing more is fetched then.
 */
export async function request<T>(
  url: string,
  { signal, onProgress }: ReadOptions,
  init: Pick<RequestInit, "cache" | "headers">,
  use: (response: Response, receive: (total: number | undefined) => Promise<Bytes>) => Promise<T>,
): Promise<T> {
  let loaded = 0;
  let answer: Response | undefined;
  try {
    const response = await fetch(url, { ...init, signal });
    answer = response;
    return await use(response, async (length) => {
      const counted = response.body?.pipeThrough(
        new TransformStream<Bytes, Bytes>({
          transform(chunk, controller) {
            loaded += chunk.length;
            // Across origins the encoding may be hidden: a length that is overrun was not the length.
            const total = length !== undefined && length >= loaded ? length : undefined;
            onProgress?.({ phase: "download", loaded, total });
            controller.enqueue(chunk);
          },
        }),
      );
      return new Uint8Array(await new Response(counted).arrayBuffer());
    });
  } catch (cause) {
    signal?.throwIfAborted();
    throw networkError(url, cause, loaded);
  } finally {
    // A body that nobody wants must not go on coming; one that is locked is read on by who locked it.
    if (answer?.body && !answer.bodyUsed && !answer.body.locked) answer.body.cancel().catch(() => {});
  }
}

/** What to say when fetching `url` failed after so many bytes. */
export function networkError(url: string, cause: unknown, loaded: number): VoxelVolumeError {
  const after = loaded > 0 ? ` after ${loaded.toLocaleString("en")} bytes` : "";
  const short = url.length > 200 ? `${url.slice(0, 200)}...` : url;
  const message = `${short} could not be fetched${after}: ${reason(cause)}. Check the address and the connection.`;
  return new VoxelVolumeError("network", message, { cause });
}

/** The whole file at `url`. */
export function download(url: string, options: ReadOptions = {}): Promise<Bytes> {
  return request(url, options, {}, wholeBody);
}

/** The body of an answer that is to hold a whole file. */
export async function wholeBody(
  { ok, status, statusText, headers }: Response,
  receive: (total: number | undefined) => Promise<Bytes>,
): Promise<Bytes> {
  if (!ok) throw new Error(`HTTP ${status} ${statusText}`.trimEnd());
  // With a content encoding, Content-Length counts other bytes than those that arrive.
  const length = headers.has("content-encoding") ? null : headers.get("content-length");
  return receive(length === null ? undefined : Number(length));
}
