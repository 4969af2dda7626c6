/** openZarr: finds the images in a folder of Zarr v2 or v3: OME-Zarr 0.4 and 0.5, its labels and series, plain arrays. */
import { VoxelVolumeError } from "../../errors.ts";
import type { Folder } from "../sources/source.ts";
import { damaged } from "../util/damaged.ts";
import { type Found, orCorrupt } from "../volume-reader.ts";
import { ChunkCache } from "./chunk-cache.ts";
import { foundImage } from "./found-image.ts";
import { type Image, imageOf, levelPaths, omeOf, plainImage } from "./image.ts";
import { type Json, listOf, objectOf, parseJson, textOf } from "./json.ts";
import { joined, type Node, readArray, readNode } from "./node.ts";

/** Most bytes of decoded chunks that are kept. */
const CACHE_BYTES = 2 ** 27;
/** Most images in a folder: a server may answer for any name. */
const MOST_IMAGES = 1000;

/** What reading a folder needs. */
interface Context {
  readonly folder: Folder;
  /** Name of the folder. */
  readonly name: string;
  readonly cache: ChunkCache;
  readonly signal?: AbortSignal;
}

/**
 * All images in a folder. Rejects with `entry-not-found` for a folder without images, `corrupt-file`, `network`, or
 * the signal's reason.
 */
export async function openZarr(folder: Folder, name: string, signal?: AbortSignal): Promise<Found[]> {
  const context = { folder, name, cache: new ChunkCache(CACHE_BYTES), signal };
  const root = await orCorrupt(name, () => readNode(folder, "", undefined, signal), signal);
  if (!root) {
    const message = `${name} is no Zarr folder: there is no zarr.json, .zgroup or .zarray in it. Check the address.`;
    throw new VoxelVolumeError("entry-not-found", message);
  }
  if (root.array || hasImages(root)) return imagesIn(root, context, true);
  const paths = await orCorrupt(name, () => seriesIn(root, context), signal);
  const nodes = await Promise.all(paths.map((path) => orUnreadable(path, () => nodeAt(path, root, context))));
  const found = await Promise.all(
    nodes.map((node) => ("error" in node ? [node] : imagesIn(node, context, false))),
  );
  if (found.flat().length > 0) return found.flat();
  throw new VoxelVolumeError(
    "entry-not-found",
    `${name} is a Zarr folder without an image. Check the address.`,
  );
}

/** The images of a node with their labels; those of the root fail together with it. */
async function imagesIn(node: Node, context: Context, isRoot: boolean): Promise<Found[]> {
  const path = node.path || context.name;
  const [images, labels] = await Promise.all([
    isRoot ? ownImages(node, context) : orUnreadable(path, () => ownImages(node, context)),
    node.array ? [] : labelsIn(node, context),
  ]);
  return [images, labels].flat();
}

/** The images of a node itself: one for each item of its multiscales, or its array. */
function ownImages(node: Node, context: Context): Promise<Found[]> {
  const path = node.path || context.name;
  return orCorrupt(
    path,
    async () => {
      const images = await readImages(node, context);
      return images.map((image, i) => foundImage(image, i === 0 ? path : `${path}/${i}`, context));
    },
    context.signal,
  );
}

function readImages(node: Node, { folder, signal }: Context): readonly Image[] | Promise<readonly Image[]> {
  if (node.array) return [plainImage(node)];
  const multiscales = multiscalesOf(node);
  if (multiscales.length > MOST_IMAGES) throw damaged(node.path, `claims ${multiscales.length} images`);
  return Promise.all(
    multiscales.map(async (one) => {
      const paths = levelPaths(node, one);
      const nodes = await Promise.all(paths.map((path) => readArray(folder, path, node.version, signal)));
      return imageOf(node, one, nodes);
    }),
  );
}

const multiscalesOf = (node: Node): readonly Json[] => listOf(omeOf(node).multiscales).map(objectOf);
const hasImages = (node: Node) => multiscalesOf(node).length > 0;

