/** The one error class of the package and its codes. */

/** Error codes for programs; the message is for people. */
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
 * Awaits a part of the package that is loaded on demand.
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

/** Maximum length of a message. */
const LONGEST = 300;

/** Line breaks, control characters, bidirectional controls, and unpaired surrogates. */
const UNPRINTABLE = /[\s\p{Cc}\p{Cs}\p{Bidi_C}]+/gu;

/**
 * A message on one line with a limited length, whatever names it contains. Cuts the middle, as the end has the advice.
 */
function oneLine(message: string): string {
  const line = message.replace(UNPRINTABLE, " ");
  if (line.length <= LONGEST) return line;
  return `${line.slice(0, LONGEST / 2)}…${line.slice(1 - LONGEST / 2)}`.replace(UNPRINTABLE, " ");
}

/**
 * An error that a person can act on. `message` is one line of at most 300 characters; `cause` is the underlying error,
 * if any.
 */
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

/** Converts anything that was thrown to the package's error. Unexpected errors are attributed to the GPU. */
export function asVoxelVolumeError(cause: unknown): VoxelVolumeError {
  if (cause instanceof VoxelVolumeError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new VoxelVolumeError("out-of-memory", `The volume could not be drawn: ${message}`, { cause });
}
