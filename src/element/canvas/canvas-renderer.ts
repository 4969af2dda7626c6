/** CanvasRenderer: keeps the canvas of one element showing a volume under given settings. */

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
  /** How values are drawn; explicit voxels have none. */
  readonly scale: ValueScale | undefined;
}

/** What there is to draw, with what draws it. */
export interface Ready {
  readonly renderer: CanvasRenderer;
  readonly loaded: Loaded;
  readonly settings: DrawnSettings;
}

/** Owns the canvas's context and renderer, made again after the device was lost. One thing is done after the other. */
export class CanvasRenderer {
  #device: GPUDevice | undefined;
  #renderer: Renderer | undefined;
  #context: GPUCanvasContext | undefined;
  #listening = new AbortController();
  /** What was asked for last. */
  #last: Promise<unknown> = Promise.resolve();
  /** Pixels of the full picture. */
  #size: readonly [number, number] = [0, 0];
  #quality = new AdaptiveQuality(false);
  #isCoarse = false;
  #isDestroyed = false;

  /** `lost` is called when the device is gone; the next `show` makes everything anew. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly lost: (reason: string) => void,
  ) {}

  /**
   * Makes the voxels and draws them.
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

  /** Gets the device and compiles what the first frame needs, while the volume still arrives. */
  warmUp(): void {
    this.#inTurn(() => this.#acquire()).catch(() => {});
  }

  /** Pixels of the picture from the next frame on. */
  resize(width: number, height: number): void {
    const most = this.#device?.limits.maxTextureDimension2D ?? 8192;
    this.#size = [Math.min(width, most), Math.min(height, most)];
  }

  /**
   * Draws again, for a change of camera, colours or size; resolves when the GPU is done.
   * @param moving the next frame follows soon: a slow GPU may draw fewer pixels, and takes the blend that it is quickest at.
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
    // From here on until the frame is submitted nothing is waited for: a canvas of another size is blank until then.
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
        { scale: scale * devicePixelRatio },
      );
    } catch (error) {
      // Where there is no memory for it, the next frame does without.
      if (isOutOfMemory(error)) this.#quality.avoid(blend);
      throw error;
    }
    await device.queue.onSubmittedWorkDone();
    if (occasion !== "first") this.#quality.learn(plan, performance.now() - began);
  }

  /** Whether the last frame was less than the full picture. */
  get isCoarse(): boolean {
    return this.#isCoarse;
  }

  /**
   * A picture of `width` x `height` pixels, `scale` to a CSS pixel, rows from the top, straight RGBA, whether the canvas is
   * seen or not.
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

  /** The voxel of the volume that is to be seen at a point, in fractions of the canvas from its upper left corner. */
  pick(volume: ShownVolume, settings: DrawnSettings, point: readonly [number, number]): Promise<Vec3 | null> {
    return this.#inTurn(async () => {
      const renderer = await this.#made(volume, settings);
      const [width, height] = this.#size;
      const pixel = [point[0] * width, point[1] * height] as const;
      return renderer.pick(pixel, width, height, settings, devicePixelRatio);
    });
  }

  /** How values are drawn; explicit voxels have none. */
  scale(volume: ShownVolume, settings: DrawnSettings): Promise<ValueScale | undefined> {
    return this.#inTurn(async () => {
      const renderer = await this.#made(volume, settings);
      return volume.kind === "volume" ? renderer.pipeline.scale : undefined;
    });
  }

  /** How many voxels are filled, and how many the crop leaves. */
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

  /** How many of the volume's normalized values fall into each of `bins` (at most 1024) equal bins. */
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

  /** The renderer, with the volume ready to be drawn; what is there already costs nothing. */
  async #made(volume: ShownVolume, settings: DrawnSettings): Promise<Renderer> {
    await this.#acquire();
    const renderer = this.#renderer as Renderer;
    await renderer.update(volume, settings);
    return renderer;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work).catch((error) => {
      // Anything may be missing that the renderer made once: the next one makes it anew.
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

  /** Makes what is missing of device, context and renderer. */
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
    if (this.#renderer) return;
    this.#renderer = new Renderer(device, { format });
    this.#renderer.warmUp("exact");
  }

  #forget(): void {
    this.#listening.abort();
    this.#device = undefined;
    this.#renderer = undefined;
  }

  /** Gives the GPU's memory back, for good, once what is under way has ended. */
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
