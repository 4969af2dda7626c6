/** `render`: writes a picture of a volume as a PNG, or a film of it. */

import { filmJob } from "../film-job.ts";
import { parseSamples, parseSize, pictureOptions, type Values } from "../options.ts";
import { targetOf, writesToStandardOutput } from "../output-file.ts";
import { folderTargetOf } from "../output-folder.ts";
import { runJob } from "../run-job.ts";

export async function render(input: string, values: Values): Promise<void> {
  const size = parseSize(values.size ?? "1200x1200");
  const background = values.background ?? "white";
  const samples = parseSamples(values.samples ?? "1");
  const film = filmJob(values, pictureOptions(values));
  const target =
    film?.format === "folder" ? folderTargetOf(values.output as string) : targetOf(values.output, "OUT.png");
  const stats = await runJob(input, values, target, { picture: { size, background, samples }, film });
  if (writesToStandardOutput(values.output, values.stats)) return;
  const { volume, kindText, filledVoxels } = stats;
  const shape = film
    ? `${(stats.size as number[]).join("x")}, ${stats.frames} frames in ${stats.seconds} s, ${stats.codec}`
    : size.join("x");
  console.log(`${values.output}: ${shape}, ${volume}, ${kindText}, ${filledVoxels} voxels`);
}
