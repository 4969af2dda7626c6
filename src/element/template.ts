/** What <voxel-volume> consists of: the picture and what lies over it. */

import { html, nothing, type TemplateResult } from "lit";
import type { VoxelVolumeError } from "../errors.ts";
import type { DrawnSettings } from "../options/settings.ts";
import type { NamedBlob, Progress } from "../read/index.ts";

/** What the template shows of a <voxel-volume>. */
interface Shown {
  readonly alt: string | undefined;
  readonly poster: string | undefined;
  readonly reveal: "auto" | "manual";
  readonly controls: boolean;
  readonly sourceName: string;
  readonly voxels: unknown;
  readonly _cancelled: boolean;
  readonly _held: boolean;
  readonly _progress: Progress | undefined;
  readonly _readout: string;
  readonly _revealed: boolean;
  readonly _shown: boolean;
  readonly _spoken: string;
  cancel(): void;
}

/** What the template cannot see of the element. */
interface Inside {
  readonly settings: DrawnSettings | undefined;
  readonly busy: boolean;
  readonly error: VoxelVolumeError | undefined;
  readonly notice: string;
  open(files: Iterable<NamedBlob>): void;
  /** Draws again, for the axes have another colour. */
  repaint(): void;
}

export function template(element: Shown, inside: Inside): TemplateResult {
  const panel = element.controls && customElements.get("voxel-volume-controls");
  return html`
    <div class="picture">
      ${inside.settings?.axes ? html`<canvas part="axes" aria-hidden="true" @transitionend=${inside.repaint}></canvas>` : nothing}
      <canvas
        part="canvas"
        tabindex="0"
        role="application"
        aria-roledescription="volume, turned by arrow keys"
        aria-label=${element.alt || "Volume"}
        ?data-hidden=${!isRevealed(element)}
      ></canvas>
      ${
        inside.settings?.colorbar && !element.voxels
          ? html`<canvas part="colorbar" role="img" aria-label="Colour bar" ?data-hidden=${!isRevealed(element)} @transitionend=${inside.repaint}></canvas>`
          : nothing
      }
      ${overlays(element, inside)}
    </div>
    ${panel ? html`<voxel-volume-controls part="controls" .viewer=${element}></voxel-volume-controls>` : nothing}
  `;
}

function overlays(element: Shown, inside: Inside): TemplateResult {
  const { busy, error } = inside;
  return html`
    <div part="poster" ?data-hidden=${isRevealed(element)}>
      <slot name="poster">${element.poster ? html`<img src=${element.poster} alt="" @error=${hide} @load=${unhide} />` : nothing}</slot>
    </div>
    ${busy ? waiting(element, element._progress) : nothing}
    ${element._cancelled ? html`<div part="status"><span>Loading was cancelled.</span></div>` : nothing}
    ${!element.sourceName && !element.voxels && !error && element.controls ? invitation(inside) : nothing}
    ${
      error
        ? html`<div part="error" role="alert">
            ${error.code === "webgpu-unavailable" ? html`<slot></slot>` : nothing}
            <p>${error.message}</p>
          </div>`
        : nothing
    }
    ${inside.notice && !error ? html`<p part="notice" role="status">${inside.notice}</p>` : nothing}
    ${element._readout ? html`<div part="readout" aria-hidden="true">${element._readout}</div>` : nothing}
    ${element._held ? html`<div part="drop"><span>Drop the file to see it</span></div>` : nothing}
    <div class="spoken" aria-live="polite">${element._spoken}</div>
  `;
}

function isRevealed(element: Shown): boolean {
  return element._shown && (element.reveal !== "manual" || element._revealed);
}

/** A poster that cannot be had is none. */
const hide = ({ target }: Event) => (target as HTMLElement).toggleAttribute("hidden", true);
const unhide = ({ target }: Event) => (target as HTMLElement).toggleAttribute("hidden", false);

function waiting(element: Shown, progress: Progress | undefined): TemplateResult {
  const part = progress?.total ? progress.loaded / progress.total : undefined;
  return html`
    <div part="status">
      <span>${status(progress)}</span>
      <progress part="progress" aria-label="Loading" .value=${part ?? 0} ?data-hidden=${!progress}></progress>
      <button part="cancel" type="button" @click=${() => element.cancel()}>Cancel</button>
    </div>
  `;
}

function status(progress: Progress | undefined): string {
  if (!progress) return "Preparing…";
  const mb = (bytes: number) => (bytes / 1e6).toFixed(1);
  const total = progress.total === undefined ? "" : ` of ${mb(progress.total)}`;
  return `${progress.phase === "download" ? "Loading" : "Inflating"} ${mb(progress.loaded)}${total} MB`;
}

/** Where there is nothing to show yet. */
function invitation({ open }: Inside): TemplateResult {
  const chosen = ({ target }: Event) => open((target as HTMLInputElement).files ?? []);
  return html`
    <div part="status">
      <span>Drop a volume here, or</span>
      <label class="choose">choose a file<input type="file" multiple @change=${chosen} /></label>
      <small>.nii, .nii.gz, .hdr with .img, .npy, .npz, .zip</small>
    </div>
  `;
}
