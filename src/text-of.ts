/** Converts any value to text or a number, as pages may set properties to anything. */

/** Unlike `String`, never throws; an object may have no `toString`, or one that fails. */
export function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** NaN for anything that is not a number; unlike `Number`, never throws. */
export function numberOf(value: unknown): number {
  return typeof value === "number" ? value : Number(textOf(value));
}
