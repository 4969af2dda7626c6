/** Stage: the GPU's side of one element. Keeps a canvas showing a volume under given settings. */

import { Renderer } from "../engine/renderer.ts";
import type { Settings } from "../view/settings.ts";
import type { Volume } from "../volume.ts";
import { sharedDevice } from "./device.ts";

/** A canvas, its device and its renderer; begins afresh when the device is lost. */
export class Stage {
  #device: GPUDevice | undefined;
  #renderer: Renderer | undefined;
  #context: GPUCanvasContext | undefined;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly onLost: (reason: string) => void,
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
    device.lost.then(({ message }) => {
      if (device !== this.#device) return;
      this.#forget();
      this.onLost(message);
    });
    return device;
  }

  #forget(): void {
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
