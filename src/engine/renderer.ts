/** Renderer: a Volume, or a grid of one's own, and settings in, frames out. The engine's front door. */

import resolveShader from "../../shaders/blend/resolve.wgsl";
import viewShader from "../../shaders/lib/frame.wgsl";
import { cameraFrame, cameraWindow, clipFromBox } from "../options/camera.ts";
import { palette } from "../options/colormaps.ts";
import { boxExtent, type DrawSettings, type PipelineSettings, type Settings } from "../options/settings.ts";
import type { Vec3, Volume } from "../volume.ts";
import { type Blender, type DrawBuffers, type Place, ScreenPass, type Target } from "./blend/blender.ts";
import { Exact } from "./blend/exact.ts";
import { Pick } from "./blend/pick.ts";
import { Visible } from "./blend/visible-faces.ts";
import { Weighted } from "./blend/weighted.ts";
import { meansOf, waysFor } from "./brought.ts";
import { storageBuffer } from "./gpu/buffers.ts";
import { bindGroup } from "./gpu/kernel.ts";
import type { Profiler } from "./gpu/profiler.ts";
import { UniformBuffer, UniformLayout } from "./gpu/uniforms.ts";
import { type GridSource, REGULAR, type VoxelGrid } from "./grid.ts";
import { VoxelPipeline } from "./pipeline/pipeline.ts";

const VIEW = new UniformLayout(viewShader, "View");
const NO_EDGE = [0, 0, 0, 0];

export interface RendererOptions {
  /** Of the textures that frames are drawn into. */
  readonly format: GPUTextureFormat;
  /** Limits every grid; by default what the device's storage bindings hold. */
  readonly maxVoxels?: number;
  /** Further ways of blending to compare with, by the name that `blend` is to have. */
  readonly blenders?: (device: GPUDevice, buffers: DrawBuffers) => Record<string, Blender>;
}

export class Renderer {
  readonly pipeline: VoxelPipeline;
  readonly #visible: Visible;
  readonly #blenders: Readonly<Record<string, Blender>>;
  readonly #view: UniformBuffer;
  readonly #palette: GPUBuffer;
  /** Of the grid that is drawn: `#blenders`, or those that it brought. */
  #ways: Readonly<Record<string, Blender>>;
  #pick: Pick | undefined;
  readonly #resolve: ScreenPass;
  /** Holds the mean of several samples a pixel. */
  #mean: { texture: GPUTexture; view: GPUTextureView; bindings: GPUBindGroup } | undefined;
  #grid: VoxelGrid | undefined;
  #volume: Volume | GridSource | undefined;
  #flip: PipelineSettings["flip"] = [false, false, false];
  /** The blenders that have the grid, and the view for which they found what is visible. */
  readonly #seen = new Map<Blender, string>();
  #colormap = "";

