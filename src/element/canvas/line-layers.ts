/** The layers of lines and texts behind and in front of the picture. Fetched only if there is something to paint. */

import type { Say } from "../../texts.ts";
import { paintAnnotationsLayer } from "./annotations-layer.ts";
import { paintAxesLayer } from "./axes-layer.ts";
import type { Drawn } from "./layers.ts";

/** Paints the axes, the scale bar and the orientation marker on their canvases in `root`. */
export function paintLines(root: ParentNode, { loaded: { volume }, settings }: Drawn, say: Say): void {
  const canvas = (part: string) => root.querySelector<HTMLCanvasElement>(`canvas[part=${part}]`);
  const [axes, annotations] = [canvas("axes"), canvas("annotations")];
  if (axes) paintAxesLayer(axes, settings, volume);
  if (annotations) paintAnnotationsLayer(annotations, settings, volume, say);
}
