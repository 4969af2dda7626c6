/** Buttons for views along the volume's axes. */

import { html, nothing, type TemplateResult } from "lit";
import { type AxisViewName, axisViews } from "../../options/orientation.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import type { Text } from "../../texts.ts";
import type { ScalarImage } from "../../volume.ts";
import type { Panel } from "./panel.ts";
import { roving } from "./roving.ts";

/** Names on the buttons, in two rows of three: opposite sides are above each other. */
const ROWS: readonly (readonly [AxisViewName, Text])[] = [
  ["front", "Front"],
  ["left", "Left"],
  ["top", "Top"],
  ["back", "Back"],
  ["right", "Right"],
  ["bottom", "Bottom"],
];
const COLUMNS = 3;

/** Six buttons, with the letters of the patient's directions if the file has them. */
export function axisViewButtons(
  { viewer, say }: Panel,
  { camera, flip }: DrawnSettings,
  volume: ScalarImage,
): TemplateResult {
  const views = new Map(axisViews(volume, flip).map((view) => [view.name, view]));
  const turn = (degrees: number) => ((Math.round(degrees) % 360) + 360) % 360;
  return html`<div class="views" role="toolbar" aria-label=${say("Look from")} ${roving("button", COLUMNS)}>
    ${ROWS.map(([name, text]) => {
      const view = views.get(name);
      const isSeen =
        view && turn(view.azimuth - camera.azimuth) === 0 && Math.round(camera.elevation) === view.elevation;
      return html`<button type="button" class="button" aria-pressed=${isSeen ? "true" : "false"}
        @click=${() => viewer.lookAlong(name)}>${say(text)}${view?.letter ? html` <i>${view.letter}</i>` : nothing}</button>`;
    })}
  </div>`;
}
