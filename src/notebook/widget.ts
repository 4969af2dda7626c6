/**
 * The notebook widget: shows <voxel-volume> for a model of anywidget's contract (https://anywidget.dev/en/afm/), in
 * JupyterLab, VS Code, Colab and marimo. Its Python side is in voxel_volume/.
 */

import "../index.ts";
import { fromBytes } from "../read/index.ts";
import { schemeBehind } from "./color-scheme.ts";
import { bytesOf, type Model } from "./model.ts";
import { pickOnClick } from "./picking.ts";
import { Stills } from "./stills.ts";
import { TraitSync } from "./trait-sync.ts";

/** Shows the model's volume in `el`. @returns a function that removes it. */
function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const viewer = document.createElement("voxel-volume");
  const listening = new AbortController();
  const { signal } = listening;
  const on = (event: `change:${string}`, listener: () => void) => {
    listener();
    model.on(event, listener);
    signal.addEventListener("abort", () => model.off(event, listener));
  };
  const report = (message: string) => {
    model.set("error", message);
    model.save_changes();
  };

  // Notebooks put `el` on the page later.
  viewer.addController({
    hostConnected: () => Object.assign(viewer.style, { colorScheme: schemeBehind(el) ?? "" }),
  });
  // JupyterLab: keys that the picture handles are no shortcuts of the notebook.
  el.dataset.lmSuppressShortcuts = "true";
  el.addEventListener("keydown", (event) => event.defaultPrevented && event.stopPropagation(), { signal });
  viewer.addEventListener("error", ({ message }) => report(message), { signal });
  const forget = () => {
    const isShown = viewer.renderRoot.querySelector("[part=error]") !== null;
    if (!isShown && model.get("error")) report("");
  };
  viewer.addController({ hostUpdated: () => !signal.aborted && forget() });

  const stills = new Stills(viewer, model);
  const traits = new TraitSync(viewer, model, () => stills.later());
  viewer.addEventListener("load", () => stills.later(), { signal });
  pickOnClick(viewer, model, signal);
  on("change:width", () => Object.assign(viewer.style, { width: cssLength(model.get("width")) }));
  on("change:height", () => Object.assign(viewer.style, { height: cssLength(model.get("height")) }));
  on("change:_preview", () => viewer.replaceChildren(...fallback(bytesOf(model.get("_preview")))));
  on("change:_data", () => {
    const bytes = bytesOf(model.get("_data"));
    // The event "error" reports failures too.
    if (bytes.length > 0) viewer.load(fromBytes(String(model.get("_name")), bytes)).catch(() => {});
  });
  el.append(viewer);
  return () => {
    listening.abort();
    traits.stop();
    stills.stop();
    viewer.remove();
  };
}

/** A number of pixels, or a length as in CSS. */
function cssLength(value: unknown): string {
  return typeof value === "number" ? `${value}px` : String(value ?? "");
}

/** The picture that Python has made, which the element shows where WebGPU is missing. */
function fallback(png: Uint8Array): HTMLImageElement[] {
  if (png.length === 0) return [];
  const image = new Image();
  image.alt = "Volume, projected in Python";
  image.style.cssText = "display: block; max-width: 100%; max-height: 100%; margin: auto";
  const url = URL.createObjectURL(new Blob([png as Uint8Array<ArrayBuffer>], { type: "image/png" }));
  image.onload = () => URL.revokeObjectURL(url);
  image.src = url;
  return [image];
}

export default { render };
