/** Contrast of colours as defined in WCAG 2. */

/** Relative luminance of an sRGB colour with levels from 0 to 255. */
function luminance([r, g, b]: readonly number[]): number {
  const linear = (level: number) => {
    const part = level / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Contrast from 1, for equal luminances, to 21, for black on white. */
export function contrast(a: readonly number[], b: readonly number[]): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((p, q) => p - q);
  return (light + 0.05) / (dark + 0.05);
}
