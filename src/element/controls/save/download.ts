/** Saves bytes on the reader's machine. */

import { baseName, stem } from "../../../read/util/file-names.ts";

/** Milliseconds for which the bytes are kept for the browser to write. */
const KEPT_MS = 60_000;

/** Saves a file under this name, by the browser. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

/** Name of a file that is made from the one at `path`, without its extension. */
export function nameFor(path = ""): string {
  return stem(baseName(path).replace(/\.(zip|npz)$/i, "")) || "volume";
}
