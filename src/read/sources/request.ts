/** Requests: fetches with progress, and explains failures. */
import { VoxelVolumeError } from "../../errors.ts";
import { type ReadOptions, reason } from "./source.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Fetches `url` and passes the answer to `use`. Rejects with `network` for any failure, or with the signal's reason
 * when aborted; the download is then cancelled.
 */
export async function request<T>(
  url: string,
  { signal, onProgress }: ReadOptions,
  init: Pick<RequestInit, "cache" | "headers" | "method">,
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
            // Across origins a content encoding may be hidden: if more bytes arrive than the length, it is not the
            // total.
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
    throw await networkError(url, cause, loaded);
  } finally {
    // Cancel an unused body, so that it does not continue to arrive; a locked one belongs to its reader.
    if (answer?.body && !answer.bodyUsed && !answer.body.locked) answer.body.cancel().catch(() => {});
  }
}

/** An HTTP status without a file. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    text: string,
  ) {
    super(`HTTP ${status} ${text}`.trimEnd());
  }
}

/** True if the server does not have the file; some servers disguise that. */
export function isMissing(error: unknown): boolean {
  const cause = error instanceof VoxelVolumeError && error.cause;
  return cause instanceof HttpError && [403, 404, 410].includes(cause.status);
}

/** The error for `url` when fetching failed after `loaded` bytes. */
export async function networkError(url: string, cause: unknown, loaded: number): Promise<VoxelVolumeError> {
  // The code for the message is loaded on demand; without a network this may fail too.
  const { describeFailure } = await import("./describe-failure.ts").catch(() => ({
    describeFailure: undefined,
  }));
  const { status } = cause instanceof HttpError ? cause : {};
  const message =
    describeFailure?.(url, cause, status, loaded) ??
    `${url.slice(0, 120)} could not be fetched: ${reason(cause)}. Check the connection.`;
  return new VoxelVolumeError("network", message, { cause });
}

/** The whole file at `url`. */
export function download(url: string, options: ReadOptions = {}): Promise<Bytes> {
  return request(url, options, {}, wholeBody);
}

/** The body of an answer that should contain a whole file. */
export async function wholeBody(
  { ok, status, statusText, headers }: Response,
  receive: (total: number | undefined) => Promise<Bytes>,
): Promise<Bytes> {
  // 204 and 205 have no body.
  if (!ok || status === 204 || status === 205) throw new HttpError(status, statusText);
  const [, last, size] = /^bytes 0-(\d+)\/(\d+)$/.exec(headers.get("content-range") ?? "bytes 0-0/1") ?? [];
  if (Number(last) + 1 !== Number(size)) throw new Error("only a part of the file was sent");
  // With a content encoding, Content-Length counts encoded bytes.
  const length = headers.has("content-encoding") ? null : headers.get("content-length");
  return receive(length === null ? undefined : Number(length));
}
