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
  #lines: typeof import("./line-layers.ts") | undefined;
  /** The picture whose lines were requested last. */
  #drawn: Drawn | undefined;
  /** What the colour bar was last painted for. */
  #bar: readonly unknown[] = [];

  /** `texts` returns the element's translations. */
  constructor(
    private readonly root: ParentNode,
    private readonly texts: () => Texts | undefined,
  ) {}

  /** Paints axes, scale bar and orientation marker, or clears them. Rejects if their code fails to load. */
  async paintLines(drawn: Drawn): Promise<void> {
    this.#drawn = drawn;
    const { loaded, settings } = drawn;
    const { axes, scalebar, orientation } = settings;
    // If the code is loaded, nothing is awaited: lines and picture change in the same frame.
    if (!this.#lines && (axes || scalebar || orientation))
      this.#lines = await fetched(import("./line-layers.ts"));
    if (this.#drawn === drawn)
      this.#lines?.paintLines(this.root, loaded.volume, settings, sayIn(this.texts()));
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
