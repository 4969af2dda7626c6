/** Values of metadata in JSON: anything until it has been checked. */
import { VoxelVolumeError } from "../../errors.ts";

export type Json = Readonly<Record<string, unknown>>;

/** Most bytes of a file with metadata. Consolidated metadata of large hierarchies have some megabytes. */
const MOST_BYTES = 2 ** 26;

/** The object in a file of metadata. Throws `corrupt-file` if there is none. */
export function parseJson(path: string, bytes: Uint8Array): Json {
  let value: unknown;
  try {
    if (bytes.length <= MOST_BYTES) value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Reported below, like other values.
  }
  if (value && typeof value === "object" && !Array.isArray(value)) return value as Json;
  const page = /^\s*</.test(new TextDecoder().decode(bytes.subarray(0, 100))) ? ", but a web page" : "";
  const advice = "Check the address, and whether it may be read without signing in";
  throw new VoxelVolumeError("corrupt-file", `${path} is not the JSON of Zarr's metadata${page}. ${advice}.`);
}

/** The value as an object; an empty one for anything else. */
export function objectOf(value: unknown): Json {
  return value && typeof value === "object" && !Array.isArray(value) ? (value as Json) : {};
}

/** The value as a list; an empty one for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a text that is not empty; else undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The list as `length` finite numbers; else undefined. */
export function numbersOf(value: unknown, length: number): readonly number[] | undefined {
  const isNumbers = Array.isArray(value) && value.length === length && value.every(Number.isFinite);
  return isNumbers ? (value as number[]) : undefined;
}
