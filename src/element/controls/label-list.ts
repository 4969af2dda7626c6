/** The labels of a volume as a grid, one row each, to show, hide, or show alone. */

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Label } from "../../options/labels.ts";
import { icon } from "./icons.ts";
import type { Panel } from "./panel.ts";
import { roving } from "./roving.ts";

/** With more labels than this, the list shows only search results. */
const MOST = 100;
/** With more labels than this, there is a search field. */
const FEW = 12;

export function labelList(panel: Panel, labels: readonly Label[]): TemplateResult {
  const { viewer, memory, say, requestUpdate } = panel;
  const wanted = memory.labelSearch.trim().toLowerCase();
  const found = labels.filter(({ name, value }) => `${value} ${name ?? ""}`.toLowerCase().includes(wanted));
  const shown = labels.filter((label) => label.shown);
  const isAll = shown.length === labels.length;
  const count = labels.length;
  const search = (event: Event) => {
    memory.labelSearch = (event.target as HTMLInputElement).value;
    requestUpdate();
  };
  const clear = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || memory.labelSearch === "") return;
    event.preventDefault();
    memory.labelSearch = "";
    requestUpdate();
  };
  return html`
    <div class="row between">
      <span class="label">${isAll ? say("{count} shown", { count }) : say("{shown} of {count} shown", { shown: shown.length, count })}</span>
      <button type="button" class="text" ?disabled=${isAll}
        @click=${() =>
          Object.assign(
            viewer,
            visibility(labels, () => true),
          )}>${say("Show all")}</button>
    </div>
    ${
      labels.length > FEW
        ? html`<input class="search" type="search" aria-label=${say("Search labels")} placeholder=${say("Search labels")}
            .value=${live(memory.labelSearch)} @input=${search} @keydown=${clear} />`
        : nothing
    }
    ${
      found.length > 0
        ? html`<div class="list" role="grid" aria-label=${say("Labels")} ${roving("input, button", 2)}>
            ${found.slice(0, MOST).map((label) => entry(panel, labels, label))}
          </div>`
        : html`<p class="note">${say("No label matches")}</p>`
    }
    ${found.length > MOST ? html`<p class="note">${say("{count} more: search for them", { count: found.length - MOST })}</p>` : nothing}
  `;
}

function entry({ viewer, say }: Panel, labels: readonly Label[], label: Label): TemplateResult {
  const { value, name, color, shown, count } = label;
  const text = name ?? String(value);
  const toggle = (event: Event) =>
    Object.assign(
      viewer,
      visibility(labels, (other) =>
        other.value === value ? (event.target as HTMLInputElement).checked : other.shown,
      ),
    );
  const texts = { name: text, value, count: count.toLocaleString("en") };
  const alone = say("Show {name} alone", { name: text });
  return html`<div class="entry" role="row">
    <div role="gridcell">
      <label title=${say("{name} ({value}), {count} voxels", texts)}>
        <input type="checkbox" .checked=${live(shown)} @change=${toggle} />
        <i class="chip" .style=${`background: rgb(${color.join(" ")})`}></i>
        <span class="what">${text}</span>${name ? html`<span class="number">${value}</span>` : nothing}
      </label>
    </div>
    <div role="gridcell">
      <button type="button" class="button" title=${alone} aria-label=${alone}
        @click=${() => Object.assign(viewer, { only: String(value), hide: "" })}>${icon("only")}</button>
    </div>
  </div>`;
}

/** The options that show exactly these labels, using the shorter of the two lists. */
function visibility(
  labels: readonly Label[],
  isShown: (label: Label) => boolean,
): { only: string; hide: string } {
  const values = (of: (label: Label) => boolean) => labels.filter(of).map(({ value }) => value);
  if (labels.every((label) => isShown(label) === label.shownByDefault)) return { only: "", hide: "" };
  const shown = values(isShown);
  const hidden = values((label) => label.shownByDefault && !isShown(label));
  const isHiding = labels.every((label) => label.shownByDefault || !isShown(label));
  // An empty `show` list would mean all labels.
  if (shown.length === 0 || (isHiding && hidden.length <= shown.length)) {
    return { only: "", hide: asRanges(hidden, labels) };
  }
  return { only: asRanges(shown, labels), hide: "" };
}

/** Labels as option text, with ranges where no other label lies between. */
function asRanges(values: readonly number[], labels: readonly Label[]): string {
  const rank = new Map(labels.map((label, i) => [label.value, i]));
  const ranges: [number, number][] = [];
  for (const value of values) {
    const last = ranges.at(-1);
    if (last && rank.get(value) === (rank.get(last[1]) ?? 0) + 1) last[1] = value;
    else ranges.push([value, value]);
  }
  return ranges.map(([first, end]) => (first === end ? String(first) : `${first}-${end}`)).join(" ");
}
