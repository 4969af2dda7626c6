/** zip (also .npz) as a container. */
import type { Container } from "./container.ts";
import { isZip } from "./magic.ts";
import { openZip } from "./zip-archive.ts";

export const zip: Container = {
  name: "zip (.zip, .npz, .ozx)",
  matches: isZip,
  // A Windows program or a script that unpacks the archive after it.
  mayHold: (head, path) =>
    /\.(zip|npz|ozx)$/i.test(path) || ["MZ", "#!"].includes(String.fromCharCode(...head.subarray(0, 2))),
  open: openZip,
};
