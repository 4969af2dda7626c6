/** What the window shows: converts the camera of the options to the camera with which a volume is drawn. */

import type { Vec3 } from "../volume.ts";
import type { Camera, DrawnCamera } from "./camera.ts";
import type { Sphere } from "./content.ts";
import { boxFractions, boxPoint } from "./target.ts";

/**
 * matplotlib's window at the box's centre: half its side, and its centre, in box units (10 times mplot3d's numbers).
 */
const ARTICLE_WINDOW = { half: 0.925, centre: -0.025 };

/** Distance of the axes' panes from the box, as a fraction of its sides, as in mplot3d. */
export const STAND_OFF = 1 / 48;

/** Margin around the content, as a factor of the radius of its sphere. */
const MARGIN = 1.04;
/** Margin around the box with its ticks and labels, as a factor of the radius of its sphere. */
const AXES_MARGIN = 1.1;

/**
 * Sine of the largest angle between the view direction and the fitted sphere. An eye closer than that does not see all
 * of it.
 */
const WIDEST = Math.sin(Math.PI / 3);

/** What a camera must show. */
export interface Subject {
  /** Sides of the box in the unit cube. */
  readonly extent: Vec3;
  /** Whether there are axes around the box; then the whole box must be visible. */
  readonly hasAxes: boolean;
  /** The sphere around the content; undefined if there is no content. Then the box is fitted. */
  content(): Sphere | undefined;
}

/** The camera as drawn. @param auto the meaning of `fit="auto"`. */
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

/** Ratio of a sphere's apparent size in perspective to the size of its central section. */
function spread({ projection, distance }: Camera, radius: number): number {
  if (projection === "orthographic") return 1;
  const sine = Math.min(radius / distance, WIDEST);
  return 1 / Math.sqrt(1 - sine ** 2);
}
