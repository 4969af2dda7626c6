/** An HTTP request that is given up when the server is silent for too long. */

import { VoxelVolumeError } from "../errors.ts";

export class TimedRequest {
  readonly #controller = new AbortController();
  #answer: Promise<Response> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `seconds`: longest silence before the answer and within it. */
  constructor(
    readonly url: string,
    private readonly seconds: number,
    private readonly method = "GET",
  ) {}

  /** The answer, after at most as many redirects as `fetch` follows. Only the first call sends the request. */
  open(headers: Record<string, string> = {}): Promise<Response> {
    this.#answer ??= this.#send(headers);
    return this.#answer;
  }

  #send(headers: Record<string, string>): Promise<Response> {
    this.heard();
    // With compression, the file's size would not be known in advance.
    const all = { "Accept-Encoding": "identity", ...headers };
    return fetch(this.url, { method: this.method, headers: all, signal: this.#controller.signal });
  }

  /** Notes that data arrived, and restarts the timer. */
  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const host = new URL(this.url).host;
      const advice = "--timeout SECONDS waits longer";
      this.#controller.abort(
        new VoxelVolumeError("network", `${host} has sent nothing for ${this.seconds} s: ${advice}`),
      );
    }, 1000 * this.seconds);
  }

  /** Ends the request, even if the answer is not complete. */
  close(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }
}
