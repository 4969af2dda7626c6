/** What the ways of blending have in common: each draws the voxels of a grid into a target. */

import screenShader from "../../../shaders/lib/fullscreen.wgsl";
import type { Camera } from "../../options/camera.ts";
import { once } from "../gpu/pipeline-cache.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { VoxelGrid } from "../grid.ts";

/** The buffers that drawing reads besides the grid's. */
export interface DrawBuffers {
  /** The uniform struct View. */
  readonly view: GPUBuffer;
  /** 256 colours, rgba8unorm; grids with colours of their own need none. */
  readonly palette?: GPUBuffer;
}

/** Where a blender draws: it adds its picture, times the blend constant, to what is there. */
export interface Target {
  readonly view: GPUTextureView;
  readonly format: GPUTextureFormat;
  readonly width: number;
  readonly height: number;
  readonly loadOp: GPULoadOp;
  /** Share of this picture in the mean of several samples: 1 / their number. */
  readonly share: number;
}

/** Where the grid lies before the camera: see shaders/view.wgsl. */
export interface Place {
  readonly camera: Camera;
  readonly origin: readonly number[];
  readonly voxel: readonly number[];
  readonly side: number;
}

export interface Blender {
  /** Takes over a new grid. */
  setGrid(grid: VoxelGrid): void;
  /** Is told the view before each picture, where a blender needs more of it than the GPU. */
  setPlace?(place: Place): void;
  /** Encodes one picture with premultiplied alpha; `moved` where the view may have changed. */
  encode(encoder: GPUCommandEncoder, target: Target, moved: boolean, profiler?: Profiler): void;
  destroy(): void;
}

/** Pipelines that shade every pixel of a target, one for each format of target. */
export class ScreenPass {
  readonly #pipelines = new Map<GPUTextureFormat, GPURenderPipeline>();

  /** `entryPoint` is the fragment shader in `code`. */
  constructor(
    private readonly device: GPUDevice,
    private readonly entryPoint: string,
    private readonly code: readonly string[],
    private readonly constants: Record<string, number> = {},
  ) {}

  pipeline(format: GPUTextureFormat): GPURenderPipeline {
    let pipeline = this.#pipelines.get(format);
    if (!pipeline) {
      const { device, entryPoint, code, constants } = this;
      pipeline = once(device, [code, entryPoint, constants, format], () => this.#compile(format));
      this.#pipelines.set(format, pipeline);
    }
    return pipeline;
  }

  #compile(format: GPUTextureFormat): GPURenderPipeline {
    const { device, entryPoint, code, constants } = this;
    const module = device.createShaderModule({
      label: entryPoint,
      code: [...code, screenShader].join("\n"),
    });
    const add: GPUBlendComponent = { srcFactor: "constant", dstFactor: "one" };
    return device.createRenderPipeline({
      label: entryPoint,
      layout: "auto",
      vertex: { module, entryPoint: "screen" },
      fragment: { module, entryPoint, constants, targets: [{ format, blend: { color: add, alpha: add } }] },
    });
  }

  encode(encoder: GPUCommandEncoder, target: Target, bindings: GPUBindGroup, profiler?: Profiler): void {
    const { view, loadOp, share } = target;
    const pass = encoder.beginRenderPass({
      label: this.entryPoint,
      colorAttachments: [{ view, loadOp, clearValue: [0, 0, 0, 0], storeOp: "store" }],
      timestampWrites: profiler?.pass(this.entryPoint),
    });
    pass.setPipeline(this.pipeline(target.format));
    pass.setBlendConstant([share, share, share, share]);
    pass.setBindGroup(0, bindings);
    pass.draw(3);
    pass.end();
  }
}
