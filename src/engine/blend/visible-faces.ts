/**
 * Step 7: finds the faces that are visible to the camera, compacts them on the GPU, and computes each pixel's
 * transmittance.
 */

import chooseShader from "../../../shaders/blend/choose.wgsl";
import gatherShader from "../../../shaders/blend/gather.wgsl";
import markShader from "../../../shaders/blend/mark.wgsl";
import spreadShader from "../../../shaders/blend/spread.wgsl";
import commonShader from "../../../shaders/lib/common.wgsl";
import faceListShader from "../../../shaders/lib/face-list.wgsl";
import transmittanceShader from "../../../shaders/lib/transmittance.wgsl";
import visibleBricksShader from "../../../shaders/lib/visible-bricks.wgsl";
import type { Binding } from "../gpu/bind-group.ts";
import { readBuffer } from "../gpu/buffers.ts";
import { Kernel, WORKGROUP } from "../gpu/kernel.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import { UniformBuffer, UniformLayout, wgslConstant } from "../gpu/uniforms.ts";
import type { GridReader } from "../grid-reader.ts";
import { tracingCode } from "./blender.ts";

const TILE = wgslConstant(markShader, "TILE");
const NODE_WORDS = wgslConstant(transmittanceShader, "NODE_WORDS");
const FACE_WORDS = wgslConstant(faceListShader, "FACE_WORDS");
const BAND = new UniformLayout(transmittanceShader, "Band");
/** Bytes per face in the list. */
const FACE_BYTES = 16;
const ARGUMENTS = new UniformLayout(faceListShader, "DrawArguments");

/**
 * Limit of the average number of faces per pixel. Above it, tracing rays is faster (docs/transparency.md). Small
 * pictures get a few more.
 */
const FACES_PER_PIXEL = 0.5;
const SPARE_FACES = 1 << 15;
/** Pixels per slot in the table of visible bricks. */
const PIXELS_PER_SLOT = 8;
const LEAST_SLOTS = 1 << 12;

export interface VisibleFacesOptions {
  /** Capacity of the list, in faces per pixel. */
  readonly facesPerPixel?: number;
}

/** Resources that depend on the picture's size. */
interface Buffers {
  readonly pixels: number;
  /** Hash table of visible bricks with one bit per face: see shaders/lib/visible-bricks.wgsl. */
  readonly slots: GPUBuffer;
  readonly marks: GPUBuffer;
  readonly wanted: GPUBuffer;
  /** Faces to draw: see shaders/lib/face-list.wgsl. */
  readonly faces: GPUBuffer;
  /** Transmittance of each pixel: see shaders/lib/transmittance.wgsl. */
  readonly nodes: GPUBuffer;
  readonly slotCount: number;
}

export class VisibleFaces {
  /** Arguments of drawIndirect(). */
  readonly arguments: GPUBuffer;
  readonly band: UniformBuffer;
  protected readonly spread: Kernel;
  protected readonly gather: Kernel;
  protected readonly choose: Kernel;
  readonly #mark: Kernel;
  readonly #reset: GPUBuffer;
  readonly #facesPerPixel: number;
  #grid: { groups: readonly GPUBindGroup[]; brickCount: number } | undefined;
  protected buffers: Buffers | undefined;
  #bindings: Record<"mark" | "spread" | "gather" | "choose", GPUBindGroup> | undefined;

