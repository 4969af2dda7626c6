/** Colours of explicit voxels as input: CSS, or red, green, blue and alpha. */

import type { Vec3 } from "../volume.ts";
import { flat, type Nested, shapeOf } from "./nested-arrays.ts";

/** Red, green, blue and alpha, 0 to 1. */
export type Rgba = readonly [number, number, number, number];
/** CSS, as in "#1f77b430", or red, green, blue and alpha from 0 to 1. */
export type Color = string | readonly number[];
/** Parses a CSS colour to numbers; undefined if it is not a colour. */
export type ParseColor = (css: string) => Rgba | undefined;

/**
 * One colour for all voxels, or one per voxel: flat with x fastest, or nested as `rgba[x][y][z]`. Or numbers, four per
 * voxel, with x fastest among voxels: bytes from 0 to 255, other numbers from 0 to 1.
 */
export type Colors = Color | Nested<Color> | Uint8Array | Uint8ClampedArray | Float32Array | Float64Array;

/** One colour per voxel: red, green and blue packed as in WGSL's `unpack4x8unorm`, and alpha from 0 to 1. */
export interface VoxelColors {
  readonly rgb: Uint32Array<ArrayBuffer>;
  readonly alpha: Float32Array<ArrayBuffer>;
}

/** #rgb, #rgba, #rrggbb and #rrggbbaa. */
export const parseHex: ParseColor = (css) => {
  const hex = /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.exec(css.trim())?.[1];
  if (!hex) return undefined;
  const full = (hex.length < 6 ? hex.replace(/./g, "$&$&") : hex).padEnd(8, "f");
  return [0, 2, 4, 6].map((i) => Number.parseInt(full.slice(i, i + 2), 16) / 255) as unknown as Rgba;
};

/** @throws Error that says what is expected. */
export function colorFrom(color: Color, parse: ParseColor): Rgba {
  const levels = typeof color === "string" ? parse(color) : color;
  if (!levels) throw new Error(`CSS colours, as in #1f77b430, not ${JSON.stringify(color)}`);
  if (levels.length !== 4)
    throw new Error(`red, green, blue and alpha of a colour, not ${levels.length} levels`);
  if (!levels.every((level) => level >= 0 && level <= 1)) {
    throw new Error(`levels from 0 to 1, not ${levels.join(", ")}`);
  }
  return levels as unknown as Rgba;
}

/** @throws Error that says what is expected. */
export function colorsFrom(colors: Colors, dims: Vec3, parse: ParseColor): VoxelColors {
  const n = dims[0] * dims[1] * dims[2];
  const rgb = new Uint32Array(n);
  const alpha = new Float32Array(n);
  const set = (i: number, r: number, g: number, b: number, a: number) => {
    if (!(r >= 0 && r <= 1 && g >= 0 && g <= 1 && b >= 0 && b <= 1 && a >= 0 && a <= 1)) {
      throw new Error(`levels from 0 to 1 (bytes: to 255), not ${[r, g, b, a].join(", ")}`);
    }
    rgb[i] = Math.round(255 * r) | (Math.round(255 * g) << 8) | (Math.round(255 * b) << 16);
    alpha[i] = a;
  };
  const levels = numbers(colors);
  if (levels) {
    const whole = levels instanceof Uint8Array || levels instanceof Uint8ClampedArray ? 255 : 1;
    const step = levels.length === 4 ? 0 : 4;
    if (levels.length !== 4 * n && step) {
      throw new Error(`4 numbers, or ${4 * n} for ${n} voxels, not ${levels.length}`);
    }
    for (let i = 0; i < n; i++) {
      const at = step * i;
      set(i, levels[at] / whole, levels[at + 1] / whole, levels[at + 2] / whole, levels[at + 3] / whole);
    }
    return { rgb, alpha };
  }
  const known = new Map<Color, Rgba>();
  const one = (color: Color) => {
    const found = known.get(color) ?? colorFrom(color, parse);
    if (typeof color === "string") known.set(color, found);
    return found;
  };
  const list = typeof colors === "string" ? undefined : flat(colors as Nested<Color>, dims);
  for (let i = 0; i < n; i++) set(i, ...one(list ? list[i] : (colors as string)));
  return { rgb, alpha };
}

/** The colours if they are plain numbers; else undefined. */
function numbers(colors: Colors): ArrayLike<number> | undefined {
  if (typeof colors === "string" || shapeOf(colors)) return undefined;
  return ArrayBuffer.isView(colors) || typeof colors[0] === "number"
    ? (colors as ArrayLike<number>)
    : undefined;
}
