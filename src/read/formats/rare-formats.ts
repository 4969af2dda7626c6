/** Formats that are asked where none of registry.ts is that of a file; their extensions are in volume-names.ts, too. */

import { fetched } from "../../errors.ts";
import { analyze, isPerhapsAnalyze } from "./analyze.ts";
import { isDicom } from "./dicom-signature.ts";
import type { Format } from "./format.ts";

const nrrd: Format = {
  name: "NRRD (.nrrd, .nhdr)",
  extensions: ["nrrd", "nhdr"],
  matches: (head) => String.fromCharCode(...head.subarray(0, 6)) === "NRRD00",
  open: async (...args) => (await fetched(import("./nrrd.ts"))).openNrrd(...args),
};
const metaImage: Format = {
  name: "MetaImage (.mha, .mhd)",
  extensions: ["mha", "mhd"],
  // There are no magic bytes: the name or one of the fields that come first tells what text it is.
  matches: (head, path) => {
    const [, field] = /^\s*(\w+)\s*[=:]/.exec(String.fromCharCode(...head.subarray(0, 64))) ?? [];
    return field !== undefined && (/^(ObjectType|NDims)$/.test(field) || /\.mh[ad](\.gz)?$/i.test(path));
  },
  open: async (...args) => (await fetched(import("./metaimage.ts"))).openMetaImage(...args),
};
const mgh: Format = {
  name: "FreeSurfer (.mgh, .mgz)",
  extensions: ["mgh", "mgz"],
  // The first field is the version, and big-endian: the rest of the header has to make sense, too, or the name.
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
  // "II" or "MM", and 42 or, of BigTIFF, 43 in that byte order.
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

/** Asked in this order; what is told with least certainty comes last. */
export const rareFormats: readonly Format[] = [
  // Before TIFF, for the bytes that precede a DICOM file may be those of one.
  dicom,
  nrrd,
  metaImage,
  mgh,
  tiff,
  { ...analyze, matches: isPerhapsAnalyze },
];
