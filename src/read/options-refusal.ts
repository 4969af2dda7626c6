/** optionsRefusal: why a frame, a channel or a component of a volume cannot be read. */
import { VoxelVolumeError } from "../errors.ts";

/** True if an index is among `count` items. */
export const isIndex = (index: number, count: number): boolean =>
  Number.isInteger(index) && index >= 0 && index < count;

/** What is asked for of a volume, and how many there are. */
export interface Wanted {
  readonly path: string;
  readonly frame: number;
  readonly frames: number;
  readonly channel?: number;
  readonly channels?: number;
}

/** The `invalid-option` error for the first of frame, channel and component that is not there. */
export function optionsRefusal({ path, frame, frames, channel = 0, channels = 1 }: Wanted): VoxelVolumeError {
  const message = !isIndex(frame, frames)
    ? missing("frame", path, frame, frames)
    : !isIndex(channel, channels)
      ? missing("channel", path, channel, channels)
      : `${path} has one number a voxel, and no components.`;
  return new VoxelVolumeError("invalid-option", message);
}

function missing(what: string, path: string, index: number, count: number): string {
  const range = count === 1 ? `only ${what} 0` : `${what}s 0 to ${count - 1}`;
  return `${what[0].toUpperCase()}${what.slice(1)} ${index} is not there: ${path} has ${range}.`;
}
