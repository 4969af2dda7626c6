/** Colour map picker: swatches, and a switch to reverse the map. */

import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { COLORMAP_TABLES } from "../../options/colormap-tables.ts";
import { addColormaps, COLORMAPS } from "../../options/colormaps.ts";
import { gradient } from "../../options/gradient.ts";
import type { Say } from "../../texts.ts";
import { icon } from "./icons.ts";

addColormaps(COLORMAP_TABLES);

/** Swatch for label colours: each label has its own. */
const LABEL_COLORS = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#bcbd22"];

/**
 * A button with the current map that opens a list of all maps; `isAuto`: whether it is the default for the kind of
 * values.
 */
export function colormapPicker(
  say: Say,
  colormap: string,
  isAuto: boolean,
  set: (colormap: string) => void,
): TemplateResult {
  const reverse = colormap.endsWith("_r");
  const base = colormap.replace(/_r$/, "");
  const reverseName = say("Reverse the colours");
  return html`<div class="picker">
    <details @keydown=${foldOnEscape} @toggle=${foldOnClickOutside}>
      <summary aria-label=${say("Colours: {name}", { name: colormap })}>
        ${swatch(colormap)}
        <span>${nameOf(say, colormap, base)}</span>
      </summary>
      <div class="maps" role="radiogroup" aria-label=${say("Colours")}>
        <label>
          <input type="radio" name="colormap" value="auto" .checked=${live(isAuto)} @change=${() => set("auto")} />
          ${swatch(isAuto ? colormap : "viridis")}
          <span>${say("auto")}</span>
        </label>
        ${COLORMAPS.map(
          (name) => html`<label>
            <input type="radio" name="colormap" .value=${name} .checked=${live(!isAuto && name === base)}
              @change=${() => set(reverse ? `${name}_r` : name)} />
            ${swatch(reverse ? `${name}_r` : name)}
            <span>${name}</span>
          </label>`,
        )}
      </div>
    </details>
    <button type="button" class="button turn" title=${reverseName} aria-label=${reverseName}
      ?disabled=${colormap === "labels"} aria-pressed=${isTurned(colormap)} @click=${() => set(reversed(colormap))}>${icon("swap")}</button>
  </div>`;
}

function nameOf(say: Say, colormap: string, base: string): string {
  if (colormap === "labels") return say("by label");
  return colormap.startsWith("#") ? say("own colours") : base;
}

const isTurned = (colormap: string) => (colormap.endsWith("_r") ? "true" : "false");

function foldOnEscape(event: KeyboardEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (event.key !== "Escape" || !details.open) return;
  event.preventDefault();
  details.open = false;
  details.querySelector("summary")?.focus();
}

/** Closes the list on a click outside it. */
function foldOnClickOutside({ currentTarget }: Event): void {
  const details = currentTarget as HTMLDetailsElement;
  if (!details.open) return;
  const listening = new AbortController();
  const fold = (event: Event) => {
    if (!event.composedPath().includes(details)) details.open = false;
  };
  document.addEventListener("click", fold, { signal: listening.signal });
  details.addEventListener("toggle", () => listening.abort(), { once: true });
}

/** The colour map with its colours in reverse order. */
export function reversed(colormap: string): string {
  if (colormap.startsWith("#"))
    return colormap
      .trim()
      .split(/[\s,]+/)
      .reverse()
      .join(" ");
  return colormap.endsWith("_r") ? colormap.slice(0, -2) : `${colormap}_r`;
}

function stripes(): string {
  const share = 100 / LABEL_COLORS.length;
  const stops = LABEL_COLORS.map((color, i) => `${color} ${i * share}% ${(i + 1) * share}%`);
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

/** CSS gradients by colour map, cached because the controls render whenever the camera moves. */
const swatches = new Map<string, string>();

function swatch(colormap: string): TemplateResult {
  const css =
    swatches.get(colormap) ?? `background: ${colormap === "labels" ? stripes() : gradient(colormap)}`;
  swatches.set(colormap, css);
  return html`<i class="swatch" .style=${css}></i>`;
}
