/** PageCodes: converts a volume's scalars to the codes of its pages, which are those of its overview where possible. */

import type { Codes } from "../../values/codes.ts";
import { valuesIn } from "../../values/raw-values.ts";
import { type KeyRange, keyValueOf, type ValueSource } from "../../values/stored-values.ts";
import type { ValueProfile } from "../../values/value-profile.ts";
import { DTYPES, type Volume } from "../../volume.ts";

export interface PageCodes {
  readonly codes: Codes;
  /** Keys outside this range are missing. */
  readonly present: KeyRange;
  /** Codes of scalars as stored. */
  convert(scalars: Uint8Array): Uint8Array;
}

const FLOATS: Codes = { kind: "float", bytes: 4, bigEndian: false, falling: false };

/** Keys of floats that are finite: all but the infinities and NaN at both ends. */
const FINITE: KeyRange = { first: 2 ** 23, last: 2 ** 32 - 1 - 2 ** 23 };

/**
 * The codes for values on a scale: those of the overview, except for scalars of 8 bytes. These become floats that count
 * from the overview's least value, which keeps differences of large values; other levels may have lesser ones.
 */
export function scaleCodes(volume: Volume, source: ValueSource, { first }: KeyRange): PageCodes {
  const { codes, present } = source;
  if (DTYPES[volume.dtype] === codes.bytes) return { codes, present, convert: (scalars) => scalars };
  return {
    codes: FLOATS,
    present: FINITE,
    convert(scalars) {
      const value = valuesIn(volume, scalars);
      const numbers = new Float32Array(scalars.length / DTYPES[volume.dtype]);
      for (let i = 0; i < numbers.length; i++) numbers[i] = keyValueOf(source, value(i), first);
      return new Uint8Array(numbers.buffer);
    },
  };
}

/** The codes for listed values, such as labels: those of the overview's list. Values that are not in it are missing. */
export function listCodes(
  volume: Volume,
  source: ValueSource,
  { levels, levelCodes }: ValueProfile,
): PageCodes {
  const { codes, present } = source;
  const common = { codes, present };
  if (DTYPES[volume.dtype] === codes.bytes) return { ...common, convert: (scalars) => scalars };
  const codeOf = new Map<number, number>();
  for (const [level, value] of levels.values.entries()) codeOf.set(value, levelCodes?.[level] ?? level);
  // The code after those of the list has no colour.
  const missing = Math.min(levels.values.length, 2 ** 16 - 1);
  return {
    ...common,
    convert(scalars) {
      const value = valuesIn(volume, scalars);
      const count = scalars.length / DTYPES[volume.dtype];
      const out = Uint16Array.from({ length: count }, (_, i) => codeOf.get(value(i)) ?? missing);
      return new Uint8Array(out.buffer);
    },
  };
}
