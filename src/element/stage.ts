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

/** A canvas, its device and its renderer; begins afresh when the device is lost. */
export class Stage {
  #device: GPUDevice | undefined;
  #renderer: Renderer | undefined;
  #context: GPUCanvasContext | undefined;
  #listening = new AbortController();

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
    if (device === this.#device) this.draw(settings);
    return renderer;
  }

  /** Draws the voxels as they are: for a change of camera, colours or size. */
  draw(settings: Settings): void {
    const { width, height } = this.canvas;
    if (!this.#context || !this.#renderer || width === 0 || height === 0) return;
    this.#renderer.frame(this.#context.getCurrentTexture().createView(), width, height, settings);
  }

  /** Largest side of the canvas that the device can draw, in pixels. */
  get maxSide(): number {
    return this.#device?.limits.maxTextureDimension2D ?? 8192;
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
