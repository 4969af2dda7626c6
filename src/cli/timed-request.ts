/** An HTTP request that is given up when the server is silent for too long. */

import { VoxelVolumeError } from "../errors.ts";

export class TimedRequest {
  readonly #controller = new AbortController();
  readonly #url: string;
  readonly #seconds: number;
  #timer: NodeJS.Timeout | undefined;

  /** `seconds`: longest silence before the answer and within it. */
  constructor(url: string, seconds: number) {
    this.#url = url;
    this.#seconds = seconds;
  }

  /** The answer, after at most as many redirects as `fetch` follows. */
  async open(headers: Record<string, string> = {}): Promise<Response> {
    this.heard();
    // With compression, the file's size would not be known in advance.
    const init = { headers: { "Accept-Encoding": "identity", ...headers }, signal: this.#controller.signal };
    return await fetch(this.#url, init);
  }

  /** Notes that data arrived, and restarts the timer. */
  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const host = new URL(this.#url).host;
      const advice = "--timeout SECONDS waits longer";
      this.#controller.abort(
        new VoxelVolumeError("network", `${host} has sent nothing for ${this.#seconds} s: ${advice}`),
      );
    }, 1000 * this.#seconds);
  }

  /** Ends the request, even if the answer is not complete. */
  close(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }
}
