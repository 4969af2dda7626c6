/** retried: repeats requests that failed for reasons that may pass. */
import { VoxelVolumeError } from "../../errors.ts";
import { HttpError } from "./request.ts";

/** How often a request is sent, at most. */
const TRIES = 3;
/** Milliseconds before the second try; twice as many before the third. */
const FIRST_WAIT = 250;
/** Most milliseconds to wait because a server asks for it. */
const LONGEST_WAIT = 10_000;

/** The answer of a server that cannot answer now; `wait` is the time after which to ask again, in ms, if it says so. */
export class BusyError extends HttpError {
  readonly wait: number | undefined;

  constructor({ status, statusText, headers }: Response) {
    super(status, statusText);
    // Seconds, or a date (RFC 9110, section 10.2.3).
    const after = headers.get("retry-after");
    const ms = after === null ? Number.NaN : 1000 * Number(after) || Date.parse(after) - Date.now();
    this.wait = ms >= 0 ? Math.min(ms, LONGEST_WAIT) : undefined;
  }
}

/** True if a status tells that the same request may succeed later. */
export const isBusy = (status: number) => status === 408 || status === 429 || status >= 500;

/**
 * The result of `work`, which is repeated after a broken connection or an answer that tells that the server is busy.
 * Rejects like the last try, or with the signal's reason.
 */
export async function retried<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      const cause = error instanceof VoxelVolumeError && error.code === "network" ? error.cause : undefined;
      const mayPass = cause && (!(cause instanceof HttpError) || isBusy(cause.status));
      if (!mayPass || tries === TRIES) throw error;
      // A random part keeps requests that failed together from being repeated together.
      const own = FIRST_WAIT * 2 ** (tries - 1) * (0.5 + Math.random());
      await pause((cause instanceof BusyError ? cause.wait : undefined) ?? own, signal);
    }
  }
}

/** Waits; rejects with the signal's reason when it is aborted. */
function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
