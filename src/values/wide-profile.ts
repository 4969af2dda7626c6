/** The profile of a source with codes of 4 bytes. */

import { intervals } from "./intervals.ts";
import { MOST_LEVELS } from "./levels.ts";
import { eachRow } from "./rows.ts";
import type { ValueSource } from "./stored-values.ts";
import { finished, type InnerProfile, neighbours, presentScalars } from "./value-profile.ts";

/** First finds the range, then lists the distinct values if there are few, else counts intervals of the range. */
export async function profileOfWide(source: ValueSource): Promise<InnerProfile> {
  const [low, high] = presentScalars(source);
  let [least, most, count] = [Infinity, -Infinity, 0];
  let tally: Map<number, number> | undefined = new Map();
  await eachRow(source, (scalars) => {
    let run = 0;
    for (let i = 0; i < scalars.length; i++) {
      const scalar = scalars[i];
      if (!(scalar >= low && scalar <= high)) continue;
      run++;
      count++;
      if (scalar === scalars[i + 1]) continue;
      if (scalar < least) least = scalar;
      if (scalar > most) most = scalar;
      if (tally) {
        tally.set(scalar, (tally.get(scalar) ?? 0) + run);
        if (tally.size > MOST_LEVELS) tally = undefined;
      }
      run = 0;
    }
  });
  const toValue = (scalar: number) =>
    scalar >= low && scalar <= high ? source.valueOfScalar(scalar) : Number.NaN;
  if (!tally) {
    const levels = await intervals(source, least, most, count);
    return finished(source, levels, false, await neighbours(source, levels, toValue));
  }
  const sign = source.codes.falling ? -1 : 1;
  const listed = [...tally].sort(([a], [b]) => sign * (a - b));
  const levels = {
    values: Float64Array.from(listed, ([scalar]) => source.valueOfScalar(scalar)),
    counts: Float64Array.from(listed, ([, n]) => n),
  };
  const ranks = new Map(listed.map(([scalar], rank) => [scalar, rank]));
  const pairs = await neighbours(source, levels, toValue, (scalar) => ranks.get(scalar));
  return finished(source, levels, true, pairs, {
    levelScalars: Float64Array.from(listed, ([scalar]) => scalar),
  });
}
