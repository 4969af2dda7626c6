/** <voxel-volume-controls>: the panel that sets all options of a <voxel-volume>. */

import { html, LitElement, nothing, type PropertyDeclarations } from "lit";
import { asVoxelVolumeError, fetched } from "../../errors.ts";
import { isLabel, isListed } from "../../options/kinds.ts";
import type { Label } from "../../options/labels.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import { type Say, sayError, sayIn } from "../../texts.ts";
import type { ValueProfile } from "../../values/value-profile.ts";
import type { ScalarImage } from "../../volume.ts";
import { buttonStyles } from "./button-styles.ts";
import { controlsStyles } from "./controls-styles.ts";
import { cutGroup } from "./cut-group.ts";
import { fieldStyles } from "./field-styles.ts";
import { group } from "./fields.ts";
import { fileGroup } from "./file-group.ts";
import { forcedColorStyles } from "./forced-colors.ts";
import { groupStyles } from "./group-styles.ts";
import { type Announce, title, tools } from "./header.ts";
import { icon } from "./icons.ts";
import type { Panel } from "./panel.ts";
import { pickerStyles } from "./picker-styles.ts";
import type { SaveDialog } from "./save/save-dialog.ts";
import "./slice.ts";
import type { Volume } from "../../volume.ts";
import { valuesGroup } from "./values-group.ts";
import { viewGroup } from "./view-group.ts";
import type { Viewer } from "./viewer.ts";

/** Element width, in CSS pixels, from which the controls are initially open. */
const WIDE = 704;
/** Milliseconds for which a message is shown. */
const MESSAGE_MS = 4000;

/**
 * The controls of a <voxel-volume>. They fill the box that contains them and scroll in it; closed, they are a single
 * button.
 *
 * @element voxel-volume-controls
 * @csspart panel - everything
 * @cssproperty --voxel-volume-accent - what is set, filled or focused
 * @cssproperty --voxel-volume-surface - behind the controls
 */
export class VoxelVolumeControls extends LitElement {
  static override styles = [
    fieldStyles,
    buttonStyles,
    controlsStyles,
    groupStyles,
    pickerStyles,
    forcedColorStyles,
  ];
  static override properties: PropertyDeclarations = {
    viewer: { attribute: false },
    open: { type: Boolean, reflect: true },
    _message: { state: true },
    _sliced: { state: true },
  };

  /** The element to control. */
  declare viewer: Viewer | undefined;
  /** True if the panel is open, false if only its button is shown; undefined: open if the element is wide enough. */
  declare open: boolean | undefined;
  /** Message in the status line. */
  declare private _message: Parameters<Announce> | undefined;
  /** True if the slice is open; it is created on first use. */
  declare private _sliced: boolean;

  #listed: { readonly key: readonly unknown[]; readonly labels?: Label[] } = { key: [] };
  /** The label code, once loaded. */
  #labels: typeof import("../../options/labels.ts") | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  readonly #memory: Panel["memory"] = { customResolution: false, labelSearch: "" };
  readonly #update = (): void => this.requestUpdate();

