/** blend="weighted": accumulates faces in any order, then composites the sums. */

import compositeShader from "../../../shaders/blend/composite.wgsl";
import facesShader from "../../../shaders/blend/faces.wgsl";
import weightedShader from "../../../shaders/blend/weighted.wgsl";
import faceListShader from "../../../shaders/lib/face-list.wgsl";
import frontToBackShader from "../../../shaders/lib/front-to-back.wgsl";
import transmittanceShader from "../../../shaders/lib/transmittance.wgsl";
import { clipFromBox } from "../../options/projection.ts";
import { type Binding, bindGroup, bindingLayout } from "../gpu/bind-group.ts";
import { gpuError } from "../gpu/errors.ts";
import { FullscreenPass, type Target } from "../gpu/fullscreen-pass.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import { cachedPipeline } from "../gpu/pipeline-cache.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { GridReader } from "../grid-reader.ts";
import { type Blender, tracingCode } from "./blender.ts";
import { VisibleFaces } from "./visible-faces.ts";

/**
 * Pixels per band of rows. Larger pictures are drawn in bands, which limits the memory for the pixels' transmittance.
 */
const BAND_PIXELS = 1 << 21;
const FACE_GROUP: readonly Binding[] = ["read", "read", "uniform"];

export interface WeightedOptions {
  readonly faces?: VisibleFaces;
  /** WGSL with the entry point `accumulate`, and WGSL with `face_vertex`. */
  readonly weights?: string;
  readonly vertices?: string;
}

/** Resources that depend on the picture's size. */
interface Made {
  readonly targets: readonly GPUTexture[];
  readonly views: readonly GPUTextureView[];
  /** Group 0 of the accumulation pass and of the composite pass. */
  readonly faces: GPUBindGroup;
  readonly sums: GPUBindGroup;
}

export class WeightedBlender implements Blender {
  readonly clipFromBox = clipFromBox;
  readonly faces: VisibleFaces;
  readonly #composite: FullscreenPass;
  readonly #code: readonly string[];
  readonly #formats: [color: GPUTextureFormat, shine: GPUTextureFormat];
  #pipeline: GPURenderPipeline | undefined;
  #grid: readonly GPUBindGroup[] = [];
  #made: Made | undefined;

