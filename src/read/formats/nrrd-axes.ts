/** Axes of a NRRD file: which are space, frames or components, and where the voxels are in space. */

import { VoxelVolumeError } from "../../errors.ts";
import type { Dtype, Vec3 } from "../../volume.ts";
import { affineFrom } from "../util/affine.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { damaged } from "../util/damaged.ts";
import { mmOf } from "../util/length-units.ts";
import { COMPONENTS, type Components, type FormatVolume } from "./format.ts";
import { columnLengths } from "./nifti-fields.ts";
import { type Fields, numbersOf } from "./text-header.ts";

type Shape = Pick<FormatVolume, "dims" | "frames" | "components" | "spacing" | "affine" | "oriented"> & {
  readonly order: string;
};

interface Axis {
  readonly size: number;
  readonly kind: string;
  /** Step from one sample to the next in space, in mm; undefined if the axis has no direction. */
  readonly direction?: Vec3;
  /** Distance between samples, in mm; NaN if the axis has none. */
  readonly spacing?: number;
}

const COLORS: Readonly<Record<string, Components>> = {
  "rgb-color": "rgb",
  "3-color": "rgb",
  "rgba-color": "rgba",
  "4-color": "rgba",
  complex: "complex",
};
/** Kinds for several numbers without a defined meaning; bytes are usually colours. */
const VECTORS: readonly string[] = ["vector", "3-vector", "4-vector"];
/** Kinds that do not say whether an axis is spatial; all other kinds are frames. */
const OPEN: readonly string[] = ["", "domain", "space", "???", "none"];

/** Signs of x and y that convert a space to right, anterior, superior. */
const PATIENT: Readonly<Record<string, readonly [x: 1 | -1, y: 1 | -1]>> = {
  "right-anterior-superior": [1, 1],
  ras: [1, 1],
  "left-anterior-superior": [-1, 1],
  las: [-1, 1],
  "left-posterior-superior": [-1, -1],
  lps: [-1, -1],
};

/** Interprets the axes; rejects with `corrupt-file` if they are inconsistent. */
export function shapeOf(file: ByteFile, fields: Fields, sizes: readonly number[], dtype: Dtype): Shape {
  const axes = axesIn(file, fields, sizes);
  const hasDirections = axes.some(({ direction }) => direction);
  const hasSpacings = axes.some(({ spacing }) => Number.isFinite(spacing));
  const isSpatial = ({ kind, direction, spacing }: Axis) => {
    if (!OPEN.includes(kind)) return false;
    if (hasDirections) return direction !== undefined;
    return !(hasSpacings && Number.isNaN(spacing));
  };
  // Kinds may exclude all axes from space.
  const choices = [axes.filter(isSpatial), axes.filter(({ direction }) => direction), axes];
  const spatial = (choices.find(({ length }) => length > 0) ?? []).slice(0, 3);
  let components: Components | undefined;
  let letters = "";
  for (const axis of axes) {
    const color = components || spatial.includes(axis) ? undefined : colorOf(axis, dtype);
    components ??= color;
    const letter = color ? "c" : spatial.includes(axis) ? "xyz"[spatial.indexOf(axis)] : "t";
    // Axes of length 1 may be in any position; consecutive axes of frames count as one.
    if (axis.size > 1 && !(letter === "t" && letters.endsWith("t"))) letters += letter;
  }
  if (letters.replace(/[^t]/g, "").length > 1) {
    const message = `${file.path} has frames along its axes of sizes ${sizes.join(" x ")} both before and behind those of space. Save it with the axes of space first.`;
    throw new VoxelVolumeError("unsupported-format", message);
  }
  const length = (i: number) => spatial[i]?.size ?? 1;
  const dims: Vec3 = [length(0), length(1), length(2)];
  const elements = sizes.reduce((product, size) => product * size, 1);
  const frames = elements / (dims[0] * dims[1] * dims[2] * (components ? COMPONENTS[components] : 1));
  return {
    dims,
    frames,
    components,
    order: inOrder(letters),
    ...placeOf(file, fields, spatial, hasDirections, hasSpacings),
  };
}

/** Adds the letters of axes of length 1. If the letters are in the usual order, the result is the usual order. */
function inOrder(letters: string): string {
  const usual = "cxyzt";
  const isUsual = letters === [...usual].filter((letter) => letters.includes(letter)).join("");
  if (isUsual) return usual;
  return letters + [..."xyz"].filter((letter) => !letters.includes(letter)).join("");
}

function colorOf({ size, kind }: Axis, dtype: Dtype): Components | undefined {
  const known = COLORS[kind];
  if (known && COMPONENTS[known] === size) return known;
  const isBytes = dtype === "uint8" && VECTORS.includes(kind);
  return isBytes && size === 3 ? "rgb" : isBytes && size === 4 ? "rgba" : undefined;
}

