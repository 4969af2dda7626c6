/** settled: waits until a picture has all pages that it shows. */

import { VoxelVolumeError } from "../../errors.ts";

/** Default of how long to wait for the next page, in ms. */
export const WAIT_MS = 60_000;

/** Every JavaScript host has it, but it is not part of the standard library. */
declare function setTimeout(callback: () => void, ms: number): unknown;
declare function clearTimeout(timer: unknown): void;

/** Pages that are being read. */
interface Arrivals {
  /** Number of pages that are being read or wait for it. */
  readonly pending: number;
  /** Resolves after the next page has arrived or failed. */
  nextArrival(): Promise<void>;
  stop(): void;
}

/**
 * Looks and waits until nothing is missing, or has failed.
 * @param look looks which pages the picture needs, and resolves with whether all are there.
 * @throws VoxelVolumeError "network" if no page arrives for `waitMs`.
 */
export async function settled(
  arrivals: Arrivals,
  look: (isThorough: boolean) => Promise<boolean>,
  waitMs = WAIT_MS,
): Promise<void> {
  let isThorough = false;
  for (;;) {
    const isComplete = await look(isThorough);
    if (isComplete && isThorough) return;
    isThorough = isComplete;
    while (arrivals.pending > 0) {
      if (!(await within(waitMs, arrivals.nextArrival()))) throw late(arrivals, waitMs);
    }
  }
}

/** True if a promise resolves within some milliseconds. */
export async function within(ms: number, promise: Promise<void>): Promise<boolean> {
  let timer: unknown;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const result = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return result;
}

/** Stops reading. @returns the error for pages that do not arrive. */
export function late(arrivals: Arrivals, waitMs = WAIT_MS): VoxelVolumeError {
  const message = `${arrivals.pending} parts of the volume are missing, and none has arrived for ${waitMs / 1000} s. Allow more time, or draw a smaller picture.`;
  arrivals.stop();
  return new VoxelVolumeError("network", message);
}
