/** Text headers of formats whose voxels follow in the same file or are in other files. */
import type { ByteFile } from "../util/byte-file.ts";
import { damaged } from "../util/damaged.ts";

/** Bytes to read, in growing steps; few headers are longer than the first. */
const LENGTHS = [1 << 12, 1 << 16, 1 << 20] as const;

/** Most characters that are kept of a field; the relevant fields are shorter. */
export const LONGEST_FIELD = 4096;

interface TextHeader {
  readonly lines: readonly string[];
  /** Offset of the first byte after the header. */
  readonly end: number;
}

/**
 * Reads the header at the beginning of a file whose first bytes are `head`. `endOf` returns the offset after the header
 * if it ends within the given bytes; if it never does, the whole file is the header. Rejects with `corrupt-file` beyond
 * 1 MiB.
 */
export async function readHeader(
  file: ByteFile,
  head: Uint8Array,
  endOf: (bytes: Uint8Array) => number | undefined,
): Promise<TextHeader> {
  for (const length of [head.length, ...LENGTHS]) {
    const bytes = length === head.length ? head : await file.head(length);
    const found = endOf(bytes);
    if (found === undefined && (length === head.length || bytes.length === length)) continue;
    const end = found ?? bytes.length;
    return { lines: new TextDecoder().decode(bytes.subarray(0, end)).split(/\r?\n/), end };
  }
  throw damaged(file.path, `has a header that does not end within ${LENGTHS[2].toLocaleString("en")} bytes`);
}

/** Values of a header's fields, by name in lower case and without spaces. */
export type Fields = ReadonlyMap<string, string>;

/** The value of a field; its name may be in any case. Throws `corrupt-file` if the header lacks the field. */
export function requiredField(path: string, fields: Fields, name: string): string {
  const value = fields.get(name.toLowerCase());
  if (value === undefined) throw damaged(path, `has a header without the field "${name}"`);
  return value;
}

/**
 * An integer field from `least` to `most`. Throws `corrupt-file` for other values, and for a missing field without a
 * default.
 */
export function integerField(
  path: string,
  fields: Fields,
  name: string,
  [least, most]: readonly [least: number, most: number],
  byDefault?: number,
): number {
  if (byDefault !== undefined && !fields.has(name.toLowerCase())) return byDefault;
  const text = requiredField(path, fields, name);
  const value = Number(text);
  if (text !== "" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw damaged(path, `has "${text.slice(0, 40)}" in the field "${name}"`);
}

/** The numbers in a text; undefined if it contains anything else, or if there are not exactly `count`. */
export function numbersOf(text: string, count: number): readonly number[] | undefined {
  const numbers = text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return text.trim() !== "" && numbers.length === count && numbers.every(Number.isFinite)
    ? numbers
    : undefined;
}

/** The product of the axis lengths. Throws `corrupt-file` for impossible lengths. */
export function checkSizes(path: string, sizes: readonly number[] | undefined, given: string): number {
  const product = sizes?.reduce((all, size) => all * size, 1) ?? 0;
  if (sizes?.every((size) => Number.isInteger(size) && size >= 1) && Number.isSafeInteger(product * 8 * 4))
    return product;
  throw damaged(path, `has a header with impossible sizes ("${given.slice(0, 60)}")`);
}
