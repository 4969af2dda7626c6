/** Grid: a scalar field sampled in cubes over the field of view, x fastest. */
import type { Vec3 } from "../../src/volume.ts";
import { clamp, lerp } from "./shapes.ts";

/**
 * Size of the field of view of the article's structural image in mm, and its low corner relative to the anterior
 * commissure.
 */
export const FIELD_OF_VIEW: Vec3 = [157, 189, 136];
export const CORNER: Vec3 = [-78.5, -113, -50];

export interface Grid {
  readonly dims: Vec3;
  /** Side of a cube in mm. */
  readonly step: number;
  readonly data: Float32Array;
}

/** Grid of cubes of `step` mm over the field of view, filled from the mm coordinates of their centres. */
export function fill(step: number, value: (x: number, y: number, z: number, index: number) => number): Grid {
  const dims: Vec3 = [
    Math.ceil(FIELD_OF_VIEW[0] / step),
    Math.ceil(FIELD_OF_VIEW[1] / step),
    Math.ceil(FIELD_OF_VIEW[2] / step),
  ];
  const data = new Float32Array(dims[0] * dims[1] * dims[2]);
  for (let k = 0, n = 0; k < dims[2]; k++) {
    for (let j = 0; j < dims[1]; j++) {
      for (let i = 0; i < dims[0]; i++, n++) {
        data[n] = value(centre(0, i, step), centre(1, j, step), centre(2, k, step), n);
      }
    }
  }
  return { dims, step, data };
}

function centre(axis: number, i: number, step: number): number {
  return CORNER[axis] + (i + 0.5) * step;
}

/** Trilinear value at a point in mm, clamped to the edge. */
export function sample({ dims, step, data }: Grid, x: number, y: number, z: number): number {
  const u = clamp((x - CORNER[0]) / step - 0.5, 0, dims[0] - 1.001);
  const v = clamp((y - CORNER[1]) / step - 0.5, 0, dims[1] - 1.001);
  const w = clamp((z - CORNER[2]) / step - 0.5, 0, dims[2] - 1.001);
  const i = Math.floor(u);
  const j = Math.floor(v);
  const k = Math.floor(w);
  const row = dims[0];
  const slice = row * dims[1];
  const n = i + j * row + k * slice;
  const s = u - i;
  const t = v - j;
  const low = lerp(lerp(data[n], data[n + 1], s), lerp(data[n + row], data[n + row + 1], s), t);
  const m = n + slice;
  const high = lerp(lerp(data[m], data[m + 1], s), lerp(data[m + row], data[m + row + 1], s), t);
  return lerp(low, high, w - k);
}

/** Mean over a box of 2 `radius` + 1 cubes per side, with running sums. Values beyond the edge count as 0. */
export function boxBlur({ dims, step, data }: Grid, radius: number): Grid {
  let from = data;
  let stride = 1;
  for (const n of dims) {
    const to = new Float32Array(from.length);
    for (let start = 0; start < from.length; start += stride * n) {
      for (let line = start; line < start + stride; line++) {
        let sum = 0;
        for (let i = 0; i < n + radius; i++) {
          if (i < n) sum += from[line + i * stride];
          if (i > 2 * radius) sum -= from[line + (i - 2 * radius - 1) * stride];
          if (i >= radius) to[line + (i - radius) * stride] = sum / (2 * radius + 1);
        }
      }
    }
    from = to;
    stride *= n;
  }
  return { dims, step, data: from };
}

/** The field averaged over `dims` voxels of `spacing` mm, centred in the field of view. It is 0 outside. */
export function average(field: Grid, dims: Vec3, spacing: Vec3): Float32Array {
  let from: Float32Array = field.data;
  let stride = 1;
  for (let axis = 0; axis < 3; axis++) {
    from = averageAxis(from, stride, field.dims[axis], dims[axis], spacing[axis] / field.step);
    stride *= dims[axis];
  }
  return from;
}

/** Averages lines of n cubes, `stride` apart, over m boxes that are `width` cubes wide. */
function averageAxis(from: Float32Array, stride: number, n: number, m: number, width: number): Float32Array {
  const lines = from.length / (stride * n);
  const margin = (n - m * width) / 2;
  const to = new Float32Array(lines * stride * m);
  for (let box = 0; box < m; box++) {
    const start = Math.max(0, margin + box * width);
    const end = Math.min(n, margin + (box + 1) * width);
    for (let i = Math.floor(start); i < end; i++) {
      const weight = (Math.min(i + 1, end) - Math.max(i, start)) / width;
      for (let line = 0; line < lines; line++) {
        const source = (line * n + i) * stride;
        const target = (line * m + box) * stride;
        for (let s = 0; s < stride; s++) to[target + s] += weight * from[source + s];
      }
    }
  }
  return to;
}
