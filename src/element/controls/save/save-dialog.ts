/** <voxel-volume-save-dialog>: saves what an element shows, with one tab for each kind of file. */

import { html, LitElement, type PropertyDeclarations } from "lit";
import { asVoxelVolumeError, fetched } from "../../../errors.ts";
import { sayError, sayIn, type Text, type Texts } from "../../../texts.ts";
import { buttonStyles } from "../button-styles.ts";
import { fieldStyles } from "../field-styles.ts";
import { segments } from "../fields.ts";
import { forcedColorStyles } from "../forced-colors.ts";
import { icon } from "../icons.ts";
import type { Viewer } from "../viewer.ts";
import { saveStyles } from "./save-styles.ts";

/** The content of a tab. */
export interface SaveForm extends HTMLElement {
  viewer: Viewer | undefined;
  texts: Texts | undefined;
  /** True while the form is visible. */
  shown: boolean;
  /** Called when the dialog is closed. */
  closed?(): void;
}

interface Tab {
  readonly name: Text;
  readonly tag: string;
  /** Registers the form's element. */
  readonly fetch: () => Promise<unknown>;
}

const TABS: readonly Tab[] = [
  { name: "Picture", tag: "voxel-volume-picture-form", fetch: () => import("./picture-form.ts") },
  { name: "Film", tag: "voxel-volume-film-form", fetch: () => import("./film-form.ts") },
  { name: "Web page", tag: "voxel-volume-page-form", fetch: () => import("./page-form.ts") },
];

/**
 * A modal dialog with a form for each kind of file. The code of a form is fetched when its tab is first opened.
 *
 * @element voxel-volume-save-dialog
 */
export class SaveDialog extends LitElement {
  static override styles = [fieldStyles, buttonStyles, saveStyles, forcedColorStyles];
  static override properties: PropertyDeclarations = {
    viewer: { attribute: false },
    texts: { attribute: false },
    _tab: { state: true },
    _message: { state: true },
  };

  declare viewer: Viewer | undefined;
  declare texts: Texts | undefined;
  declare private _tab: Tab;
  /** Reason why the form could not be fetched. */
  declare private _message: string;

  readonly #forms = new Map<Tab, SaveForm>();
  /** Element on which the pointer was last pressed. */
  #pressed: EventTarget | null = null;

  constructor() {
    super();
    this._tab = TABS[0];
    this._message = "";
  }

  /** Opens the dialog, with the form that was open last. */
  async show(): Promise<void> {
    await this.updateComplete;
    this.#dialog?.showModal();
    await this.#open(this._tab);
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  async #open(tab: Tab): Promise<void> {
    this._tab = tab;
    this._message = "";
    try {
      await fetched(tab.fetch());
      if (!this.#forms.has(tab)) this.#forms.set(tab, document.createElement(tab.tag) as SaveForm);
    } catch (error) {
      this._message = sayError(this.texts, asVoxelVolumeError(error));
    }
    this.requestUpdate();
  }

  #closed(): void {
    for (const form of this.#forms.values()) form.closed?.();
    this.requestUpdate();
  }

  /** Closes the dialog if the backdrop was pressed and released, which a selection of text that ends there is not. */
  #closeAt(target: EventTarget | null): void {
    if (target === this.#dialog && this.#pressed === target) this.#dialog?.close();
  }

  /** Keeps keys and gestures from the panel and the picture behind the dialog. */
  #keep(event: Event): void {
    event.stopPropagation();
  }

  protected override render() {
    const { texts, viewer, _tab: tab } = this;
    const say = sayIn(texts);
    const form = this.#forms.get(tab);
    for (const [other, { shown }] of this.#forms)
      if (shown && other !== tab) (this.#forms.get(other) as SaveForm).shown = false;
    if (form) Object.assign(form, { viewer, texts, shown: this.#dialog?.open ?? false });
    return html`<dialog aria-label=${say("Save")} @keydown=${this.#keep} @close=${this.#closed}
      @pointerdown=${({ target }: Event) => {
        this.#pressed = target;
      }}
      @click=${({ target }: Event) => this.#closeAt(target)}>
      <div class="sheet">
        <header>
          ${
            TABS.length > 1
              ? segments(
                  "tab",
                  say("Save as"),
                  TABS.map(({ name, tag }) => [tag, say(name)] as const),
                  tab.tag,
                  (tag) => this.#open(TABS.find((other) => other.tag === tag) as Tab),
                )
              : html`<h2>${say("Save")}</h2>`
          }
          <button type="button" class="button" title=${say("Close")} aria-label=${say("Close")}
            @click=${() => this.#dialog?.close()}>${icon("close")}</button>
        </header>
        ${form ?? html`<p role="status">${this._message || say("Preparing…")}</p>`}
      </div>
    </dialog>`;
  }
}

if (!customElements.get("voxel-volume-save-dialog"))
  customElements.define("voxel-volume-save-dialog", SaveDialog);
