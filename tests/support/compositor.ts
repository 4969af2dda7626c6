/** Reference renderer for exact blending, in float64: each pixel's ray tests every voxel. */

import { palette } from "../../src/options/colormaps.ts";
import type { DrawnSettings } from "../../src/options/settings.ts";
import type { Vec3 } from "../../src/volume.ts";
import { type Field, pipeline, pythonRound } from "./oracle.ts";
import type { Picture } from "./png.ts";
import "./all-colormaps.ts";

/** A filled voxel to draw: corners in the unit cube; red, green, blue and alpha from 0 to 1. */
interface Voxel {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly color: readonly number[];
  readonly alpha: number;
}

interface Ray {
  readonly origin: readonly number[];
  readonly direction: readonly number[];
  /** Where the ray begins. */
  readonly start: number;
}

/** Renders a volume of these values over white, with one sample per pixel. */
export function composite(
  source: Field,
  settings: DrawnSettings,
  width: number,
  height: number,
  spacing: Vec3 = [1, 1, 1],
): Picture {
  const voxels = drawn(source, settings, spacing);
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let j = 0; j < height; j++)
    for (let i = 0; i < width; i++) {
      const ray = rayOf(settings.camera, i + 0.5 - width / 2, j + 0.5 - height / 2, Math.min(width, height));
      const rgb = along(ray, voxels).map((level) => Math.round(level * 255));
      data.set(rgb, 4 * (j * width + i));
    }
  return { width, height, data };
}

/** The filled voxels that the settings leave. */
function drawn(source: Field, settings: DrawnSettings, spacing: Vec3): Voxel[] {
  const { resized, alpha } = pipeline(source, settings);
  const { aspect, crop, explode, opacity, colormap } = settings;
  const colors = new Uint8Array(palette(colormap).slice().buffer);
  const sides = source.dims.map((n, axis) => (aspect === "cube" ? 1 : n * spacing[axis]));
  const extent = sides.map((side) => side / Math.max(...sides));
  const cell = extent.map((side, axis) => side / resized.dims[axis]);
  const first = resized.dims.map((n, axis) => pythonRound(crop[axis][0] * n));
  const [nx, ny] = alpha.dims;
  const voxels: Voxel[] = [];
  for (const [i, value] of alpha.values.entries()) {
    if (!(value > 0)) continue;
    const place = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / nx / ny)];
    const corner = (end: number) =>
      place.map((p, axis) => 0.5 - extent[axis] / 2 + (first[axis] + p + end) * cell[axis]);
    const entry = 4 * Math.min(Math.floor(value * 256), 255);
    voxels.push({
      low: corner(explode / 2),
      high: corner(1 - explode / 2),
      color: [...colors.subarray(entry, entry + 3)].map((level) => level / 255),
      alpha: value * opacity,
    });
  }
  return voxels;
}

/** The ray through a point of the window, in pixels right and down from its middle (reference/PROJECTION.md). */
function rayOf(camera: DrawnSettings["camera"], right: number, down: number, pixels: number): Ray {
  const [a, e] = [(camera.azimuth * Math.PI) / 180, (camera.elevation * Math.PI) / 180];
  const n = [Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)];
  const u = [-Math.sin(a), Math.cos(a), 0];
  const v = [-Math.sin(e) * Math.cos(a), -Math.sin(e) * Math.sin(a), Math.cos(e)];
  const [scale, centre] = [(2 * camera.half) / camera.zoom / pixels, camera.centre / camera.zoom];
  const [x, y] = [scale * right + centre, -scale * down + centre];
  const across = n.map((_, axis) => x * u[axis] + y * v[axis]);
  const back = n.map((along) => camera.distance * along);
  if (camera.projection === "orthographic") {
    return {
      origin: across.map((w, axis) => camera.focus[axis] + w),
      direction: n.map((m) => -m),
      start: -Infinity,
    };
  }
  return {
    origin: back.map((b, axis) => camera.focus[axis] + b),
    direction: across.map((w, axis) => w - back[axis]),
    start: 0,
  };
}

/**
 * Colour of a ray over white: each voxel is blended twice, where the ray enters and where it leaves, except the voxel
 * in which it starts.
 */
function along(ray: Ray, voxels: readonly Voxel[]): number[] {
  const hits: { at: number; voxel: Voxel }[] = [];
  for (const voxel of voxels) {
    let [enter, leave] = [-Infinity, Infinity];
    for (let axis = 0; axis < 3; axis++) {
      const slope = ray.direction[axis] || 1e-300;
      const a = (voxel.low[axis] - ray.origin[axis]) / slope;
      const b = (voxel.high[axis] - ray.origin[axis]) / slope;
      enter = Math.max(enter, Math.min(a, b));
      leave = Math.min(leave, Math.max(a, b));
    }
    // An eye on the border of two voxels is in the upper one.
    const holdsEye =
      ray.start === 0 && ray.origin.every((x, axis) => voxel.low[axis] <= x && x < voxel.high[axis]);
    if (enter < leave && enter >= ray.start && !holdsEye) hits.push({ at: enter, voxel });
  }
  hits.sort((a, b) => b.at - a.at);
  let seen = [1, 1, 1];
  for (const { voxel } of hits) {
    const over = (c: number, below: number) => voxel.alpha * c + (1 - voxel.alpha) * below;
    for (const _ of ["exit face", "entry face"]) seen = seen.map((below, c) => over(voxel.color[c], below));
  }
  return seen;
}
