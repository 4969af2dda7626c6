/**
 * <voxel-volume-slice>: one plane of values, coloured as drawn or raw, with a colour bar and the value under the
 * pointer.
 */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { colorBar } from "../../axes/color-bar.ts";
import { cssOf, packed, palette } from "../../options/colormaps.ts";
import { describeVoxel } from "../../options/describe.ts";
import type { Label } from "../../options/labels.ts";
import { colorEntry, drawnValue, normalized, type ValueScale } from "../../options/value-scale.ts";
import { sayIn, type Texts } from "../../texts.ts";
import { type Axis, planeAxes, rangeOf, type Slice, sliceOf } from "../../values/slices.ts";
import type { ScalarImage, Vec3 } from "../../volume.ts";
import { fieldStyles } from "./field-styles.ts";
import { row, segments, slider } from "./fields.ts";
import { forcedColorStyles } from "./forced-colors.ts";
import { sliceStyles } from "./slice-styles.ts";

const AXES = ["x", "y", "z"] as const;
/** Number of colours in the bar. */
const STOPS = 64;

export class VoxelVolumeSlice extends LitElement {
  static override styles = [fieldStyles, sliceStyles, forcedColorStyles];
  static override properties: PropertyDeclarations = {
    texts: { attribute: false },
    volume: { attribute: false },
    colormap: { attribute: false },
    scale: { attribute: false },
    range: { attribute: false },
    labels: { attribute: false },
    _isRaw: { state: true },
    _axis: { state: true },
    index: { type: Number },
    _pointed: { state: true },
  };

  /** Translations of the texts. */
  declare texts: Texts | undefined;
  declare volume: ScalarImage | undefined;
  declare colormap: string;
  /** How values are drawn; undefined until known: raw values are then shown. */
  declare scale: ValueScale | undefined;
  /** The labels, if the values are labels. */
  declare labels: readonly Label[] | undefined;
  /** Least and greatest value of the volume; those of the slice until they are known. */
  declare range: readonly [low: number, high: number] | undefined;
  /** Whether raw values are shown, coloured linearly from the least to the greatest. */
  declare private _isRaw: boolean;
  declare private _axis: Axis;
  declare index: number;
  /** The voxel under the pointer. */
  declare private _pointed: Vec3 | undefined;

  #slice: Slice | undefined;

