/** Renderer: a Volume and settings in, frames out. The engine's front door. */

import viewShader from "../../shaders/view.wgsl";
import { cameraFrame, clipFromBox } from "../view/camera.ts";
import { palette } from "../view/colormaps.ts";
import { boxExtent, type DrawSettings, type Settings } from "../view/settings.ts";
import type { Vec3, Volume } from "../volume.ts";
import { storageBuffer } from "./buffers.ts";
import { type VoxelGrid, VoxelPipeline } from "./pipeline.ts";
import type { Profiler } from "./profiler.ts";
import { UniformBuffer, UniformLayout } from "./uniforms.ts";
import { Visible } from "./visible.ts";
import { Weighted } from "./weighted.ts";

const VIEW = new UniformLayout(viewShader, "View");

export interface RendererOptions {
  /** Of the textures that frames are drawn into. */
  readonly format: GPUTextureFormat;
  /** Limits every grid; by default what the device's storage bindings hold. */
  readonly maxVoxels?: number;
}

export class Renderer {
  readonly pipeline: VoxelPipeline;
  readonly #visible: Visible;
  readonly #weighted: Weighted;
  readonly #view: UniformBuffer;
  readonly #palette: GPUBuffer;
  #grid: VoxelGrid | undefined;
  #volume: Volume | undefined;
  /** What the list of visible voxels, and the palette, were made for. */
  #visibleKey = "";
  #colormap = "";

  constructor(
    private readonly device: GPUDevice,
    options: RendererOptions,
  ) {
    this.pipeline = new VoxelPipeline(device, options.maxVoxels);
    this.#visible = new Visible(device);
    this.#weighted = new Weighted(device, options.format);
    this.#view = new UniformBuffer(device, VIEW, "view");
    this.#palette = storageBuffer(device, "palette", 256 * 4);
  }

  /**
   * Makes the voxels of `volume`; `frame` may be called when it has resolved. Not to be called again before.
   * @returns the names of the stages that had to run.
   */
  async update(volume: Volume, settings: Settings, profiler?: Profiler): Promise<string[]> {
    const { grid, ran } = await this.pipeline.update(volume, settings, profiler);
    this.#volume = volume;
    if (grid === this.#grid) return ran;
    this.#grid = grid;
    this.#visibleKey = "";
    this.#visible.setGrid(grid, this.#view.buffer);
    this.#weighted.setBuffers({
      view: this.#view.buffer,
      voxels: grid.voxels,
      visible: this.#visible.list,
      palette: this.#palette,
    });
    return ran;
  }

  /** The grid that is drawn. */
  get grid(): VoxelGrid {
    if (!this.#grid) throw new Error("nothing to draw yet");
    return this.#grid;
  }

  /** Submits one frame of `width` x `height` pixels into `target`, with premultiplied alpha. */
  frame(
    target: GPUTextureView,
    width: number,
    height: number,
    settings: DrawSettings,
    profiler?: Profiler,
  ): void {
    if (settings.colormap !== this.#colormap) {
      this.device.queue.writeBuffer(this.#palette, 0, palette(settings.colormap));
      this.#colormap = settings.colormap;
    }
    this.#writeView(width, height, settings);
    this.#weighted.setSize(width, height);
    this.#weighted.setBackground(settings.background);
    const encoder = this.device.createCommandEncoder({ label: "frame" });
    const { camera, opacity, explode, aspect } = settings;
    const key = JSON.stringify([camera, opacity, explode, aspect]);
    if (key !== this.#visibleKey) {
      this.#visible.encode(encoder, profiler);
      this.#visibleKey = key;
    }
    this.#weighted.encode(encoder, this.#visible.arguments, target, profiler);
    this.device.queue.submit([encoder.finish()]);
  }

  #writeView(width: number, height: number, { aspect, camera, opacity, explode }: DrawSettings): void {
    const { grid } = this;
    const { dims, spacing } = this.#volume as Volume;
    const extent = boxExtent(aspect, dims, spacing);
    const voxel = extent.map((side, axis) => side / grid.gridDims[axis]);
    const origin = voxel.map((side, axis) => 0.5 - extent[axis] / 2 + grid.first[axis] * side);
    const { eye, towards } = cameraFrame(camera);
    const perspective = camera.projection === "perspective";
    const inGrid = (point: Vec3, low: readonly number[]) =>
      point.map((x, axis) => (x - low[axis]) / voxel[axis]);
    this.#view.write({
      clip_from_box: clipFromBox(camera, width, height),
      eye: perspective ? [...inGrid(eye, origin), 1] : [...inGrid(towards, [0, 0, 0]), 0],
      origin,
      opacity,
      voxel,
      side: 1 - explode,
      dims: grid.dims,
      filled: grid.filledCount,
    });
  }

  /** How many voxels the last frame drew. */
  async readVisibleCount(): Promise<number> {
    return this.#visible.readCount();
  }

  destroy(): void {
    this.pipeline.destroy();
    this.#visible.destroy();
    this.#weighted.destroy();
    this.#view.destroy();
    this.#palette.destroy();
  }
}
