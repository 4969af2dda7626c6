/** Growth of the measured times with the side of synthetic volumes. */

import { growthExponent } from "./numbers.ts";
import { frameMs, measured, type Result } from "./result.ts";

/** Lines such as "first picture ~ n^2.9", with n voxels per side; none if fewer than two volumes were measured. */
export function growthLines({ rows }: Pick<Result, "rows">): string[] {
  const side = (volume: string) => Number(/^synthetic (\d+)$/.exec(volume)?.[1] ?? Number.NaN);
  const grids = measured({ rows }, "grid").filter(({ volume }) => side(volume));
  const frames = measured({ rows }, "frames").filter(({ volume }) => side(volume));
  const series: [string, [n: number, y: number][]][] = [
    ["first picture", grids.map(({ volume, outcome }) => [side(volume), outcome.firstPictureMs])],
    ["GPU memory", grids.map(({ volume, outcome }) => [side(volume), outcome.heldBytes])],
    ...[...new Set(frames.map(({ blend }) => blend))].map((blend): [string, [number, number][]] => [
      `frame, ${blend}`,
      frames
        .filter((row) => row.blend === blend)
        .map(({ volume, outcome }) => [side(volume), frameMs(outcome)]),
    ]),
  ];
  return series
    .filter(([, points]) => points.length > 1)
    .map(([name, points]) => `${name} ~ n^${growthExponent(points)?.toFixed(2)}`);
}