function axesIn(file: ByteFile, fields: Fields, sizes: readonly number[]): Axis[] {
  const words = (name: string) => wordsOf(fields.get(name));
  const kinds = words("kinds").map((kind) => kind.toLowerCase());
  const directions = directionsIn(file, fields);
  const spacings = spacingsIn(fields, sizes);
  for (const [name, list] of Object.entries({ kinds, "space directions": directions })) {
    if (list.length === 0 || list.length === sizes.length) continue;
    throw damaged(file.path, `gives ${list.length} ${name} for ${sizes.length} axes`);
  }
  return sizes.map((size, i) => ({
    ...{ size, kind: kinds[i] ?? "", direction: directions[i], spacing: spacings[i] },
  }));
}

/** Directions of the axes in mm; undefined for axes that are not spatial. */
function directionsIn(file: ByteFile, fields: Fields): (Vec3 | undefined)[] {
  const given = fields.get("spacedirections") ?? "";
  const units = unitsOf(fields.get("spaceunits"));
  const vectors = given.match(/\([^)]*\)|[^\s()]+/g) ?? [];
  if (vectors.join("").replace(/\s/g, "") !== given.replace(/\s/g, "")) {
    throw damaged(file.path, `gives the space directions ${given.slice(0, 60)}, which make no sense`);
  }
  return vectors.map((text) => {
    if (!text.startsWith("(") || /^\(\s*nan\b/i.test(text)) return undefined;
    const vector = vectorOf(text);
    if (!vector)
      throw damaged(file.path, `gives the space direction ${text.slice(0, 60)}, which makes no sense`);
    const [x, y, z] = vector.map((value, i) => value * (units[i] ?? 1));
    // If time is part of the space, a time axis has a direction too.
    return Math.hypot(x, y, z) > 0 ? [x, y, z] : undefined;
  });
}

/** The first three numbers of a vector of one to four numbers in parentheses. */
function vectorOf(text: string | undefined): Vec3 | undefined {
  const [, inside] = /^\(([^()]*)\)$/.exec(text?.trim() ?? "") ?? [];
  const count = inside?.split(",").length ?? 0;
  const numbers = inside !== undefined && count <= 4 ? numbersOf(inside, count) : undefined;
  return numbers && [numbers[0], numbers[1] ?? 0, numbers[2] ?? 0];
}

/** Distances between samples in mm: as given, or from the ends of the axes. */
function spacingsIn(fields: Fields, sizes: readonly number[]): number[] {
  const list = (name: string) => wordsOf(fields.get(name)).map((word) => Math.abs(Number(word)));
  const units = unitsOf(fields.get("units"));
  const spacings = list("spacings");
  const ends = (name: string) => wordsOf(fields.get(name)).map(Number);
  const [mins, maxs] = [ends("axismins"), ends("axismaxs")];
  const centers = wordsOf(fields.get("centers") ?? fields.get("centerings"));
  return sizes.map((size, i) => {
    const steps = centers[i] === "node" ? size - 1 : size;
    const spacing = spacings[i] ?? Math.abs(maxs[i] - mins[i]) / steps;
    return spacing > 0 && Number.isFinite(spacing) ? spacing * (units[i] ?? 1) : Number.NaN;
  });
}

/** The position of the voxels in space, as far as the header has it. */
function placeOf(
  file: ByteFile,
  fields: Fields,
  spatial: readonly Axis[],
  hasDirections: boolean,
  hasSpacings: boolean,
): Pick<FormatVolume, "spacing" | "affine" | "oriented"> {
  if (!hasDirections) {
    const spacing = (i: number) => spatial[i]?.spacing || 1;
    return hasSpacings ? { spacing: [spacing(0), spacing(1), spacing(2)] } : {};
  }
  const name = (fields.get("space") ?? "").toLowerCase().trim();
  const signs = PATIENT[name.replace(/-time$|(?<=^...)t$/, "")];
  const given = fields.get("spaceorigin");
  const units = unitsOf(fields.get("spaceunits"));
  const origin = given === undefined || /none|nan/i.test(given) ? [0, 0, 0] : vectorOf(given);
  if (!origin)
    throw damaged(file.path, `gives the space origin ${given?.slice(0, 60)}, which makes no sense`);
  const columns = spatial.flatMap(({ direction }) => (direction ? [direction] : []));
  const [x, y, z] = origin.map((value, i) => value * (units[i] ?? 1));
  const affine = affineFrom(columns, [x, y, z], [...(signs ?? [1, 1]), 1]);
  return { affine, spacing: columnLengths(affine), ...(signs && { oriented: true as const }) };
}

/** Words separated by white space; quoted ones are whole and without quotes. */
function wordsOf(text = ""): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word);
}

/** Lengths of the listed units in mm; undefined for unknown ones. */
function unitsOf(text: string | undefined): (number | undefined)[] {
  return wordsOf(text).map(mmOf);
}
