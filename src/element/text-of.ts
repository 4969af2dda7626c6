/** textOf: any value as text, for pages may set properties to anything. */

/** Unlike `String`, never throws: an object may have no `toString`, or one that fails. */
export function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
