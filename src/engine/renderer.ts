/** Renderer: draws frames of a Volume, or of explicit voxels, with given settings. The engine's main entry point. */

import frameShader from "../../shaders/lib/frame.wgsl";
import { fetched } from "../errors.ts";
import { loadColormap } from "../options/load-colormap.ts";
import type { DrawnSettings, DrawSettings } from "../options/settings.ts";
import type { Vec3 } from "../volume.ts";
import type { Blender } from "./blend/blender.ts";
import { BlenderSet } from "./blend/blender-set.ts";
import { type FrameSize, FrameUniforms } from "./frame-uniforms.ts";
import { bindGroup, bindingLayout } from "./gpu/bind-group.ts";
import { guarded } from "./gpu/errors.ts";
import { FullscreenPass, type Target } from "./gpu/fullscreen-pass.ts";
import { GpuMemory } from "./gpu/memory.ts";
import { cachedPipeline } from "./gpu/pipeline-cache.ts";
import type { Profiler } from "./gpu/profiler.ts";
import type { Grid, GridContext, PickedVoxel } from "./grid.ts";
import { type GridReader, isSameReader } from "./grid-reader.ts";
import { makeExplicitGrid } from "./make-explicit-grid.ts";
import type { PagedVolume } from "./pages/paged-volume.ts";
import { Palette } from "./palette.ts";
import { VoxelPipeline } from "./pipeline/pipeline.ts";
import { storedReader } from "./pipeline/stored-grid.ts";
import type { FrameOptions, RendererOptions, Scene } from "./renderer-options.ts";
import type { Supersampling } from "./supersampling.ts";

export type { FrameOptions, RendererOptions, Scene } from "./renderer-options.ts";

export class Renderer {
  readonly memory: GpuMemory;
  readonly pipeline: VoxelPipeline;
  readonly #frame: FrameUniforms;
  readonly #palette: Palette;
  /** Undefined until a picture with several samples per pixel is drawn. */
  #supersampling: Supersampling | undefined;
  /** The blenders for the kind of the last grid. */
  #blenders: BlenderSet | undefined;
  #scene: Scene | undefined;
  /** Draws volumes that are read in parts. */
  #paged: PagedVolume | undefined;
  #grid: Grid | undefined;
  /** Bind groups 1 and 2 of the grid. */
  #groups: readonly GPUBindGroup[] = [];
  /** The view of each blender's last frame. For the same view, its visible faces are reused. */
  readonly #lastViews = new Map<Blender, string>();

  constructor(
    private readonly device: GPUDevice,
    private readonly options: RendererOptions,
  ) {
    this.memory = new GpuMemory(device, options.budget);
    this.pipeline = new VoxelPipeline(this.memory);
    this.#frame = new FrameUniforms(device);
    this.#palette = new Palette(this.memory);
  }

  /** Compiles what most volumes need while the file is still loading. Errors are reported when it is needed. */
  warmUp(blend: DrawSettings["blend"]): void {
    this.#blenders ??= this.#blendersFor(storedReader());
    this.ready(blend).catch(() => {});
  }

  /** True if frames with this blend can be drawn without waiting. */
  isReady(blend: DrawSettings["blend"]): boolean {
    const { format } = this.options;
    return this.#present(blend)?.isReady(format) ?? false;
  }

