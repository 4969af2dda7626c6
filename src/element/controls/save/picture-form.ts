/** <voxel-volume-picture-form>: saves the picture as a figure, and shows beforehand what it will be. */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { asVoxelVolumeError } from "../../../errors.ts";
import { type Say, sayError, sayIn, type Texts } from "../../../texts.ts";
import { fieldStyles } from "../field-styles.ts";
import { menu, numberInput, row, segments, toggle } from "../fields.ts";
import { forcedColorStyles } from "../forced-colors.ts";
import type { Viewer } from "../viewer.ts";
import { download, nameFor } from "./download.ts";
import { backgroundRow, samplesRow } from "./figure-rows.ts";
import {
  type Choices,
  describeFile,
  FORMATS,
  fileOptions,
  firstChoices,
  inUnit,
  reduced,
  type Unit,
  VIEWS,
  withViews,
} from "./picture-choices.ts";
import { formStyles } from "./save-styles.ts";

/** Longer side of the preview, in pixels. */
const PREVIEW = 480;
/** Milliseconds without a change after which the preview is drawn. */
const PAUSE_MS = 250;
/** Extras that may be drawn with the volume, by option. */
const EXTRAS = { colorbar: "Colour bar", scalebar: "Scale bar", orientation: "Orientation" } as const;

/** @element voxel-volume-picture-form */
export class PictureForm extends LitElement {
  static override styles = [fieldStyles, formStyles, forcedColorStyles];
  static override properties: PropertyDeclarations = {
    viewer: { attribute: false },
    texts: { attribute: false },
    shown: { attribute: false },
    _preview: { state: true },
    _message: { state: true },
    _isBusy: { state: true },
    _isSaved: { state: true },
  };

  declare viewer: Viewer | undefined;
  declare texts: Texts | undefined;
  declare shown: boolean;
  /** Object URL of the preview. */
  declare private _preview: string | undefined;
  /** Message of the last error. */
  declare private _message: string;
  declare private _isBusy: boolean;
  /** True once the file as chosen has been saved. */
  declare private _isSaved: boolean;

  #chosen: Choices | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  /** Number of the last requested preview. */
  #requested = 0;

  constructor() {
    super();
    this.shown = false;
    this._message = "";
    this._isBusy = false;
    this._isSaved = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
    this.#showPreview(undefined);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { viewer } = this;
    if (!viewer || !changed.has("shown") || !this.shown) return;
    this.#chosen ??= firstChoices(viewer);
    this.#previewSoon();
  }

  #set(change: Partial<Choices>): void {
    Object.assign(this.#chosen as Choices, change);
    this._isSaved = false;
    this.requestUpdate();
    this.#previewSoon();
  }

