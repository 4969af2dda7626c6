/**
 * <voxel-volume-curve>: the histogram of a volume in data units, coloured as drawn, with handles for the window and the
 * transform's curve.
 */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, svg } from "lit";
import { cssOf, palette } from "../../options/colormaps.ts";
import {
  draggedTo,
  HANDLE_LEVELS,
  HANDLE_RANGES,
  type HandleName,
  handlePosition,
} from "../../options/curve-handles.ts";
import { formatValue } from "../../options/format-value.ts";
import type { Transform, Window } from "../../options/settings.ts";
import { transformed } from "../../options/transfer-curve.ts";
import { colorEntry, drawnValue, normalized, type ValueScale } from "../../options/value-scale.ts";
import { sayIn, type Texts } from "../../texts.ts";
import type { Levels } from "../../values/levels.ts";
import { axisOf, binned, rounded } from "./curve-axis.ts";
import { curveStyles } from "./curve-styles.ts";

const BARS = 128;
const CURVE_POINTS = 256;
/** Bins of normalized values, from which the curve's mean is computed. */
const BINS = 1024;
/** Fraction of the bars whose full height is shown; higher ones are cut off. */
const HIGHEST = 0.95;
/** A press takes the nearest handle within this distance, in CSS pixels. */
const GRASP = 32;
/** Height of the window's handles. */
const WINDOW_LEVEL = 0.93;
const NAMES = Object.keys(HANDLE_LEVELS) as HandleName[];
const ENDS = ["low", "high"] as const;
type End = (typeof ENDS)[number];
type Handle = HandleName | End;
/** Step of an arrow key; for the ends of the window, as a fraction of its width. */
const KEY_STEPS: Readonly<Record<Handle, number>> = {
  floor: 0.01,
  gamma: 0.02,
  contrast: 0.1,
  bias: 0.01,
  low: 0.01,
  high: 0.01,
};
/** Arrow keys and the direction of their steps. */
const KEYS: Readonly<Record<string, number>> = {
  ...{ ArrowRight: 1, ArrowUp: 1, PageUp: 10, ArrowLeft: -1, ArrowDown: -1, PageDown: -10 },
};

export class VoxelVolumeCurve extends LitElement {
  static override styles = curveStyles;
  static override properties: PropertyDeclarations = {
    texts: { attribute: false },
    levels: { attribute: false },
    scale: { attribute: false, hasChanged: (a, b) => JSON.stringify(a) !== JSON.stringify(b) },
    colormap: { attribute: false },
    _held: { state: true },
  };

  /** Translations of the texts. */
  declare texts: Texts | undefined;
  /** The volume's values; undefined until they are known. */
  declare levels: Levels | undefined;
  /** How values are drawn. */
  declare scale: ValueScale | undefined;
  declare colormap: string;
  /** Called whenever a handle on the curve moves. */
  bend: (name: HandleName, value: number) => void = () => {};
  /** Called whenever a handle of the window moves, in data units. */
  frame: (window: Window) => void = () => {};
  /** The handle that is being dragged or has the focus. */
  declare private _held: Handle | undefined;

  /** Offset from the pointer to the middle of the dragged handle, as a fraction of the axis. */
  #grip = 0;
  #dragging = false;
  /** Values at the ends of the plot; fixed while a handle is dragged. */
  #axis: Window = [0, 1];
  #histogram: Float64Array = new Float64Array(BINS);
  #mean = 0;

  constructor() {
    super();
    this.colormap = "viridis";
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { levels, scale } = this;
    if (!levels || !scale || !(changed.has("levels") || changed.has("scale"))) return;
    if (!this.#dragging) this.#axis = axisOf(levels, scale.window);
    this.#histogram = binned(levels, scale.window, BINS, true);
    this.#mean = scale.mean;
  }

  get #transform(): Transform | null {
    return this.scale?.kind === "intensity" ? this.scale.transform : null;
  }

