/** <voxel-volume-page-form>: saves what an element shows as a live page, and tells beforehand how large that is. */

import { css, html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { asVoxelVolumeError } from "../../../errors.ts";
import { formatDims } from "../../../options/describe.ts";
import { type Say, sayError, sayIn, type Texts } from "../../../texts.ts";
import type { PageOptions } from "../../api-types.ts";
import { fieldStyles } from "../field-styles.ts";
import { numberInput, row, segments, toggle } from "../fields.ts";
import { forcedColorStyles } from "../forced-colors.ts";
import type { Viewer } from "../viewer.ts";
import { download, nameFor } from "./download.ts";
import { formStyles } from "./save-styles.ts";

/** Milliseconds without a change after which the page is made. */
const PAUSE_MS = 400;
/** Side to begin with for a smaller volume. */
const FIRST_SIDE = 100;

/** The form has no preview. */
const styles = css`
  form {
    grid-template-columns: minmax(0, 1fr);
  }
`;

/** @element voxel-volume-page-form */
export class PageForm extends LitElement {
  static override styles = [fieldStyles, formStyles, styles, forcedColorStyles];
  static override properties: PropertyDeclarations = {
    viewer: { attribute: false },
    texts: { attribute: false },
    shown: { attribute: false },
    _page: { state: true },
    _message: { state: true },
    _isSaved: { state: true },
  };

  declare viewer: Viewer | undefined;
  declare texts: Texts | undefined;
  declare shown: boolean;
  /** The page as chosen, once it is made. */
  declare private _page: Blob | undefined;
  /** Reason why it cannot be made. */
  declare private _message: string;
  declare private _isSaved: boolean;

  #form: "html" | "zip" = "html";
  #title = "";
  #hasControls = false;
  #volume: "shown" | "whole" | "smaller" = "shown";
  /** Voxels of the longest side of a smaller volume. */
  #side = FIRST_SIDE;
  #pause: ReturnType<typeof setTimeout> | undefined;
  /** The element's state when the page was made. */
  #madeOf: string | undefined;
  /** Number of the last page that was requested. */
  #requested = 0;

  constructor() {
    super();
    this.shown = false;
    this._message = "";
    this._isSaved = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("shown") && this.shown) this.#makeSoon();
  }

  #changed(): void {
    this.requestUpdate();
    this.#makeSoon();
  }

  #makeSoon(): void {
    this._page = undefined;
    this._isSaved = false;
    this._message = "";
    this.#requested++;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#make(), PAUSE_MS);
  }

  async #make(): Promise<void> {
    const { viewer } = this;
    if (!viewer || !this.shown) return;
    const request = this.#requested;
    this.#madeOf = JSON.stringify(viewer.state);
    try {
      const page = await viewer.toPage(this.#options(viewer));
      if (request === this.#requested) this._page = page;
    } catch (error) {
      if (request !== this.#requested) return;
      const message = sayError(this.texts, asVoxelVolumeError(error));
      this._message = sayIn(this.texts)("The page could not be saved: {message}", { message });
    }
  }

  #options(viewer: Viewer): PageOptions {
    const resolution = {
      shown: undefined,
      whole: "native",
      smaller: sides(viewer, this.#side).join("x"),
    }[this.#volume];
    return { form: this.#form, title: this.#title, controls: this.#hasControls, resolution };
  }

  async #save(event: Event): Promise<void> {
    event.preventDefault();
    const { viewer } = this;
    // The element may have changed since, as its frames may play.
    if (viewer && JSON.stringify(viewer.state) !== this.#madeOf) await this.#make();
    const page = this._page;
    if (!viewer || !page) return;
    download(page, `${nameFor(viewer.volume?.name)}.${this.#form}`);
    this._isSaved = true;
  }

  protected override render() {
    const { viewer, texts, _page: page, _message: message } = this;
    if (!viewer) return nothing;
    const say = sayIn(texts);
    const size = page && say("{size} MB", { size: Number((page.size / 1e6).toPrecision(3)) });
    const status = message || (this._isSaved ? say("Page saved") : (size ?? say("Preparing…")));
    return html`<form @submit=${this.#save}>
      <div class="fields">${this.#fields(viewer, say)}</div>
      <footer>
        <p role="status" class=${message ? "wrong" : ""}>${status}</p>
        <button class="save" ?disabled=${!page}>${say("Save")}</button>
      </footer>
    </form>`;
  }

  #fields(viewer: Viewer, say: Say) {
    const { volume } = viewer;
    const longest = Math.max(...(volume?.dims ?? [1]));
    const isResized = viewer.settings?.resolution !== "native";
    const volumes = [
      ...(isResized ? ([["shown", say("As shown")]] as const) : []),
      ["whole", say("Whole"), volume && formatDims(volume.dims)] as const,
      ["smaller", say("Smaller"), say("Voxels of the longest side")] as const,
    ];
    return html`
      ${row(
        say("Format"),
        segments(
          "form",
          say("Format"),
          [
            ["html", say("One file"), say("Opens from a disk, too")],
            ["zip", say("A zip archive"), say("For a web server")],
          ],
          this.#form,
          (form) => {
            this.#form = form;
            this.#changed();
          },
        ),
      )}
      ${row(
        say("Volume"),
        segments(
          "volume",
          say("Volume"),
          volumes,
          isResized || this.#volume !== "shown" ? this.#volume : "whole",
          (choice) => {
            this.#volume = choice;
            this.#side = Math.min(this.#side, longest);
            this.#changed();
          },
        ),
      )}
      ${
        this.#volume !== "smaller"
          ? nothing
          : row(
              say("Voxels"),
              numberInput({
                label: say("Voxels of the longest side"),
                value: this.#side,
                min: 1,
                max: longest,
                step: 1,
                set: (side) => {
                  this.#side = Math.round(side);
                  this.#changed();
                },
              }),
            )
      }
      ${row(
        say("Controls"),
        toggle(say("With this panel"), this.#hasControls, (hasControls) => {
          this.#hasControls = hasControls;
          this.#changed();
        }),
      )}
      ${row(
        say("Title"),
        html`<input type="text" aria-label=${say("Title")} placeholder=${say("Below the picture")} .value=${this.#title}
          @input=${({ target }: Event) => {
            this.#title = (target as HTMLInputElement).value;
            this.#changed();
          }} />`,
      )}
    `;
  }
}

/** Voxels along x, y and z for this many along the longest side. */
function sides({ volume }: Viewer, longest: number): number[] {
  const dims = volume?.dims ?? [1, 1, 1];
  return dims.map((n) => Math.max(1, Math.round((n * longest) / Math.max(...dims))));
}

if (!customElements.get("voxel-volume-page-form")) customElements.define("voxel-volume-page-form", PageForm);
