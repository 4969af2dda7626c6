/** CanvasRenderer: draws a volume on an element's canvas under given settings. */

import type { PickedVoxel } from "../../engine/grid.ts";
import { Renderer } from "../../engine/renderer.ts";
import { fetched, VoxelVolumeError } from "../../errors.ts";
import type { Filled } from "../../options/notice.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import type { ValueScale } from "../../options/value-scale.ts";
import type { Vec3 } from "../../volume.ts";
import type { ShownVolume } from "../explicit-volume.ts";
import type { Loaded } from "../load-state.ts";
import { AdaptiveQuality, type Occasion } from "./adaptive-quality.ts";
import { LOST, sharedDevice } from "./shared-device.ts";

/** What is drawn. */
export interface Shown {
  /** Voxels of the grid. */
  readonly gridDims: Vec3;
  /** How values are drawn; undefined for explicit voxels. */
  readonly scale: ValueScale | undefined;
}

/** A volume on screen and the renderer that draws it. */
export interface Ready {
  readonly renderer: CanvasRenderer;
  readonly loaded: Loaded;
  readonly settings: DrawnSettings;
}

/** Owns the canvas's context and renderer, and recreates them after device loss. Operations run one at a time. */
export class CanvasRenderer {
  #device: GPUDevice | undefined;
  #renderer: Renderer | undefined;
  #context: GPUCanvasContext | undefined;
  #listening = new AbortController();
  /** The last queued operation. */
  #last: Promise<unknown> = Promise.resolve();
  /** Size of the full picture, in pixels. */
  #size: readonly [number, number] = [0, 0];
  #quality = new AdaptiveQuality(false);
  #isCoarse = false;
  #isDestroyed = false;
  /** The value of `gpuMemory` for which the renderer was made. */
  #gpuMemory: unknown;

