/** Formats values as text. */

/** A value as text: whole numbers in full, other numbers with five significant digits. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return "missing";
  const isExact =
    Number.isInteger(value) &&
    (Math.abs(value) < 1e9 || (Math.abs(value) > Number.MAX_SAFE_INTEGER && Math.abs(value) < 1e21));
  const short = isExact ? value : Number(value.toPrecision(5));
  return String(short).replaceAll("-", "−");
}
