/** LoadRequest: what an element should show, from an attribute or from `load()`. */

import { VoxelVolumeError } from "../errors.ts";
import { fromBytes, fromFiles, fromUrl, type NamedBlob, type Source, VolumeFile } from "../read/index.ts";
import { numberOf, textOf } from "../text-of.ts";
import type { Voxels } from "../voxels/voxels.ts";

/**
 * What can be loaded: a URL, a file, files that belong together (.hdr and .img), the bytes of a file, a `Source`, or
 * explicit voxels.
 */
export type LoadSource =
  | string
  | URL
  | NamedBlob
  | Iterable<NamedBlob>
  | ArrayBuffer
  | ArrayBufferView
  | Source
  | Voxels;

/** Which volume of a file is read. */
export interface Choice {
  readonly entry?: string;
  readonly frame?: number;
  readonly channel?: number;
}

export interface LoadRequest extends Choice {
  /** The file to read, which caches what was read; undefined for explicit voxels. */
  readonly file?: VolumeFile;
  readonly voxels?: Voxels;
  /** The file's URL, as it was given; undefined for files and bytes. */
  readonly url?: string;
  /** True if the request comes from a property (`src`, `voxels`), not from a call of `load()`. */
  readonly isDeclared: boolean;
  /** True if the user chose or dropped it: options that were set for the previous file do not apply. */
  readonly isOpened?: boolean;
}

/** Names of the properties that choose a volume of the file. */
export const CHOICE = ["entry", "frame", "channel"] as const;

/** The choice that an element's properties express, whatever a page has set them to. */
export function choiceOf(host: Readonly<Record<keyof Choice, unknown>>): Choice {
  const given = <T>(name: keyof Choice, read: (value: unknown) => T) => {
    const value = host[name];
    return value === undefined || value === null ? undefined : read(value);
  };
  return {
    entry: given("entry", textOf),
    frame: given("frame", numberOf),
    channel: given("channel", numberOf),
  };
}

/** Whether two choices are of the same volume. */
export function isSameChoice(a: Choice, b: Choice): boolean {
  return CHOICE.every((name) => (a[name] ?? 0) === (b[name] ?? 0));
}

/** Name of a file of which only the bytes are given. */
const UNNAMED = "volume";

/** The file or the voxels that were passed to `load()`. @throws VoxelVolumeError "invalid-option". */
export function requested(source: LoadSource): Pick<LoadRequest, "file" | "voxels" | "url"> {
  if (typeof source === "string" || source instanceof URL) return at(String(source));
  if (source instanceof Blob) return fileOf(fromFiles([source as NamedBlob]));
  if (source instanceof ArrayBuffer) return fileOf(fromBytes(UNNAMED, new Uint8Array(source)));
  if (ArrayBuffer.isView(source)) {
    const { buffer, byteOffset, byteLength } = source;
    return fileOf(fromBytes(UNNAMED, new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)));
  }
  if (typeof source === "object" && source) {
    if (isIterable(source)) return fileOf(fromFiles([...source]));
    if ("bytes" in source && typeof source.bytes === "function") return fileOf(source);
    if (["dims", "filled", "rgba"].some((name) => name in source)) return { voxels: source as Voxels };
  }
  throw new VoxelVolumeError(
    "invalid-option",
    `load(${describeType(source)}): expected a URL, a file, several files, bytes, or voxels`,
  );
}

/** The file at a URL, relative to the page. @throws VoxelVolumeError "invalid-option" for empty text. */
export function at(url: string): Pick<LoadRequest, "file" | "url"> {
  return { file: new VolumeFile(fromUrl(url)), url };
}

function fileOf(source: Source): Pick<LoadRequest, "file"> {
  return { file: new VolumeFile(source) };
}

function isIterable(source: object): source is Iterable<NamedBlob> {
  return Symbol.iterator in source && typeof source[Symbol.iterator] === "function";
}

function describeType(value: unknown): string {
  return value === null ? "null" : typeof value;
}
