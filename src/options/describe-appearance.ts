/** Describes how a volume is drawn. */

import type { ToldAppearance } from "./appearance.ts";
import { formatValue } from "./format-value.ts";

/** The appearance in words, as in "Signed, window −7.1 to 7.1, threshold 1.8, opacity 1". */
export function describeAppearance({ kind, kindText, window, threshold, opacity }: ToldAppearance): string {
  const parts = [kindText];
  if (kind === "intensity" || kind === "signed") parts.push(`window ${window.map(formatValue).join(" to ")}`);
  if (kind === "signed") parts.push(`threshold ${formatValue(threshold)}`);
  return [...parts, `opacity ${formatValue(opacity)}`].join(", ");
}