  #previewSoon(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#drawPreview(), PAUSE_MS);
  }

  async #drawPreview(): Promise<void> {
    const { viewer } = this;
    const chosen = this.#chosen;
    if (!viewer || !chosen || !this.shown) return;
    const request = ++this.#requested;
    this._isBusy = true;
    try {
      const options = { ...fileOptions(chosen, viewer), ...reduced(chosen, PREVIEW) };
      const blob = await viewer.toBlob(options);
      if (request !== this.#requested) return;
      this.#showPreview(URL.createObjectURL(blob));
      this._message = "";
    } catch (error) {
      if (request !== this.#requested) return;
      this._message = sayError(this.texts, asVoxelVolumeError(error));
    }
    this._isBusy = false;
  }

  #showPreview(url: string | undefined): void {
    if (this._preview) URL.revokeObjectURL(this._preview);
    this._preview = url;
  }

  async #save(event: Event): Promise<void> {
    event.preventDefault();
    const { viewer } = this;
    const chosen = this.#chosen;
    if (!viewer || !chosen) return;
    this._isBusy = true;
    try {
      const blob = await viewer.toBlob(fileOptions(chosen, viewer));
      download(blob, `${nameFor(viewer.volume?.name)}.${chosen.format}`);
      this._message = "";
      this._isSaved = true;
    } catch (error) {
      const message = sayError(this.texts, asVoxelVolumeError(error));
      this._message = sayIn(this.texts)("The picture could not be saved: {message}", { message });
    }
    this._isBusy = false;
  }

  protected override render() {
    const { viewer, texts, _message: message } = this;
    const chosen = this.#chosen;
    if (!viewer || !chosen) return nothing;
    const say = sayIn(texts);
    return html`<form @submit=${this.#save}>
      <figure class="preview" aria-busy=${this._isBusy}>
        ${this._preview ? html`<img src=${this._preview} alt=${say("What will be saved")} />` : nothing}
      </figure>
      <div class="fields">${this.#fields(chosen, viewer, say)}</div>
      <footer>
        <p role="status" class=${message ? "wrong" : ""}>${message || (this._isSaved ? say("Picture saved") : describeFile(chosen, say))}</p>
        <button class="save" ?disabled=${!viewer.volume}>${say("Save")}</button>
      </footer>
    </form>`;
  }

  #fields(chosen: Choices, viewer: Viewer, say: Say) {
    const { settings, volume } = viewer;
    const formats = FORMATS.map((name) => [name, name.toUpperCase()] as const);
    const side = (name: "width" | "height", label: string) =>
      numberInput({
        label,
        value: chosen[name],
        min: chosen.unit === "px" ? 1 : 0.1,
        max: 16384,
        step: chosen.unit === "px" ? 1 : 0.1,
        set: (value) => this.#set({ [name]: chosen.unit === "px" ? Math.round(value) : value }),
      });
    const axes = String(chosen.options.axes ?? settings?.axes ?? "none");
    const mm = volume?.unitless ? [] : ([["mm", "mm"]] as const);
    return html`
      ${row(
        say("Format"),
        segments("format", say("Format"), formats, chosen.format, (format) => this.#set({ format })),
      )}
      ${row(
        say("Size"),
        html`<div class="size">${side("width", say("Width"))}<span class="times">×</span>${side("height", say("Height"))}
        ${menu(say("Unit"), [["px", say("pixels")] as const, ["cm", "cm"], ["in", say("inches")]], chosen.unit, (unit) => this.#set(inUnit(chosen, unit as Unit)))}</div>`,
      )}
      ${
        chosen.unit === "px"
          ? nothing
          : row(
              say("Pixels per inch"),
              numberInput({
                label: say("Pixels per inch"),
                value: chosen.dpi,
                min: 10,
                max: 1200,
                step: 1,
                set: (dpi) => this.#set({ dpi }),
              }),
            )
      }
      ${samplesRow(say, "samples", chosen.samples, (samples) => this.#set({ samples }))}
      ${backgroundRow(say, true, chosen.background, (background) => this.#set({ background }))}
      ${
        volume && !("makeGrid" in volume)
          ? row(
              say("Views"),
              menu(
                say("Views"),
                VIEWS.map(([views, text]) => [views, say(text)] as const),
                chosen.views,
                (views) => this.#set(withViews(chosen, views)),
              ),
            )
          : nothing
      }
      ${
        chosen.views
          ? row(
              "",
              toggle(say("Letters a, b, c"), chosen.hasLetters, (hasLetters) => this.#set({ hasLetters })),
            )
          : nothing
      }
      ${row(
        say("Axes"),
        segments(
          "axes",
          say("Axes"),
          [["none", say("Off")], ["voxels", say("Voxels")], ...mm],
          volume?.unitless && axes === "mm" ? "voxels" : axes,
          (axes) => this.#set({ options: { ...chosen.options, axes } }),
        ),
      )}
      ${row(
        say("Also draw"),
        html`<div class="extras">${(["colorbar", "scalebar", "orientation"] as const).map((name) =>
          toggle(say(EXTRAS[name]), Boolean(chosen.options[name] ?? settings?.[name]), (on) =>
            this.#set({ options: { ...chosen.options, [name]: on } }),
          ),
        )}</div>`,
      )}
      ${row(
        say("Title"),
        html`<input type="text" aria-label=${say("Title")} .value=${chosen.title}
          @input=${({ target }: Event) => this.#set({ title: (target as HTMLInputElement).value })} />`,
      )}
    `;
  }
}

if (!customElements.get("voxel-volume-picture-form"))
  customElements.define("voxel-volume-picture-form", PictureForm);