/** The images in the group "labels" of an image, if there is one. */
async function labelsIn(image: Node, context: Context): Promise<Found[]> {
  const path = joined(image.path, "labels");
  const found = await orUnreadable(path, async () => {
    const group = await readNode(context.folder, path, image.version, context.signal);
    const names = group ? listOf(omeOf(group).labels).map(textOf).slice(0, MOST_IMAGES) : [];
    const nodes = names.map(async (name = "") => {
      const own = joined(path, name);
      return orUnreadable(own, async () => ownImages(await nodeAt(own, image, context), context));
    });
    return (await Promise.all(nodes)).flat();
  });
  return [found].flat();
}

/** A node that the metadata name. */
async function nodeAt(path: string, parent: Node, { folder, signal }: Context): Promise<Node> {
  const node = await readNode(folder, path, parent.version, signal);
  if (node) return node;
  throw damaged(path, "is not there, though the metadata name it");
}

/** The result of `work`, or an `Unreadable` with its error. Network errors and aborts reject. */
async function orUnreadable<T>(path: string, work: () => Promise<T>) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VoxelVolumeError) || error.code === "network") throw error;
    return { path, error };
  }
}

/** Paths of the images of a group that is no image: those of a file with several, or of a well. */
async function seriesIn(root: Node, { folder, name, signal }: Context): Promise<string[]> {
  const ome = omeOf(root);
  const plate = textOf(objectOf(listOf(objectOf(ome.plate).wells)[0]).path);
  if (plate) {
    const message = `${name} is a plate with many images: give the address of one, as ${name}/${plate}/0.`;
    throw new VoxelVolumeError("unsupported-format", message);
  }
  const fields = listOf(objectOf(ome.well).images).map((image) => textOf(objectOf(image).path) ?? "");
  if (fields.length > 0) return fields.slice(0, MOST_IMAGES).map((path) => joined("", path));
  const layout = ome["bioformats2raw.layout"] ?? root.attributes["bioformats2raw.layout"];
  if (layout === undefined) return arraysIn(root, { folder, name, signal });
  const group = await readNode(folder, "OME", root.version, signal);
  const series = group ? listOf(omeOf(group).series).map((path) => textOf(path) ?? "") : [];
  if (series.length > 0) return series.slice(0, MOST_IMAGES).map((path) => joined("", path));
  const paths: string[] = [];
  // Without a list they are counted from 0, without gaps.
  while (paths.length < MOST_IMAGES && (await readNode(folder, `${paths.length}`, root.version, signal)))
    paths.push(`${paths.length}`);
  return paths;
}

/** Paths of the arrays in a group without images, which its consolidated metadata or the list of files name. */
async function arraysIn(root: Node, { folder, name, signal }: Omit<Context, "cache">): Promise<string[]> {
  const [file, array] = root.version === 3 ? ["zarr.json", "zarr.json"] : [".zmetadata", ".zarray"];
  const bytes = await folder.read(file, undefined, { signal });
  const { metadata, consolidated_metadata } = bytes ? parseJson(file, bytes) : {};
  const consolidated = root.version === 3 ? objectOf(consolidated_metadata).metadata : metadata;
  const nodes = Object.entries(objectOf(consolidated)).flatMap(([path, node]) =>
    root.version === 3 ? (objectOf(node).node_type === "array" ? [path] : []) : inFolder(path, array),
  );
  const listed = folder.paths?.flatMap((path) => inFolder(path, array)) ?? [];
  const paths = [...new Set([...nodes, ...listed])].filter(Boolean).slice(0, MOST_IMAGES);
  if (paths.length > 0) return paths.map((path) => joined("", path));
  const message = `${name} is a Zarr folder without an image (no multiscales). Give the address of one of its arrays.`;
  throw new VoxelVolumeError("entry-not-found", message);
}

/** The folder of a path that ends with this name. */
const inFolder = (path: string, name: string) =>
  path.endsWith(`/${name}`) ? [path.slice(0, -name.length - 1)] : [];