  constructor() {
    super();
    this.colormap = "viridis";
    this._axis = 2;
    this._isRaw = false;
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
      this.#read(volume, axis, this.index);
    }
  }

  /** Reads a slice; the previous one stays until it is read. */
  async #read(volume: ScalarImage, axis: Axis, index: number): Promise<void> {
    const slice = await sliceOf(volume, axis, index).catch(() => undefined);
    const isCurrent = volume === this.volume && axis === this._axis && index === this.index;
    if (!isCurrent) return;
    this.#slice = slice;
    this.requestUpdate();
    this.#paint();
  }

  protected override updated(changed: PropertyValues): void {
    const names = ["volume", "colormap", "scale", "range", "labels", "_isRaw", "_axis", "index"];
    if (names.some((name) => changed.has(name))) this.#paint();
  }

  /** The scale in use: as drawn, or linear from the least to the greatest value. */
  #shownScale(): ValueScale {
    if (this.scale && !this._isRaw) return this.scale;
    const window = this.range ?? (this.#slice && rangeOf(this.#slice.values)) ?? [0, 1];
    return { kind: "intensity", window, threshold: 0, transform: null, mean: 0, cut: [0, 1] };
  }

  /** Colours of a raw slice, and of labels that are not loaded yet. */
  get #colors(): Uint32Array {
    return palette(this.colormap === "labels" ? "viridis" : this.colormap);
  }

  /** Returns a function from a value to its colour (rgba8unorm), 0 for values that are not drawn. */
  #colorOf(): (value: number) => number {
    if (this.labels && !this._isRaw) {
      const colors = new Map(
        this.labels.map(({ value, color, shown }) => [value, shown ? packed([color])[0] : 0]),
      );
      return (value) => colors.get(value) ?? 0;
    }
    const scale = this.#shownScale();
    const colors = this.#colors;
    if (this._isRaw || !this.scale) return (value) => colors[colorEntry(normalized(value, scale.window))];
    return (value) => {
      const { color, alpha } = drawnValue(scale, value);
      return alpha > 0 ? colors[colorEntry(color)] : 0;
    };
  }

  /** Paints one pixel per voxel, highest row on top; missing and hidden values stay transparent. */
  #paint(): void {
    const [canvas, slice] = [this.renderRoot.querySelector("canvas"), this.#slice];
    const context = canvas?.getContext("2d");
    if (!canvas || !context || !slice) return;
    const { width, height, values } = slice;
    [canvas.width, canvas.height] = [width, height];
    const image = context.createImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const colorOf = this.#colorOf();
    for (let v = 0; v < height; v++) {
      const top = (height - 1 - v) * width;
      for (let u = 0; u < width; u++) {
        const value = values[v * width + u];
        if (!Number.isNaN(value)) pixels[top + u] = colorOf(value);
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

  /** Value of a voxel in the slice. */
  #valueAt(voxel: Vec3): number {
    const [across, up] = planeAxes(this._axis);
    return this.#slice?.values[voxel[up] * this.#slice.width + voxel[across]] ?? Number.NaN;
  }

  protected override render() {
    const { volume, _axis: axis, index } = this;
    if (!volume) return nothing;
    const [across, up] = planeAxes(axis);
    const sides = [across, up].map((side) => volume.dims[side] * volume.spacing[side]);
    const ratio = sides[0] / sides[1];
    const name = AXES[axis];
    const say = sayIn(this.texts);
    return html`
      ${row(
        say("Axis"),
        segments(
          "axis",
          say("Axis of the slice"),
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
        <canvas role="img" aria-label=${say("Slice {axis} = {index} of {name}", { axis: name, index, name: volume.name })}
          .style=${`aspect-ratio: ${ratio}; width: min(100%, ${15 * ratio}rem)`}
          @pointermove=${this.#point} @pointerdown=${this.#point}
          @pointerleave=${() => {
            this._pointed = undefined;
          }}></canvas>
        ${this.labels && !this._isRaw ? nothing : this.#colorBar()}
      </div>
      ${row(
        say("Colours"),
        segments(
          "colours",
          say("Colours of the slice"),
          [
            ["drawn", say("As drawn"), say("The same colours as in the picture")],
            ["raw", say("Raw values"), say("From the least to the greatest value")],
          ],
          this._isRaw ? "raw" : "drawn",
          (choice) => {
            this._isRaw = choice === "raw";
          },
        ),
      )}
      <p class="readout">${
        this._pointed
          ? describeVoxel(volume, this._pointed, this.#valueAt(this._pointed), this.labels, say)
          : say("{across} to the right, {up} up; point to read a voxel", {
              across: AXES[across],
              up: AXES[up],
            })
      }</p>
    `;
  }

  #colorBar() {
    const say = sayIn(this.texts);
    const { colors, ticks } = colorBar(this.#shownScale(), this.#colors);
    const stops = Array.from({ length: STOPS }, (_, i) => {
      const color = colors[Math.round(((colors.length - 1) * i) / (STOPS - 1))];
      return color === 0 ? "transparent" : cssOf(color);
    });
    return html`<div class="bar" role="img" aria-label=${say(this._isRaw ? "Raw values" : "Values as drawn")}
      .style=${`background: linear-gradient(to top, ${stops.join(", ")})`}>
      ${ticks.map(({ at, text }) => html`<span .style=${`bottom: ${100 * at}%`}>${text}</span>`)}
      ${this._isRaw ? html`<em>${say("raw")}</em>` : nothing}
    </div>`;
  }
}

if (!customElements.get("voxel-volume-slice")) customElements.define("voxel-volume-slice", VoxelVolumeSlice);
