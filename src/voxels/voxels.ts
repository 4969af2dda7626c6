/**
 * Explicit voxels with their own colours, edges and coordinates (as matplotlib's `ax.voxels`), and their validation.
 */

import { VoxelVolumeError } from "../errors.ts";
import type { Vec3 } from "../volume.ts";
import {
  type Color,
  type Colors,
  colorFrom,
  colorsFrom,
  type ParseColor,
  parseHex,
  type Rgba,
} from "./colors.ts";
import { flat, type Nested, shapeOf, sizeOf } from "./nested-arrays.ts";

/** Equivalent to matplotlib's `ax.voxels([x, y, z], filled, facecolors, edgecolors)`. */
export interface Voxels {
  /** Voxels along x, y, z; optional if `filled` or `rgba` is nested. */
  readonly dims?: Vec3;
  /** Which voxels are filled; by default those whose alpha is not 0. */
  readonly filled?: Nested<boolean | number>;
  /** Colours of the faces; by default matplotlib's blue. */
  readonly rgba?: Colors;
  /**
   * "outer", as in matplotlib: without faces between two filled voxels. If voxels are exploded, all faces are drawn.
   */
  readonly faces?: "outer" | "all";
  /** Lines along the faces: their colour, and their width in CSS pixels (default 1). */
  readonly edges?: Color | { readonly color: Color; readonly width?: number } | null;
  /**
   * Positions of the corners: three ascending arrays with one more element than there are voxels along the axis; or
   * three arrays [x, y, z] of all corners, as `np.indices(shape + 1)`. By default 0, 1, 2 …
   */
  readonly coordinates?: readonly [Coordinates, Coordinates, Coordinates] | null;
}

export type Coordinates = Nested<number>;

/** Validated `Voxels`. Arrays have x fastest. */
export interface CheckedVoxels {
  readonly dims: Vec3;
  /** 0 or 1. */
  readonly filled: Uint8Array;
  readonly rgb: Uint32Array<ArrayBuffer>;
  readonly alpha: Float32Array<ArrayBuffer>;
  readonly hideInner: boolean;
  /** Colour of the lines, with straight alpha. */
  readonly edge: Rgba;
  /** Width of the lines in CSS pixels, 0 for no lines. */
  readonly edgeWidth: number;
  /** Coordinates of the planes of each axis. */
  readonly planes?: readonly [Float64Array, Float64Array, Float64Array];
  /** Coordinates of all corners, one more along each axis than there are voxels. */
  readonly corners?: readonly [Float64Array, Float64Array, Float64Array];
  /** Lowest and highest coordinates. */
  readonly low: Vec3;
  readonly high: Vec3;
}

const BLUE = "#1f77b4";
const WIDEST = 100;

/**
 * Validates explicit voxels.
 * @param parse parses CSS colours; by default hexadecimal ones.
 * @throws VoxelVolumeError "invalid-option" for shapes that do not match, for invalid colours, and for coordinates that
 *   are not numbers or not ascending.
 */
export function checkVoxels(voxels: Voxels, parse: ParseColor = parseHex): CheckedVoxels {
  if (typeof voxels !== "object" || voxels === null) {
    throw misfit("voxels", "an object, as in { filled, rgba, edges }");
  }
  const { filled, rgba = BLUE, faces = "outer", edges, coordinates } = voxels;
  const dims = named("dims", () => dimsOf(voxels));
  const count = dims[0] * dims[1] * dims[2];
  const colors = named("rgba", () => colorsFrom(rgba, dims, parse));
  const given = named("filled", () => (filled ? flat(filled, dims) : colors.alpha));
  const { edge, edgeWidth } = named("edges", () => edgesFrom(edges, parse));
  if (faces !== "outer" && faces !== "all") throw misfit("faces", "outer or all");
  return {
    dims,
    filled: Uint8Array.from({ length: count }, (_, i) => Number(Boolean(given[i]))),
    ...colors,
    hideInner: faces === "outer",
    edge,
    edgeWidth,
    ...named("coordinates", () => placesFrom(coordinates, dims)),
  };
}

function dimsOf({ dims, filled, rgba }: Voxels): Vec3 {
  const found = dims ?? shapeOf(filled) ?? shapeOf(rgba);
  if (!found) throw new Error("[x, y, z], for neither filled nor rgba is nested as a[x][y][z]");
  if (found.length !== 3 || !found.every((n) => Number.isInteger(n) && n > 0)) {
    throw new Error(`three whole numbers from 1, not ${[...found].join(", ")}`);
  }
  if (found[0] * found[1] * found[2] > 2 ** 28) throw new Error(`at most 2**28 voxels, not ${sizeOf(found)}`);
  return [found[0], found[1], found[2]];
}

function edgesFrom(edges: Voxels["edges"], parse: ParseColor): { edge: Rgba; edgeWidth: number } {
  if (!edges) return { edge: [0, 0, 0, 0], edgeWidth: 0 };
  const isColor = typeof edges === "string" || !("color" in edges);
  const { color, width = 1 } = isColor ? { color: edges as Color } : edges;
  if (!(width >= 0 && width <= WIDEST)) throw new Error(`a width from 0 to ${WIDEST} pixels, not ${width}`);
  return { edge: colorFrom(color, parse), edgeWidth: width };
}

type Places = Pick<CheckedVoxels, "planes" | "corners" | "low" | "high">;

function placesFrom(coordinates: Voxels["coordinates"], dims: Vec3): Places {
  if (!coordinates) return { low: [0, 0, 0], high: dims };
  if (coordinates.length !== 3) throw new Error("three arrays, of x, y and z");
  const isOneAxis = coordinates.map((a, axis) => !shapeOf(a) && a.length === dims[axis] + 1);
  const corners = dims.map((n) => n + 1) as unknown as Vec3;
  const expected = `${corners.join(", ")} numbers, one more than there are voxels, or three arrays of ${sizeOf(corners)}`;
  const arrays = coordinates.map((a) => {
    try {
      return Float64Array.from(isOneAxis.every(Boolean) ? (a as ArrayLike<number>) : flat(a, corners));
    } catch {
      throw new Error(expected);
    }
  }) as unknown as readonly [Float64Array, Float64Array, Float64Array];
  if (!arrays.every((a) => a.every(Number.isFinite)))
    throw new Error("numbers, none of them NaN or infinite");
  const low = arrays.map((a) => a.reduce((x, y) => Math.min(x, y))) as unknown as Vec3;
  const high = arrays.map((a) => a.reduce((x, y) => Math.max(x, y))) as unknown as Vec3;
  if (low.some((x, axis) => !(x < high[axis])))
    throw new Error("corners that are not all at one place of an axis");
  if (!isOneAxis.every(Boolean)) return { corners: arrays, low, high };
  for (const [axis, a] of arrays.entries()) {
    const falls = a.findIndex((x, i) => x < a[i - 1]);
    if (falls > 0) throw new Error(`ascending numbers, but ${"xyz"[axis]} has ${a[falls - 1]}, ${a[falls]}`);
  }
  return { planes: arrays, low, high };
}

function named<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw misfit(name, (error as Error).message);
  }
}

function misfit(name: string, expected: string): VoxelVolumeError {
  return new VoxelVolumeError("invalid-option", `voxels: ${name}: expected ${expected}`);
}
