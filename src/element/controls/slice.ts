/** <voxel-volume-slice>: one plane of raw values, coloured, with a colour bar and the value under the pointer. */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { roundStep, ticks } from "../../axes/scale.ts";
import { gradient, palette } from "../../options/colormaps.ts";
import { describeVoxel } from "../../options/describe.ts";
import { type Axis, planeAxes, rangeOf, type Slice, sliceOf } from "../../values/raw-values.ts";
import type { ScalarImage, Vec3 } from "../../volume.ts";
import { fieldStyles } from "./field-styles.ts";
import { row, segments, slider } from "./fields.ts";
import { sliceStyles } from "./slice-styles.ts";

const AXES = ["x", "y", "z"] as const;
/** About so many along the colour bar. */
const TICKS = 5;

export class VoxelVolumeSlice extends LitElement {
  static override styles = [fieldStyles, sliceStyles];
  static override properties: PropertyDeclarations = {
    volume: { attribute: false },
    colormap: { attribute: false },
    range: { attribute: false },
    _axis: { state: true },
    index: { type: Number },
    _pointed: { state: true },
  };

  declare volume: ScalarImage | undefined;
  declare colormap: string;
  /** Raw values at the ends of the colour map; until they are known, the slice's own. */
  declare range: readonly [low: number, high: number] | undefined;
  declare private _axis: Axis;
  declare index: number;
  /** The voxel under the pointer. */
  declare private _pointed: Vec3 | undefined;

  #slice: Slice | undefined;

  constructor() {
    super();
    this.colormap = "viridis";
    this._axis = 2;
    this.index = 0;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { volume, _axis: axis } = this;
    if (!volume) return;
    if (changed.has("volume")) {
      const before = (changed.get("volume") as ScalarImage | undefined)?.dims.join();
      if (before !== volume.dims.join()) this.index = Math.floor(volume.dims[axis] / 2);
    }
    if (["volume", "_axis", "index"].some((name) => changed.has(name))) {
      this._pointed = undefined;
      this.#slice = sliceOf(volume, axis, this.index);
    }
  }

  protected override updated(changed: PropertyValues): void {
    if (["volume", "colormap", "range", "_axis", "index"].some((name) => changed.has(name))) this.#paint();
  }

  #limits(): readonly [number, number] {
    return this.range ?? rangeOf((this.#slice as Slice).values) ?? [0, 1];
  }

  /** The highest row on top, a pixel a voxel; missing values stay clear. */
  #paint(): void {
    const [canvas, slice] = [this.renderRoot.querySelector("canvas"), this.#slice];
    const context = canvas?.getContext("2d");
    if (!canvas || !context || !slice) return;
    const { width, height, values } = slice;
    [canvas.width, canvas.height] = [width, height];
    const image = context.createImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const colors = palette(this.colormap);
    const [low, high] = this.#limits();
    const scale = high > low ? 256 / (high - low) : 0;
    for (let v = 0; v < height; v++) {
      const top = (height - 1 - v) * width;
      for (let u = 0; u < width; u++) {
        const value = values[v * width + u];
        if (!Number.isNaN(value))
          pixels[top + u] = colors[Math.max(0, Math.min(255, Math.floor((value - low) * scale)))];
      }
    }
    context.putImageData(image, 0, 0);
  }

  #point = (event: PointerEvent): void => {
    const [canvas, slice] = [event.currentTarget as HTMLCanvasElement, this.#slice];
    if (!slice) return;
    const box = canvas.getBoundingClientRect();
    const part = (at: number, n: number) => Math.max(0, Math.min(n - 1, Math.floor(at * n)));
    const voxel: [number, number, number] = [this.index, this.index, this.index];
    const [across, up] = planeAxes(this._axis);
    voxel[across] = part((event.clientX - box.left) / box.width, slice.width);
    voxel[up] = part((box.bottom - event.clientY) / box.height, slice.height);
    this._pointed = voxel;
  };

  protected override render() {
    const { volume, _axis: axis, index } = this;
    if (!volume) return nothing;
    const [across, up] = planeAxes(axis);
    const sides = [across, up].map((side) => volume.dims[side] * volume.spacing[side]);
    const ratio = sides[0] / sides[1];
    const name = AXES[axis];
    return html`
      ${row(
        "Axis",
        segments(
          "Axis of the slice",
          AXES.map((letter) => [letter, letter] as const),
          name,
          (letter) => {
            this._axis = AXES.indexOf(letter) as Axis;
            this.index = Math.floor(volume.dims[this._axis] / 2);
          },
        ),
      )}
      ${slider({
        ...{ label: `${name} =`, value: index, min: 0, max: volume.dims[axis] - 1, step: 1 },
        set: (value) => {
          this.index = Math.round(value);
        },
      })}
      <div class="picture">
        <canvas role="img" aria-label="Slice ${name} = ${index} of ${volume.name}"
          .style=${`aspect-ratio: ${ratio}; width: min(100%, ${15 * ratio}rem)`}
          @pointermove=${this.#point} @pointerdown=${this.#point}
          @pointerleave=${() => {
            this._pointed = undefined;
          }}></canvas>
        ${this.#colorBar()}
      </div>
      <p class="readout">${
        this._pointed
          ? describeVoxel(volume, this._pointed)
          : `${AXES[across]} to the right, ${AXES[up]} up; point to read a voxel`
      }</p>
    `;
  }

  #colorBar() {
    const [low, high] = this.#limits();
    // Of a constant slice there is one value to tell.
    const step = high > low ? roundStep((high - low) / TICKS, false) : Math.abs(low) || 1;
    const marks = ticks({ title: "", ends: [low, high > low ? high : low + step / 2], whole: false }, step);
    return html`<div class="bar" .style=${`background: ${gradient(this.colormap).replace("right", "top")}`}>
      ${marks.map(({ at, text }) => html`<span .style=${`bottom: ${100 * at}%`}>${text}</span>`)}
    </div>`;
  }
}

if (!customElements.get("voxel-volume-slice")) customElements.define("voxel-volume-slice", VoxelVolumeSlice);
