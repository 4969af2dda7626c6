/** Headers that are text, of formats whose voxels follow them or lie in other files. */
import { VoxelVolumeError } from "../../errors.ts";
import type { ByteFile } from "../util/byte-file.ts";

/** Lengths that are looked at, one after the other: few headers are longer than the first. */
const LENGTHS = [1 << 12, 1 << 16, 1 << 20] as const;

/** The most letters of a field that are looked at: no field that matters is as long. */
export const LONGEST_FIELD = 4096;

export interface TextHeader {
  readonly lines: readonly string[];
  /** The byte behind it. */
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
  const message = `${file.path}: its header does not end within ${(LENGTHS[2]).toLocaleString("en")} bytes. The file is damaged.`;
  throw new VoxelVolumeError("corrupt-file", message);
}

/** The numbers in a text; undefined where there are other things in it, or not `count` of them. */
export function numbersOf(text: string, count: number): readonly number[] | undefined {
  const numbers = text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return text.trim() !== "" && numbers.length === count && numbers.every(Number.isFinite)
    ? numbers
    : undefined;
}

/** The product of the lengths of axes; `corrupt-file` for lengths that no image has. */
export function checkSizes(path: string, sizes: readonly number[] | undefined, given: string): number {
  const product = sizes?.reduce((all, size) => all * size, 1) ?? 0;
  if (sizes?.every((size) => Number.isInteger(size) && size >= 1) && Number.isSafeInteger(product * 8 * 4))
    return product;
  const message = `${path}: the header gives the sizes "${given.slice(0, 60)}", which no image has. The file is damaged.`;
  throw new VoxelVolumeError("corrupt-file", message);
}
