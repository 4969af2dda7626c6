/** <voxel-volume-curve>: the transform as a curve over the histogram, with handles that bend it. */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, svg } from "lit";
import { palette } from "../../options/colormaps.ts";
import type { Transform } from "../../options/settings.ts";
import {
  draggedTo,
  HANDLE_LEVELS,
  HANDLE_RANGES,
  type HandleName,
  handlePosition,
  meanPowered,
  transformed,
} from "../../options/transfer-curve.ts";
import { curveStyles } from "./curve-styles.ts";

const BARS = 128;
const CURVE_POINTS = 256;
/** Of the bars, so many are not cut off. */
const HIGHEST = 0.95;
/** A press takes the nearest handle within so many CSS pixels. */
const GRASP = 32;
const NAMES = Object.keys(HANDLE_LEVELS) as HandleName[];
/** What one press of an arrow key adds. */
const KEY_STEPS: Readonly<Record<HandleName, number>> = {
  floor: 0.01,
  gamma: 0.02,
  contrast: 0.1,
  bias: 0.01,
};
/** Arrow keys as steps. */
const KEYS: Readonly<Record<string, number>> = {
  ...{ ArrowRight: 1, ArrowUp: 1, PageUp: 10, ArrowLeft: -1, ArrowDown: -1, PageDown: -10 },
};

export class VoxelVolumeCurve extends LitElement {
  static override styles = curveStyles;
  static override properties: PropertyDeclarations = {
    histogram: { attribute: false },
    transform: { attribute: false, hasChanged: (a, b) => JSON.stringify(a) !== JSON.stringify(b) },
    colormap: { attribute: false },
    _held: { state: true },
  };

  /** Of the normalised values; empty until it is known. */
  declare histogram: Uint32Array;
  /** null where it is off: there is nothing to bend then. */
  declare transform: Transform | null;
  declare colormap: string;
  /** Called with every step of a handle. */
  bend: (name: HandleName, value: number) => void = () => {};
  /** The handle that is dragged or has the focus. */
  declare private _held: HandleName | undefined;

  /** From the pointer to the handle's middle while one is dragged, as a part of the axis. */
  #grip = 0;
  #dragging = false;
  #mean = 0;

  constructor() {
    super();
    this.histogram = new Uint32Array();
    this.transform = null;
    this.colormap = "viridis";
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("histogram") || changed.has("transform")) {
      this.#mean = this.transform ? meanPowered(this.histogram, this.transform) : 0;
    }
  }

  #down = (event: PointerEvent): void => {
    if (!this.transform || event.button !== 0) return;
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const away = (name: HandleName) => {
      const left = box.left + this.#position(name) * box.width;
      const top = box.bottom - HANDLE_LEVELS[name] * box.height;
      return Math.hypot(event.clientX - left, event.clientY - top);
    };
    const nearest = NAMES.reduce((best, name) => (away(name) < away(best) ? name : best));
    if (away(nearest) > GRASP) return;
    event.preventDefault();
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#grip = this.#position(nearest) - (event.clientX - box.left) / box.width;
    this.#dragging = true;
    this._held = nearest;
    this.renderRoot.querySelector<HTMLElement>(`[data-handle="${nearest}"]`)?.focus({ preventScroll: true });
  };

  #move = (event: PointerEvent): void => {
    if (!this.#dragging || !this._held || !this.transform) return;
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const n = (event.clientX - box.left) / box.width + this.#grip;
    this.#set(this._held, draggedTo(this._held, n, this.transform, this.histogram));
  };

  #up = (): void => {
    this.#dragging = false;
  };

  #key(event: KeyboardEvent, name: HandleName): void {
    if (!this.transform) return;
    const steps = KEYS[event.key] * (event.shiftKey ? 10 : 1);
    const [low, high] = HANDLE_RANGES[name];
    if (event.key === "Home") this.#set(name, low);
    else if (event.key === "End") this.#set(name, high);
    else if (steps) this.#set(name, this.transform[name] + steps * KEY_STEPS[name]);
    else return;
    event.preventDefault();
  }

  #set(name: HandleName, value: number): void {
    const [low, high] = HANDLE_RANGES[name];
    const kept = Number(Math.min(Math.max(value, low), high).toFixed(name === "contrast" ? 2 : 3));
    if (kept !== this.transform?.[name]) this.bend(name, kept);
  }

  #position(name: HandleName): number {
    return this.transform ? handlePosition(name, this.transform, this.#mean) : 0;
  }

  protected override render() {
    const { _held: held } = this;
    // The curve goes by the mean, which the histogram tells.
    if (this.histogram.length === 0) return html`<div class="plot"></div>`;
    const { transform } = this;
    return html`<div class="plot ${transform ? "" : "off"}" part="plot"
        @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @pointercancel=${this.#up}>
      <svg class="bars" viewBox="0 0 ${BARS} 100" preserveAspectRatio="none" aria-hidden="true">${this.#bars()}</svg>
      <svg class="curve" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<path class="halo" d=${this.#path()} /><path class="line" d=${this.#path()} />`}
      </svg>
      ${transform ? NAMES.map((name) => this.#handle(name, transform)) : nothing}
      ${transform && held ? html`<output aria-hidden="true">${held} ${transform[held]}</output>` : nothing}
    </div>`;
  }

  #handle(name: HandleName, transform: Transform) {
    const [low, high] = HANDLE_RANGES[name];
    const left = 100 * this.#position(name);
    return html`<div class="handle" role="slider" tabindex="0" data-handle=${name} data-letter=${name[0]}
      aria-label=${name} aria-valuemin=${low} aria-valuemax=${high} aria-valuenow=${transform[name]}
      title="${name}: drag left or right"
      .style=${`left: ${left}%; bottom: ${100 * HANDLE_LEVELS[name]}%`}
      @keydown=${(event: KeyboardEvent) => this.#key(event, name)}
      @focus=${() => {
        this._held = name;
      }}
      @blur=${() => {
        this._held = undefined;
      }}
    ></div>`;
  }

  /** One bar for several bins; heights go by the square root, and the highest are cut off, so that air does not flatten the rest. */
  #bars() {
    const width = this.histogram.length / BARS;
    const counts = Array.from({ length: BARS }, (_, bar) =>
      this.histogram.subarray(bar * width, (bar + 1) * width).reduce((sum, n) => sum + n, 0),
    );
    const filled = counts.filter((n) => n > 0).sort((a, b) => a - b);
    const top = filled[Math.floor(filled.length * HIGHEST)];
    const colors = palette(this.colormap);
    return counts.map((count, bar) => {
      if (count === 0) return nothing;
      const t = transformed((bar + 0.5) / BARS, this.transform, this.#mean);
      const color = colors[Math.min(Math.floor(t * 256), 255)];
      const rgb = `rgb(${color & 255},${(color >> 8) & 255},${(color >> 16) & 255})`;
      const height = 92 * Math.min(Math.sqrt(count / top), 100 / 92);
      return svg`<rect class=${t > 0 ? "" : "unseen"} x=${bar} y=${100 - height} width="1" height=${height} fill=${rgb} />`;
    });
  }

  #path(): string {
    const points = Array.from({ length: CURVE_POINTS + 1 }, (_, i) => {
      const n = i / CURVE_POINTS;
      return `${(100 * n).toFixed(2)} ${(100 - 100 * transformed(n, this.transform, this.#mean)).toFixed(2)}`;
    });
    return `M${points.join("L")}`;
  }
}

if (!customElements.get("voxel-volume-curve")) customElements.define("voxel-volume-curve", VoxelVolumeCurve);
