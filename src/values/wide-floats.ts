/**
 * Converts scalars of 8 bytes to 4 bytes: the interface, and the conversion of floats. wide-integers.ts converts
 * integers.
 */

import type { Volume } from "../volume.ts";
import type { Codes } from "./codes.ts";
import { MAX_F32 } from "./raw-values.ts";
import { eachSlab } from "./slabs.ts";

/** Scalars without `offset`, in units of `unit`. */
export interface Narrowed {
  readonly kind: Codes["kind"];
  readonly offset: number;
  readonly unit: number;
  /** Converts some of the volume's scalars to codes. */
  codes(scalars: Uint8Array): Uint8Array;
  /**
   * For integers that such codes cannot distinguish: the distinct integers in order, and ranks among them as 16-bit
   * codes.
   */
  listed?(falling: boolean): Promise<ListedIntegers | undefined>;
}

export interface ListedIntegers {
  readonly scalars: Float64Array;
  codes(scalars: Uint8Array): Uint8Array;
}

export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

export async function narrowedFloats(volume: Volume): Promise<Narrowed> {
  const { slope, intercept, littleEndian } = volume;
  const isPresent = (scalar: number) => Math.abs(scalar * slope + intercept) <= MAX_F32;
  let [least, most] = [Infinity, -Infinity];
  await eachSlab(volume, (bytes) => {
    const view = viewOf(bytes);
    for (let at = 0; at < view.byteLength; at += 8) {
      const scalar = view.getFloat64(at, littleEndian);
      if (!isPresent(scalar)) continue;
      if (scalar < least) least = scalar;
      if (scalar > most) most = scalar;
    }
  });
  const offset = least <= most ? least : 0;
  // A power of 2 loses no precision. Halved first, as the range may exceed the largest number.
  const halfRange = most / 2 - least / 2;
  const unit = halfRange > 0 ? 2 ** Math.floor(Math.log2(halfRange)) : 1;
  const codes = (scalars: Uint8Array) => {
    const view = viewOf(scalars);
    const rest = new Float32Array(scalars.length / 8);
    for (let i = 0; i < rest.length; i++) {
      const scalar = view.getFloat64(8 * i, littleEndian);
      rest[i] = isPresent(scalar) ? scalar / unit - offset / unit : Number.NaN;
    }
    return new Uint8Array(rest.buffer);
  };
  return { kind: "float", offset, unit, codes };
}
