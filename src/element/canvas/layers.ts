/** Layers: the canvases with axes, colour bar and annotations behind, beside and in front of the picture. */

import { fetched } from "../../errors.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import type { ValueScale } from "../../options/value-scale.ts";
import { sayIn, type Texts } from "../../texts.ts";
import type { Loaded } from "../load-state.ts";

/** How a picture was drawn. */
export interface Drawn {
  readonly loaded: Loaded;
  readonly settings: DrawnSettings;
  /** Maps values to colours; undefined for explicit voxels. */
  readonly scale: ValueScale | undefined;
}

export class Layers {
  #axes: typeof import("./axes-layer.ts") | undefined;
  /** The volume whose axes were requested last. */
  #axesOf: Loaded | undefined;
  /** What the colour bar was last painted for. */
  #bar: readonly unknown[] = [];
  #annotations: typeof import("./annotations-layer.ts") | undefined;
  /** The picture whose annotations were requested last. */
  #annotated: Drawn | undefined;

  /** `texts` returns the element's translations. */
  constructor(
    private readonly root: ParentNode,
    private readonly texts: () => Texts | undefined,
  ) {}

  /** Paints the axes, or clears them if the settings show none. Rejects if their code fails to load. */
  async paintAxes({ loaded, settings }: Drawn): Promise<void> {
    const canvas = this.root.querySelector<HTMLCanvasElement>("canvas[part=axes]");
    if (!canvas) return;
    this.#axesOf = loaded;
    if (!settings.axes) canvas.width = 0;
    else {
      // If the code is loaded, nothing is awaited: axes and picture change in the same frame.
      if (!this.#axes) this.#axes = await fetched(import("./axes-layer.ts"));
      if (this.#axesOf === loaded) this.#axes.paintAxesLayer(canvas, settings, loaded.volume);
    }
  }

  /** Paints the scale bar and the orientation marker. Rejects if their code fails to load. */
  async paintAnnotations(drawn: Drawn): Promise<void> {
    const canvas = this.root.querySelector<HTMLCanvasElement>("canvas[part=annotations]");
    if (!canvas) return;
    this.#annotated = drawn;
    this.#annotations ??= await fetched(import("./annotations-layer.ts"));
    const { settings, loaded } = drawn;
    if (this.#annotated === drawn)
      this.#annotations.paintAnnotationsLayer(canvas, settings, loaded.volume, sayIn(this.texts()));
  }

  /** Paints the colour bar, or gives its strip back to the picture. Rejects if its code fails to load. */
  async paintColorBar({ loaded: { volume, profile }, settings, scale }: Drawn): Promise<void> {
    const picture = this.root.querySelector<HTMLElement>(".picture");
    const canvas = this.root.querySelector<HTMLCanvasElement>("canvas[part=colorbar]");
    if (!canvas || !settings.colorbar || !profile || !scale) {
      picture?.style.removeProperty("--strip");
      this.#bar = [];
      return;
    }
    const { kind, colormap, labels, only, hide } = settings;
    const size = [
      picture?.clientWidth,
      picture?.clientHeight,
      devicePixelRatio,
      getComputedStyle(canvas).color,
    ];
    const lists = JSON.stringify([only, hide]);
    const texts = this.texts();
    const shown = [texts, canvas, profile, scale, kind, colormap, labels, lists, ...size];
    if (shown.every((part, i) => part === this.#bar[i])) return;
    this.#bar = shown;
    const { paintBarLayer } = await fetched(import("./color-bar-layer.ts"));
    const width = await paintBarLayer(canvas, { volume, profile, settings, scale, say: sayIn(texts) });
    if (canvas.isConnected) picture?.style.setProperty("--strip", `${width}px`);
  }
}
