/** LoadPromises: the promises that `load()` returned, one per request, each settled once. */

import type { VoxelVolumeError } from "../errors.ts";
import type { LoadRequest } from "./load-request.ts";
import { type LoadState, pendingRequest } from "./load-state.ts";

interface Waiter {
  request: LoadRequest;
  resolve(): void;
  reject(error: VoxelVolumeError): void;
}

export class LoadPromises {
  #waiters: Waiter[] = [];

  /** Creates the promise of a request. */
  add(request: LoadRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiters.push({ request, resolve, reject });
    });
  }

  /** Moves the promises of one request to another: the same file, but another entry or frame. */
  move(from: LoadRequest | undefined, to: LoadRequest): void {
    for (const waiter of this.#waiters) if (waiter.request === from) waiter.request = to;
  }

  /** Settles the promises whose request is neither waiting nor running: rejects with its error, or resolves. */
  settle(state: LoadState): void {
    const pending = pendingRequest(state);
    for (const { request, resolve, reject } of this.#take(({ request }) => request !== pending)) {
      if (state.kind === "failed" && state.request === request) reject(state.error);
      else resolve();
    }
  }

  resolve(): void {
    for (const { resolve } of this.#take(() => true)) resolve();
  }

  reject(error: VoxelVolumeError): void {
    for (const { reject } of this.#take(() => true)) reject(error);
  }

  #take(isTaken: (waiter: Waiter) => boolean): Waiter[] {
    const taken = this.#waiters.filter(isTaken);
    this.#waiters = this.#waiters.filter((waiter) => !isTaken(waiter));
    return taken;
  }
}
