/** Trilinear resampling of a volume to 8 bits, a size and type that every program accepts. */

import { DTYPES, type Vec3, type Volume, wholeBox } from "../src/volume.ts";

/**
 * Resamples `volume` to the voxel centres of a grid of `dims` over the same box, scaled so that the lowest value is 0
 * and the highest 255. Missing values (NaN, infinities) count as the lowest.
 */
export async function resampledToUint8(volume: Volume, dims: Vec3): Promise<Uint8Array<ArrayBuffer>> {
  const values = await valuesOf(volume);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const gain = high > low ? 255 / (high - low) : 0;
  const levels = values.map((value) => (Number.isFinite(value) ? (value - low) * gain : 0));
  const [nx, ny] = volume.dims;
  const [xs, ys, zs] = dims.map((n, axis) => neighbours(n, volume.dims[axis]));
  const out = new Uint8Array(dims[0] * dims[1] * dims[2]);
  let i = 0;
  for (const z of zs) {
    for (const y of ys) {
      const rows = [z.low * ny + y.low, z.low * ny + y.high, z.high * ny + y.low, z.high * ny + y.high];
      const [a, b, c, d] = rows.map((row) => row * nx);
      for (const x of xs) {
        const along = (row: number) => mix(levels[row + x.low], levels[row + x.high], x.share);
        out[i++] = Math.round(
          mix(mix(along(a), along(b), y.share), mix(along(c), along(d), y.share), z.share),
        );
      }
    }
  }
  return out;
}

const mix = (a: number, b: number, share: number) => a + (b - a) * share;

/**
 * For each of `n` voxel centres on an axis of `stored` voxels: the voxels on both sides, and the weight of the higher
 * one.
 */
function neighbours(n: number, stored: number): { low: number; high: number; share: number }[] {
  return Array.from({ length: n }, (_, i) => {
    const at = Math.min(Math.max(((i + 0.5) * stored) / n - 0.5, 0), stored - 1);
    const low = Math.floor(at);
    return { low, high: Math.min(low + 1, stored - 1), share: at - low };
  });
}

type Getter = "getUint8" | "getInt8" | "getUint16" | "getInt16" | "getUint32" | "getInt32";
const GETTERS: Partial<Record<Volume["dtype"], Getter | "getFloat32" | "getFloat64">> = {
  uint8: "getUint8",
  int8: "getInt8",
  uint16: "getUint16",
  int16: "getInt16",
  uint32: "getUint32",
  int32: "getInt32",
  float32: "getFloat32",
  float64: "getFloat64",
};

/** @throws Error for rare data types. */
async function valuesOf({
  dims,
  dtype,
  littleEndian,
  slope,
  intercept,
  read,
}: Volume): Promise<Float32Array<ArrayBuffer>> {
  const getter = GETTERS[dtype];
  if (!getter)
    throw new Error(`a volume of ${dtype} cannot be resampled here; of numbers up to 32 bits it can`);
  const data = await read(0, wholeBox(dims));
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const bytes = DTYPES[dtype];
  return Float32Array.from(
    { length: data.byteLength / bytes },
    (_, i) => view[getter](i * bytes, littleEndian) * slope + intercept,
  );
}