  /**
   * Prepares `scene` for drawing with these settings: `frame` may be called when this has resolved. Must not be called
   * again before it settles; if it fails, there is nothing to draw.
   * @returns the names of the stages that ran.
   * @throws VoxelVolumeError "out-of-memory", "too-large", "device-lost", "invalid-option".
   */
  async update(scene: Scene, settings: DrawnSettings, profiler?: Profiler): Promise<string[]> {
    if (settings.colormap !== "labels") await loadColormap(settings.colormap);
    let ran: string[] = [];
    if (scene.kind === "explicit") {
      if (scene !== this.#scene || !this.#grid) {
        this.#drop();
        this.pipeline.release();
        await this.pipeline.distance.ready();
        this.#take(scene, await makeExplicitGrid(this.device, scene, this.#context()));
        ran = ["voxels"];
      }
    } else {
      if (this.#grid?.kind === "explicit") this.#drop();
      try {
        ran = await (scene.overview ? await this.#pages() : this.pipeline).update(scene, settings, profiler);
      } catch (error) {
        this.#drop();
        throw error;
      }
      if (!scene.overview) this.#paged?.release();
      const { grid } = this.#paged?.grid ? this.#paged : this.pipeline;
      if (grid && grid !== this.#grid) this.#take(scene, grid);
      this.#scene = scene;
    }
    this.#useShade(settings);
    return ran;
  }

  async #pages(): Promise<PagedVolume> {
    const { PagedVolume } = await fetched(import("./pages/paged-volume.ts"));
    this.#paged ??= new PagedVolume(this.memory, this.pipeline, this.#frame, this.#palette);
    return this.#paged;
  }

  /** What the picture shows of a volume that is read in parts; undefined for other scenes. */
  get paged(): PagedVolume | undefined {
    return this.#scene?.kind === "volume" && this.#scene.overview ? this.#paged : undefined;
  }

  /** Compiles what frames with this blend and this many samples per pixel need. */
  async ready(blend: DrawSettings["blend"], samples = 1): Promise<void> {
    const { format } = this.options;
    const blender = await this.#fetch(blend);
    if (samples === 1) return blender.ready(format);
    const { Supersampling } = await fetched(import("./supersampling.ts"));
    const supersampling = this.#supersampling ?? new Supersampling(this.memory);
    this.#supersampling = supersampling;
    await Promise.all([blender.ready(supersampling.format), supersampling.ready(format)]);
  }

  #take(scene: Scene, grid: Grid): void {
    const { rays } = grid;
    if (this.#grid?.kind === "explicit") this.#drop();
    if (rays && !isSameReader(this.#blenders?.reader, rays.reader)) {
      this.#blenders?.destroy();
      this.#blenders = this.#blendersFor(rays.reader);
    }
    this.#scene = scene;
    this.#grid = grid;
    this.#lastViews.clear();
    this.#groups = rays?.bind(this.#frame.buffer, this.#palette.buffer) ?? [];
  }

  #blendersFor(reader: GridReader): BlenderSet {
    return new BlenderSet(this.memory, reader, this.options.blenders);
  }

  #useShade({ shade }: DrawSettings): void {
    if (this.#blenders?.useShade(shade)) this.#lastViews.clear();
  }

  /** The blender for the grid, if it has been loaded. Quads have their own blender, whatever `blend` is. */
  #present(blend: string): Blender | undefined {
    const own = this.#grid?.kind === "explicit" ? this.#grid.blender : undefined;
    return own ?? this.#blenders?.get(blend);
  }

  async #fetch(blend: string): Promise<Blender> {
    const blenders = this.#blenders;
    const blender = this.#present(blend) ?? (await blenders?.fetch(blend));
    // The kind of grid may have changed during the wait.
    if (blenders !== this.#blenders) return this.#fetch(blend);
    if (!blender) throw new Error("nothing to draw yet");
    return blender;
  }

  /** Releases the grid; an explicit one is destroyed. */
  #drop(): void {
    const grid = this.#grid;
    this.#grid = undefined;
    this.#scene = undefined;
    this.#groups = [];
    this.#lastViews.clear();
    if (grid?.kind === "explicit") grid.destroy();
  }

