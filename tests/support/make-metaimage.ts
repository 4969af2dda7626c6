/** MetaImage files for tests, written from the specification. */
import { fromBytes } from "../../src/read/index.ts";
import { concat, voxels } from "./make-volume.ts";
import { text } from "./text.ts";

export const dims = [7, 5, 3];
export const bytes = voxels({ dims });

export type MetaFields = Record<string, string | number | undefined>;

/** Text of a header, with ElementDataFile last; undefined fields are left out. */
export function metaHeader(fields: MetaFields = {}, newline = "\n", separator = " = "): string {
  const { ElementDataFile = "LOCAL", ...rest } = fields;
  const DimSize = String(rest.DimSize ?? dims.join(" "));
  const all: MetaFields = {
    ...{ ObjectType: "Image", NDims: DimSize.split(" ").length, DimSize, ElementType: "MET_SHORT" },
    ...rest,
    ElementDataFile,
  };
  return Object.entries(all)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}${separator}${value}${newline}`]))
    .join("");
}

/** A header followed by the voxels. */
export const mha = (fields: MetaFields, data: Uint8Array = bytes) =>
  fromBytes("a.mha", concat(text(metaHeader(fields)), data));
/** A header with other files beside it. */
export const mhd = (fields: MetaFields, files: Record<string, Uint8Array>) =>
  fromBytes("a.mhd", text(metaHeader(fields)), files);
