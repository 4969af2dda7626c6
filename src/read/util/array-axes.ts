/** arrayAxes: the meaning of an array's axes that have no names, as in NumPy's files. */

/** A first axis that is shorter than this fraction of each other axis holds frames; else it is x. */
const FEW_FRAMES = 1 / 2;

/**
 * Meaning of the axes of an array with these lengths: x, y, z, t (frames), c (colours), and "1" for leading and
 * trailing axes of length 1; undefined if there are too few or too many. Of four axes, the last holds frames, or colours
 * if it has 3 or 4 unsigned bytes. But if the first is much shorter than all others, it holds frames: in deep learning,
 * channels come first.
 */
export function arrayAxes(lengths: readonly number[], isBytes = false): string[] | undefined {
  // A single layer of colours, (1, y, z, 3), also has an axis of length 1.
  const hasColors = isBytes && /^[34]$/.test(`${lengths.at(-1)}`) && lengths.length > 3;
  const first = lengths.findIndex((n) => n !== 1);
  const ones = Math.max(0, Math.min(first, lengths.length - (hasColors ? 4 : 3)));
  let end = lengths.length;
  while (end - ones > 3 && lengths[end - 1] === 1) end--;
  const rest = lengths.slice(ones, end);
  const spatial = ["x", "y", "z"];
  const isColor = isBytes && (rest[3] === 3 || rest[3] === 4);
  const isFirst = !isColor && rest.slice(1).every((n) => rest[0] < FEW_FRAMES * n);
  const known = {
    2: ["x", "y"],
    3: spatial,
    4: isFirst ? ["t", ...spatial] : [...spatial, isColor ? "c" : "t"],
  };
  const axes = known[rest.length as keyof typeof known];
  const one = (count: number) => Array<string>(count).fill("1");
  return axes && [...one(ones), ...axes, ...one(lengths.length - end)];
}
