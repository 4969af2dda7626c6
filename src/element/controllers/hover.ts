/** HoverController: finds what is under the pointer, one lookup at a time, always for the latest position. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

type Point = readonly [clientX: number, clientY: number];

export class HoverController implements ReactiveController {
  #text = "";
  /** Pointer position whose lookup is running. */
  #point: Point | undefined;
  #listening: AbortController | undefined;

  /** `describe` returns a text for a point of the window; `isOn`: whether the readout is wanted. */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly canvas: HTMLCanvasElement,
    private readonly describe: (...at: Point) => Promise<string>,
    private readonly isOn: () => boolean,
  ) {
    host.addController(this);
  }

  /** Text for what is under the pointer; empty if nothing is. */
  get text(): string {
    return this.#text;
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const { canvas } = this;
    const move = ({ clientX, clientY, buttons }: PointerEvent) => {
      if (this.isOn() && buttons === 0) void this.#move([clientX, clientY]);
    };
    canvas.addEventListener("pointermove", move, { signal });
    // Touch has no hover, so a tap is used.
    canvas.addEventListener("click", move, { signal });
    canvas.addEventListener("pointerleave", () => this.clear(), { signal });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.clear();
  }

  clear(): void {
    this.#point = undefined;
    this.#show("");
  }

  async #move(point: Point): Promise<void> {
    const isLooking = this.#point !== undefined;
    this.#point = point;
    if (isLooking) return;
    while (this.#point) {
      const lookedUp: Point = this.#point;
      const text = await this.describe(...lookedUp).catch(() => "");
      // The pointer may have left during the lookup.
      if (!this.#point) return;
      this.#show(text);
      if (this.#point === lookedUp) this.#point = undefined;
    }
  }

  #show(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.host.requestUpdate();
  }
}
