/** Layout of the pool of pages: its slots, and their bytes. */

import type { Vec3 } from "../../volume.ts";
import { BRICK } from "../pipeline/pool-layout.ts";

/** Pages along a side of the pool that a word of the page table can address, in voxels at most MAX_SIDE. */
const MOST_PER_SIDE = 64;
const MAX_SIDE = 2048;

/** Bytes of GPU memory of a slot for pages of `size` voxels per side, with codes of `bytes`. */
export function slotBytes(size: number, bytes: number): number {
  const bricks = (size / BRICK) ** 3;
  // The range of each brick and its word.
  return size ** 3 * bytes + bricks * ((bytes === 4 ? 8 : 4) + 4);
}

/** Slots along each axis of a pool of at most `slots`. */
export function slotLayout(slots: number, size: number): Vec3 {
  const most = Math.min(MOST_PER_SIDE, MAX_SIDE / size);
  const z = Math.min(most, Math.ceil(slots / most ** 2));
  const y = Math.min(most, Math.ceil(slots / z / most));
  return [Math.min(most, Math.floor(slots / z / y)), y, z];
}
