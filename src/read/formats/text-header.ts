/** Text headers, of formats whose voxels follow them or are in other files. */
import type { ByteFile } from "../util/byte-file.ts";
import { damaged } from "../util/damaged.ts";

/** Bytes that are read, one length after the other; few headers are longer than the first. */
const LENGTHS = [1 << 12, 1 << 16, 1 << 20] as const;

/** The most characters of a field that are kept; the fields that matter are shorter. */
export const LONGEST_FIELD = 4096;

interface TextHeader {
  readonly lines: readonly string[];
  /** The first byte after it. */
  readonly end: number;
}

/**
 * The header at the beginning of a file, of which `head` is known. `endOf` finds the byte behind it in the first bytes of
 * the file, where it is among them; without one, all of the file is header. Rejects with `corrupt-file` beyond 1 MiB.
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

/** Values of the fields of a header, by their names in lower case and without spaces. */
export type Fields = ReadonlyMap<string, string>;

/** The value of a field, whose name may be in any case. Throws `corrupt-file` where the header has no such field. */
export function requiredField(path: string, fields: Fields, name: string): string {
  const value = fields.get(name.toLowerCase());
  if (value === undefined) throw damaged(path, `has a header without the field "${name}"`);
  return value;
}

/** The integer from `least` to `most` in a field. Throws `corrupt-file` for anything else, and for a missing field without a default. */
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

/** The numbers in a text; undefined where it holds anything else, or another number of them than `count`. */
export function numbersOf(text: string, count: number): readonly number[] | undefined {
  const numbers = text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return text.trim() !== "" && numbers.length === count && numbers.every(Number.isFinite)
    ? numbers
    : undefined;
}

/** The product of the lengths of axes. Throws `corrupt-file` for lengths that no image can have. */
export function checkSizes(path: string, sizes: readonly number[] | undefined, given: string): number {
  const product = sizes?.reduce((all, size) => all * size, 1) ?? 0;
  if (sizes?.every((size) => Number.isInteger(size) && size >= 1) && Number.isSafeInteger(product * 8 * 4))
    return product;
  throw damaged(path, `has a header with impossible sizes ("${given.slice(0, 60)}")`);
}
