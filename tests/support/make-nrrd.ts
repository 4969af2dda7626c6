/** NRRD files for tests, written from the specification. */
import { fromBytes } from "../../src/read/index.ts";
import { concat, voxels } from "./make-volume.ts";
import { text } from "./text.ts";

export const dims = [7, 5, 3];
export const bytes = voxels({ dims });

export type NrrdFields = Record<string, string | number | undefined>;

/** Text of a header; undefined fields are left out. */
export function nrrdHeader(fields: NrrdFields = {}, { magic = "NRRD0004", newline = "\n" } = {}): string {
  const sizes = String(fields.sizes ?? dims.join(" "));
  const all: NrrdFields = {
    ...{ type: "short", dimension: sizes.split(" ").length, sizes, encoding: "raw", endian: "little" },
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return [magic, ...lines, "", ""].join(newline);
}

/** A header followed by the voxels. */
export const nrrd = (fields: NrrdFields, data: Uint8Array = bytes) =>
  fromBytes("a.nrrd", concat(text(nrrdHeader(fields)), data));
/** A detached header with other files beside it. */
export const nhdr = (fields: NrrdFields, files: Record<string, Uint8Array>) =>
  fromBytes("a.nhdr", text(nrrdHeader(fields).trimEnd()), files);
