/** The least and the greatest key of a field, which passes over its bricks find. */

import { NO_KEYS } from "../../values/stored-values.ts";
import { readBuffer } from "../gpu/buffers.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Field } from "./field.ts";

/** A buffer for the minimum and the maximum key. */
export function newExtremes(memory: GpuMemory): GPUBuffer {
  return memory.bufferOf("extremes", new Uint32Array([0xffffffff, 0]));
}

/** Sets the range of a field's keys from the buffer. */
export async function readExtremes(device: GPUDevice, field: Field, extremes: GPUBuffer): Promise<void> {
  const [first, last] = new Uint32Array(await readBuffer(device, extremes));
  field.keys = first > last ? NO_KEYS : { first, last };
}
