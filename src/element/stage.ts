/** Stage: the GPU's side of one element. Keeps a canvas showing a volume under given settings. */

import { Renderer } from "../engine/renderer.ts";
import { VoxelVolumeError } from "../errors.ts";
import type { Filled } from "../options/notice.ts";
import type { DrawnSettings } from "../options/settings.ts";
import type { ValueScale } from "../options/value-scale.ts";
import type { Vec3 } from "../volume.ts";
import { LOST, sharedDevice } from "./device.ts";
import type { ShownVolume } from "./explicit-volume.ts";

/** A frame that takes longer, in ms, is too slow to follow a camera; one that follows should take no longer than AIM_MS. */
const SLOW_MS = 100;
const AIM_MS = 60;
/** A frame at rest that takes longer, in ms, is not drawn with that blend again. */
const HEAVY_MS = 1000;
/** Of the canvas's pixels a side, while a slow GPU follows the camera. */
const SCALES = [1, 0.7, 0.5, 0.35, 0.25];

/** What is drawn. */
export interface Shown {
  /** Voxels of the grid. */
  readonly gridDims: Vec3;
  /** How values are drawn; explicit voxels have none. */
  readonly scale: ValueScale | undefined;
}

/** A canvas, its device and its renderer; begins afresh when the device is lost. One thing is done after the other. */
export class Stage {
  #device: GPUDevice | undefined;
  #renderer: Renderer | undefined;
  #context: GPUCanvasContext | undefined;
  #listening = new AbortController();
  /** What was asked for last. */
  #last: Promise<unknown> = Promise.resolve();
  /** Pixels of the full picture. */
  #size: readonly [number, number] = [0, 0];
  /** Whether a full frame is too slow, as far as is known; the first at rest tells nothing: it allocates. */
  #slow = false;
  #warm = false;
  /** The blend that takes too long even at rest. */
  #heavy: DrawnSettings["blend"] | undefined;
  #scale = 0.5;
  #coarse = false;
  #over = false;

  /** `lost` is told when the device is gone; the next `show` begins afresh. */
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
      this.#heavy = undefined;
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

  /** The first frame of a volume comes quickly: by rays, if the blend that is asked for is slow or not compiled yet. */
  async #draw(settings: DrawnSettings, when: "first" | "moving" | "rest"): Promise<void> {
    const [device, renderer, context] = [this.#device, this.#renderer, this.#context];
    if (!device || !renderer || !context || this.#size.includes(0)) return;
    const quick = this.#slow && when !== "rest";
    const scale = quick && when === "moving" ? this.#scale : 1;
    // Rays are there first; what else it takes is fetched and compiled when nothing moves.
    const wait = when !== "rest" && !renderer.isReady(settings.blend);
    const blend = quick || wait || settings.blend === this.#heavy ? "exact" : settings.blend;
    this.#coarse = scale < 1 || ((quick || wait) && blend !== settings.blend);
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
      if (isOutOfMemory(error)) this.#heavy = blend;
      throw error;
    }
    await device.queue.onSubmittedWorkDone();
    if (when !== "first") this.#learn(performance.now() - began, quick, blend);
  }

  /** Whether the last frame was less than the full picture. */
  get coarse(): boolean {
    return this.#coarse;
  }

  #learn(ms: number, quick: boolean, blend: DrawnSettings["blend"]): void {
    if (quick) {
      const wanted = this.#scale * Math.sqrt(AIM_MS / ms);
      // Down at once, up only with some room: the scale should not flicker.
      const room = wanted > this.#scale ? 1.2 : 1;
      const fit = SCALES.find((scale) => scale * room <= wanted) ?? SCALES[SCALES.length - 1];
      if (wanted < this.#scale || fit > this.#scale) this.#scale = fit;
    } else {
      if (this.#warm) this.#slow = ms > SLOW_MS;
      if (this.#warm && ms > HEAVY_MS && blend === "weighted") this.#heavy = blend;
      this.#warm = true;
    }
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
      const { renderPixels } = await import("../engine/read-pixels.ts");
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
    if (this.#over) throw new Error("the element is no longer on the page");
    const format = navigator.gpu.getPreferredCanvasFormat();
    if (device !== this.#device) {
      this.#release();
      this.#context = this.canvas.getContext("webgpu") as GPUCanvasContext;
      this.#context.configure({ device, format, alphaMode: "premultiplied" });
      this.#device = device;
      this.#slow = device.adapterInfo?.isFallbackAdapter ?? false;
      this.#warm = false;
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
    this.#over = true;
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
