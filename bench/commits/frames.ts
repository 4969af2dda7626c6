/** Times frames of an orbit and changed settings, alternating between both engines in one page. */

import type { OptionTexts } from "../../src/options/options.ts";
import type { EngineSession } from "./engine-session.ts";
import { inTurn, makeRow, type Row, TREES, type TreeName } from "./rows.ts";

export interface FrameCase {
  readonly name: string;
  readonly options: OptionTexts;
}

const VIEWS = ["full", "cut", "diagonal"];

export const FRAME_CASES: readonly FrameCase[] = [
  ...["exact", "weighted"].flatMap((blend) =>
    VIEWS.map((view) => ({ name: `frames native ${view} ${blend}`, options: { view, blend } })),
  ),
  {
    name: "frames 50 full weighted",
    options: { view: "full", blend: "weighted", resolution: "50" },
  },
  ...["0.1", "0.02"].map((opacity) => ({
    name: `frames native full weighted opacity=${opacity}`,
    options: { view: "full", blend: "weighted", opacity },
  })),
];

/** If frames are slow, fewer are measured than requested, but at least this many. */
const FEWEST = 3;
const AZIMUTH = 320;

/** Times the frames of an orbit, each with both engines. */
export async function measureFrames(
  session: EngineSession,
  { name, options }: FrameCase,
  { frames, budgetMs }: { frames: number; budgetMs: number },
): Promise<Row> {
  await session.show("native");
  let firstMs = 0;
  for (const tree of TREES) {
    await session.update(tree, options);
    // Not counted. Its time decides how many frames to measure.
    firstMs += await session.frame(tree, { ...options, azimuth: String(AZIMUTH - 1) });
  }
  const count = Math.min(frames, Math.max(FEWEST, Math.floor(budgetMs / firstMs)));
  const values: Record<TreeName, number[]> = { other: [], own: [] };
  for (let i = 0; i < count; i++) {
    const azimuth = String(AZIMUTH + (360 * i) / count);
    for (const tree of inTurn(i)) values[tree].push(await session.frame(tree, { ...options, azimuth }));
  }
  return makeRow(name, values);
}

const BASE: OptionTexts = { view: "full", blend: "exact" };

/** Changed settings, one at a time, with the large volume shown. */
export const CHANGES: readonly FrameCase[] = Object.entries({
  gamma: "0.5",
  contrast: "2.5",
  opacity: "0.8",
  colormap: "magma",
  crop: "0:0.7 0:1 0:0.5",
  flip: "x",
  clip: "1 -1 -1 0.1",
}).map(([option, text]) => ({ name: `change ${option}`, options: { [option]: text } }));

/** Times from a changed setting to the picture. Changing it back is not counted. */
export async function measureChange(
  session: EngineSession,
  { name, options }: FrameCase,
  runs: number,
): Promise<Row> {
  await session.show("large");
  const values: Record<TreeName, number[]> = { other: [], own: [] };
  const changed = { ...BASE, ...options };
  for (const tree of TREES) {
    // Not counted, as shaders are compiled.
    for (const texts of [BASE, changed, BASE]) await session.update(tree, texts);
  }
  for (let run = 0; run < runs; run++) {
    for (const tree of inTurn(run)) {
      values[tree].push(await session.update(tree, changed));
      await session.update(tree, BASE);
    }
  }
  return makeRow(name, values);
}
