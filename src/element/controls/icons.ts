/** Icons of the controls: lines on a grid of 20, in the text colour. */

import { html, svg, type TemplateResult } from "lit";

const PATHS = {
  open: "M3 15.5v-11h5l2 2.5h7v8.5z",
  save: "M10 3.5v9m-3.5-3.5 3.5 3.5 3.5-3.5M4 13.5v3h12v-3",
  copy: "m7 6-4 4 4 4m6-8 4 4-4 4",
  link: "m8 12 4-4m-5 .5-2.5 2.5a3.2 3.2 0 0 0 4.5 4.5l2.5-2.5m-.5-4.5 2.5-2.5a3.2 3.2 0 0 0-4.5-4.5l-2.5 2.5",
  reset: "M4 4v4.5h4.5M4.3 8.2a6.3 6.3 0 1 1-.4 3.6",
  enlarge: "M3.5 7.5v-4h4m5 0h4v4m0 5v4h-4m-5 0h-4v-4",
  shrink: "M7.5 3.5v4h-4m9-4v4h4m-4 9v-4h4m-9 4v-4h-4",
  close: "m5 5 10 10m0-10L5 15",
  sliders: "M3 6.5h8m4 0h2m-14 7h2m4 0h8M13 4.5v4m-6 3v4",
  play: "M6.5 4v12l9.5-6z",
  pause: "M6.5 4.5v11m7-11v11",
  swap: "m6.5 3.5-3 3 3 3m-3-3h12m-2 4 3 3-3 3m3-3h-12",
  only: "M10 3.5v3m0 7v3m-6.5-6.5h3m7 0h3m-6.5-3a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
  face: "M10 3.5c4 0 6.7 4.2 7.5 6.5-.8 2.3-3.5 6.5-7.5 6.5S3.3 12.3 2.5 10C3.3 7.7 6 3.5 10 3.5zm0 4a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z",
} as const;

export type IconName = keyof typeof PATHS;

/** An icon, hidden from screen readers: the button around it has the name. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${svg`<path d=${PATHS[name]} />`}</svg>`;
}
