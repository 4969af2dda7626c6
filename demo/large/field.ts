/**
 * The field of the large demo: a formula for a volume of any size, with details down to single voxels. Nothing is stored:
 * every voxel of every level can be computed by itself.
 */

export type Triple = readonly [x: number, y: number, z: number];

/** A level of a volume, in voxels of level 0. */
export interface FieldGrid {
  /** Voxels along x, y, z. */
  readonly dims: Triple;
  /** Size of a voxel. */
  readonly scale: Triple;
  /** Position of the low corner of the first voxel. */
  readonly origin: Triple;
}

/** Steps of the shells: the value up to each radius, in sides of the volume. Beyond the last one it is 0. */
const SHELLS = [
  [0.12, 0.62],
  [0.17, 0.3],
  [0.19, 0.85],
  [0.29, 0.42],
  [0.31, 0.75],
  [0.38, 0.22],
  [0.41, 0],
  [0.46, 0.38],
] as const;
/** A bright ball beside the centre, so that no two axes or directions look alike. */
const BALL = { centre: [0.68, 0.55, 0.42], shells: [[0.09, 0.3]] } as const;
const CENTRE: Triple = [0.5, 0.5, 0.5];
/** Periods a side of the patterns, along x; along y and z they differ, so that the pattern has a direction. */
const PERIODS = [5.3, 21.7, 87.1, 349.3, 1397.9];
const PATTERNS = PERIODS.length;
const STRETCH: Triple = [1, 0.83, 1.19];
const AMPLITUDE = 0.16;
/** Entries of a table of shells, by the square of the radius, which is below `MOST`. */
const ENTRIES = 1 << 16;
const MOST = 0.3;

/** The position and size along an axis of all voxels of a level. */
interface AxisTable {
  /** Square of the distance from the centre and from the ball's centre. */
  readonly square: Float64Array;
  readonly ballSquare: Float64Array;
  /** The factors of all patterns, voxel by voxel. */
  readonly waves: Float64Array;
}

/**
 * One level of the field of a volume. A voxel's value, from 0 to 1, is that of its centre, with shells and patterns
 * averaged over the size of the voxel: patterns exactly (by sinc), shells along the radius.
 */
export class FieldLevel {
  readonly #axes: readonly AxisTable[];
  readonly #shells: Float64Array;
  readonly #ball: Float64Array;
  /** Radius from which all is 0. */
  readonly #radius: number;
  readonly #sides: Triple;

  /** @param sides the volume's voxels along x, y, z at level 0. */
  constructor(
    sides: Triple,
    readonly grid: FieldGrid,
  ) {
    this.#sides = sides;
    this.#axes = sides.map((_, axis) => axisTable(sides, grid, axis));
    const width = Math.max(...sides.map((side, axis) => grid.scale[axis] / side));
    this.#shells = shellTable(SHELLS, width);
    this.#ball = shellTable(BALL.shells, width);
    this.#radius = SHELLS[SHELLS.length - 1][0] + width / 2;
  }

  /** The value of a voxel, in [0, 1]. */
  value(x: number, y: number, z: number): number {
    const [ax, ay, az] = this.#axes;
    const shells =
      entry(this.#shells, ax.square[x] + ay.square[y] + az.square[z]) +
      entry(this.#ball, ax.ballSquare[x] + ay.ballSquare[y] + az.ballSquare[z]);
    // Outside the object there is no pattern.
    if (shells === 0) return 0;
    let pattern = 0;
    const [ix, iy, iz] = [x * PATTERNS, y * PATTERNS, z * PATTERNS];
    for (let k = 0; k < PATTERNS; k++) pattern += ax.waves[ix + k] * ay.waves[iy + k] * az.waves[iz + k];
    return Math.min(1, shells * (1 + AMPLITUDE * pattern));
  }

  /**
   * Writes the voxels `[start, end)`, times `most`, into an array of rows and slices of `nx` and `ny` elements, x fastest,
   * from its first element on. Integers are rounded. Voxels that are 0 are not written.
   */
  fill(start: Triple, end: Triple, out: Values, [nx, ny]: readonly number[], most: number): void {
    const half = out instanceof Float32Array ? 0 : 0.5;
    for (let z = start[2]; z < end[2]; z++) {
      for (let y = start[1]; y < end[1]; y++) {
        let at = ((z - start[2]) * ny + (y - start[1])) * nx;
        for (let x = start[0]; x < end[0]; x++, at++) {
          const value = this.value(x, y, z);
          if (value > 0) out[at] = value * most + half;
        }
      }
    }
  }

  /** True if all voxels `[start, end)` are certainly 0: they lie outside the object. */
  isEmpty(start: Triple, end: Triple): boolean {
    const { scale, origin } = this.grid;
    let square = 0;
    for (let axis = 0; axis < 3; axis++) {
      const low = (origin[axis] + (start[axis] + 0.5) * scale[axis]) / this.#sides[axis];
      const high = (origin[axis] + (end[axis] - 0.5) * scale[axis]) / this.#sides[axis];
      square += Math.max(0, low - CENTRE[axis], CENTRE[axis] - high) ** 2;
    }
    // One entry of the table more, as it is not interpolated.
    return square > this.#radius ** 2 + MOST / ENTRIES;
  }
}

/** Arrays of values that a level can write. */
export type Values = Uint8Array | Uint16Array | Float32Array;

function entry(table: Float64Array, square: number): number {
  return square < MOST ? table[(square * (ENTRIES / MOST)) | 0] : 0;
}

function axisTable(sides: Triple, { dims, scale, origin }: FieldGrid, axis: number): AxisTable {
  const [side, n] = [sides[axis], dims[axis]];
  const turns = PERIODS.map((periods) => 2 * Math.PI * periods * STRETCH[axis]);
  const means = turns.map((turn) => sinc((turn * scale[axis]) / side / 2));
  const table = {
    square: new Float64Array(n),
    ballSquare: new Float64Array(n),
    waves: new Float64Array(n * PATTERNS),
  };
  for (let i = 0; i < n; i++) {
    const position = (origin[axis] + (i + 0.5) * scale[axis]) / side;
    table.square[i] = (position - CENTRE[axis]) ** 2;
    table.ballSquare[i] = (position - BALL.centre[axis]) ** 2;
    for (let k = 0; k < PATTERNS; k++)
      table.waves[i * PATTERNS + k] = means[k] * Math.sin(turns[k] * position);
  }
  return table;
}

/** Mean of a sine over a voxel of `2 * half` radians, as a factor. */
const sinc = (half: number) => Math.sin(half) / half;

/** Values of shells by the square of the radius, averaged over `width` along the radius. */
function shellTable(
  shells: readonly (readonly [radius: number, value: number])[],
  width: number,
): Float64Array {
  // Integral of the value from radius 0 to r; the value is the same on both sides of the centre.
  const integral = (r: number): number => {
    if (r < 0) return -integral(-r);
    let sum = 0;
    let from = 0;
    for (const [radius, value] of shells) {
      sum += value * Math.max(0, Math.min(r, radius) - from);
      from = radius;
    }
    return sum;
  };
  // The difference of sums is not exactly 0 beyond the last shell.
  const last = shells[shells.length - 1][0] + width / 2;
  return Float64Array.from({ length: ENTRIES }, (_, i) => {
    const r = Math.sqrt(((i + 0.5) * MOST) / ENTRIES);
    return r > last ? 0 : Math.max(0, integral(r + width / 2) - integral(r - width / 2)) / width;
  });
}
