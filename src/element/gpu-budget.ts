/** gpuBudget: the bytes of GPU memory that the property `gpuMemory` allows. */

import { VoxelVolumeError } from "../errors.ts";
import { parseBytes } from "../parse-bytes.ts";
import { textOf } from "../text-of.ts";

/** @throws VoxelVolumeError "invalid-option" if the value is not a size such as "256MiB" or a number of bytes. */
export function gpuBudget(value: unknown): number {
  const text = textOf(value);
  const bytes = parseBytes(text);
  if (bytes !== undefined) return bytes;
  const message = `gpu-memory "${text.slice(0, 80)}": expected a size, as 256MiB or 2GB`;
  throw new VoxelVolumeError("invalid-option", message);
}
