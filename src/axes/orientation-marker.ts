/**
 * Layout of the orientation marker: the axes of the box, turned with the camera, with letters at their ends. Letters
 * never overlap lines or other letters.
 */

import { cameraFrame } from "../options/camera.ts";
import { type AxisEnd, axisEnds } from "../options/orientation.ts";
import type { DrawnSettings } from "../options/settings.ts";
import type { ScalarImage, Vec3 } from "../volume.ts";
import { halfSize, type Label, meets, overlap, reach } from "./labels.ts";
import type { Grid } from "./scale.ts";
import type { Point } from "./screen.ts";

/** A line from the centre to an end of an axis. Positions are in CSS pixels from the marker's centre. */
export interface Arm {
  readonly end: Point;
  /** True for an axis that points at the eye, or away from it: it is a dot. */
  readonly isDot: boolean;
  /** The letter; undefined if there is no room for it. */
  readonly label: Label | undefined;
  /** 1 for what is near, less for what points away. */
  readonly opacity: number;
}

export interface OrientationMarker {
  /** Side of the square that it takes, in CSS pixels. */
  readonly size: number;
  /** From the farthest to the nearest. */
  readonly arms: readonly Arm[];
}

/** Length of an arm that lies in the plane of the picture, in em. */
const ARM_EMS = 1.9;
/** Side of the marker's square, in em. */
export const MARKER_EMS = 6.5;
/** Distance from the end of an arm to its letter, in em. */
const GAP_EMS = 0.35;
/** An arm that is seen shorter than this, in em, is a dot. */
const DOT_EMS = 0.3;
/** Distances at which a letter is tried, as factors of the smallest, and the angles to its arm, in degrees. */
const FACTORS = [1, 1.6];
const ANGLES = [0, 30, -30, 60, -60, 90, -90, 120, -120];
/** Direction of a letter whose arm is a dot, in degrees counter-clockwise from the right. */
const BESIDE_DOT = 45;
/** If both ends of an axis have letters, the one that points away further than this, as a sine, is not shown. */
const HIDDEN = -0.3;
/** Opacity of arms that point away, and the depths, as sines, between which it falls from 1. */
const FAR = { opacity: 0.55, from: -0.05, to: -0.4 };

/** The marker of a volume as its camera sees it, in orthographic projection. @param fontSize in CSS pixels. */
export function orientationMarkerFor(
  { camera, flip }: Pick<DrawnSettings, "camera" | "flip">,
  volume: Grid & Pick<ScalarImage, "oriented">,
  fontSize: number,
): OrientationMarker {
  const { right, up, towards } = cameraFrame(camera);
  // Explicit voxels are not flipped.
  const ends = axisEnds(volume, volume.bounds ? [false, false, false] : flip);
  const seen = ends.map(({ letter, axis, sign }) => {
    const along = (direction: Vec3) => sign * direction[axis];
    const end: Point = [ARM_EMS * fontSize * along(right), -ARM_EMS * fontSize * along(up)];
    return { letter, axis, end, depth: along(towards), isDot: Math.hypot(...end) < DOT_EMS * fontSize };
  });
  const visible = seen
    .filter(({ depth }) => !volume.oriented || depth > HIDDEN)
    .sort((a, b) => b.depth - a.depth);
  const size = MARKER_EMS * fontSize;
  const labels: Label[] = [];
  const arms = visible.map(({ letter, end, depth, isDot }): Arm => {
    const label = candidates(letter, end, isDot, fontSize).find(
      (label) =>
        isWithin(label, size, fontSize) &&
        !labels.some((other) => overlap(label, other, fontSize)) &&
        !visible.some((arm) => meets(label, [[0, 0], arm.end], fontSize)),
    );
    if (label) labels.push(label);
    return { end, isDot, label, opacity: opacityAt(depth) };
  });
  return { size, arms: arms.reverse() };
}

/** Positions of a letter around the end of its arm, best first. */
function candidates(letter: AxisEnd["letter"], end: Point, isDot: boolean, fontSize: number): Label[] {
  const outwards = isDot ? (-BESIDE_DOT * Math.PI) / 180 : Math.atan2(end[1], end[0]);
  return FACTORS.flatMap((factor) =>
    ANGLES.map((degrees) => {
      const angle = outwards + (degrees * Math.PI) / 180;
      const [x, y] = [Math.cos(angle), Math.sin(angle)];
      const far = factor * (GAP_EMS * fontSize + reach(letter, fontSize, [x, y]));
      return { text: letter, at: [end[0] + far * x, end[1] + far * y] as const };
    }),
  );
}

function isWithin({ text, at }: Label, size: number, fontSize: number): boolean {
  return halfSize(text, fontSize).every((half, i) => Math.abs(at[i]) + half <= size / 2);
}

function opacityAt(depth: number): number {
  const part = (FAR.from - depth) / (FAR.from - FAR.to);
  return 1 - (1 - FAR.opacity) * Math.min(Math.max(part, 0), 1);
}
