/** Projects points of the box into the picture, and clips what is behind the eye or too close to it. */

import type { DrawnCamera } from "../options/camera.ts";
import { clipFromBox } from "../options/projection.ts";
import type { Vec3 } from "../volume.ts";

/** CSS pixels from the picture's upper left corner. */
export type Point = readonly [x: number, y: number];

/** Before the division by w, the distance from the eye. */
type Projected = readonly [x: number, y: number, w: number];

/** The minimum w that is shown, in camera distances. */
const NEAR = 0.01;

export class Screen {
  readonly #matrix: Float64Array;
  readonly #near: number;

  constructor(
    camera: DrawnCamera,
    readonly width: number,
    readonly height: number,
  ) {
    this.#matrix = clipFromBox(camera, width, height);
    this.#near = camera.projection === "perspective" ? NEAR * camera.distance : 0;
  }

  /** Projects a point in box coordinates; undefined if it is not in front of the eye. */
  point(at: Vec3): Point | undefined {
    const projected = this.#project(at);
    return projected[2] < this.#near ? undefined : this.#divide(projected);
  }

  /** The visible part of a line: two points, or none. */
  segment(from: Vec3, to: Vec3): Point[] {
    const [a, b] = [this.#project(from), this.#project(to)];
    if (a[2] < this.#near && b[2] < this.#near) return [];
    return [this.#cut(a, b), this.#cut(b, a)].map((end) => this.#divide(end));
  }

  /** The visible part of a convex polygon. */
  polygon(corners: readonly Vec3[]): Point[] {
    return corners.flatMap((corner, i) => this.segment(corner, corners[(i + 1) % corners.length]));
  }

  /** The part of a line of the picture that lies within the picture: two points, or none. */
  within([from, to]: readonly Point[]): Point[] {
    if (!from) return [];
    let [enter, leave] = [0, 1];
    for (const [i, side] of [this.width, this.height].entries()) {
      const crossings = [0, side].map((border) => (border - from[i]) / (to[i] - from[i]));
      enter = Math.max(enter, Math.min(...crossings));
      leave = Math.min(leave, Math.max(...crossings));
    }
    if (!(enter <= leave)) return [];
    return [enter, leave].map(
      (t): Point => [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])],
    );
  }

  /** The side of a line of the picture on which a point lies, as a sign. The point may be behind the eye. */
  side([from, to]: readonly Point[], at: Vec3): number {
    const [x, y, w] = this.#project(at);
    const [right, down] = [
      ((x + w) / 2) * this.width - w * from[0],
      ((w - y) / 2) * this.height - w * from[1],
    ];
    return (to[0] - from[0]) * down - (to[1] - from[1]) * right;
  }

  holds([x, y]: Point): boolean {
    return x >= 0 && x <= this.width && y >= 0 && y <= this.height;
  }

  #project([x, y, z]: Vec3): Projected {
    const m = this.#matrix;
    const row = (i: number) => m[i] * x + m[4 + i] * y + m[8 + i] * z + m[12 + i];
    return [row(0), row(1), row(3)];
  }

  /** `end`, or if that is clipped, the first visible point from `end` towards `other`. */
  #cut(end: Projected, other: Projected): Projected {
    if (end[2] >= this.#near) return end;
    const t = (this.#near - end[2]) / (other[2] - end[2]);
    const mix = (i: number) => end[i] + t * (other[i] - end[i]);
    return [mix(0), mix(1), this.#near];
  }

  #divide([x, y, w]: Projected): Point {
    return [(x / w / 2 + 0.5) * this.width, (0.5 - y / w / 2) * this.height];
  }
}