  get #handles(): readonly Handle[] {
    return this.#transform ? [...NAMES, ...ENDS] : ENDS;
  }

  #down = (event: PointerEvent): void => {
    if (!this.scale || event.button !== 0) return;
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const away = (name: Handle) => {
      const left = box.left + this.#position(name) * box.width;
      const top = box.bottom - heightOf(name) * box.height;
      return Math.hypot(event.clientX - left, event.clientY - top);
    };
    const nearest = this.#handles.reduce((best, name) => (away(name) < away(best) ? name : best));
    if (away(nearest) > GRASP) return;
    event.preventDefault();
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#grip = this.#position(nearest) - (event.clientX - box.left) / box.width;
    this.#dragging = true;
    this._held = nearest;
    this.renderRoot.querySelector<HTMLElement>(`[data-handle="${nearest}"]`)?.focus({ preventScroll: true });
  };

  #move = (event: PointerEvent): void => {
    const { _held: held, scale } = this;
    if (!this.#dragging || !held || !scale) return;
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const at = (event.clientX - box.left) / box.width + this.#grip;
    const value = this.#axis[0] + at * (this.#axis[1] - this.#axis[0]);
    const [low, high] = scale.window;
    const transform = this.#transform;
    if (isEnd(held)) this.#setEnd(held, value);
    else if (transform)
      this.#set(held, draggedTo(held, (value - low) / (high - low), transform, this.#histogram));
  };

  #up = (): void => {
    this.#dragging = false;
    if (this.levels && this.scale) this.#axis = axisOf(this.levels, this.scale.window);
    this.requestUpdate();
  };

  #key(event: KeyboardEvent, name: Handle): void {
    const { scale, levels } = this;
    const transform = this.#transform;
    if (!scale || !levels) return;
    const steps = KEYS[event.key] * (event.shiftKey ? 10 : 1);
    const isHome = event.key === "Home";
    if (!isHome && event.key !== "End" && !steps) return;
    if (isEnd(name)) {
      const [low, high] = scale.window;
      const now = name === "low" ? low : high;
      const [least, most] = [levels.values[0], levels.values.at(-1) ?? 0];
      // Outwards only: inwards the ends would meet.
      if (steps) this.#setEnd(name, now + steps * KEY_STEPS[name] * (high - low));
      else if (isHome && name === "low") this.#setEnd(name, least);
      else if (!isHome && name === "high") this.#setEnd(name, most);
    } else if (transform) {
      const [low, high] = HANDLE_RANGES[name];
      this.#set(name, steps ? transform[name] + steps * KEY_STEPS[name] : isHome ? low : high);
    }
    event.preventDefault();
  }

  #set(name: HandleName, value: number): void {
    const [low, high] = HANDLE_RANGES[name];
    const kept = Number(Math.min(Math.max(value, low), high).toFixed(name === "contrast" ? 2 : 3));
    if (kept !== this.#transform?.[name]) this.bend(name, kept);
  }

  /** Moves an end of the window, but not past the other. If the window is symmetric around 0, both ends move. */
  #setEnd(name: End, value: number): void {
    const { scale } = this;
    if (!scale) return;
    const [low, high] = scale.window;
    const least = (this.#axis[1] - this.#axis[0]) / 1000;
    if (scale.kind === "signed" && low === -high) {
      const far = rounded(Math.max(name === "low" ? -value : value, least), least);
      this.frame([-far, far]);
      return;
    }
    const kept = rounded(
      name === "low" ? Math.min(value, high - least) : Math.max(value, low + least),
      least,
    );
    const window: Window = name === "low" ? [kept, high] : [low, kept];
    if (window[0] < window[1]) this.frame(window);
  }

  /** Position of a handle along the plot, from 0 to 1. */
  #position(name: Handle): number {
    const { scale } = this;
    if (!scale) return 0;
    const [low, high] = scale.window;
    if (isEnd(name)) return this.#along(name === "low" ? low : high);
    const transform = this.#transform;
    return transform ? this.#along(low + handlePosition(name, transform, this.#mean) * (high - low)) : 0;
  }

  #along(value: number): number {
    const [low, high] = this.#axis;
    return high > low ? Math.min(Math.max((value - low) / (high - low), 0), 1) : 0;
  }

  protected override render() {
    const { _held: held, scale, levels } = this;
    if (!scale || !levels || levels.values.length === 0) return html`<div class="plot"></div>`;
    const transform = this.#transform;
    const [from, to] = this.#axis.map(formatValue);
    return html`<div class="plot ${transform || scale.kind === "signed" ? "" : "off"}" part="plot"
        @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @pointercancel=${this.#up}>
      <svg class="bars" viewBox="0 0 ${BARS} 100" preserveAspectRatio="none" aria-hidden="true">${this.#bars(levels, scale)}</svg>
      <svg class="curve" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<path class="halo" d=${this.#path(scale)} /><path class="line" d=${this.#path(scale)} />`}
      </svg>
      ${ENDS.map((name) => this.#windowHandle(name, scale.window))}
      ${transform ? NAMES.map((name) => this.#curveHandle(name, transform)) : nothing}
      ${held ? html`<output aria-hidden="true">${this.#valueText(held, scale)}</output>` : nothing}
    </div>
    <div class="ends" aria-hidden="true"><span>${from}</span><span>${to}</span></div>`;
  }

  #hold = (held: Handle | undefined) => () => {
    this._held = held;
  };

  #valueText(name: Handle, { window: [low, high] }: ValueScale): string {
    const say = sayIn(this.texts);
    if (name === "low") return say("from {value}", { value: formatValue(low) });
    if (name === "high") return say("to {value}", { value: formatValue(high) });
    return `${say(name)} ${this.#transform?.[name]}`;
  }

  #curveHandle(name: HandleName, transform: Transform) {
    const [low, high] = HANDLE_RANGES[name];
    const say = sayIn(this.texts);
    const label = say(name);
    return html`<div class="handle" role="slider" tabindex="0" data-handle=${name} data-letter=${label[0]}
      aria-label=${label} aria-valuemin=${low} aria-valuemax=${high} aria-valuenow=${transform[name]}
      title=${say("{name}: drag left or right", { name: label })} .style=${this.#style(name)}
      @keydown=${(event: KeyboardEvent) => this.#key(event, name)} @focus=${this.#hold(name)} @blur=${this.#hold(undefined)}></div>`;
  }

  #windowHandle(name: End, window: Window) {
    const value = window[name === "low" ? 0 : 1];
    const [low, high] = this.#axis;
    const say = sayIn(this.texts);
    const label = say(name === "low" ? "Window, from" : "Window, to");
    const valueText = formatValue(value);
    return html`<div class="end ${name}" role="slider" tabindex="0" data-handle=${name}
      aria-label=${label} aria-valuemin=${low} aria-valuemax=${high} aria-valuenow=${value}
      aria-valuetext=${valueText} title=${say("{name}: drag left or right", { name: `${label} ${valueText}` })}
      .style=${`left: ${100 * this.#position(name)}%`}
      @keydown=${(event: KeyboardEvent) => this.#key(event, name)} @focus=${this.#hold(name)} @blur=${this.#hold(undefined)}></div>`;
  }

  #style(name: HandleName): string {
    return `left: ${100 * this.#position(name)}%; bottom: ${100 * HANDLE_LEVELS[name]}%`;
  }

  /** Heights use the square root and the highest are cut off, so that background voxels do not flatten the rest. */
  #bars(levels: Levels, scale: ValueScale) {
    const counts = binned(levels, this.#axis, BARS);
    const filled = counts.filter((n) => n > 0).sort();
    const top = filled[Math.floor(filled.length * HIGHEST)];
    const colors = palette(this.colormap);
    const [low, high] = this.#axis;
    return Array.from(counts, (count, bar) => {
      if (count === 0) return nothing;
      const drawn = drawnValue(scale, low + ((bar + 0.5) / BARS) * (high - low));
      const rgb = cssOf(colors[colorEntry(drawn.color)]);
      const height = 92 * Math.min(Math.sqrt(count / top), 100 / 92);
      return svg`<rect class=${drawn.alpha > 0 ? "" : "unseen"} x=${bar} y=${100 - height} width="1" height=${height} fill=${rgb} />`;
    });
  }

  /** Path of the transformed value, or of the alpha for signed values. */
  #path(scale: ValueScale): string {
    const [low, high] = this.#axis;
    const heightAt = (value: number) =>
      scale.kind === "signed"
        ? drawnValue(scale, value).alpha
        : transformed(normalized(value, scale.window), this.#transform, this.#mean);
    const points = Array.from({ length: CURVE_POINTS + 1 }, (_, i) => {
      const height = heightAt(low + (i / CURVE_POINTS) * (high - low));
      return `${((100 * i) / CURVE_POINTS).toFixed(2)} ${(100 - 100 * height).toFixed(2)}`;
    });
    return `M${points.join("L")}`;
  }
}

function isEnd(name: Handle): name is End {
  return name === "low" || name === "high";
}

function heightOf(name: Handle): number {
  return isEnd(name) ? WINDOW_LEVEL : HANDLE_LEVELS[name];
}

if (!customElements.get("voxel-volume-curve")) customElements.define("voxel-volume-curve", VoxelVolumeCurve);
