/** File names of the frames of a film. */

/** The name of a frame, counted from 0: numbers start at 1, and have four digits so that they sort. */
export function frameName(index: number): string {
  return `frame-${String(index + 1).padStart(4, "0")}.png`;
}
