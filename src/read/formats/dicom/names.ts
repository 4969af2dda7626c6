/** Names the volumes in a set of DICOM files. */
import type { Vec3 } from "../../../volume.ts";
import { cross } from "../../util/vectors.ts";
import type { Stack } from "./stacks.ts";

/** The plane perpendicular to each axis of the patient. */
const PLANES = ["sagittal", "coronal", "axial"] as const;

/**
 * A unique name for each stack: number and description of the series, as "3 t1_mprage_sag", followed by the plane or
 * segment if a series has several stacks; or the file's path if a single file holds one stack.
 */
export function namesOf(stacks: readonly Stack[], path: string | undefined): string[] {
  if (path !== undefined && stacks.length === 1) return [path];
  const plain = stacks.map(seriesName);
  const named = plain.map((name, i) => {
    const details = stacks.filter((_, k) => plain[k] === name).map(detailOf);
    const isTelling = new Set(details).size > 1;
    return isTelling ? `${name} ${detailOf(stacks[i])}`.trim() : name;
  });
  const used = new Set<string>();
  return named.map((name) => {
    let unique = name;
    for (let n = 2; used.has(unique); n++) unique = `${name} (${n})`;
    used.add(unique);
    return unique;
  });
}

function seriesName({ frames: [[slice]] }: Stack): string {
  const { seriesNumber, description, image } = slice;
  const name = [seriesNumber, description].filter(Boolean).join(" ");
  // Slashes would look like folders.
  return name.replace(/[/\\\p{Cc}]+/gu, "-") || image.file.path;
}

function detailOf({ frames: [[{ part, orientation }]] }: Stack): string {
  if (part) return part;
  if (!orientation) return "";
  const normal: Vec3 = cross(orientation.row, orientation.column);
  const sizes = normal.map(Math.abs);
  return PLANES[sizes.indexOf(Math.max(...sizes))];
}
