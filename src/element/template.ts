/** Template of <voxel-volume>: the picture and its overlays. */

import { html, nothing, type TemplateResult } from "lit";
import type { NamedBlob } from "../read/index.ts";
import { textOf } from "../text-of.ts";
import { type Say, sayIn } from "../texts.ts";
import type { ElementControllers } from "./controllers/element-controllers.ts";
import type { LoadState, ReadProgress } from "./load-state.ts";
import type { VoxelVolumeProperties } from "./properties.ts";

export function template(
  element: VoxelVolumeProperties,
  controllers: ElementControllers,
  isPosterDismissed: boolean,
): TemplateResult {
  const { loading, drawing, appearance } = controllers;
  const say = sayIn(element.texts);
  const { settings } = appearance;
  const isRevealed = loading.onScreen !== undefined && (element.reveal !== "manual" || isPosterDismissed);
  const hasBar = settings?.colorbar && loading.drawable?.profile;
  /** A layer of the picture; hidden from screen readers until its painter describes it. */
  const layer = (part: string) =>
    html`<canvas part=${part} role="img" aria-hidden="true" ?data-hidden=${!isRevealed} @transitionend=${() => drawing.request("draw")}></canvas>`;
  const annotations = settings?.scalebar || settings?.orientation ? layer("annotations") : nothing;
  const panel = element.controls && customElements.get("voxel-volume-controls");
  return html`
    <div class="picture">
      ${settings?.axes ? layer("axes") : nothing}
      <canvas
        part="canvas"
        tabindex="0"
        role="application"
        aria-roledescription=${say("volume, turned by arrow keys")}
        aria-label=${element.alt ? textOf(element.alt) : say("Volume")}
        .style=${`touch-action: ${touchAction(element)}`}
        ?data-hidden=${!isRevealed}
      ></canvas>
      ${hasBar ? layer("colorbar") : nothing}
      ${poster(element, isRevealed)} ${overlays(element, controllers, say, annotations)}
    </div>
    ${panel ? html`<voxel-volume-controls part="controls" .viewer=${element}></voxel-volume-controls>` : nothing}
  `;
}

/** CSS `touch-action`: which touch gestures go to the page and not to the picture. */
function touchAction({ gestureHandling, disableRotate, disableZoom }: VoxelVolumeProperties): string {
  if (gestureHandling === "greedy") return "none";
  const scrolls = disableRotate ? "pan-x pan-y" : "pan-y";
  return disableZoom ? `${scrolls} pinch-zoom` : scrolls;
}

function poster({ poster }: VoxelVolumeProperties, isRevealed: boolean): TemplateResult {
  const image = poster ? html`<img src=${textOf(poster)} alt="" @error=${hide} @load=${unhide} />` : nothing;
  return html`<div part="poster" ?data-hidden=${isRevealed}><slot name="poster">${image}</slot></div>`;
}

/** Hides a poster that fails to load. */
const hide = ({ target }: Event) => (target as HTMLElement).toggleAttribute("hidden", true);
const unhide = ({ target }: Event) => (target as HTMLElement).toggleAttribute("hidden", false);

