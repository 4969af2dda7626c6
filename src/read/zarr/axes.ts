/** axesOf: what the axes of an array mean. */
import { VoxelVolumeError } from "../../errors.ts";
import { arrayAxes } from "../util/array-axes.ts";
import { mmOf } from "../util/length-units.ts";
import type { ArrayInfo } from "./array-metadata.ts";
import { listOf, objectOf, textOf } from "./json.ts";

/** Position of each axis among those of the array; undefined for one that it does not have. */
export interface Axes {
  readonly x: number | undefined;
  readonly y: number | undefined;
  readonly z: number | undefined;
  readonly c: number | undefined;
  readonly t: number | undefined;
  /** Millimetres of a unit, for each axis of the array; undefined without a unit of length that is known. */
  readonly mm: readonly (number | undefined)[];
  /** How axes without names were taken, as "(x, y, z)". */
  readonly taken?: string;
}

/** Names that other programs give to axes. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ x: "x", y: "y", z: "z", c: "c", t: "t" },
  ...{ channel: "c", channels: "c", time: "t", frame: "t", depth: "z", height: "y", width: "x" },
};

/** Axes of OME-Zarr before version 0.3, which does not name them. */
const UNNAMED = ["t", "c", "z", "y", "x"];

/** The axes of an image: `axes` as OME-Zarr's metadata have them. Throws `unsupported-format` or `corrupt-file`. */
export function imageAxes(info: ArrayInfo, axes: unknown): Axes {
  const { length } = info.shape;
  const known = listOf(axes).map((axis) => (typeof axis === "string" ? { name: axis } : objectOf(axis)));
  if (known.length === 0) return named(info, UNNAMED.slice(-length), []);
  if (known.length !== length)
    throw refusal(info, `has ${length} axes, but its metadata name ${known.length}`);
  const types: Readonly<Record<string, string>> = { time: "t", channel: "c" };
  const names = known.map(({ name, type }) => types[`${type}`] ?? textOf(name) ?? "");
  return named(
    info,
    names,
    known.map(({ unit }) => mmOf(textOf(unit))),
  );
}

/** The axes of an array that is no image: by their names or, without names, in the order of NumPy's files. */
export function plainAxes(info: ArrayInfo): Axes {
  if (info.names) return named(info, info.names, []);
  const taken = arrayAxes(info.shape);
  if (!taken) throw refusal(info, `has the shape (${info.shape.join(", ")}), not that of a 3-D image`);
  return { ...named(info, taken, []), taken: `(${taken.join(", ")})` };
}

/** Axes of length 1 may have any name. */
function named(
  info: ArrayInfo,
  names: readonly (string | undefined)[],
  mm: readonly (number | undefined)[],
): Axes {
  const found = new Map<string, number>();
  const meanings = names.map((name = "") => {
    const key = name.toLowerCase();
    return Object.hasOwn(NAMES, key) ? NAMES[key] : undefined;
  });
  info.shape.forEach((n, axis) => {
    const meaning = meanings[axis];
    if (meaning && !found.has(meaning)) found.set(meaning, axis);
    else if (n !== 1) {
      const what = meaning ? "is there twice" : "is not x, y, z, c or t";
      throw refusal(info, `has ${n} along the axis "${names[axis] ?? ""}", which ${what}`);
    }
  });
  const [x, y, z, c, t] = ["x", "y", "z", "c", "t"].map((name) => found.get(name));
  if (x === undefined || y === undefined)
    throw refusal(info, `has the axes ${names.map((name) => name ?? "?").join(", ")}, not x and y`);
  return { x, y, z, c, t, mm };
}

function refusal({ path }: ArrayInfo, what: string): VoxelVolumeError {
  const advice = "Save one 3-D image of it, with axes z, y, x";
  return new VoxelVolumeError("unsupported-format", `${path || "The array"} ${what}. ${advice}.`);
}
