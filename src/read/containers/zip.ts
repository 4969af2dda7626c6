/** zip (.npz, too) as a container. */
import type { Container } from "./container.ts";
import { isZip } from "./magic.ts";
import { openZip } from "./zip-archive.ts";

export const zip: Container = {
  name: "zip (.zip, .npz)",
  matches: isZip,
  // A program for Windows, or a script, that unpacks what follows it.
  mayHold: (head, path) =>
    /\.(zip|npz)$/i.test(path) || ["MZ", "#!"].includes(String.fromCharCode(...head.subarray(0, 2))),
  open: openZip,
};
