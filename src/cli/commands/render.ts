/** `render`: writes a picture of a volume as a PNG. */

import { parseSamples, parseSize, type Values } from "../options.ts";
import { targetOf, writesToStandardOutput } from "../output-file.ts";
import { runJob } from "../run-job.ts";

export async function render(input: string, values: Values): Promise<void> {
  const size = parseSize(values.size ?? "1200x1200");
  const background = values.background ?? "white";
  const samples = parseSamples(values.samples ?? "1");
  const target = targetOf(values.output, "OUT.png");
  const stats = await runJob(input, values, target, { picture: { size, background, samples } });
  if (writesToStandardOutput(values.output, values.stats)) return;
  console.log(
    `${values.output}: ${size.join("x")}, ${stats.volume}, ${stats.kindText}, ${stats.filledVoxels} voxels`,
  );
}
