/** <voxel-volume-controls>: the panel with everything that can be set of a <voxel-volume>. */

import { html, LitElement, nothing, type PropertyDeclarations } from "lit";
import type { Settings } from "../../options/settings.ts";
import type { ScalarImage } from "../../volume.ts";
import { controlsStyles } from "./controls-styles.ts";
import { cutGroup } from "./cut-group.ts";
import { fieldStyles } from "./field-styles.ts";
import { group } from "./fields.ts";
import { fileGroup } from "./file-group.ts";
import { groupStyles } from "./group-styles.ts";
import { title, tools } from "./header.ts";
import { icon } from "./icons.ts";
import type { Panel } from "./panel.ts";
import { pickerStyles } from "./picker-styles.ts";
import "./slice.ts";
import { valueRange } from "./value-range.ts";
import { valuesGroup } from "./values-group.ts";
import { viewGroup } from "./view-group.ts";
import type { Viewer } from "./viewer.ts";

/** On an element as wide as this, in CSS pixels, the controls are open at first. */
const WIDE = 704;
/** Bins of the histogram: enough for the curve's mean, too. */
const BINS = 1024;
/** Milliseconds for which a message is shown. */
const MESSAGE_MS = 4000;
const NO_HISTOGRAM = new Uint32Array();

/**
 * The controls of a <voxel-volume>. They fill the box that they are laid out in, and scroll in it;
 * closed, they are no more than a button.
 *
 * @element voxel-volume-controls
 * @csspart panel - everything
 * @cssproperty --voxel-volume-accent - what is set, filled or focused
 * @cssproperty --voxel-volume-surface - behind the controls
 */
export class VoxelVolumeControls extends LitElement {
  static override styles = [fieldStyles, controlsStyles, groupStyles, pickerStyles];
  static override properties: PropertyDeclarations = {
    viewer: { attribute: false },
    open: { type: Boolean, reflect: true },
    _histogram: { state: true },
    _range: { state: true },
    _message: { state: true },
    _sliced: { state: true },
  };

  /** The element that is controlled. */
  declare viewer: Viewer | undefined;
  /** Whether all is shown, or the button alone; at first, what fits the element's width. */
  declare open: boolean | undefined;
  declare private _histogram: Uint32Array;
  declare private _range: readonly [number, number] | undefined;
  declare private _message: string;
  /** Whether the slice is unfolded: it is not made before. */
  declare private _sliced: boolean;

  #volume: ScalarImage | undefined;
  /** The last volume shown, and its file. */
  #kept: { readonly volume: ScalarImage; readonly name: string } | undefined;
  #measuring: AbortController | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  readonly #memory: Panel["memory"] = { customResolution: false };
  readonly #update = (): void => this.requestUpdate();

  constructor() {
    super();
    this._histogram = NO_HISTOGRAM;
    this._message = "";
    this._sliced = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("fullscreenchange", this.#update);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("fullscreenchange", this.#update);
    this.#measuring?.abort();
    this.#volume = undefined;
    clearTimeout(this.#silence);
  }

  protected override willUpdate(): void {
    const { viewer } = this;
    if (!viewer) return;
    this.open ??= viewer.clientWidth >= WIDE;
    // What is not on screen yet cannot be counted.
    const volume = viewer.loaded ? viewer.volume : undefined;
    if (this.open && volume !== this.#volume) this.#measure(viewer, volume);
  }

  /** Histogram and range of a volume, once for each. */
  #measure(viewer: Viewer, volume: ScalarImage | undefined): void {
    this.#measuring?.abort();
    this.#volume = volume;
    this._histogram = NO_HISTOGRAM;
    this._range = undefined;
    if (!volume) return;
    const measuring = new AbortController();
    this.#measuring = measuring;
    const { signal } = measuring;
    const current = () => !signal.aborted;
    // Without the one or the other the controls do as well as they can; the viewer tells what is wrong.
    viewer.histogram(BINS).then(
      (histogram) => {
        if (current()) this._histogram = histogram;
      },
      () => {},
    );
    valueRange(volume, signal).then(
      (range) => {
        if (current()) this._range = range;
      },
      () => {},
    );
  }

  #say = (message: string): void => {
    this._message = message;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this._message = "";
    }, MESSAGE_MS);
  };

  protected override render() {
    const { viewer, open = false } = this;
    if (!viewer) return nothing;
    const name = open ? "Hide the controls" : "Show the controls";
    return html`<section part="panel" aria-label="Controls">
      <div class="sheet"><header>
        <div class="title">${open ? title(viewer) : nothing}</div>
        <button type="button" class="button fold" title=${name} aria-label=${name} aria-expanded=${open}
          @click=${() => {
            this.open = !open;
          }}>${icon(open ? "close" : "sliders")}</button>
      </header>
      ${open ? html`${tools(viewer, this.#say)}<div class="groups">${this.#groups(viewer)}</div>` : nothing}
      </div><p role="status" class=${this._message ? "" : "silent"}>${this._message}</p>
    </section>`;
  }

  #groups(viewer: Viewer) {
    const { settings, entries, sourceName } = viewer;
    if (!settings) return nothing;
    // While another frame or image of the file is read, what is in use stays.
    if (viewer.volume || !viewer.busy || sourceName !== this.#kept?.name) {
      this.#kept = viewer.volume && { volume: viewer.volume, name: sourceName };
    }
    const volume = this.#kept?.volume;
    const panel: Panel = { viewer, memory: this.#memory, requestUpdate: this.#update };
    const slice = html`<voxel-volume-slice .volume=${this._sliced ? volume : undefined}
      .colormap=${settings.colormap} .range=${this._range}></voxel-volume-slice>`;
    const sliced = (open: boolean) => {
      this._sliced = open;
    };
    if (volume && "makeGrid" in volume) return voxelGroups(panel, settings, volume);
    return html`
      ${group("View", true, viewGroup(panel, settings))}
      ${group("Values", true, valuesGroup(panel, settings, this._histogram))}
      ${volume ? group("Cut", false, cutGroup(panel, settings, volume)) : nothing}
      ${volume ? group("Slice", false, slice, sliced) : nothing}
      ${volume ? group("File", entries.length > 1 || volume.frames > 1, fileGroup(panel, volume, this._range)) : nothing}
    `;
  }
}

/** Voxels with colours of their own have neither values nor cuts. */
const voxelGroups = (panel: Panel, settings: Settings, volume: ScalarImage) => html`
  ${group("View", true, viewGroup(panel, settings))}
  ${group("File", false, fileGroup(panel, volume, undefined))}
`;

if (!customElements.get("voxel-volume-controls"))
  customElements.define("voxel-volume-controls", VoxelVolumeControls);
