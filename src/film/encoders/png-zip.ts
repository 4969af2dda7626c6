/** Films as PNGs in a zip archive. */

import JSZip from "jszip";
import type { FilmEncoder } from "./encoder.ts";
import { frameName } from "./frame-name.ts";

export function zipEncoder(): FilmEncoder<Blob> {
  const zip = new JSZip();
  let count = 0;
  return {
    codec: "PNG",
    async add(frame) {
      zip.file(frameName(count++), await frame.convertToBlob({ type: "image/png" }));
    },
    // PNGs are compressed already.
    finish: () => zip.generateAsync({ type: "blob", compression: "STORE", mimeType: "application/zip" }),
    async cancel() {},
  };
}
