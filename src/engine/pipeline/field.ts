/** Field: an array of stored scalars in a 3-D texture on the GPU, with what is known about its values. */

import brickShader from "../../../shaders/lib/brick.wgsl";
import commonShader from "../../../shaders/lib/common.wgsl";
import fieldShader from "../../../shaders/lib/field.wgsl";
import storedShader from "../../../shaders/lib/stored.wgsl";
import transferShader from "../../../shaders/lib/transfer.wgsl";
import voxelShader from "../../../shaders/lib/voxel.wgsl";
import type { Codes } from "../../values/codes.ts";
import { type Histogram, type KeyRange, keyValue, NO_KEYS } from "../../values/stored-values.ts";
import type { Vec3 } from "../../volume.ts";
import { type Binding, bindGroup, bindingLayout } from "../gpu/bind-group.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import { UniformBuffer, UniformLayout, type UniformValue } from "../gpu/uniforms.ts";
import { bricksOf, count, type PoolLayout, partsOf, poolLayout } from "./pool-layout.ts";

/** WGSL with which passes read a field, and its bindings in group 1. */
export const FIELD_CODE = [commonShader, storedShader, transferShader, voxelShader, brickShader, fieldShader];
export const FIELD_GROUP: readonly Binding[] = ["uniform", "pool"];

const UNIFORM = new UniformLayout(fieldShader, "Field");
const FORMATS = { 1: "r8uint", 2: "r16uint", 4: "r32uint" } as const;

/** A window, in the numbers that `keyValue` returns. */
export interface KeyWindow {
  readonly least: number;
  readonly most: number;
}

export class Field {
  readonly layout: PoolLayout;
  /** Bricks along each axis. */
  readonly bricks: Vec3;
  readonly pool: GPUTexture;
  /** Minimum and maximum key of each brick: see shaders/lib/brick-range.wgsl. */
  readonly ranges: GPUBuffer;
  /** Bind group 1 of the passes. */
  readonly bindings: GPUBindGroup;
  /** Known for whole volumes with codes of 1 or 2 bytes. */
  histogram: Histogram | undefined;
  /** The range of keys that occur, once measured. */
  keys: KeyRange = NO_KEYS;
  /** The window that is normalized to 0 to 1: see `keyValue`. */
  window: KeyWindow = { least: 0, most: 1 };
  readonly #uniform: UniformBuffer;
  #values: Record<string, UniformValue>;

  /** @throws Error if no texture can hold these dims. */
  constructor(
    private readonly memory: GpuMemory,
    readonly dims: Vec3,
    readonly codes: Codes,
    /** Keys outside this range stand for missing values. */
    readonly present: KeyRange,
    extraUsage = 0,
  ) {
    const { device } = memory;
    const layout = poolLayout(dims);
    if (!layout) throw new Error(`no texture holds ${dims.join(" x ")} voxels`);
    this.layout = layout;
    this.bricks = bricksOf(dims);
    const { TEXTURE_BINDING, COPY_DST } = GPUTextureUsage;
    this.pool = memory.texture({
      label: "pool",
      dimension: "3d",
      size: [...layout.size],
      format: FORMATS[codes.bytes],
      usage: TEXTURE_BINDING | COPY_DST | extraUsage,
    });
    this.ranges = memory.buffer("brick ranges", count(this.bricks) * (codes.bytes === 4 ? 8 : 4));
    this.#uniform = new UniformBuffer(device, UNIFORM, "field");
    const { piece, pieces, stack, thickness } = layout;
    this.#values = {
      ...{ dims, piece, pieces, stack, thickness, low: [0, 0, 0], high: dims },
      ...{ origin: 0, first_key: present.first, last_key: present.last },
      ...{ clip: [0, 0, 0, 1], clip_margin: 0, normalize: 0, least: 0, most: 1 },
      ...{ signed: 0, zero: 0, threshold_below: 0, threshold_above: 0 },
      ...{ transform: 0, floor: 0, gamma: 1, contrast: 1, bias: 0, mean: 0, cut_least: 0, cut_most: 1 },
    };
    this.set({});
    this.bindings = bindGroup(device, bindingLayout(device, FIELD_GROUP), [
      this.#uniform.buffer,
      this.pool.createView(),
    ]);
  }

  /** Sets members of the uniform struct Field and leaves the others unchanged. */
  set(values: Record<string, UniformValue>): void {
    this.#values = { ...this.#values, ...values };
    this.#uniform.write(this.#values);
  }

  /** The members of the uniform struct Field. */
  get values(): Readonly<Record<string, UniformValue>> {
    return this.#values;
  }

  /** Sets the window that is normalized to 0 to 1. */
  setWindow(window: KeyWindow): void {
    this.window = window;
    this.set({ least: window.least, most: window.most });
  }

  /** The window from the minimum to the maximum value. */
  get wholeWindow(): KeyWindow {
    const { first, last } = this.keys;
    if (first > last) return { least: 0, most: 0 };
    const [least, most] = [first, last].map((key) => keyValue(this.codes, key, first));
    return { least, most };
  }

  /** Fills slices `z` to `end` (exclusive) of the texture with codes in the byte order of the file. */
  upload(data: Uint8Array<ArrayBuffer>, z: number, end: number): void {
    const { dims, codes, memory, pool } = this;
    const bytesPerRow = dims[0] * codes.bytes;
    for (const { from, size, to } of partsOf(dims, this.layout, z, end)) {
      memory.device.queue.writeTexture(
        { texture: pool, origin: [...to] },
        data,
        {
          offset: ((from[2] - z) * dims[1] + from[1]) * bytesPerRow + from[0] * codes.bytes,
          bytesPerRow,
          rowsPerImage: dims[1],
        },
        [...size],
      );
    }
  }

  destroy(): void {
    this.memory.free(this.pool, this.ranges);
    this.#uniform.destroy();
  }
}