  #context(): GridContext {
    return {
      memory: this.memory,
      frame: this.#frame.buffer,
      frameCode: frameShader,
      distance: this.pipeline.distance,
      bindGroup,
      bindingLayout,
      cachedPipeline,
      FullscreenPass,
    };
  }

  /** Shape of the values that are drawn, before resizing: the volume's, unless it does not fit. */
  get sourceDims(): Vec3 {
    return this.paged?.sourceDims ?? this.pipeline.sourceDims;
  }

  get format(): GPUTextureFormat {
    return this.options.format;
  }

  /** The grid that is drawn. */
  get grid(): Grid {
    if (!this.#grid) throw new Error("nothing to draw yet");
    return this.#grid;
  }

  /**
   * Draws one frame of `width` x `height` pixels into `target`, with premultiplied alpha. If `ready` has resolved, the
   * work is submitted before this returns. Resolves when the GPU has accepted it.
   * @throws VoxelVolumeError "out-of-memory", "device-lost": then all resources for this size of picture are freed.
   */
  async frame(
    target: GPUTextureView,
    width: number,
    height: number,
    settings: DrawSettings,
    { samples = 1, scale = 1, detail, profiler }: FrameOptions = {},
  ): Promise<void> {
    const { format } = this.options;
    const whole: Target = { view: target, format, width, height, loadOp: "clear", share: 1 };
    const sample = (target: Target, offset: readonly [number, number]) =>
      this.#sample(target, settings, { width, height, offset, scale, detail }, profiler);
    this.#useShade(settings);
    if (samples > 1 || !this.isReady(settings.blend)) await this.ready(settings.blend, samples);
    try {
      await guarded(this.device, () => {
        this.#palette.set(this.palette ?? settings.colormap);
        if (samples === 1 || !this.#supersampling) sample(whole, [0, 0]);
        else this.#supersampling.draw(whole, samples, sample, profiler);
      });
    } catch (error) {
      this.#lastViews.clear();
      this.#supersampling?.release();
      for (const blender of this.#blenders?.all ?? []) blender.release();
      this.#present(settings.blend)?.release();
      throw error;
    }
  }

  /** The colours of labels; undefined if the colour map supplies them. */
  get palette(): Uint32Array<ArrayBuffer> | undefined {
    return this.#grid?.kind === "stored" ? this.pipeline.palette : undefined;
  }

  /** Submits one sample of every pixel. */
  #sample(target: Target, settings: DrawSettings, size: FrameSize, profiler?: Profiler): void {
    const blender = this.#present(settings.blend);
    if (!blender) throw new Error("nothing to draw yet");
    const transform = this.#frame.write(this.grid, this.#scene as Scene, settings, size, blender.clipFromBox);
    if (!this.#lastViews.has(blender)) blender.setGrid(this.#groups, this.grid.rays?.brickCount ?? 0);
    blender.setTransform?.(transform);
    this.paged?.setView(transform, size);
    const { camera, opacity, explode, aspect } = settings;
    const view = JSON.stringify([camera, opacity, explode, aspect, size]);
    blender.draw(target, this.#lastViews.get(blender) !== view, profiler);
    this.#lastViews.set(blender, view);
  }

  /**
   * The voxel that contributes most to the colour at a point; null if there is none, or if rays cannot be traced
   * through the grid (moved corners).
   * @param point in pixels of a picture of `width` x `height`, from its upper left corner, with `scale` pixels per CSS
   * pixel.
   */
  async pick(
    point: readonly [number, number],
    width: number,
    height: number,
    settings: DrawSettings,
    scale = 1,
  ): Promise<PickedVoxel | null> {
    const scene = this.#scene as Scene;
    const { grid } = this;
    if (!this.#blenders || !grid.rays) return null;
    const size = { width, height, offset: [0, 0] as const, scale };
    const cell = await this.#blenders.pick(this.#groups, point, () => {
      const transform = this.#frame.write(grid, scene, settings, size);
      this.paged?.setView(transform, size);
    });
    if (!cell) return null;
    if (grid.dims.every((n, axis) => n === scene.dims[axis]) && this.paged) return this.paged.voxelAt(cell);
    const index = cell.map((i, axis) => Math.floor(((i + 0.5) * scene.dims[axis]) / grid.dims[axis]));
    return { index: index as unknown as Vec3 };
  }

  /** Number of filled voxels; estimated from its overview for a volume that is read in parts. */
  async countFilled(): Promise<number> {
    const { grid } = this;
    if (grid.kind === "explicit") return grid.filledCount;
    return Math.round((await this.pipeline.countFilled()) * (this.paged?.share ?? 1));
  }

  /** Faces, and voxels with faces, in the last frame with blend="weighted"; 0 if that frame traced rays instead. */
  async readVisible(): Promise<{ visibleFaces: number; visibleVoxels: number }> {
    return this.#blenders?.readVisible() ?? { visibleFaces: 0, visibleVoxels: 0 };
  }

  destroy(): void {
    this.#drop();
    this.#paged?.release();
    this.#blenders?.destroy();
    this.pipeline.destroy();
    this.#supersampling?.release();
    this.#frame.destroy();
    // Also frees what remains of failed work.
    this.memory.destroy();
  }
}
