/** Saves bytes on the reader's machine. */

/** Milliseconds for which the bytes are kept for the browser to write. */
const KEPT_MS = 60_000;

/** Has the browser save a file under this name. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

/** File name without folders and extensions, for files made from it. */
export function stem(path: string): string {
  return path.replace(/^.*\//, "").replace(/(\.(nii|hdr|img|npy|npz|zip|gz))+$/i, "") || "volume";
}
