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
    throw await networkError(url, cause, loaded);
  } finally {
    // A body that nobody wants must not go on coming; one that is locked is read on by who locked it.
    if (answer?.body && !answer.bodyUsed && !answer.body.locked) answer.body.cancel().catch(() => {});
  }
}

/** An answer without a file. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    text: string,
  ) {
    super(`HTTP ${status} ${text}`.trimEnd());
  }
}

/** Whether a file could not be read because a server does not have it; some hide that it is not there. */
export function isMissing(error: unknown): boolean {
  const cause = error instanceof VoxelVolumeError && error.cause;
  return cause instanceof HttpError && [403, 404, 410].includes(cause.status);
}

/** What to say when fetching `url` failed after so many bytes. */
export async function networkError(url: string, cause: unknown, loaded: number): Promise<VoxelVolumeError> {
  // What says it well is fetched; without a network, that may fail, too.
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

/** The body of an answer that is to hold a whole file. */
export async function wholeBody(
  { ok, status, statusText, headers }: Response,
  receive: (total: number | undefined) => Promise<Bytes>,
): Promise<Bytes> {
  // 204 and 205 come without a body.
  if (!ok || status === 204 || status === 205) throw new HttpError(status, statusText);
  const [, last, size] = /^bytes 0-(\d+)\/(\d+)$/.exec(headers.get("content-range") ?? "bytes 0-0/1") ?? [];
  if (Number(last) + 1 !== Number(size)) throw new Error("only a part of the file was sent");
  // With a content encoding, Content-Length counts other bytes than those that arrive.
  const length = headers.has("content-encoding") ? null : headers.get("content-length");
  return receive(length === null ? undefined : Number(length));
}
