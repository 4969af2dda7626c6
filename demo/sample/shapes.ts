/** Shapes: signed distances in mm (negative inside) and the ways to join them. */

export type Point = readonly [x: number, y: number, z: number];

export function clamp(v: number, low: number, high: number): number {
  return Math.min(Math.max(v, low), high);
}

export function lerp(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/** 0 below `low`, 1 above `high`, smooth in between. */
export function smoothstep(low: number, high: number, v: number): number {
  const t = clamp((v - low) / (high - low), 0, 1);
  return t * t * (3 - 2 * t);
}

/** Ellipsoid about the origin with radii a, b, c: exact at the surface, close to it near by. */
export function ellipsoid(x: number, y: number, z: number, a: number, b: number, c: number): number {
  const p = x / a;
  const q = y / b;
  const r = z / c;
  const near = Math.sqrt(p * p + q * q + r * r);
  const u = p / a;
  const v = q / b;
  const w = r / c;
  const slope = Math.sqrt(u * u + v * v + w * w);
  return slope === 0 ? -Math.min(a, b, c) : (near * (near - 1)) / slope;
}

/** Tube from `a` to `b` whose radius changes evenly from `ra` to `rb`. */
export function tube(x: number, y: number, z: number, a: Point, b: Point, ra: number, rb: number): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const dz = b[2] - a[2];
  const px = x - a[0];
  const py = y - a[1];
  const pz = z - a[2];
  const t = clamp((px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz), 0, 1);
  const ex = px - t * dx;
  const ey = py - t * dy;
  const ez = pz - t * dz;
  return Math.sqrt(ex * ex + ey * ey + ez * ez) - ra - t * (rb - ra);
}

/** Union whose seam is rounded over about k mm. */
export function join(a: number, b: number, k: number): number {
  const h = Math.max(k - Math.abs(a - b), 0) / k;
  return Math.min(a, b) - (h * h * k) / 4;
}

/** Intersection whose edge is rounded over about k mm. */
export function meet(a: number, b: number, k: number): number {
  return -join(-a, -b, k);
}