  constructor(
    private readonly memory: GpuMemory,
    private readonly reader: GridReader,
    { faces, weights = weightedShader, vertices = facesShader }: WeightedOptions = {},
  ) {
    const { device } = memory;
    this.faces = faces ?? new VisibleFaces(memory, reader);
    // Half floats can hold the sums too, as weights are at most 1, but they keep only 11 bits of each.
    this.#formats = device.features.has("float32-blendable")
      ? ["rgba32float", "r32float"]
      : ["rgba16float", "r16float"];
    const traced = tracingCode(reader);
    this.#code = [...traced, faceListShader, vertices, transmittanceShader, weights];
    this.#composite = new FullscreenPass(device, {
      fragment: "composite",
      code: [...traced, frontToBackShader, faceListShader, compositeShader],
      constants: reader.constants,
      groups: [["read", "picture", "picture"], ...reader.groups],
    });
  }

  async ready(format: GPUTextureFormat): Promise<void> {
    if (this.isReady(format)) return;
    const { device } = this.memory;
    const key = [this.#code, this.reader.constants, this.#formats];
    const accumulation = cachedPipeline(device, key, () => this.#compile());
    try {
      [this.#pipeline] = await Promise.all([accumulation, this.#composite.ready(format), this.faces.ready()]);
    } catch (cause) {
      throw await gpuError(device, cause);
    }
  }

  isReady(format: GPUTextureFormat): boolean {
    return this.#pipeline !== undefined && this.#composite.isReady(format);
  }

  #compile(): Promise<GPURenderPipeline> {
    const { device } = this.memory;
    const { constants, groups } = this.reader;
    const module = device.createShaderModule({ label: "faces", code: this.#code.join("\n") });
    const add: GPUBlendComponent = { srcFactor: "one", dstFactor: "one" };
    const attenuate: GPUBlendComponent = { srcFactor: "zero", dstFactor: "one-minus-src" };
    const [color, shine] = this.#formats;
    return device.createRenderPipelineAsync({
      label: "accumulate",
      layout: device.createPipelineLayout({
        bindGroupLayouts: [FACE_GROUP, ...groups].map((kinds) => bindingLayout(device, kinds)),
      }),
      vertex: { module, entryPoint: "face_vertex", constants },
      fragment: {
        module,
        entryPoint: "accumulate",
        constants,
        targets: [
          { format: color, blend: { color: add, alpha: add } },
          { format: shine, blend: { color: attenuate, alpha: attenuate } },
        ],
      },
    });
  }

  setGrid(groups: readonly GPUBindGroup[], brickCount: number): void {
    this.#grid = groups;
    this.faces.setGrid(groups, brickCount);
    this.release();
  }

  draw(target: Target, moved: boolean, profiler?: Profiler): void {
    const { device } = this.memory;
    const { width, height } = target;
    const rows = Math.min(
      height,
      Math.max(1, Math.floor(Math.min(BAND_PIXELS, this.faces.mostPixels) / width)),
    );
    const made = this.#makeFor(width, height, rows);
    for (let first = 0; first < height; first += rows) {
      const band = { first, rows: Math.min(rows, height - first) };
      const encoder = device.createCommandEncoder({ label: "weighted" });
      this.faces.band.write({ first_row: first, rows: band.rows });
      // A picture that fits in one band can reuse the faces of the last frame.
      if (moved || rows < height) this.faces.find(encoder, width, band.rows, profiler);
      this.#accumulate(encoder, made, width, band, profiler);
      this.#composite.encode(encoder, target, [made.sums, ...this.#grid], profiler, band);
      device.queue.submit([encoder.finish()]);
    }
  }

  #accumulate(
    encoder: GPUCommandEncoder,
    { views, faces }: Made,
    width: number,
    band: { first: number; rows: number },
    profiler?: Profiler,
  ): void {
    const loadOp = band.first === 0 ? "clear" : "load";
    const pass = encoder.beginRenderPass({
      label: "accumulate",
      colorAttachments: [
        { view: views[0], clearValue: [0, 0, 0, 0], loadOp, storeOp: "store" },
        { view: views[1], clearValue: [1, 1, 1, 1], loadOp, storeOp: "store" },
      ],
      timestampWrites: profiler?.pass("accumulate"),
    });
    pass.setPipeline(this.#pipeline as GPURenderPipeline);
    pass.setScissorRect(0, band.first, width, band.rows);
    for (const [number, group] of [faces, ...this.#grid].entries()) pass.setBindGroup(number, group);
    pass.drawIndirect(this.faces.arguments, 0);
    pass.end();
  }

  #makeFor(width: number, height: number, rows: number): Made {
    const buffers = this.faces.setSize(width * rows);
    const size = this.#made?.targets[0];
    if (this.#made && size?.width === width && size.height === height) return this.#made;
    this.#free();
    const { device } = this.memory;
    const { RENDER_ATTACHMENT, TEXTURE_BINDING } = GPUTextureUsage;
    const targets = this.#formats.map((format) =>
      this.memory.texture({
        label: "sums",
        size: [width, height],
        format,
        usage: RENDER_ATTACHMENT | TEXTURE_BINDING,
      }),
    );
    const views = targets.map((target) => target.createView());
    const faces = bindGroup(device, bindingLayout(device, FACE_GROUP), buffers);
    const sums = this.#composite.bind([this.faces.arguments, ...views]);
    const made = { targets, views, faces, sums };
    this.#made = made;
    return made;
  }

  #free(): void {
    this.memory.free(...(this.#made?.targets ?? []));
    this.#made = undefined;
  }

  release(): void {
    this.faces.release();
    this.#free();
  }

  destroy(): void {
    this.release();
    this.faces.destroy();
  }
}
