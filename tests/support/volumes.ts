/** Volumes from numbers, and small ones of each kind. */

import { memoryVolume } from "../../src/memory-volume.ts";
import type { Dtype, Vec3, Volume } from "../../src/volume.ts";
import { voxels } from "./make-volume.ts";
import { random } from "./oracle.ts";
import type { VolumeWithData } from "./volume-data.ts";

/** A volume with these bytes. */
export function volumeOf(
  dims: Vec3,
  dtype: Dtype,
  data: Uint8Array,
  rest: Partial<Volume> = {},
): VolumeWithData {
  return { ...memoryVolume({ name: "test", ...rest, dims, dtype, data }), data };
}

/** A volume whose stored scalars are computed per voxel. */
export function volumeBy(
  dims: Vec3,
  dtype: Dtype,
  scalar: (x: number, y: number, z: number) => number,
  rest: Partial<Volume> = {},
): VolumeWithData {
  const value = (i: number) =>
    scalar(i % dims[0], Math.floor(i / dims[0]) % dims[1], Math.floor(i / dims[0] / dims[1]));
  return volumeOf(
    dims,
    dtype,
    voxels({ dims: [...dims], dtype, bigEndian: rest.littleEndian === false, value }),
    rest,
  );
}

/** A volume of one row with these stored scalars. */
export function rowOf(scalars: readonly number[], dtype: Dtype, rest: Partial<Volume> = {}): VolumeWithData {
  return volumeBy([scalars.length, 1, 1], dtype, (x) => scalars[x], rest);
}

/** Position from -1 to 1 of voxel `i` of `n`. */
const along = (n: number, i: number) => (2 * (i + 0.5)) / n - 1;

/** Distance from the centre of a cube of n voxels per side; 1 is half a side. */
export const radiusIn = (n: number) => (x: number, y: number, z: number) =>
  Math.hypot(along(n, x), along(n, y), along(n, z));

/** A ball with value `inside` on the background `outside`. */
export function maskVolume(dtype: Dtype, [outside, inside] = [0, 1], n = 24): VolumeWithData {
  const radius = radiusIn(n);
  return volumeBy([n, n, n], dtype, (...p) => (radius(...p) < 0.8 ? inside : outside));
}

/** A ball divided into patches, each of the voxels nearest to one of several points, with labels 1, 2, 3 ... */
export function labelVolume(
  labels: number,
  dtype: Dtype,
  n = 24,
  rest: Partial<Volume> = {},
): VolumeWithData {
  const next = random(labels);
  const points = Array.from({ length: labels }, () => [next() * n, next() * n, next() * n]);
  const radius = radiusIn(n);
  return volumeBy(
    [n, n, n],
    dtype,
    (...p) => {
      if (radius(...p) > 0.9) return 0;
      let [nearest, least] = [0, Infinity];
      for (const [label, q] of points.entries()) {
        const distance = (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 + (p[2] - q[2]) ** 2;
        if (distance < least) [nearest, least] = [label, distance];
      }
      return nearest + 1;
    },
    rest,
  );
}

/** A normal deviate, from two uniform ones. */
export const gaussian = (next: () => number) =>
  Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

/** A statistic with both signs: noise with one strong region of each sign, 0 outside a ball. */
export function signedVolume(dtype: Dtype, scale = 1, n = 24, rest: Partial<Volume> = {}): VolumeWithData {
  const next = random(5);
  const radius = radiusIn(n);
  return volumeBy(
    [n, n, n],
    dtype,
    (x, y, z) => {
      if (radius(x, y, z) > 0.95) return 0;
      const blob = (at: number) => Math.exp(-((x - at * n) ** 2 + (y - n / 2) ** 2 + (z - n / 2) ** 2) / 12);
      const value = scale * (gaussian(next) + 7 * blob(0.3) - 6 * blob(0.7));
      return dtype.startsWith("float") ? Math.fround(value) : Math.round(value);
    },
    rest,
  );
}

/** A CT: air, a body with an organ and bone, and `padding` outside the field of view. */
export function ctVolume(padding = -1024, n = 32): VolumeWithData {
  const next = random(9);
  const radius = radiusIn(n);
  return volumeBy([n, n, n], "int16", (x, y, z) => {
    const [u, v] = [along(n, x), along(n, y)];
    if (Math.hypot(u, v) > 0.97) return padding;
    const noise = Math.round(12 * gaussian(next));
    if (radius(x, y, z) > 0.8) return -1000 + noise;
    if (Math.hypot(u, v - 0.4) < 0.15) return 700 + 10 * noise;
    if (Math.hypot(u + 0.3, v) < 0.25) return 60 + noise;
    return Math.hypot(u - 0.35, v) < 0.25 ? -850 + noise : -90 + noise;
  });
}

/** Faint fibres on a dark background, and `hot` voxels that are far brighter. */
export function stackVolume(hot = 20, n = 40): VolumeWithData {
  const next = random(3);
  const volume = volumeBy([n, n, n / 2], "uint16", (x, y, z) => {
    const fibre = Math.exp(-((x - n / 2 - 8 * Math.sin(y / 5 + z / 9)) ** 2) / 8);
    return Math.round(100 + 8 * gaussian(next) + 900 * fibre * (0.5 + 0.5 * next()));
  });
  const view = new DataView(volume.data.buffer);
  for (let i = 0; i < hot; i++)
    view.setUint16(2 * Math.floor(next() * (volume.data.length / 2)), 60000 + i, true);
  return volume;
}
