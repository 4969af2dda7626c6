/** A backend: an environment that runs scenarios. */

import type { Opened } from "./measure.ts";
import { measured, type Outcome, pipelineMs, type Result } from "./result.ts";
import type { Scenario } from "./scenarios.ts";

export interface Backend {
  readonly about: Omit<Result["backend"], "timestamps">;
  readonly opened: Opened;
  /**
   * Measures one scenario in about `budgetMs`.
   * @throws Error if the scenario cannot run; the backend remains usable.
   */
  run(scenario: Scenario, budgetMs: number): Promise<Outcome>;
  close(): Promise<void>;
}

/** Relative shares of the time: an orbit needs many frames, a picture one. */
const WEIGHT: Record<Scenario["measure"], number> = { grid: 2, frames: 4, fidelity: 1, turning: 2 };

/** Runs scenarios one after another. Each may use its share of the time left until `deadline`. */
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

/** Why there is not enough time for a scenario, if that can be predicted: the time grows with its voxels. */
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

/** Side of a synthetic volume. */
function sideOf(volume: string): number | undefined {
  const [, side] = /^synthetic (\d+)$/.exec(volume) ?? [];
  return side === undefined ? undefined : Number(side);
}
