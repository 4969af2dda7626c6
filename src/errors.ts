/** The one error class of the package and its codes. */

/** What went wrong, for programs; the message says it for people. */
export type ErrorCode =
  | "unsupported-format"
  | "corrupt-file"
  | "entry-not-found"
  | "too-large"
  | "network"
  | "webgpu-unavailable"
  | "device-lost"
  | "out-of-memory"
  | "invalid-option";

/**
 * A part of the package that is fetched when it is needed.
 * @throws VoxelVolumeError "network".
 */
export async function fetched<T>(part: Promise<T>): Promise<T> {
  try {
    return await part;
  } catch (cause) {
    throw new VoxelVolumeError(
      "network",
      "A part of voxel-volume could not be fetched: check the connection and reload the page",
      { cause },
    );
  }
}

/** The most characters of a message. */
const LONGEST = 300;

/** Line breaks, control characters, those that turn the direction of text, and halves of characters. */
const UNPRINTABLE = /[\s\p{Cc}\p{Cs}\p{Bidi_C}]+/gu;

/** A message whatever names are in it: beginning and end stay, for the end has the advice. */
function oneLine(message: string): string {
  const line = message.replace(UNPRINTABLE, " ");
  if (line.length <= LONGEST) return line;
  return `${line.slice(0, LONGEST / 2)}…${line.slice(1 - LONGEST / 2)}`.replace(UNPRINTABLE, " ");
}

/** An error that a person can act on: `message` is one line of at most 300 characters, `cause` what lies beneath, if anything. */
export class VoxelVolumeError extends Error {
  override readonly name = "VoxelVolumeError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(oneLine(message), options);
  }
}

/** Anything that was thrown, as the package's error: what nobody foresaw is taken for the GPU's. */
export function asVoxelVolumeError(cause: unknown): VoxelVolumeError {
  if (cause instanceof VoxelVolumeError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new VoxelVolumeError("out-of-memory", `The volume could not be drawn: ${message}`, { cause });
}
