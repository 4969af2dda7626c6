/** A backend: somewhere scenarios are carried out. */

import type { Opened } from "./measure.ts";
import { measured, type Outcome, pipelineMs, type Result } from "./result.ts";
import type { Scenario } from "./scenarios.ts";

export interface Backend {
  readonly about: Omit<Result["backend"], "timestamps">;
  readonly opened: Opened;
  /**
   * Measures one scenario in about `budgetMs`.
   * @throws Error for what can't be done; the backend can be used afterwards.
   */
  run(scenario: Scenario, budgetMs: number): Promise<Outcome>;
  close(): Promise<void>;
}

/** Shares of the time: an orbit takes many frames, a picture one. */
const WEIGHT: Record<Scenario["measure"], number> = { grid: 2, frames: 4, fidelity: 1, turning: 2 };

/** Runs scenarios one after the other; each may take its share of the time that is left until `deadline`. */
export async function runAll(
  backend: Pick<Backend, "run">,
  plan: readonly Scenario[],
  deadline: number,
  onRow: (row: Result["rows"][number], index: number) => void,
): Promise<Result["rows"]> {
  const rows: Result["rows"][number][] = [];
  for (const [index, scenario] of plan.entries()) {
    const started = performance.now();
    const left = plan.slice(index).reduce((sum, { measure }) => sum + WEIGHT[measure], 0);
    const budget = ((deadline - started) * WEIGHT[scenario.measure]) / left;
    let row: { outcome: Outcome } | { failed: string };
    try {
      const reason = tooLong(scenario, rows, deadline - started);
      if (reason) throw new Error(`over budget: ${reason}`);
      row = { outcome: await backend.run(scenario, budget) };
    } catch (error) {
      row = { failed: (error as Error).message.split("\n")[0] };
    }
    const seconds = (performance.now() - started) / 1000;
    rows.push({ ...scenario, seconds, ...row } as Result["rows"][number]);
    onRow(rows[index], index);
  }
  return rows;
}

/** Why there is no time for a scenario, as far as can be told: what it takes follows from its voxels. */
function tooLong({ volume }: Scenario, rows: Result["rows"], leftMs: number): string | undefined {
  if (leftMs <= 0) return "there was no time left for it";
  const side = sideOf(volume);
  const last = measured({ rows }, "grid")
    .filter((row) => sideOf(row.volume) !== undefined)
    .at(-1);
  if (!side || !last || last.volume === volume) return undefined;
  const growth = (side / (sideOf(last.volume) as number)) ** 3;
  const ms = growth * (last.outcome.firstPictureMs + pipelineMs(last.outcome));
  return ms > leftMs ? `it would take about ${Math.round(ms / 1000)} s, going by ${last.volume}` : undefined;
}

/** Side of a volume that is made by a formula. */
function sideOf(volume: string): number | undefined {
  const [, side] = /^synthetic (\d+)$/.exec(volume) ?? [];
  return side === undefined ? undefined : Number(side);
}
