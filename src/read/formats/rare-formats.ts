/** Formats that are tried if none of registry.ts matches; their extensions are also in volume-names.ts. */

import { fetched } from "../../errors.ts";
import { analyze, HEADER_SIZE } from "./analyze.ts";
import { isDicom } from "./dicom-signature.ts";
import type { Format } from "./format.ts";
import { isLittleEndian } from "./nifti-fields.ts";

const nrrd: Format = {
  name: "NRRD (.nrrd, .nhdr)",
  extensions: ["nrrd", "nhdr"],
  matches: (head) => String.fromCharCode(...head.subarray(0, 6)) === "NRRD00",
  open: async (...args) => (await fetched(import("./nrrd.ts"))).openNrrd(...args),
};
const metaImage: Format = {
  name: "MetaImage (.mha, .mhd)",
  extensions: ["mha", "mhd"],
  // There are no magic bytes: the file's name or one of the usual first fields decides.
  matches: (head, path) => {
    const [, field] = /^\s*(\w+)\s*[=:]/.exec(String.fromCharCode(...head.subarray(0, 64))) ?? [];
    return field !== undefined && (/^(ObjectType|NDims)$/.test(field) || /\.mh[ad](\.gz)?$/i.test(path));
  },
  open: async (...args) => (await fetched(import("./metaimage.ts"))).openMetaImage(...args),
};
const mgh: Format = {
  name: "FreeSurfer (.mgh, .mgz)",
  extensions: ["mgh", "mgz"],
  // The first field is the version, big-endian. The rest of the header, or the name, must be plausible too.
  matches: (head, path) => {
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    if (head.length < 30 || view.getInt32(0) !== 1) return false;
    const isHeader =
      [4, 8, 12, 16].every((at) => view.getInt32(at) > 0) && head[20] + head[21] + head[22] === 0;
    return /\.mg[hz](\.gz)?$/i.test(path) || isHeader;
  },
  open: async (...args) => (await fetched(import("./mgh.ts"))).openMgh(...args),
};
const tiff: Format = {
  name: "TIFF (.tif)",
  extensions: ["tif", "tiff"],
  // "II" or "MM", followed by 42, or by 43 for BigTIFF, in that byte order.
  matches: (head) => /^(II[*+]\0|MM\0[*+])/.test(String.fromCharCode(...head.subarray(0, 4))),
  open: async (...args) => (await fetched(import("./tiff.ts"))).openTiff(...args),
};
const dicom: Format = {
  name: "DICOM (.dcm, or without extension; several files together)",
  extensions: ["dcm", "dicom", "ima"],
  matches: isDicom,
  isSeries: true,
  open: async (...args) => (await fetched(import("./dicom.ts"))).openDicom(...args),
};

/** Some writers omit the header's size: in a file named .hdr, a plausible number of axes is enough. */
const unsizedAnalyze: Format = {
  ...analyze,
  matches: (head, path) => /\.hdr(\.gz)?$/i.test(path) && isLittleEndian(head, HEADER_SIZE) !== undefined,
};

/** Tried in this order; the least certain come last. */
export const rareFormats: readonly Format[] = [
  // Before TIFF, because a DICOM file's preamble may be a TIFF header.
  dicom,
  nrrd,
  metaImage,
  mgh,
  tiff,
  unsizedAnalyze,
];
