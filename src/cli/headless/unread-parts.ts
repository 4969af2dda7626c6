/** unreadParts: tells of the parts of a large volume that could not be read, which pictures lack. */

import type { Renderer } from "../../engine/renderer.ts";

/** Collects notes from now on: one for the first part of each volume that could not be read. */
export function unreadParts({ paged }: Pick<Renderer, "paged">): readonly string[] {
  const notes: string[] = [];
  if (paged) {
    paged.onFailure = (error) => {
      const why = error instanceof Error ? error.message : String(error);
      notes.push(`The picture lacks parts of the volume, which could not be read. The first one: ${why}`);
    };
  }
  return notes;
}
