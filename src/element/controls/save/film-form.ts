/** <voxel-volume-film-form>: makes a film of the picture, shows how far it is, and saves it. */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { asVoxelVolumeError } from "../../../errors.ts";
import { writableFormats } from "../../../film/encoders/open-encoder.ts";
import type { FilmFormat } from "../../../film/formats.ts";
import type { OptionName } from "../../../options/options.ts";
import { type Say, sayError, sayIn, type Texts } from "../../../texts.ts";
import { fieldStyles } from "../field-styles.ts";
import { menu, numberInput, row, segments, slider, toggle } from "../fields.ts";
import { forcedColorStyles } from "../forced-colors.ts";
import type { Viewer } from "../viewer.ts";
import { download, nameFor } from "./download.ts";
import { backgroundRow, samplesRow } from "./figure-rows.ts";
import {
  changesOf,
  describeFilm,
  type FilmChoices,
  FORMAT_NAMES,
  filmOptions,
  firstFilm,
  lastFrameOptions,
  textNow,
} from "./film-choices.ts";
import { filmStyles } from "./film-styles.ts";
import { formStyles } from "./save-styles.ts";

/** Longer side of the preview, in pixels. */
const PREVIEW = 480;
/** Milliseconds without a change after which the preview is drawn. */
const PAUSE_MS = 250;

/** A film that is being made. */
interface Work {
  readonly abort: AbortController;
  readonly done: number;
  readonly total: number;
}

/** @element voxel-volume-film-form */
export class FilmForm extends LitElement {
  static override styles = [fieldStyles, formStyles, filmStyles, forcedColorStyles];
  static override properties: PropertyDeclarations = {
    viewer: { attribute: false },
    texts: { attribute: false },
    shown: { attribute: false },
    _formats: { state: true },
    _preview: { state: true },
    _message: { state: true },
    _isWrong: { state: true },
    _work: { state: true },
  };

  declare viewer: Viewer | undefined;
  declare texts: Texts | undefined;
  declare shown: boolean;
  /** Formats that the browser can write. */
  declare private _formats: readonly FilmFormat[];
  /** Object URL of the last frame, or of the finished film, and its media type. */
  declare private _preview: { readonly url: string; readonly type: string } | undefined;
  /** Message about what happened; empty if there is none. */
  declare private _message: string;
  /** True if the message is an error's. */
  declare private _isWrong: boolean;
  declare private _work: Work | undefined;

  #chosen: FilmChoices | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  /** Number of the last requested preview. */
  #requested = 0;

  constructor() {
    super();
    this.shown = false;
    this._formats = [];
    this._isWrong = false;
    this._message = "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
    this._work?.abort.abort();
    this.#showPreview(undefined);
  }

  /** Stops the film that is being made. */
  closed(): void {
    this._work?.abort.abort();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { viewer } = this;
    if (!viewer || !changed.has("shown") || !this.shown || this._work) return;
    this.#chosen ??= firstFilm(viewer);
    if (this._formats.length === 0) void this.#findFormats(this.#chosen);
    this.#set({});
  }

