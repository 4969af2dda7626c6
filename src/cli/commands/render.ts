/** `render`: writes a figure of a volume: PNG, JPEG, WebP, SVG or PDF. */

import { extname } from "node:path";
import { VoxelVolumeError } from "../../errors.ts";
import { type FigureSize, figureSize, parseDpi } from "../../picture/figure-size.ts";
import { FIGURE_TYPES } from "../../picture/figure-types.ts";
import { parseLetters, parseViews } from "../../picture/figure-views.ts";
import { PDF, type PictureJob } from "../job.ts";
import { parseSamples, type Values } from "../options.ts";
import { type Target, targetOf, writesToStandardOutput } from "../output-file.ts";
import { runJob } from "../run-job.ts";

/** Pixels per side of a view, by default. */
const SIDE = 1200;
const TYPES: Readonly<Record<string, string>> = { ...FIGURE_TYPES, pdf: PDF };

export async function render(input: string, values: Values): Promise<void> {
  const target = targetOf(values.output, "OUT.png");
  const picture = pictureJob(values, target);
  const stats = await runJob(input, values, target, { picture });
  if (writesToStandardOutput(values.output, values.stats)) return;
  const { size } = picture;
  console.log(
    `${values.output}: ${describeSize(size)}, ${stats.volume}, ${stats.kindText}, ${stats.filledVoxels} voxels`,
  );
}

/** The figure that the options describe. @throws VoxelVolumeError "invalid-option". */
function pictureJob(values: Values, target: Target): PictureJob {
  const views = values.views === undefined ? [] : parseViews(values.views);
  const panels = Math.max(1, views.length);
  const size = figureSize(values.size ?? String(SIDE * panels), parseDpi(values.dpi), panels);
  return {
    size,
    views,
    letters: parseLetters(values.letters ?? "", panels),
    title: values.title ?? "",
    background: values.background ?? "white",
    samples: parseSamples(values.samples ?? "1"),
    type: typeOf(target),
  };
}

/** Media type of a file, by its extension; pipes and devices get a PNG. */
function typeOf({ text, isStream }: Target): string {
  const extension = extname(text).slice(1).toLowerCase();
  const type = Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined;
  if (type) return type;
  if (isStream) return FIGURE_TYPES.png;
  const known = Object.keys(TYPES)
    .map((name) => `.${name}`)
    .join(", ");
  throw new VoxelVolumeError("invalid-option", `${text}: the name has to end in one of ${known}`);
}

function describeSize({ width, height, dpi }: FigureSize): string {
  const pixels = `${width}x${height}`;
  if (dpi === undefined) return pixels;
  const [wide, high] = [width, height].map((side) => Number(((side / dpi) * 2.54).toFixed(2)));
  return `${pixels} (${wide} x ${high} cm at ${dpi} dpi)`;
}
