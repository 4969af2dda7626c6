/** What Svelte's markup accepts and rejects for <voxel-volume>. */

import type { SvelteHTMLElements } from "svelte/elements";
import type {} from "voxel-volume/svelte";

type Props = SvelteHTMLElements["voxel-volume"];

export const five: Props = {
  class: "wide",
  src: "brain.nii.gz",
  view: "cut",
  gamma: "0.5",
  opacity: 0.5,
  controls: true,
  axes: "mm",
  "auto-rotate": true,
  "data-scan": 3,
  onload: ({ detail }) => detail.dims.join(),
  "oncamera-change": ({ detail }) => detail.azimuth + detail.zoom,
};
export const four: Props = { "on:load": ({ detail }) => detail.dims.join() };

// @ts-expect-error
export const wrongView: Props = { view: "side" };
// @ts-expect-error
export const wrongText: Props = { gamma: "bright" };
// @ts-expect-error
export const unknown: Props = { colourmap: "magma" };
// @ts-expect-error
export const wrongDetail: Props = { "oncamera-change": ({ detail }) => detail.name };
