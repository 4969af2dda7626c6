/** Saves what an element shows as a live page. */

import { PICTURE_FORMAT } from "../engine/read-pixels.ts";
import { Renderer } from "../engine/renderer.ts";
import { VoxelVolumeError } from "../errors.ts";
import type { OptionTexts } from "../options/options.ts";
import { makePage, zipOf } from "../page/make-page.ts";
import { pageCode } from "../page/page-code.ts";
import { cssColor } from "../picture/css-color.ts";
import { textOf } from "../text-of.ts";
import { type Say, sayIn } from "../texts.ts";
import type { PageOptions } from "./api-types.ts";
import type { Ready } from "./canvas/canvas-renderer.ts";
import { sharedDevice } from "./canvas/shared-device.ts";
import { ownTexts, type StateHost } from "./element-state.ts";
import type { VoxelVolumeProperties } from "./properties.ts";

/** Parts of an element that a page needs. */
export type PageElement = HTMLElement & StateHost & Pick<VoxelVolumeProperties, "alt" | "texts">;

/**
 * The page as one HTML file or as a zip archive.
 * @throws VoxelVolumeError "invalid-option" for explicit voxels, and as `pageCode` and `makePage`.
 */
export async function savePage(
  { loaded: { volume }, settings: { labels } }: Ready,
  element: PageElement,
  { form = "html", title, controls, resolution, maxInline }: PageOptions,
): Promise<Blob> {
  if (volume.kind !== "volume")
    throw new VoxelVolumeError(
      "invalid-option",
      "Explicit voxels cannot be saved as a page yet: save a picture",
    );
  if (form !== "html" && form !== "zip")
    throw new VoxelVolumeError("invalid-option", `form "${textOf(form)}": expected html or zip`);
  const background = backgroundOf(element);
  const code = await pageCode((element.constructor as { bundleUrl?: string }).bundleUrl);
  const options = optionsOf(element, resolution);
  const subject = { volume, options, labels, background };
  const say: Say = sayIn(element.texts);
  const choices = { isWhole: form === "html", title, alt: element.alt, controls, maxInline, say };
  // A renderer of its own, so that the picture on screen keeps its voxels.
  const renderer = new Renderer(await sharedDevice(), { format: PICTURE_FORMAT });
  try {
    const files = await makePage(renderer, subject, choices, code);
    return form === "html" ? files[0].blob : await zipOf(files);
  } finally {
    renderer.destroy();
  }
}

/** The element's options that differ from their defaults, with another resolution if one is given. */
function optionsOf(element: PageElement, resolution: PageOptions["resolution"]): OptionTexts {
  const options = ownTexts(element);
  return resolution === undefined ? options : { ...options, resolution: textOf(resolution) };
}

/** The colour behind the picture; "transparent" if the page shows through. */
function backgroundOf(element: HTMLElement): string {
  const { backgroundColor } = getComputedStyle(element);
  return cssColor(backgroundColor)[3] === 0 ? "transparent" : backgroundColor;
}