  constructor() {
    super();
    this._sliced = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("fullscreenchange", this.#update);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("fullscreenchange", this.#update);
    clearTimeout(this.#silence);
  }

  protected override willUpdate(): void {
    const { viewer } = this;
    if (!viewer) return;
    this.open ??= viewer.clientWidth >= WIDE;
    if (!this.#labels && viewer.settings && isListed(viewer.settings.kind)) {
      // If it fails to load, the list is hidden and the next update tries again.
      import("../../options/labels.ts").then(
        (module) => {
          this.#labels = module;
          this.requestUpdate();
        },
        () => {},
      );
    }
  }

  #announce: Announce = (...message) => {
    this._message = message;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this._message = undefined;
    }, MESSAGE_MS);
  };

  /** Opens the save dialog, whose code is fetched the first time. */
  #save = async (): Promise<void> => {
    try {
      await fetched(import("./save/save-dialog.ts"));
      await this.renderRoot.querySelector<SaveDialog>("voxel-volume-save-dialog")?.show();
    } catch (error) {
      this.#announce("The dialog could not be opened: {message}", {
        message: sayError(this.viewer?.texts, asVoxelVolumeError(error)),
      });
    }
  };

  /** Closes the panel on Escape, unless something in it or a key combination uses the key. */
  #key = (event: KeyboardEvent): void => {
    const isOther = event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (event.key !== "Escape" || !this.open || event.defaultPrevented || isOther) return;
    event.preventDefault();
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>(".fold")?.focus();
  };

  /** Moves the focus past the last control. */
  #skip = (): void => {
    const past = this.renderRoot.querySelector<HTMLElement>(".past");
    if (!past) return;
    // Without a tab stop here, Chromium would move to the first control again.
    past.tabIndex = 0;
    past.focus();
  };

  protected override render() {
    const { viewer, open = false, _message: message } = this;
    if (!viewer) return nothing;
    const say = sayIn(viewer.texts);
    const name = say(open ? "Hide the controls" : "Show the controls");
    return html`<section part="panel" aria-label=${say("Controls")} @keydown=${this.#key}>
      ${open ? html`<button type="button" class="skip" @click=${this.#skip}>${say("Skip the controls")}</button>` : nothing}
      <div class="sheet"><header>
        <div class="title">${open ? title(viewer, say) : nothing}</div>
        <button type="button" class="button fold" title=${name} aria-label=${name} aria-expanded=${open}
          @click=${() => {
            this.open = !open;
          }}>${icon(open ? "close" : "sliders")}</button>
      </header>
      ${open ? html`${tools(viewer, say, this.#announce, this.#save)}<div class="groups">${this.#groups(viewer, say)}</div>` : nothing}
      </div><p role="status" class=${message ? "" : "silent"}>${message ? say(...message) : nothing}</p>
      <voxel-volume-save-dialog .viewer=${viewer} .texts=${viewer.texts}></voxel-volume-save-dialog>
      ${open ? html`<p class="skip past" tabindex="-1" @blur=${notATabStop}>${say("End of the controls")}</p>` : nothing}
    </section>`;
  }

  /** The labels, computed again only when they change: the panel renders on every camera move. */
  #allLabels(profile: ValueProfile, settings: DrawnSettings): Label[] | undefined {
    const { kind, colormap, labels, only, hide } = settings;
    const key = [this.#labels, profile, kind, colormap, labels, JSON.stringify([only, hide])];
    if (!key.every((part, i) => part === this.#listed.key[i])) {
      this.#listed = { key, labels: this.#labels?.labelsOf(profile, settings) };
    }
    return this.#listed.labels;
  }

  #groups(viewer: Viewer, say: Say) {
    const { settings, entries, volume, profile, scale } = viewer;
    if (!settings) return nothing;
    const all =
      profile && settings && isListed(settings.kind) ? this.#allLabels(profile, settings) : undefined;
    const isShape = profile && isLabel(profile);
    const labels = all?.filter(({ value }) => isShape?.(value));
    const panel: Panel = { viewer, say, memory: this.#memory, requestUpdate: this.#update };
    const slice = html`<voxel-volume-slice .texts=${viewer.texts} .volume=${this._sliced ? ((volume as Volume | undefined)?.overview ?? volume) : undefined}
      .colormap=${settings.colormap} .scale=${scale} .range=${profile && [profile.min, profile.max]} .labels=${all}></voxel-volume-slice>`;
    const sliced = (open: boolean) => {
      this._sliced = open;
    };
    if (volume && "makeGrid" in volume) return voxelGroups(panel, settings, volume);
    return html`
      ${group(say("View"), true, viewGroup(panel, settings, volume))}
      ${volume && profile ? group(say("Values"), true, valuesGroup(panel, settings, { profile, scale, labels })) : nothing}
      ${volume ? group(say("Cut"), false, cutGroup(panel, settings, volume)) : nothing}
      ${volume ? group(say("Slice"), false, slice, sliced) : nothing}
      ${volume ? group(say("File"), entries.length > 1 || volume.frames > 1, fileGroup(panel, volume, profile)) : nothing}
    `;
  }
}

function notATabStop({ target }: Event): void {
  (target as HTMLElement).tabIndex = -1;
}

/** Explicit voxels have neither values nor cuts. */
const voxelGroups = (panel: Panel, settings: DrawnSettings, volume: ScalarImage) => html`
  ${group(panel.say("View"), true, viewGroup(panel, settings, volume))}
  ${group(panel.say("File"), false, fileGroup(panel, volume, undefined))}
`;

if (!customElements.get("voxel-volume-controls"))
  customElements.define("voxel-volume-controls", VoxelVolumeControls);
