/** Groups slices into stacks (volumes), sorted by position in space and then by time. */
import type { ReadNote, Vec3 } from "../../../volume.ts";
import { affineFrom } from "../../util/affine.ts";
import { cross, dot, scale, subtract } from "../../util/vectors.ts";
import type { Orientation, Slice } from "./slices.ts";

/** The slices of a volume. */
export interface Stack {
  /** The slices of each frame, in order along z. */
  readonly frames: readonly (readonly Slice[])[];
  /** Distances between voxel centres, in mm; undefined if the files have none. */
  readonly spacing: Vec3 | undefined;
  /** Affine from voxel index to mm, row-major, in RAS; undefined if the files have no directions. */
  readonly affine: readonly number[] | undefined;
  readonly notes: readonly ReadNote[];
}

/** Tolerance for components of directions within a volume. */
const DIRECTION_TOLERANCE = 1e-3;
/** Slices closer than this, in mm, are at the same position. */
const SAME_POSITION = 1e-2;
/** Relative deviation of slice distances from which a note is added. */
const UNEVEN = 0.02;

/** The volumes that slices make up, in the order of their first slices. */
export function stacksOf(slices: readonly Slice[]): Stack[] {
  return groupsOf(unique(slices)).map(stackOf);
}

/** Removes copies of an instance, which some file sets have in several folders. */
function unique(slices: readonly Slice[]): Slice[] {
  const seen = new Set<string>();
  return slices.filter(({ instance, index, position, order }) => {
    if (!instance) return true;
    const key = [instance, index, position, order].join(" ");
    return !seen.has(key) && seen.add(key);
  });
}

function groupsOf(slices: readonly Slice[]): Slice[][] {
  const groups: Slice[][] = [];
  const alike = new Map<string, Slice[][]>();
  for (const slice of slices) {
    const { image, series, part, spacing } = slice;
    const { rows, columns, samples, bitsAllocated, isSigned, isPlanar } = image;
    const key = [
      ...[series, part, rows, columns, samples, bitsAllocated, isSigned, isPlanar],
      ...(spacing?.map((length) => length.toFixed(4)) ?? []),
      // Without positions, frames of different files are unrelated.
      slice.position || image.frames === 1 ? "" : image.file.path,
    ].join("|");
    const candidates = alike.get(key) ?? [];
    alike.set(key, candidates);
    const group = candidates.find(([first]) => isParallel(first, slice));
    if (group) group.push(slice);
    else {
      candidates.push([slice]);
      groups.push(candidates[candidates.length - 1]);
    }
  }
  return groups;
}

function isParallel({ orientation: a, position: p }: Slice, { orientation: b, position: q }: Slice): boolean {
  if (!a || !b || !p || !q) return !(a && p) === !(b && q);
  const near = (u: Vec3, v: Vec3) => u.every((value, i) => Math.abs(value - v[i]) < DIRECTION_TOLERANCE);
  return near(a.row, b.row) && near(a.column, b.column);
}

function stackOf(slices: readonly Slice[]): Stack {
  const notes: ReadNote[] = [];
  const [{ orientation, position }] = slices;
  const places = orientation && position ? placesInSpace(slices, orientation) : placesInOrder(slices);
  const count = framesOf(places);
  const kept = places.filter(({ length }) => length >= count);
  const left = slices.length - kept.length * count;
  if (left > 0) {
    const text = "{left} of {count} slices do not belong to a whole frame, and are left out";
    notes.push({ text, values: { left, count: slices.length } });
  }
  const frames = Array.from({ length: count }, (_, frame) => kept.map((place) => place[frame]));
  if (slices.some(({ isPlaced }) => !isPlaced) || (!position && kept.length > 1)) {
    notes.push({ text: "The file does not tell where its slices are: they are stacked in their order" });
  }
  if (slices.some(({ isMosaic }) => isMosaic)) {
    notes.push({
      text: "Slices are tiles of a mosaic, which are not taken apart: convert the files with dcm2niix",
    });
  }
  return { frames, ...geometryOf(frames[0], notes), notes };
}

/** Groups the slices by position along the normal. */
function placesInSpace(slices: readonly Slice[], { row, column }: Orientation): Slice[][] {
  const normal = cross(row, column);
  const placed = slices
    .map((slice) => ({ slice, at: dot(normal, slice.position as Vec3) }))
    .sort((a, b) => a.at - b.at);
  const places: { at: number; slices: Slice[] }[] = [];
  for (const { slice, at } of placed) {
    const last = places.at(-1);
    if (last && at - last.at < SAME_POSITION) last.slices.push(slice);
    else places.push({ at, slices: [slice] });
  }
  return places.map(({ slices }) => slices.sort(inOrder));
}

/** One group per slice, or a single group if the slices are successive in time. */
function placesInOrder(slices: readonly Slice[]): Slice[][] {
  const sorted = [...slices].sort(inOrder);
  return sorted[0].isInTime ? [sorted] : sorted.map((slice) => [slice]);
}

function inOrder(a: Slice, b: Slice): number {
  const first = a.order.findIndex((value, i) => value !== b.order[i]);
  if (first >= 0) return a.order[first] - b.order[first];
  return a.image.file.path.localeCompare(b.image.file.path, "en", { numeric: true });
}

/** The number of frames that keeps the most slices, if positions have different numbers of slices. */
function framesOf(places: readonly Slice[][]): number {
  const counts = places.map(({ length }) => length).sort((a, b) => b - a);
  let best = 0;
  for (const [i, count] of counts.entries()) if (count * (i + 1) >= counts[best] * (best + 1)) best = i;
  return counts[best];
}

function geometryOf(slices: readonly Slice[], notes: ReadNote[]): Pick<Stack, "spacing" | "affine"> {
  const [{ spacing, thickness, orientation, position: first }] = slices;
  if (!spacing) return { spacing: undefined, affine: undefined };
  const [dx, dy] = spacing;
  if (!orientation || !first) return { spacing: [dx, dy, thickness ?? (dx + dy) / 2], affine: undefined };
  const { row, column } = orientation;
  const normal = cross(row, column);
  let step = scale(normal, thickness ?? (dx + dy) / 2);
  if (slices.length > 1) {
    const last = slices[slices.length - 1].position as Vec3;
    step = scale(subtract(last, first), 1 / (slices.length - 1));
    noteGaps(slices, normal, notes);
    const length = Math.hypot(...step);
    if (dot(step, normal) < (1 - 1e-3) * length) {
      notes.push({
        text: "The slices are shifted against each other (a tilted gantry), and are drawn straight",
      });
    }
  }
  // From LPS to RAS.
  const affine = affineFrom([scale(row, dx), scale(column, dy), step], first, [-1, -1, 1]);
  return { spacing: [dx, dy, Math.hypot(...step)], affine };
}

function noteGaps(slices: readonly Slice[], normal: Vec3, notes: ReadNote[]): void {
  const places = slices.map(({ position }) => dot(normal, position as Vec3));
  const distances = places.slice(1).map((place, i) => place - places[i]);
  // Not `Math.min(...distances)`: there may be more than a call's maximum of arguments.
  const [least, most] = [Math.min, Math.max].map((pick) => distances.reduce((a, b) => pick(a, b)));
  const mean = (places[places.length - 1] - places[0]) / distances.length;
  if (most - least <= Math.max(UNEVEN * mean, SAME_POSITION)) return;
  const [low, high] = [least, most].map((length) => Number(length.toPrecision(4)));
  const text = "Slices are unevenly spaced, {low} to {high} mm apart: some may be missing";
  notes.push({ text, values: { low, high } });
}
