/** Header of the controls: the file name and the toolbar. */

import { html, nothing, type TemplateResult } from "lit";
import { fetched } from "../../errors.ts";
import { formatDims } from "../../options/describe.ts";
import type { Say, Text, TextValues } from "../../texts.ts";
import { type IconName, icon } from "./icons.ts";
import { roving } from "./roving.ts";
import { tagFor } from "./tag.ts";
import type { Viewer } from "./viewer.ts";

/** Shows a message in the status line. */
export type Announce = (text: Text, values?: TextValues) => void;

export function title({ volume, sourceName }: Viewer, say: Say): TemplateResult {
  if (!volume) return html`<p class="name">${sourceName || say("No file")}</p>`;
  const name = volume.name.split("/").pop();
  return html`
    <p class="name" title=${volume.name}>${name}</p>
    <p>${formatDims(volume.dims)}${
      volume.unitless
        ? nothing
        : html` <span class="nowrap">${say("at {spacing} mm", { spacing: formatDims(volume.spacing) })}</span>`
    }</p>
  `;
}

/** The toolbar of icon buttons. */
export function tools(viewer: Viewer, say: Say, announce: Announce, save: () => void): TemplateResult {
  const full = viewer.matches(":fullscreen");
  const openName = say("Open a file");
  return html`<div class="tools" role="toolbar" aria-label=${say("Actions")} ${roving("input, button")}>
    <label class="button" title=${openName}>
      <input type="file" multiple aria-label=${openName} @change=${(event: Event) => open(viewer, event)} />
      ${icon("open")}
    </label>
    ${button("save", say("Save"), save, !viewer.volume)}
    ${button("copy", say("Copy the HTML of this view"), () => copy(viewer, announce))}
    ${
      viewer.permalink === undefined || viewer.permalink === null
        ? nothing
        : button("link", say("Copy the link to this view"), () => copyLink(viewer, announce), !viewer.state)
    }
    ${button("reset", say("Reset the camera"), () => viewer.resetCamera())}
    ${
      document.fullscreenEnabled
        ? button(full ? "shrink" : "enlarge", say(full ? "Leave full screen" : "Full screen"), () =>
            full ? document.exitFullscreen() : viewer.requestFullscreen(),
          )
        : nothing
    }
  </div>`;
}

/** An icon button. */
export function button(name: IconName, label: string, act: () => unknown, disabled = false): TemplateResult {
  return html`<button type="button" class="button" title=${label} aria-label=${label} ?disabled=${disabled}
    @click=${act}>${icon(name)}</button>`;
}

function open(viewer: Viewer, event: Event): void {
  const input = event.target as HTMLInputElement;
  const files = [...(input.files ?? [])];
  // Choosing the same file again should fire a change, too.
  input.value = "";
  // The element shows the error.
  if (files.length > 0) viewer.open(files).catch(() => {});
}

const copy = (viewer: Viewer, announce: Announce) => copyText(tagFor(viewer), "HTML copied", announce);

async function copyLink(viewer: Viewer, announce: Announce): Promise<void> {
  const { linkTo } = await fetched(import("../controllers/permalink.ts"));
  const { url, hasVolume, isWithoutLabels } = linkTo(viewer);
  const text = hasVolume
    ? isWithoutLabels
      ? "Link copied, without the table of labels"
      : "Link copied"
    : "Link copied: it has the options, but not the volume, which has no address";
  await copyText(url, text, announce);
}

async function copyText(text: string, done: Text, announce: Announce): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    announce(done);
  } catch {
    announce("The clipboard cannot be used here");
  }
}