  /**
   * `lost` is called when the device is lost; the next `show` then recreates everything. After a change
   * of the host's `gpuMemory`, the next operation makes a new renderer.
   */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly lost: (reason: string) => void,
    private readonly host: { readonly gpuMemory: unknown },
  ) {}

  /**
   * Creates the voxel grid and draws it.
   * @returns what is drawn.
   */
  show(volume: ShownVolume, settings: DrawnSettings): Promise<Shown> {
    return this.#inTurn(async () => {
      const renderer = await this.#made(volume, settings);
      this.#quality.reset();
      if (renderer === this.#renderer) await this.#draw(settings, "first");
      return {
        gridDims: renderer.grid.dims,
        scale: volume.kind === "volume" ? renderer.pipeline.scale : undefined,
      };
    });
  }

  /** Requests the device and compiles what the first frame needs while the volume is still loading. */
  warmUp(): void {
    this.#inTurn(() => this.#acquire()).catch(() => {});
  }

  /** Sets the picture's size in pixels, from the next frame on. */
  resize(width: number, height: number): void {
    const most = this.#device?.limits.maxTextureDimension2D ?? 8192;
    this.#size = [Math.min(width, most), Math.min(height, most)];
  }

  /**
   * Draws again after a change of camera, colours or size; resolves when the GPU is done.
   * @param moving whether another frame follows soon: a slow GPU may then draw fewer pixels and use its fastest blend.
   */
  draw(volume: ShownVolume, settings: DrawnSettings, moving = false): Promise<void> {
    return this.#inTurn(async () => {
      await this.#made(volume, settings);
      await this.#draw(settings, moving ? "moving" : "rest");
    });
  }

  async #draw(settings: DrawnSettings, occasion: Occasion): Promise<void> {
    const [device, renderer, context] = [this.#device, this.#renderer, this.#context];
    if (!device || !renderer || !context || this.#size.includes(0)) return;
    const plan = this.#quality.plan(settings.blend, occasion, renderer.isReady(settings.blend));
    const { blend, scale } = plan;
    this.#isCoarse = plan.isCoarse;
    const [width, height] = this.#size.map((side) => Math.max(1, Math.round(side * scale)));
    await renderer.ready(blend);
    if (renderer !== this.#renderer) return;
    // Nothing is awaited between here and the submission of the frame: resizing a canvas clears it.
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    const began = performance.now();
    const target = context.getCurrentTexture().createView();
    try {
      await renderer.frame(
        target,
        width,
        height,
        { ...settings, blend },
        { scale: scale * devicePixelRatio, detail: scale },
      );
    } catch (error) {
      // If memory runs out, the next frame uses another blend.
      if (isOutOfMemory(error)) this.#quality.avoid(blend);
      throw error;
    }
    await device.queue.onSubmittedWorkDone();
    if (occasion !== "first") this.#quality.learn(plan, performance.now() - began);
  }

  /** What draws the volume; undefined before the first picture. */
  get engine(): Renderer | undefined {
    return this.#renderer;
  }

  /** Size of the full picture, in pixels. */
  get size(): readonly [number, number] {
    return this.#size;
  }

  /** True if the last frame had less than full quality. */
  get isCoarse(): boolean {
    return this.#isCoarse;
  }

  /**
   * Draws a picture of `width` x `height` pixels, `scale` of them per CSS pixel: straight RGBA, top row first. The
   * canvas need not be visible.
   */
  picture(
    volume: ShownVolume,
    settings: DrawnSettings,
    width: number,
    height: number,
    samples: number,
    scale: number,
  ) {
    return this.#inTurn(async () => {
      const renderer = await this.#made(volume, settings);
      const { device } = renderer.memory;
      const most = device.limits.maxTextureDimension2D;
      if (Math.max(width, height) > most) {
        throw new VoxelVolumeError(
          "too-large",
          `${width}x${height} pixels: this GPU draws at most ${most} a side`,
        );
      }
      const { renderPixels } = await fetched(import("../../engine/read-pixels.ts"));
      return renderPixels(device, renderer, width, height, settings, { samples, scale });
    });
  }

  /** The voxel that is visible at a point, given in fractions of the canvas from its upper left corner. */
  pick(
    volume: ShownVolume,
    settings: DrawnSettings,
    point: readonly [number, number],
  ): Promise<PickedVoxel | null> {
    return this.#inTurn(async () => {
      const renderer = await this.#made(volume, settings);
      const [width, height] = this.#size;
      const pixel = [point[0] * width, point[1] * height] as const;
      return renderer.pick(pixel, width, height, settings, devicePixelRatio);
    });
  }

  /** How values are drawn; undefined for explicit voxels. */
  scale(volume: ShownVolume, settings: DrawnSettings): Promise<ValueScale | undefined> {
    return this.#inTurn(async () => {
      const renderer = await this.#made(volume, settings);
      return volume.kind === "volume" ? renderer.pipeline.scale : undefined;
    });
  }

  /** Counts the filled voxels, and those within the crop. */
  countFilled(volume: ShownVolume, settings: DrawnSettings): Promise<Filled> {
    return this.#inTurn(async () => {
      const renderer = await this.#made(volume, settings);
      const { cutDims, dims } = renderer.grid;
      return {
        filled: await renderer.countFilled(),
        voxels: cutDims[0] * cutDims[1] * cutDims[2],
        isCut: settings.clip !== null || cutDims.some((n, axis) => n !== dims[axis]),
      };
    });
  }

  /** Counts the volume's normalized values in `bins` (at most 1024) equal bins. */
  histogram(
    volume: ShownVolume,
    settings: DrawnSettings,
    bins: number,
    stage: "normalized" | "transformed",
  ): Promise<Uint32Array> {
    return this.#inTurn(async () => {
      const renderer = await this.#made(volume, settings);
      return renderer.pipeline.histogram(stage, bins);
    });
  }

  /** Returns the renderer with the volume's grid ready; what already exists is reused. */
  async #made(volume: ShownVolume, settings: DrawnSettings): Promise<Renderer> {
    await this.#acquire();
    const renderer = this.#renderer as Renderer;
    await renderer.update(volume, settings);
    return renderer;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work).catch((error) => {
      // After running out of memory any resource may be missing, so the next call creates a new renderer.
      if (isOutOfMemory(error)) this.#discardRenderer();
      throw error;
    });
    this.#last = result;
    return result;
  }

  #discardRenderer(): void {
    this.#renderer?.destroy();
    this.#renderer = undefined;
  }

  /** Creates the device, context and renderer as needed. */
  async #acquire(): Promise<void> {
    const device = await sharedDevice();
    if (this.#isDestroyed) throw new Error("the element is no longer on the page");
    const format = navigator.gpu.getPreferredCanvasFormat();
    if (device !== this.#device) {
      this.#release();
      this.#context = this.canvas.getContext("webgpu") as GPUCanvasContext;
      this.#context.configure({ device, format, alphaMode: "premultiplied" });
      this.#device = device;
      this.#quality = new AdaptiveQuality(device.adapterInfo?.isFallbackAdapter ?? false);
      this.#listening = new AbortController();
      const { signal } = this.#listening;
      const lost = ({ detail }: Event & { detail?: string }) => {
        this.#forget();
        this.lost(detail ?? "");
      };
      device.addEventListener(LOST, lost, { signal });
    }
    const { gpuMemory = null } = this.host;
    if (gpuMemory !== this.#gpuMemory) this.#discardRenderer();
    if (this.#renderer) return;
    this.#gpuMemory = gpuMemory;
    const budget =
      gpuMemory === null ? undefined : (await fetched(import("../gpu-budget.ts"))).gpuBudget(gpuMemory);
    this.#renderer = new Renderer(device, { format, budget });
    this.#renderer.warmUp("exact");
  }

  #forget(): void {
    this.#listening.abort();
    this.#device = undefined;
    this.#renderer = undefined;
  }

  /** Frees the GPU memory for good, after pending operations. */
  destroy(): void {
    this.#isDestroyed = true;
    this.#listening.abort();
    this.#context?.unconfigure();
    this.#context = undefined;
    this.#inTurn(async () => this.#release()).catch(() => {});
  }

  #release(): void {
    this.#discardRenderer();
    this.#context?.unconfigure();
    this.#forget();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return (error as VoxelVolumeError).code === "out-of-memory";
}
