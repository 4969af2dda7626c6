/** The layers of lines and texts behind and in front of the picture. Fetched only if there is something to paint. */

import type { DrawnSettings } from "../../options/settings.ts";
import type { Say } from "../../texts.ts";
import type { ScalarImage } from "../../volume.ts";
import { paintAnnotationsLayer } from "./annotations-layer.ts";
import { paintAxesLayer } from "./axes-layer.ts";

/** Paints the axes, the scale bar and the orientation marker on their canvases in `root`. */
export function paintLines(root: ParentNode, volume: ScalarImage, settings: DrawnSettings, say: Say): void {
  const canvas = (part: string) => root.querySelector<HTMLCanvasElement>(`canvas[part=${part}]`);
  const [axes, annotations] = [canvas("axes"), canvas("annotations")];
  if (annotations) paintAnnotationsLayer(annotations, settings, volume, say);
  if (axes) paintAxesLayer(axes, settings, volume, annotations);
}
