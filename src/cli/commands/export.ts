/** `export`: writes a stage of the pipeline as a NumPy array. */

import { VoxelVolumeError } from "../../errors.ts";
import { STAGES } from "../job.ts";
import type { Values } from "../options.ts";
import { targetOf, writesToStandardOutput } from "../output-file.ts";
import { runJob } from "../run-job.ts";

export async function exportStage(input: string, values: Values): Promise<void> {
  const stage = STAGES.find((name) => name === values.stage);
  if (!stage)
    throw new VoxelVolumeError(
      "invalid-option",
      `stage "${values.stage ?? ""}": expected ${STAGES.join(", ")}`,
    );
  const target = targetOf(values.output, "OUT.npy");
  await runJob(input, values, target, { stage });
  if (!writesToStandardOutput(values.output, values.stats)) console.log(`${values.output}: ${stage}`);
}