  constructor(
    protected readonly memory: GpuMemory,
    reader: GridReader,
    { facesPerPixel = FACES_PER_PIXEL }: VisibleFacesOptions = {},
  ) {
    this.#facesPerPixel = facesPerPixel;
    const { device } = memory;
    const { constants, groups } = reader;
    const listing = [...tracingCode(reader), faceListShader, visibleBricksShader];
    const kernel = (label: string, code: readonly string[], bindings: readonly Binding[]) =>
      new Kernel(device, { label, code, constants, bindings, groups });
    this.#mark = kernel(
      "mark",
      [...listing, transmittanceShader, markShader],
      ["write", "write", "write", "write", "uniform"],
    );
    this.spread = kernel("spread", [...listing, spreadShader], ["write", "read", "write", "write"]);
    this.gather = kernel("gather", [...listing, gatherShader], ["write", "read", "write", "write"]);
    this.choose = new Kernel(device, {
      label: "choose",
      code: [commonShader, faceListShader, chooseShader],
      bindings: ["write"],
    });
    this.arguments = memory.buffer("draw arguments", ARGUMENTS.size, GPUBufferUsage.INDIRECT);
    this.#reset = memory.buffer("no faces", ARGUMENTS.size);
    this.band = new UniformBuffer(device, BAND, "band");
  }

  async ready(): Promise<void> {
    await Promise.all([this.#mark, this.spread, this.gather, this.choose].map((kernel) => kernel.ready()));
  }

  setGrid(groups: readonly GPUBindGroup[], brickCount: number): void {
    this.#grid = { groups, brickCount };
    this.release();
  }

  /** Maximum number of pixels in a band. */
  get mostPixels(): number {
    return Math.floor(this.memory.device.limits.maxStorageBufferBindingSize / (4 * NODE_WORDS));
  }

  /** Creates the buffers for bands of `pixels` pixels. @returns the buffers that drawing binds: faces, nodes, band. */
  setSize(pixels: number): readonly GPUBuffer[] {
    if (this.buffers?.pixels !== pixels) {
      this.release();
      this.buffers = this.#make(pixels);
      const { slots, marks, wanted, faces, nodes } = this.buffers;
      this.#bindings = {
        mark: this.#mark.bind([slots, marks, nodes, this.arguments, this.band.buffer]),
        spread: this.spread.bind([slots, marks, wanted, this.arguments]),
        gather: this.gather.bind([slots, wanted, this.arguments, faces]),
        choose: this.choose.bind([this.arguments]),
      };
    }
    const { faces, nodes } = this.buffers as Buffers;
    return [faces, nodes, this.band.buffer];
  }

  #make(pixels: number): Buffers {
    const { memory } = this;
    const slotCount = this.slotsFor(pixels, this.#grid?.brickCount ?? 0);
    const { device } = memory;
    const limit = device.limits.maxStorageBufferBindingSize;
    const capacity = Math.min(this.faceCapacity(pixels), Math.floor(limit / FACE_BYTES));
    device.queue.writeBuffer(this.#reset, ARGUMENTS.offset("capacity"), new Uint32Array([capacity]));
    return {
      pixels,
      slotCount,
      slots: memory.buffer("visible bricks", 4 * slotCount),
      marks: memory.buffer("face marks", 4 * FACE_WORDS * slotCount),
      wanted: memory.buffer("wanted faces", 4 * FACE_WORDS * slotCount),
      faces: memory.buffer("visible faces", FACE_BYTES * capacity),
      nodes: memory.buffer("transmittance", 4 * NODE_WORDS * pixels),
    };
  }

  /** Capacity of the list, in faces. */
  protected faceCapacity(pixels: number): number {
    return Math.ceil(this.#facesPerPixel * pixels) + SPARE_FACES;
  }

  /** Number of slots, a power of 2: enough for the bricks that the picture can show, plus room for hashing. */
  protected slotsFor(pixels: number, brickCount: number): number {
    const wanted = Math.min(Math.max(pixels / PIXELS_PER_SLOT, LEAST_SLOTS), Math.max(2 * brickCount, 64));
    return 2 ** Math.ceil(Math.log2(wanted));
  }

  /** Finds the faces that are visible in the rows of `band`. */
  find(encoder: GPUCommandEncoder, width: number, rows: number, profiler?: Profiler): void {
    if (!this.buffers || !this.#bindings || !this.#grid) throw new Error("no grid yet");
    const { slots, marks, wanted } = this.buffers;
    for (const buffer of [slots, marks, wanted]) encoder.clearBuffer(buffer);
    encoder.copyBufferToBuffer(this.#reset, 0, this.arguments, 0, ARGUMENTS.size);
    const tiles = Math.ceil(width / TILE) * Math.ceil(rows / TILE);
    const { groups } = this.#grid;
    this.#mark.encode(encoder, [this.#bindings.mark, ...groups], tiles * WORKGROUP, profiler);
    this.list(encoder, this.#bindings, groups, profiler);
  }

  /** Builds the list of faces to draw from the marked bits. */
  protected list(
    encoder: GPUCommandEncoder,
    bindings: Record<"spread" | "gather" | "choose", GPUBindGroup>,
    groups: readonly GPUBindGroup[],
    profiler?: Profiler,
  ): void {
    const { slotCount } = this.buffers as Buffers;
    this.spread.encode(encoder, [bindings.spread, ...groups], slotCount, profiler);
    this.gather.encode(encoder, [bindings.gather, ...groups], FACE_WORDS * slotCount, profiler);
    this.choose.encode(encoder, [bindings.choose], 1, profiler);
  }

  /**
   * Visible faces, and voxels with visible faces, in the last picture (or its last band); 0 if rays were traced
   * instead.
   */
  async readCounts(): Promise<{ visibleFaces: number; visibleVoxels: number }> {
    const { device } = this.memory;
    const [vertices] = new Uint32Array(await readBuffer(device, this.arguments));
    const visibleFaces = vertices / 6;
    if (!this.buffers || visibleFaces === 0) return { visibleFaces: 0, visibleVoxels: 0 };
    const bytes = await readBuffer(device, this.buffers.faces, visibleFaces * FACE_BYTES);
    const faces = new Uint32Array(bytes);
    const voxels = new Set<string>();
    for (let i = 0; i < faces.length; i += 4) {
      voxels.add(`${faces[i]},${faces[i + 1]},${faces[i + 2] & 0x3fffffff}`);
    }
    return { visibleFaces, visibleVoxels: voxels.size };
  }

  /** Frees what depends on the picture's size. */
  release(): void {
    if (!this.buffers) return;
    const { slots, marks, wanted, faces, nodes } = this.buffers;
    this.memory.free(slots, marks, wanted, faces, nodes);
    this.buffers = undefined;
    this.#bindings = undefined;
  }

  destroy(): void {
    this.release();
    this.memory.free(this.arguments, this.#reset);
    this.band.destroy();
    for (const kernel of [this.#mark, this.spread, this.gather, this.choose]) kernel.destroy();
  }
}
