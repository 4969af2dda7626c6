/** What the window shows: the camera that is asked for becomes the one with which a volume is drawn. */

import type { Vec3 } from "../volume.ts";
import type { Camera, DrawnCamera } from "./camera.ts";
import type { Sphere } from "./content.ts";
import { boxFractions, boxPoint } from "./target.ts";

/** matplotlib's window: half of its side and its centre, in box units at the box's centre (10 times mplot3d's numbers). */
const ARTICLE_WINDOW = { half: 0.925, centre: -0.025 };

/** How far the panes of the axes stand off the box, as a fraction of its sides: mplot3d's. */
export const STAND_OFF = 1 / 48;

/** Room around the content, and around the box with its ticks and labels, as factors of the sphere around them. */
const MARGIN = 1.04;
const AXES_MARGIN = 1.1;

/** The sine of the largest angle between the view's direction and what is fitted: a nearer eye does not see all of it. */
const WIDEST = Math.sin(Math.PI / 3);

/** What a camera is to show. */
export interface Subject {
  /** Sides of the box in the unit cube. */
  readonly extent: Vec3;
  /** Whether axes stand around the box: then all of it is to be seen. */
  readonly hasAxes: boolean;
  /** The sphere around the content; undefined where there is none: then the box is. */
  content(): Sphere | undefined;
}

/** The camera as it is drawn. @param auto what `fit="auto"` means. */
export function drawnCamera(camera: Camera, subject: Subject, auto: DrawnCamera["fit"]): DrawnCamera {
  const fit = camera.fit === "auto" ? auto : camera.fit;
  const { extent, hasAxes } = subject;
  const box: Sphere = { centre: [0.5, 0.5, 0.5], radius: Math.hypot(...extent) / 2 };
  const sphere = (fit === "content" && !hasAxes && subject.content()) || box;
  const focus = camera.target === "auto" ? sphere.centre : boxPoint(camera.target, extent);
  const target = camera.target === "auto" ? boxFractions(focus, extent) : camera.target;
  const radius = hasAxes ? sphere.radius * (1 + 2 * STAND_OFF) * AXES_MARGIN : sphere.radius * MARGIN;
  const window = fit === "article" ? ARTICLE_WINDOW : { half: radius * spread(camera, radius), centre: 0 };
  return { ...camera, target, fit, focus, ...window };
}

/** How much larger a sphere appears in perspective than its section through the centre. */
function spread({ projection, distance }: Camera, radius: number): number {
  if (projection === "orthographic") return 1;
  const sine = Math.min(radius / distance, WIDEST);
  return 1 / Math.sqrt(1 - sine ** 2);
}
