/** readNode: reads the metadata of a group or an array of Zarr v2 or v3. */
import { VoxelVolumeError } from "../../errors.ts";
import { isMissing } from "../sources/request.ts";
import type { Folder } from "../sources/source.ts";
import { type Json, objectOf, parseJson } from "./json.ts";

export type Version = 2 | 3;

/** A group or an array. */
export interface Node {
  /** Path below the root; empty for the root. */
  readonly path: string;
  readonly version: Version;
  /** Set for an array: its metadata as in its file, unchecked. */
  readonly array?: Json;
  readonly attributes: Json;
}

/** The files of each version: of v2, an array, a group, and the attributes of either. */
const FILES = { 2: [".zarray", ".zgroup", ".zattrs"], 3: ["zarr.json"] } as const;

/**
 * The node at `path`; undefined if there is none. Without a version, both are looked for at once. Rejects with
 * `corrupt-file` for metadata that are no JSON, `network`, or the signal's reason.
 */
export async function readNode(
  folder: Folder,
  path: string,
  version: Version | undefined,
  signal?: AbortSignal,
): Promise<Node | undefined> {
  const names = version ? FILES[version] : [...FILES[3], ...FILES[2]];
  const read = async (name: string): Promise<Json | undefined> => {
    const file = joined(path, name);
    const bytes = await folder.read(file, undefined, { signal });
    return bytes && parseJson(file, bytes);
  };
  const results = new Map(names.map((name) => [name, read(name)]));
  // Awaited below, one after the other.
  for (const result of results.values()) result.catch(() => {});
  let failure: unknown;
  /** A file, if it is there; servers may answer for missing ones with a page, or without letting other sites know. */
  const get = async (name: (typeof names)[number]) => {
    try {
      return await results.get(name);
    } catch (error) {
      signal?.throwIfAborted();
      failure ??= error;
      return undefined;
    }
  };
  const v3 = await get("zarr.json");
  if (v3) {
    const attributes = objectOf(v3.attributes);
    return { path, version: 3, attributes, ...(v3.node_type !== "group" && { array: v3 }) };
  }
  const array = await get(".zarray");
  const isThere = array ?? (await get(".zgroup"));
  // Attributes are no less needed than the rest.
  const attributes = isThere ? await results.get(".zattrs")?.catch(unlessNone) : await get(".zattrs");
  if (isThere || attributes)
    return { path, version: 2, attributes: attributes ?? {}, ...(array && { array }) };
  if (failure) throw failure;
  return undefined;
}

/** Undefined for a missing file, which a server denies or answers with a page. */
function unlessNone(error: unknown): undefined {
  const isPage = error instanceof VoxelVolumeError && error.code === "corrupt-file";
  if (!isPage && !isMissing(error)) throw error;
}

/** The node of an array at a path that is known: of v2, without attributes, which would be another request. */
export async function readArray(
  folder: Folder,
  path: string,
  version: Version,
  signal?: AbortSignal,
): Promise<Node | undefined> {
  if (version === 3) return readNode(folder, path, version, signal);
  const file = joined(path, ".zarray");
  const bytes = await folder.read(file, undefined, { signal });
  return bytes && { path, version, array: parseJson(file, bytes), attributes: {} };
}

/**
 * The path of a file or folder in the folder `base`. Throws `corrupt-file` if it leads out of it: only metadata contain
 * such paths.
 */
export function joined(base: string, path: string): string {
  const parts = `${base}/${path}`.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..") || path.includes("\\") || path.length > LONGEST_PATH) {
    const message = `The metadata name the path "${path.slice(0, 60)}", which is not below the folder. They are damaged.`;
    throw new VoxelVolumeError("corrupt-file", message);
  }
  return parts.join("/");
}

const LONGEST_PATH = 1000;
