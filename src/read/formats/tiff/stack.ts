/** Stack: assigns pages to slices and frames. */

import type { VoxelVolumeError } from "../../../errors.ts";
import type { ReadNote } from "../../../volume.ts";
import { damaged } from "../../util/damaged.ts";
import { blocksOf, type PageBlock, pixelRange } from "./blocks.ts";
import type { Description, Planes } from "./description.ts";
import { TAG } from "./directory.ts";
import type { FileBytes } from "./file-bytes.ts";
import type { PageCoding, PageLayout } from "./page.ts";
import type { Pages } from "./pages.ts";

/** For a file that is read in parts: bytes of directories after which reading them stops, if their number is known. */
const ENOUGH = 1 << 19;

export interface Stack {
  readonly planes: Planes;
  /** Offset of the first page's pixels, if those of all other pages follow without gaps. */
  readonly start?: number;
  /** Blocks of the first page. */
  readonly first: readonly PageBlock[];
  readonly notes: readonly ReadNote[];
}

export interface StackFile {
  readonly bytes: FileBytes;
  readonly pages: Pages;
  readonly layout: PageLayout;
  readonly coding: PageCoding;
  readonly littleEndian: boolean;
}

/** Forms a stack of the pages, as described if that is possible. Rejects with `corrupt-file`. */
export async function findStack(
  file: StackFile,
  description: Description,
  signal?: AbortSignal,
): Promise<Stack> {
  const { bytes, pages, layout, coding, littleEndian } = file;
  const { path } = bytes;
  const first = await blocksOf(path, pages.first, layout, coding, littleEndian, signal);
  const range = pixelRange(first, coding);
  const described = description.planes ?? metaMorph(pages);
  if (range && described?.mayFollow && (await doFollow(file, described, range, signal)))
    return { planes: described, start: range[0], first, notes: [] };
  while (!(described && bytes.isInParts && bytes.fetched > ENOUGH) && (await pages.findNext(signal)));
  const planes = pages.isComplete ? checked(pages.count, described) : (described as Planes);
  const start = range && !planes.pages && (await isGapless(file, range, signal)) ? range[0] : undefined;
  return { planes, start, first, notes: notesOn(pages, described, planes) };
}

/** MetaMorph's stacks have one directory, and a field with one element per slice. */
function metaMorph(pages: Pages): Planes | undefined {
  const z = pages.first.count(TAG.metaMorphPlanes);
  return z > 1 ? { z, c: 1, t: 1, order: "zct", mayFollow: true } : undefined;
}

function totalOf({ z, c, t }: Planes): number {
  return z * c * t;
}

/**
 * Whether all planes follow the first one without gaps. Their directories, which may be missing, need not be read then.
 */
async function doFollow(
  { bytes, pages, layout, coding, littleEndian }: StackFile,
  planes: Planes,
  [start, end]: readonly [number, number],
  signal?: AbortSignal,
): Promise<boolean> {
  const size = end - start;
  const all = start + size * totalOf(planes);
  const { next } = pages;
  if (next === 0) {
    // A single slice that has kept the description of its stack is complete; but if more slices follow, the file was
    // cut off.
    if (all > bytes.size && bytes.size >= end + size && pages.first.at < start) throw bytes.cutOff(all);
    return all <= bytes.size;
  }
  if (all > bytes.size || (next >= start && next < all)) return false;
  if (!(await pages.findNext(signal))) return false;
  const second = await pages.at(1, signal);
  if (!second) return false;
  const blocks = await blocksOf(bytes.path, second, layout, coding, littleEndian, signal);
  return blocks[0].range?.[0] === end;
}

/** Whether the pixels of all pages are contiguous. */
async function isGapless(
  { bytes, pages, layout, coding, littleEndian }: StackFile,
  [start, end]: readonly [number, number],
  signal?: AbortSignal,
): Promise<boolean> {
  if (!pages.isComplete) return false;
  const size = end - start;
  for (let i = 1; i < pages.count; i++) {
    const page = await pages.at(i, signal);
    const offset = page && (await page.number(coding.tiled ? TAG.tileOffsets : TAG.stripOffsets, 0));
    if (!page || offset !== start + i * size) return false;
    const blocks = await blocksOf(bytes.path, page, layout, coding, littleEndian, signal);
    if (pixelRange(blocks, coding)?.[1] !== start + (i + 1) * size) return false;
  }
  return true;
}

/** The described planes if their pages exist; else each page is a slice. */
function checked(count: number, described: Planes | undefined): Planes {
  const last = described?.pages?.reduce((most, page) => Math.max(most, page), 0) ?? 0;
  if (described && totalOf(described) <= count && last < count) return described;
  return { z: count, c: 1, t: 1, order: "zct" };
}

function notesOn(pages: Pages, described: Planes | undefined, planes: Planes): ReadNote[] {
  const notes: ReadNote[] = [];
  const total = totalOf(planes);
  if (described && described !== planes)
    notes.push({
      text: "The description of the file tells of {told} pages, {count} are there: each is shown as a slice",
      values: { told: totalOf(described), count: pages.count },
    });
  const others = pages.leftOut + (pages.isComplete ? pages.count - total : 0);
  if (others > 0)
    notes.push({
      text: "Pages of another size, type or image are left out: {count}",
      values: { count: others },
    });
  if (pages.first.has(TAG.subDirectories)) notes.push({ text: "Reduced copies of the pages are left out" });
  return notes;
}

/** If there is one slice only, time takes the place of z: a movie is shown as a stack. */
export function timeAlongZ(planes: Planes): Planes {
  if (planes.z > 1 || planes.t === 1) return planes;
  const swap: Readonly<Record<string, string>> = { z: "t", t: "z", c: "c" };
  return { ...planes, z: planes.t, t: 1, order: [...planes.order].map((axis) => swap[axis]).join("") };
}

/** Page of slice `z`, channel `c` and time point `t`. */
export function pageOf(
  planes: Planes,
  at: { readonly z: number; readonly c: number; readonly t: number },
): number {
  let [plane, stride] = [0, 1];
  for (const axis of planes.order as Iterable<"z" | "c" | "t">) {
    plane += stride * at[axis];
    stride *= planes[axis];
  }
  return planes.pages?.[plane] ?? plane;
}

/** Whether the slices of a frame are contiguous, followed by further frames: channels first, then time points. */
export function isInOrder(planes: Planes): boolean {
  const axes = [...planes.order].filter((axis) => planes[axis as "z" | "c" | "t"] > 1).join("");
  return !planes.pages && "zct".replace(/./g, (axis) => (axes.includes(axis) ? axis : "")) === axes;
}

/** The error for a missing page. */
export function missingPage(path: string, page: number, count: number): VoxelVolumeError {
  return damaged(path, `has no page ${page + 1}, only ${count}`);
}
