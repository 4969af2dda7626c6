/** Large pieces of memory, which may not be there. */
import { VoxelVolumeError } from "../../errors.ts";

/** The most bytes that are kept for later reads, of frames and of downloads each, where the caller sets no budget. */
export const KEPT_BYTES = 2 ** 29;

/** The most bytes that browsers hold in one piece. */
export const MOST_BYTES = 2 ** 31 - 2 ** 21;

/** Zeros; rejects with `too-large` what does not fit into memory. */
export function allocate(path: string, length: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(length);
  } catch (cause) {
    throw tooLarge(path, length, { cause });
  }
}

/** The error for so many bytes. */
export function tooLarge(path: string, bytes: number, options?: { cause?: unknown }): VoxelVolumeError {
  const message = `${path}: ${bytes.toLocaleString("en")} bytes are more than fit into memory. Use a smaller volume, or an uncompressed file in Fortran order (as .nii is), of which parts are read.`;
  return new VoxelVolumeError("too-large", message, options);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
