/** Stage: the GPU's side of one element. Keeps a canvas showing a volume under given settings. */

import { Renderer } from "../engine/renderer.ts";
import type { Settings } from "../view/settings.ts";
import type { Volume } from "../volume.ts";
import { LOST, sharedDevice } from "./device.ts";

/** What a stage has to tell between frames. */
export interface StageEvents {
  /** The device is gone; the next `show` begins afresh. */
  lost(reason: string): void;
  /** The device could not do something, such as get memory. */
  fault(message: string): void;
}

/** A frame that takes longer, in ms, is too slow to follow a camera; one that follows should take no longer than AIM_MS. */
const SLOW_MS = 100;
const AIM_MS = 60;
/** Of the canvas's pixels a side, while a slow GPU follows the camera. */
const SCALES = [1, 0.7, 0.5, 0.35, 0.25];

/** A canvas, its device and its renderer; begins afresh when the device is lost. */
export class Stage {
  #device: GPUDevice | undefined;
  #renderer: Renderer | undefined;
  #context: GPUCanvasContext | undefined;
  #listening = new AbortController();
  /** Pixels of the full picture. */
  #size: readonly [number, number] = [0, 0];
  /** Whether a full frame is too slow, as far as is known; the first tells nothing, for it compiles the shaders. */
  #slow = false;
  #warm = false;
  #scale = 0.5;
  #coarse = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly events: StageEvents,
  ) {}

  /**
   * Makes the voxels and draws them.
   * @returns the renderer, for questions about what was drawn.
   */
  async show(volume: Volume, settings: Settings): Promise<Renderer> {
    const device = await this.#acquire();
    const renderer = this.#renderer as Renderer;
    await renderer.update(volume, settings);
    if (device === this.#device) await this.draw(settings);
    return renderer;
  }

  /** Pixels of the picture from the next frame on. */
  resize(width: number, height: number): void {
    const most = this.#device?.limits.maxTextureDimension2D ?? 8192;
    this.#size = [Math.min(width, most), Math.min(height, most)];
  }

  /**
   * Draws the voxels as they are, for a change of camera, colours or size; resolves when the GPU is done.
   * @param moving the next frame follows soon: a slow GPU may draw fewer pixels, and takes the blend that it is quickest at.
   */
  async draw(settings: Settings, moving = false): Promise<void> {
    const [device, renderer, context] = [this.#device, this.#renderer, this.#context];
    if (!device || !renderer || !context || this.#size.includes(0)) return;
    this.#coarse = moving && this.#slow;
    const [width, height] = this.#size.map((side) =>
      Math.max(1, Math.round(side * (this.#coarse ? this.#scale : 1))),
    );
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    const began = performance.now();
    const shown: Settings = this.#coarse ? { ...settings, blend: "exact" } : settings;
    renderer.frame(context.getCurrentTexture().createView(), width, height, shown);
    await device.queue.onSubmittedWorkDone();
    this.#learn(performance.now() - began);
  }

  /** Whether the last frame was less than the full picture. */
  get coarse(): boolean {
    return this.#coarse;
  }

  #learn(ms: number): void {
    if (this.#coarse) {
      const wanted = this.#scale * Math.sqrt(AIM_MS / ms);
      // Down at once, up only with some room: the scale should not flicker.
      const room = wanted > this.#scale ? 1.2 : 1;
      const fit = SCALES.find((scale) => scale * room <= wanted) ?? SCALES[SCALES.length - 1];
      if (wanted < this.#scale || fit > this.#scale) this.#scale = fit;
    } else {
      if (this.#warm) this.#slow = ms > SLOW_MS;
      this.#warm = true;
    }
  }

  async #acquire(): Promise<GPUDevice> {
    const device = await sharedDevice();
    if (device === this.#device) return device;
    this.destroy();
    const format = navigator.gpu.getPreferredCanvasFormat();
    this.#context = this.canvas.getContext("webgpu") as GPUCanvasContext;
    this.#context.configure({ device, format, alphaMode: "premultiplied" });
    this.#device = device;
    this.#renderer = new Renderer(device, { format });
    this.#slow = device.adapterInfo?.isFallbackAdapter ?? false;
    this.#warm = false;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const lost = ({ detail }: Event & { detail?: string }) => {
      this.#forget();
      this.events.lost(detail ?? "");
    };
    device.addEventListener(LOST, lost, { signal });
    device.addEventListener("uncapturederror", ({ error }) => this.events.fault(error.message), { signal });
    return device;
  }

  #forget(): void {
    this.#listening.abort();
    this.#device = undefined;
    this.#renderer = undefined;
  }

  /** Gives the GPU's memory back; the next `show` begins afresh. */
  destroy(): void {
    this.#renderer?.destroy();
    this.#context?.unconfigure();
    this.#forget();
  }
}
