/** The layers of lines and texts behind and in front of the picture. Fetched only if there is something to paint. */

import { type Annotations, annotationShapes } from "../../axes/annotations.ts";
import type { Point } from "../../axes/screen.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import type { Say } from "../../texts.ts";
import type { ScalarImage } from "../../volume.ts";
import { paintAnnotationsLayer } from "./annotations-layer.ts";
import { paintAxesLayer } from "./axes-layer.ts";

/** Paints the axes, the scale bar and the orientation marker on their canvases in `root`. */
export function paintLines(root: ParentNode, volume: ScalarImage, settings: DrawnSettings, say: Say): void {
  const canvas = (part: string) => root.querySelector<HTMLCanvasElement>(`canvas[part=${part}]`);
  const [axes, annotations] = [canvas("axes"), canvas("annotations")];
  const painted = annotations && paintAnnotationsLayer(annotations, settings, volume, say);
  const taken = axes && annotations && painted ? takenBy(annotations, axes, painted) : [];
  if (axes) paintAxesLayer(axes, settings, volume, taken);
}

/** The shapes that annotations take on the canvas of the axes. */
function takenBy(layer: HTMLCanvasElement, canvas: HTMLCanvasElement, annotations: Annotations): Point[][] {
  const [own, other] = [canvas.getBoundingClientRect(), layer.getBoundingClientRect()];
  const [right, down] = [other.left - own.left, other.top - own.top];
  return annotationShapes(annotations, other.width, other.height).map((shape) =>
    shape.map(([x, y]): Point => [x + right, y + down]),
  );
}
