/** Cortex: folds the surface of the hemispheres and gives the distance of each point from the white matter. */
import { core, FAR, hemisphere, primarySulci, sideways, sylvianFissure } from "./anatomy.ts";
import { boxBlur, fill, type Grid, sample } from "./grid.ts";
import { hash, smoothNoise } from "./noise.ts";
import { clamp, smoothstep } from "./shapes.ts";

/** Thickness of the cortex in mm. */
export const CORTEX = 3.1;
/** Steepness of the fold pattern at its zero crossing, in mm; converts the pattern to a distance. */
const GAIN = 4;
/** How far the fold pattern is carried from the hull, outwards and inwards, in mm. */
const OUTWARDS = 7;
const INWARDS = 28;
/** How far above itself a point looks for the fold that it continues, in mm. More makes straighter sulci. */
const ASCENT = 4;

/**
 * Gyri (1) and sulci (-1) as a Turing pattern on the hull of the hemispheres: near neighbours excite, distant ones
 * inhibit, until a stable labyrinth forms. After each step every point copies the value found slightly closer to the
 * hull, which makes folds wind inwards like sulci.
 */
function foldPattern(): Grid {
  const step = 2;
  const hull = fill(step, (x, y, z) => hemisphere(sideways(x, y, z), y, z, 5));
  const shell: number[] = [];
  const above: number[] = [];
  const bias: number[] = [];
  let pattern = fill(step, (x, y, z, n) => {
    const d = hull.data[n];
    if (d > OUTWARDS || d < -INWARDS) return 0;
    const slope = (dx: number, dy: number, dz: number) =>
      sample(hull, x + dx, y + dy, z + dz) - sample(hull, x - dx, y - dy, z - dz);
    const gx = slope(2, 0, 0);
    const gy = slope(0, 2, 0);
    const gz = slope(0, 0, 2);
    const reach = Math.max(d, -ASCENT) / Math.sqrt(gx * gx + gy * gy + gz * gz + 1e-6);
    shell.push(n);
    above.push(x - gx * reach, y - gy * reach, z - gz * reach);
    bias.push(-0.3 - 0.7 * smoothstep(5, 1, primarySulci(sideways(x, y, z), y, z)));
    return 2 * hash(n, 0, 0, 1) - 1;
  });
  for (let round = 0; round < 16; round++) {
    const near = boxBlur(pattern, 1).data;
    const far = boxBlur(boxBlur(pattern, 2), 2).data;
    const grown = { ...pattern, data: new Float32Array(near.length) };
    for (let s = 0; s < shell.length; s++) {
      const n = shell[s];
      grown.data[n] = clamp(6 * (near[n] - far[n]) + bias[s], -1, 1);
    }
    pattern = { ...pattern, data: new Float32Array(near.length) };
    for (let s = 0, c = 0; s < shell.length; s++, c += 3) {
      pattern.data[shell[s]] = sample(grown, above[c], above[c + 1], above[c + 2]);
    }
  }
  return pattern;
}

/**
 * Distance in mm from the white matter, 0 inside it. The white matter is folded and covered by cortex of even
 * thickness; the sulci are the space in between.
 */
export function distanceFromWhite(step: number): Grid {
  const pattern = foldPattern();
  const distance = fill(step, (x, y, z) => {
    const ax = sideways(x, y, z);
    const hull = -hemisphere(ax, y, z);
    if (hull < -2) return FAR;
    const wx = smoothNoise(x / 16, y / 16, z / 16, 2);
    const wy = smoothNoise(x / 16, y / 16, z / 16, 3);
    const wz = smoothNoise(x / 16, y / 16, z / 16, 4);
    const bend = 2 + 0.2 * Math.min(hull, 25);
    const gyrus = GAIN * sample(pattern, x + bend * wx, y + bend * wy, z + bend * wz);
    const ripple = 1.2 * smoothNoise(x / 5, y / 5, z / 5, 6);
    const floor = 25 + 9 * smoothNoise(x / 18, y / 18, z / 18, 5) - hull;
    const cleft = sylvianFissure(ax + 2 * wx, y + 3 * wy, z + 3 * wz);
    const white = Math.min(hull - CORTEX, Math.max(gyrus + ripple, -floor), cleft - CORTEX);
    return Math.max(-white, Math.min(0, core(ax, y, z)));
  });
  spreadDistance(distance);
  return distance;
}

/**
 * Lowers each value to the lowest neighbour's plus the distance from there. Two sweeps compute distances from seeds.
 */
function spreadDistance({ dims, step, data }: Grid): void {
  const [nx, ny, nz] = dims;
  const offsets: number[] = [];
  const ways: number[] = [];
  for (let dk = -1; dk <= 0; dk++) {
    for (let dj = -1; dj <= 1; dj++) {
      for (let di = -1; di <= 1; di++) {
        const offset = di + dj * nx + dk * nx * ny;
        if (offset >= 0) continue;
        offsets.push(offset);
        ways.push(step * Math.sqrt(di * di + dj * dj + dk * dk));
      }
    }
  }
  const relax = (n: number, sense: number) => {
    let least = data[n];
    if (least <= 0) return;
    for (let o = 0; o < offsets.length; o++) {
      const way = data[n + sense * offsets[o]] + ways[o];
      if (way < least) least = way;
    }
    data[n] = least;
  };
  const first = 1 + nx + nx * ny;
  const last = nx * ny * nz - 1 - first;
  for (let n = first; n <= last; n++) relax(n, 1);
  for (let n = last; n >= first; n--) relax(n, -1);
}
