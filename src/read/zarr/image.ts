/** Images: the arrays that are levels of one picture, with what their metadata say about them. */
import type { Level, Vec3 } from "../../volume.ts";
import { damaged } from "../util/damaged.ts";
import { type ArrayInfo, arrayOf } from "./array-metadata.ts";
import { type Axes, imageAxes, plainAxes } from "./axes.ts";
import { type Channel, channelsOf } from "./channels.ts";
import { combined, dimsOf, levelsOf, placeOf, transformOf } from "./geometry.ts";
import { type Json, listOf, objectOf, textOf } from "./json.ts";
import { joined, type Node } from "./node.ts";

/** An image whose metadata have been checked. */
export interface Image {
  /** Finest first; they have the same type and axes. */
  readonly arrays: readonly ArrayInfo[];
  readonly levels: readonly Level[];
  readonly axes: Axes;
  /** Size of a voxel of the first level, and centre of its first voxel, along x, y, z. */
  readonly spacing: Vec3;
  readonly corner: Vec3;
  /** Set if there are no units of length. */
  readonly unitless: boolean;
  readonly channels: readonly Channel[];
  readonly isLabels: boolean;
}

/** Most levels of an image: each is at most half as long as the one before, so 64 are more than any can have. */
const MOST_LEVELS = 64;

/** A group's metadata of OME-Zarr: version 0.5 has them in a part of the attributes. */
export function omeOf({ attributes }: Node): Json {
  return attributes.ome ? objectOf(attributes.ome) : attributes;
}

/** Paths below the root of the levels of an image in `node`. Throws `corrupt-file`. */
export function levelPaths(node: Node, multiscales: Json): string[] {
  const datasets = listOf(multiscales.datasets);
  const name = node.path || "The image";
  if (datasets.length === 0 || datasets.length > MOST_LEVELS)
    throw damaged(name, `claims ${datasets.length.toLocaleString("en")} levels`);
  return datasets.map((dataset) => joined(node.path, textOf(objectOf(dataset).path) ?? ""));
}

/** The image in `node`, with the arrays of its levels. Throws `corrupt-file` or `unsupported-format`. */
export function imageOf(node: Node, multiscales: Json, nodes: readonly (Node | undefined)[]): Image {
  const paths = levelPaths(node, multiscales);
  const arrays = nodes.map((level, i) => {
    if (level?.array) return arrayOf(level);
    throw damaged(paths[i], "is not there, or no array, though the metadata name it as a level");
  });
  const [first] = arrays;
  const axes = imageAxes(first, multiscales.axes);
  arrays.forEach((info, i) => {
    if (i > 0) checkLevel(info, arrays[i - 1], axes);
  });
  const { length } = first.shape;
  const all = transformOf(node.path || "The image", multiscales.coordinateTransformations, length);
  const transforms = listOf(multiscales.datasets)
    .map(objectOf)
    .map((dataset, i) => combined(transformOf(paths[i], dataset.coordinateTransformations, length), all));
  const ome = omeOf(node);
  return {
    arrays,
    levels: levelsOf(arrays, axes, transforms),
    axes,
    ...placeOf(axes, transforms[0]),
    channels: channelsOf(ome.omero),
    isLabels: ome["image-label"] !== undefined,
  };
}

/** An array by itself. Throws `corrupt-file` or `unsupported-format`. */
export function plainImage(node: Node): Image {
  const info = arrayOf(node);
  const axes = plainAxes(info);
  const { length } = info.shape;
  return {
    arrays: [info],
    levels: [{ dims: dimsOf(info, axes) }],
    axes,
    ...placeOf(axes, transformOf(node.path, [], length)),
    channels: [],
    isLabels: false,
  };
}

/** Throws `corrupt-file` unless a level has the type and the axes of the one before, and is not longer along any. */
function checkLevel(info: ArrayInfo, before: ArrayInfo, { c, t }: Axes): void {
  const { shape, dtype } = info;
  const fits = shape.length === before.shape.length && shape.every((n, axis) => n <= before.shape[axis]);
  const same = [c, t].every((axis) => axis === undefined || shape[axis] === before.shape[axis]);
  if (fits && same && dtype === before.dtype) return;
  const [own, other] = [info, before].map((one) => `${one.dtype} of ${one.shape.join(" x ")}`);
  throw damaged(info.path, `is a level of ${own} below one of ${other}`);
}