  constructor(
    private readonly device: GPUDevice,
    private readonly options: RendererOptions,
  ) {
    this.pipeline = new VoxelPipeline(device, options.maxVoxels);
    this.#view = new UniformBuffer(device, VIEW, "view");
    this.#palette = storageBuffer(device, "palette", 256 * 4);
    const buffers: DrawBuffers = { view: this.#view.buffer, palette: this.#palette };
    this.#visible = new Visible(device);
    this.#blenders = {
      weighted: new Weighted(device, buffers, this.#visible),
      exact: new Exact(device, buffers),
      ...options.blenders?.(device, buffers),
    };
    this.#ways = this.#blenders;
    this.#resolve = new ScreenPass(device, "resolve", [resolveShader]);
  }

  /**
   * Makes the voxels of `volume`; `frame` may be called when it has resolved. Not to be called again before.
   * @returns the names of the stages that had to run.
   */
  async update(volume: Volume | GridSource, settings: Settings, profiler?: Profiler): Promise<string[]> {
    if ("makeGrid" in volume) {
      if (volume === this.#volume) return [];
      const means = meansOf(this.device, this.#view.buffer, this.pipeline.distance);
      this.#take(volume, volume.makeGrid(means), waysFor(volume, means));
      return ["voxels"];
    }
    const { grid, ran } = await this.pipeline.update(volume, settings, profiler);
    if (grid !== this.#grid) this.#take(volume, grid, this.#blenders);
    this.#volume = volume;
    this.#flip = settings.flip;
    return ran;
  }

  #take(volume: Volume | GridSource, grid: VoxelGrid, ways: Readonly<Record<string, Blender>>): void {
    this.#drop();
    this.#volume = volume;
    this.#grid = grid;
    this.#ways = ways;
    this.#flip = [false, false, false];
  }

  /** Forgets the grid; one that did not come from the pipeline is destroyed, with what draws it. */
  #drop(): void {
    this.#seen.clear();
    this.#pick?.destroy();
    this.#pick = undefined;
    if (this.#ways === this.#blenders) return;
    for (const blender of Object.values(this.#ways)) blender.destroy();
    this.#grid?.voxels.destroy();
    this.#ways = this.#blenders;
  }

  /** Of the textures that frames are drawn into. */
  get format(): GPUTextureFormat {
    return this.options.format;
  }

  /** The grid that is drawn. */
  get grid(): VoxelGrid {
    if (!this.#grid) throw new Error("nothing to draw yet");
    return this.#grid;
  }

  /**
   * Submits one frame of `width` x `height` pixels into `target`, with premultiplied alpha.
   * @param samples a pixel, a square number: they lie on a regular grid.
   * @param scale pixels to a CSS pixel, in which the width of edges is told.
   */
  frame(
    target: GPUTextureView,
    width: number,
    height: number,
    settings: DrawSettings,
    { samples = 1, scale = 1, profiler }: { samples?: number; scale?: number; profiler?: Profiler } = {},
  ): void {
    if (settings.colormap !== this.#colormap) {
      this.device.queue.writeBuffer(this.#palette, 0, palette(settings.colormap));
      this.#colormap = settings.colormap;
    }
    const { format } = this.options;
    if (samples === 1) {
      this.#sample(
        { view: target, format, width, height, loadOp: "clear", share: 1 },
        settings,
        [0, 0],
        scale,
        profiler,
      );
      return;
    }
    const side = Math.round(Math.sqrt(samples));
    const { texture, view, bindings } = this.#meanOf(width, height);
    for (let i = 0; i < side * side; i++) {
      const offset: [number, number] = [
        ((i % side) + 0.5) / side - 0.5,
        (Math.floor(i / side) + 0.5) / side - 0.5,
      ];
      const loadOp = i === 0 ? "clear" : "load";
      const share = 1 / (side * side);
      this.#sample(
        { view, format: texture.format, width, height, loadOp, share },
        settings,
        offset,
        scale,
        profiler,
      );
    }
    const encoder = this.device.createCommandEncoder({ label: "resolve" });
    const whole: Target = { view: target, format, width, height, loadOp: "clear", share: 1 };
    this.#resolve.encode(encoder, whole, bindings, profiler);
    this.device.queue.submit([encoder.finish()]);
  }

  /** Submits one sample of every pixel, `offset` pixels from its centre. */
  #sample(
    target: Target,
    settings: DrawSettings,
    offset: [number, number],
    scale: number,
    profiler?: Profiler,
  ): void {
    const place = this.#writeView(target.width, target.height, settings, offset, scale);
    const blender = this.#ways[settings.blend];
    if (!this.#seen.has(blender)) blender.setGrid(this.grid);
    blender.setPlace?.(place);
    const { camera, opacity, explode, aspect } = settings;
    const { width, height } = target;
    const seen = JSON.stringify([camera, opacity, explode, aspect, width, height, offset, scale]);
    const encoder = this.device.createCommandEncoder({ label: settings.blend });
    blender.encode(encoder, target, this.#seen.get(blender) !== seen, profiler);
    this.device.queue.submit([encoder.finish()]);
    this.#seen.set(blender, seen);
  }

  #meanOf(width: number, height: number) {
    if (this.#mean?.texture.width === width && this.#mean.texture.height === height) return this.#mean;
    this.#mean?.texture.destroy();
    const texture = this.device.createTexture({
      label: "mean",
      size: [width, height],
      format: this.device.features.has("float32-blendable") ? "rgba32float" : "rgba16float",
      usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.TEXTURE_BINDING,
    });
    const view = texture.createView();
    const bindings = bindGroup(this.device, this.#resolve.pipeline(this.options.format), [view]);
    this.#mean = { texture, view, bindings };
    return this.#mean;
  }

  #writeView(
    width: number,
    height: number,
    settings: DrawSettings,
    offset: [number, number],
    scale: number,
  ): Place {
    const { aspect, camera, opacity, explode } = settings;
    const { grid } = this;
    const { dims, spacing } = this.#volume as Volume | GridSource;
    const extent = boxExtent(aspect, dims, spacing);
    const voxel = extent.map((side, axis) => side / grid.gridDims[axis]);
    const origin = voxel.map((side, axis) => 0.5 - extent[axis] / 2 + grid.first[axis] * side);
    const { eye, towards, right, up } = cameraFrame(camera);
    const inGrid = (point: Vec3 | number[]) => point.map((x, axis) => (x - origin[axis]) / voxel[axis]);
    const steps = (direction: Vec3, length: number) => direction.map((x, axis) => (length * x) / voxel[axis]);
    const { half, centre } = cameraWindow(camera, width, height);
    const [left, top] = [
      centre - half[0] + (2 * half[0] * offset[0]) / width,
      centre + half[1] - (2 * half[1] * offset[1]) / height,
    ];
    const [r, g, b, a] = settings.background;
    this.#view.write({
      clip_from_box: clipFromBox(camera, width, height, offset),
      eye: camera.projection === "perspective" ? [...inGrid(eye), 1] : [...steps(towards, 1), 0],
      origin,
      opacity,
      voxel,
      side: 1 - explode,
      dims: grid.dims,
      window: inGrid([0, 1, 2].map((axis) => 0.5 + left * right[axis] + top * up[axis])),
      window_x: steps(right, (2 * half[0]) / width),
      window_y: steps(up, (-2 * half[1]) / height),
      pixels: [width, height],
      background: [r * a, g * a, b * a, a],
      edge: grid.look?.edge ?? NO_EDGE,
      edge_width: (grid.look?.edgeWidth ?? 0) * scale,
      hide_inner: Number(explode === 0 && (grid.look?.hideInner ?? false)),
    });
    return { camera, origin, voxel, side: 1 - explode };
  }

  /**
   * The voxel of the volume that gives a point of the picture most of its colour; null where there is none, and where
   * rays cannot look at the grid (freely moved corners).
   * @param point in pixels of a picture of `width` x `height`, from its upper left corner.
   */
  async pick(
    point: readonly [number, number],
    width: number,
    height: number,
    settings: DrawSettings,
  ): Promise<Vec3 | null> {
    const volume = this.#volume as Volume | GridSource;
    const drawing = "makeGrid" in volume ? volume.drawing : { code: REGULAR };
    if ("blender" in drawing) return null;
    this.#pick ??= new Pick(this.device, drawing.code);
    this.#writeView(width, height, settings, [0, 0], 1);
    const { first, gridDims } = this.grid;
    const { dims } = volume;
    const flip = this.#flip;
    const cell = await this.#pick.run(this.#view.buffer, this.grid, point);
    const source = cell?.map((i, axis) => {
      const n = gridDims[axis];
      const place = flip[axis] ? n - 1 - (first[axis] + i) : first[axis] + i;
      return Math.floor(((place + 0.5) * dims[axis]) / n);
    });
    return (source as Vec3 | undefined) ?? null;
  }

  /** How many faces, and voxels that have them, the last frame with blend="weighted" drew. */
  async readVisible(): Promise<{ visibleFaces: number; visibleVoxels: number }> {
    return this.#visible.readCounts();
  }

  destroy(): void {
    this.pipeline.destroy();
    this.#drop();
    for (const blender of Object.values(this.#blenders)) blender.destroy();
    this.#mean?.texture.destroy();
    this.#view.destroy();
    this.#palette.destroy();
  }
}
