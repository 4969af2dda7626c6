/** Field for the colour behind the picture: the element's CSS background. */

import { html, nothing, type TemplateResult } from "lit";
import { segments } from "./fields.ts";
import type { Panel } from "./panel.ts";

/** Initial custom colour. */
const FIRST_CUSTOM = "#3b4252";

export function backgroundField({ viewer, say, requestUpdate }: Panel): TemplateResult {
  const { background } = viewer.style;
  const chosen =
    background === "" || background === "white" || background === "black" ? background : "custom";
  const set = (color: string) => {
    viewer.style.background = color;
    requestUpdate();
  };
  const sample = (name: string) => html`<i class="sample ${name}"></i>`;
  return html`
    ${segments(
      "background",
      say("Background"),
      [
        ["", sample("clear"), say("The page shows through")],
        ["white", sample("white"), say("White")],
        ["black", sample("black"), say("Black")],
        ["custom", sample("custom"), say("A colour of your own")],
      ],
      chosen,
      (choice) => set(choice === "custom" ? FIRST_CUSTOM : choice),
    )}
    ${
      chosen === "custom"
        ? html`<input type="color" aria-label=${say("Colour of the background")} .value=${hex(background)}
            @input=${(event: Event) => set((event.target as HTMLInputElement).value)} />`
        : nothing
    }
  `;
}

/** A CSS colour as #rrggbb, the only form that a colour input accepts. */
function hex(color: string): string {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return FIRST_CUSTOM;
  context.fillStyle = color;
  return String(context.fillStyle);
}
