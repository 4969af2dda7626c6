/** InputTree: an input of very many files, which are not listed but read by path: a Zarr, in a folder or at a URL. */

import { existsSync, statSync } from "node:fs";
import { realpath } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { VoxelVolumeError } from "../errors.ts";
import { realPathIn } from "./real-file.ts";
import { sendFile } from "./send-file.ts";

export interface InputTree {
  /** Name of the folder. */
  readonly name: string;
  /** The URL of the folder that holds it, for messages; ends with a slash. */
  readonly parent: string;
  /** Real path of the folder, if it is on disk. */
  readonly root?: string;
  /** Why no more is read, if a limit was reached. */
  readonly failure?: VoxelVolumeError;
  /** Answers a request for the file at a path below the folder; `sent` is told the bytes of its body. */
  answer(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
    sent: (bytes: number) => void,
  ): Promise<void>;
}

/** Files that a Zarr array or group has in its folder. */
const METADATA = ["zarr.json", ".zgroup", ".zattrs", ".zarray"];

/** True if a path is the folder of a Zarr array or group. */
export function isZarrFolder(path: string): boolean {
  return statSync(path).isDirectory() && METADATA.some((name) => existsSync(join(path, name)));
}

/** The folder at a path. Links that lead out of it are not followed. */
export async function folderTree(path: string): Promise<InputTree> {
  const root = await realpath(path);
  return {
    name: basename(root),
    parent: new URL("./", pathToFileURL(root)).href,
    root,
    answer: async (path, request, response, sent) =>
      sendFile(await realPathIn(root, path), request, response, sent),
  };
}