function overlays(
  element: VoxelVolumeProperties,
  controllers: ElementControllers,
  say: Say,
  annotations: TemplateResult | typeof nothing,
): TemplateResult {
  const { loading, appearance, drawing, interaction, drop } = controllers;
  const { state, onScreen } = loading;
  const { error } = controllers;
  const isEmpty = state.kind === "empty" && element.controls && !error;
  const isBusy = loading.isBusy && !appearance.optionError;
  const notice = drawing.notice.isFull && !element.controls ? "" : drawing.notice.text;
  const readout = interaction?.hover.text;
  const hint = interaction?.hint;
  // Over a picture, they are cards at its foot.
  const status = isBusy ? waiting(controllers, say) : nothing;
  const failure = error ? message(controllers, say) : nothing;
  return html`
    ${onScreen ? nothing : [status, failure]}
    ${state.kind === "cancelled" && !onScreen ? html`<div part="status"><span>${say("Loading was cancelled.")}</span></div>` : nothing}
    ${isEmpty ? invitation(controllers, say) : nothing}
    <div class="foot">
      ${annotations} ${readout ? html`<div part="readout" aria-hidden="true">${readout}</div>` : nothing}
      ${notice ? html`<p part="notice" role="status">${notice}</p>` : nothing}
      ${onScreen ? [failure, status] : nothing}
    </div>
    ${hint ? html`<div part="hint" aria-hidden="true"><span>${hint}</span></div>` : nothing}
    ${drop.isOver ? html`<div part="drop"><span>${say("Drop the file to see it")}</span></div>` : nothing}
    <div class="spoken" aria-live="polite">${controllers.cameraDescription}</div>
  `;
}

/** The error message; the last picture stays. */
function message(controllers: ElementControllers, say: Say): TemplateResult {
  const { error } = controllers;
  return html`<div part="error" role="alert">
    ${error?.code === "webgpu-unavailable" ? html`<slot></slot>` : nothing}
    <p>
      <span>${controllers.errorText}</span>
      ${controllers.loading.onScreen ? dismissButton(controllers, say) : nothing}
    </p>
  </div>`;
}

/** Button that closes the message; without a picture the message stays, because the box would be empty. */
function dismissButton(controllers: ElementControllers, say: Say): TemplateResult {
  const text = say("Close the message");
  return html`<button part="dismiss" type="button" title=${text} aria-label=${text} @click=${() => controllers.dismiss()}>
    <svg viewBox="0 0 20 20" aria-hidden="true"><path d="m5 5 10 10m0-10L5 15" /></svg>
  </button>`;
}

/** Status while loading; over the last picture it appears only after a delay. */
function waiting(controllers: ElementControllers, say: Say): TemplateResult {
  const { loading } = controllers;
  const progress = loading.state.kind === "reading" ? loading.state.progress : undefined;
  const part =
    progress && progress.phase !== "measure" && progress.total ? progress.loaded / progress.total : undefined;
  return html`
    <div part="status">
      <span>${status(loading.state, progress, say)}</span>
      <progress part="progress" aria-label=${say("Loading")} value=${part ?? nothing}></progress>
      <button part="cancel" type="button" @click=${() => controllers.cancel()}>${say("Cancel")}</button>
    </div>
  `;
}

function status(state: LoadState, progress: ReadProgress | undefined, say: Say): string {
  if (state.kind === "drawing")
    return say(state.isRestoring ? "Starting the graphics device again…" : "Drawing…");
  if (!progress) return say("Preparing…");
  if (progress.phase === "measure") return say("Measuring the values…");
  const mb = (bytes: number) => (bytes / 1e6).toFixed(1);
  const { phase, loaded, total } = progress;
  const values = { loaded: mb(loaded), ...(total !== undefined && { total: mb(total) }) };
  if (phase === "download")
    return say(total === undefined ? "Loading {loaded} MB" : "Loading {loaded} of {total} MB", values);
  return say(total === undefined ? "Inflating {loaded} MB" : "Inflating {loaded} of {total} MB", values);
}

/** Invitation to choose a file, if nothing has been requested yet. */
function invitation(controllers: ElementControllers, say: Say): TemplateResult {
  const chosen = ({ target }: Event) => {
    const files: Iterable<NamedBlob> = (target as HTMLInputElement).files ?? [];
    // Errors are shown by the element.
    controllers.open(files).catch(() => {});
  };
  return html`
    <div part="status">
      <span>${say("Drop a volume here, or")}</span>
      <label class="choose">${say("choose a file")}<input type="file" multiple @change=${chosen} /></label>
      <small>.nii, .nii.gz, .hdr with .img, .npy, .npz, .zip</small>
    </div>
  `;
}