  async #findFormats(chosen: FilmChoices): Promise<void> {
    try {
      this._formats = await writableFormats();
      if (!this._formats.includes(chosen.format)) this.#set({ format: this._formats[0] });
    } catch (error) {
      this.#tell(error);
    }
  }

  #set(change: Partial<FilmChoices>): void {
    Object.assign(this.#chosen as FilmChoices, change);
    this._message = "";
    this._isWrong = false;
    this.requestUpdate();
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#drawPreview(), PAUSE_MS);
  }

  async #drawPreview(): Promise<void> {
    const { viewer } = this;
    const chosen = this.#chosen;
    if (!viewer || !chosen || !this.shown || this._work) return;
    const request = ++this.#requested;
    try {
      const blob = await viewer.toBlob(lastFrameOptions(chosen, viewer, PREVIEW));
      if (request === this.#requested && !this._work) this.#showPreview(blob);
    } catch (error) {
      if (request === this.#requested) this.#tell(error);
    }
  }

  #showPreview(blob: Blob | undefined): void {
    if (this._preview) URL.revokeObjectURL(this._preview.url);
    this._preview = blob && { url: URL.createObjectURL(blob), type: blob.type };
  }

  #tell(error: unknown): void {
    this._message = sayError(this.texts, asVoxelVolumeError(error));
    this._isWrong = true;
  }

  async #make(event: Event): Promise<void> {
    event.preventDefault();
    const { viewer } = this;
    const chosen = this.#chosen;
    if (!viewer || !chosen || this._work) return;
    const abort = new AbortController();
    this._work = { abort, done: 0, total: Math.round(chosen.seconds * chosen.fps) };
    this._message = "";
    this._isWrong = false;
    try {
      const blob = await viewer.toFilm({
        ...filmOptions(chosen, viewer),
        signal: abort.signal,
        onProgress: (done, total) => {
          this._work = { abort, done, total };
        },
      });
      download(blob, `${nameFor(viewer.volume?.name)}.${chosen.format}`);
      this._message = sayIn(this.texts)("Film saved");
      if (chosen.format !== "zip") this.#showPreview(blob);
    } catch (error) {
      if (abort.signal.aborted) this._message = sayIn(this.texts)("The film was stopped.");
      else this.#tell(error);
    }
    this._work = undefined;
  }

  protected override render() {
    const { viewer, texts } = this;
    const chosen = this.#chosen;
    if (!viewer || !chosen) return nothing;
    const say = sayIn(texts);
    return html`<form @submit=${this.#make}>
      <figure class="preview">${this.#previewOf(say)}</figure>
      <div class="fields" ?inert=${this._work !== undefined}>${this.#fields(chosen, viewer, say)}</div>
      <footer>${this._work ? progress(this._work, say) : this.#start(chosen, viewer, say)}</footer>
    </form>`;
  }

  #previewOf(say: Say) {
    const { url, type } = this._preview ?? {};
    if (!url) return nothing;
    return type?.startsWith("video/")
      ? html`<video src=${url} aria-label=${say("The film")} autoplay loop muted playsinline></video>`
      : html`<img src=${url} alt=${say(type === "image/gif" ? "The film" : "The last frame")} />`;
  }

  #start(chosen: FilmChoices, viewer: Viewer, say: Say) {
    return html`<p role="status" class=${this._isWrong ? "wrong" : ""}>${this._message || describeFilm(chosen, say)}</p>
      <button class="save" ?disabled=${!viewer.volume || this._formats.length === 0}>${say("Make the film")}</button>`;
  }

  #fields(chosen: FilmChoices, viewer: Viewer, say: Say) {
    const number = (name: "width" | "height" | "seconds" | "fps", label: string, max: number, step = 1) =>
      numberInput({
        label,
        value: chosen[name],
        min: step,
        max,
        step,
        set: (value) => this.#set({ [name]: value }),
      });
    const turn = { label: say("Turntable"), value: chosen.turntable, min: -360, max: 360, step: 15 };
    return html`
      ${row(
        say("Format"),
        segments(
          "film-format",
          say("Format"),
          this._formats.map((name) => [name, FORMAT_NAMES[name]] as const),
          chosen.format,
          (format) => this.#set({ format }),
        ),
      )}
      ${slider({ ...turn, set: (turntable) => this.#set({ turntable }) }, "°")}
      ${this.#change(chosen, viewer, say)}
      ${
        (viewer.volume?.frames ?? 1) > 1
          ? row(
              say("Frames"),
              toggle(say("Play the frames"), chosen.plays, (plays) => this.#set({ plays })),
            )
          : nothing
      }
      ${row(say("Seconds"), number("seconds", say("Seconds"), 3600, 0.1))}
      ${row(say("Frame rate"), number("fps", say("Frame rate"), chosen.format === "gif" ? 50 : 120))}
      ${row(
        say("Size"),
        html`<div class="pair">${number("width", say("Width"), 8192)}<span class="times">×</span>${number("height", say("Height"), 8192)}</div>`,
      )}
      ${samplesRow(say, "film-samples", chosen.samples, (samples) => this.#set({ samples }))}
      ${backgroundRow(say, chosen.format === "zip", chosen.background, (background) =>
        this.#set({ background }),
      )}
    `;
  }

  /** The option that changes during the film, and its value at the end. */
  #change(chosen: FilmChoices, viewer: Viewer, say: Say) {
    const changes = changesOf(viewer).map(([name, text]) => [name, say(text)] as const);
    const { option } = chosen;
    const choose = (name: string) => {
      const option = name as OptionName | "";
      this.#set({ option, end: option && textNow(option, viewer) });
    };
    return html`${row(
      say("Change"),
      menu(say("What changes during the film"), [["", say("Nothing")], ...changes], option, choose),
    )}
    ${
      option
        ? row(
            say("At the end"),
            html`<input type="text" aria-label=${say("At the end")} .value=${chosen.end}
              @change=${({ target }: Event) => this.#set({ end: (target as HTMLInputElement).value })} />`,
          )
        : nothing
    }`;
  }
}

/** Progress of a film, and the button that stops it. */
function progress({ abort, done, total }: Work, say: Say) {
  const text = say("Frame {done} of {total}", { done, total });
  return html`<progress aria-label=${say("Film")} value=${done} max=${total}></progress><p>${text}</p>
    <button type="button" class="save" @click=${() => abort.abort()}>${say("Stop")}</button>`;
}

if (!customElements.get("voxel-volume-film-form")) customElements.define("voxel-volume-film-form", FilmForm);
