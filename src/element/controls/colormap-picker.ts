/** Picks a colour map from swatches, and turns it round. */

import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { COLORMAPS, gradient } from "../../options/colormaps.ts";
import { icon } from "./icons.ts";

/** The current map on a button that unfolds all of them. */
export function colormapPicker(colormap: string, set: (colormap: string) => void): TemplateResult {
  const reverse = colormap.endsWith("_r");
  const base = colormap.replace(/_r$/, "");
  return html`<div class="picker">
    <details>
      <summary aria-label="Colours: ${colormap}">
        ${swatch(colormap)}
        <span>${colormap.startsWith("#") ? "own colours" : base}</span>
      </summary>
      <div class="maps" role="radiogroup" aria-label="Colours">
        ${COLORMAPS.map(
          (name) => html`<label>
            <input type="radio" name="colormap" .value=${name} .checked=${live(name === base)}
              @change=${() => set(reverse ? `${name}_r` : name)} />
            ${swatch(reverse ? `${name}_r` : name)}
            <span>${name}</span>
          </label>`,
        )}
      </div>
    </details>
    <button type="button" class="button turn" title="Reverse the colours" aria-label="Reverse the colours"
      aria-pressed=${isTurned(colormap)} @click=${() => set(reversed(colormap))}>${icon("swap")}</button>
  </div>`;
}

const isTurned = (colormap: string) => (colormap.endsWith("_r") ? "true" : "false");

/** The same colours from the other end. */
export function reversed(colormap: string): string {
  if (colormap.startsWith("#"))
    return colormap
      .trim()
      .split(/[\s,]+/)
      .reverse()
      .join(" ");
  return colormap.endsWith("_r") ? colormap.slice(0, -2) : `${colormap}_r`;
}

/** CSS by colour map, for the controls are rendered as often as the camera moves. */
const swatches = new Map<string, string>();

function swatch(colormap: string): TemplateResult {
  const css = swatches.get(colormap) ?? `background: ${gradient(colormap)}`;
  swatches.set(colormap, css);
  return html`<i class="swatch" .style=${css}></i>`;
}
