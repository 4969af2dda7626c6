/** EveryFace: draws all faces that point towards the eye, hidden or not, instead of the visible ones. */

import faceListShader from "../../shaders/lib/face-list.wgsl";
import { VisibleFaces } from "../../src/engine/blend/visible-faces.ts";
import type { GpuMemory } from "../../src/engine/gpu/memory.ts";
import type { Profiler } from "../../src/engine/gpu/profiler.ts";
import { wgslConstant } from "../../src/engine/gpu/uniforms.ts";
import type { GridReader } from "../../src/engine/grid-reader.ts";

const FACE_WORDS = wgslConstant(faceListShader, "FACE_WORDS");
/** Faces of a brick that point towards the eye. */
const BRICK_FACES = 32 * FACE_WORDS;

export class EveryFace extends VisibleFaces {
  #bricks = 0;
  /** Every brick has a slot, every face is wanted; and the number of instances. */
  #all: { slots: GPUBuffer; wanted: GPUBuffer; instances: GPUBuffer } | undefined;

  /**
   * @param order numbers from 0 to n - 1, the order in which bricks are listed; by default storage order.
   * @param instances instances per face, which the vertex shader tells apart.
   */
  constructor(
    memory: GpuMemory,
    reader: GridReader,
    private readonly order: (n: number) => Uint32Array = (n) => Uint32Array.from({ length: n }, (_, i) => i),
    private readonly instances = 1,
  ) {
    super(memory, reader);
  }

  override setGrid(groups: readonly GPUBindGroup[], brickCount: number): void {
    this.#bricks = brickCount;
    super.setGrid(groups, brickCount);
  }

  protected override slotsFor(): number {
    return 2 ** Math.ceil(Math.log2(Math.max(2 * this.#bricks, 64)));
  }

  protected override faceCapacity(): number {
    return BRICK_FACES * this.#bricks;
  }

  protected override list(
    encoder: GPUCommandEncoder,
    bindings: Record<"spread" | "gather" | "choose", GPUBindGroup>,
    groups: readonly GPUBindGroup[],
    profiler?: Profiler,
  ): void {
    if (!this.buffers) return;
    const { slots, wanted, slotCount } = this.buffers;
    const all = this.#makeAll(slots.size, wanted.size);
    encoder.copyBufferToBuffer(all.slots, 0, slots, 0, slots.size);
    encoder.copyBufferToBuffer(all.wanted, 0, wanted, 0, wanted.size);
    this.gather.encode(encoder, [bindings.gather, ...groups], FACE_WORDS * slotCount, profiler);
    this.choose.encode(encoder, [bindings.choose], 1, profiler);
    encoder.copyBufferToBuffer(all.instances, 0, this.arguments, 4, 4);
  }

  #makeAll(slotBytes: number, wantedBytes: number) {
    if (this.#all) return this.#all;
    const slots = new Uint32Array(slotBytes / 4);
    slots.set(this.order(this.#bricks).map((brick) => brick + 1));
    const wanted = new Uint32Array(wantedBytes / 4).fill(0xffffffff, 0, FACE_WORDS * this.#bricks);
    this.#all = {
      slots: this.memory.bufferOf("every brick", slots),
      wanted: this.memory.bufferOf("every face", wanted),
      instances: this.memory.bufferOf("instances", new Uint32Array([this.instances])),
    };
    return this.#all;
  }

  override release(): void {
    super.release();
    this.memory.free(...Object.values(this.#all ?? {}));
    this.#all = undefined;
  }
}
