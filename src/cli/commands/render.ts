/** `render`: writes a figure of a volume, as PNG, JPEG, WebP, SVG or PDF, or a film of it. */

import { extname } from "node:path";
import { VoxelVolumeError } from "../../errors.ts";
import { type FigureSize, figureSize, parseDpi } from "../../picture/figure-size.ts";
import { FIGURE_TYPES } from "../../picture/figure-types.ts";
import { parseLetters, parseViews } from "../../picture/figure-views.ts";
import { filmJob } from "../film-job.ts";
import { PDF, type PictureJob, type Stats } from "../job.ts";
import { parseSamples, pictureOptions, type Values } from "../options.ts";
import { type Target, targetOf, writesToStandardOutput } from "../output-file.ts";
import { folderTargetOf } from "../output-folder.ts";
import { runJob } from "../run-job.ts";

/** Pixels per side of a view, by default. */
const SIDE = 1200;
const TYPES: Readonly<Record<string, string>> = { ...FIGURE_TYPES, pdf: PDF };

export async function render(input: string, values: Values): Promise<void> {
  const film = filmJob(values, pictureOptions(values));
  const target =
    film?.format === "folder" ? folderTargetOf(values.output ?? "") : targetOf(values.output, "OUT.png");
  const picture = pictureJob(values, film || "isFolder" in target ? FIGURE_TYPES.png : typeOf(target));
  const stats = await runJob(input, values, target, { picture, film });
  if (writesToStandardOutput(values.output, values.stats)) return;
  const what = film ? describeFilm(stats) : describeSize(picture.size);
  console.log(`${values.output}: ${what}, ${stats.volume}, ${stats.kindText}, ${stats.filledVoxels} voxels`);
}

/** The figure that the options describe. @throws VoxelVolumeError "invalid-option". */
function pictureJob(values: Values, type: string): PictureJob {
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
    type,
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

function describeFilm({ size, frames, seconds, codec }: Stats): string {
  return `${(size as number[]).join("x")}, ${frames} frames in ${Number((seconds as number).toFixed(2))} s, ${codec}`;
}

function describeSize({ width, height, dpi }: FigureSize): string {
  const pixels = `${width}x${height}`;
  if (dpi === undefined) return pixels;
  const [wide, high] = [width, height].map((side) => Number(((side / dpi) * 2.54).toFixed(2)));
  return `${pixels} (${wide} x ${high} cm at ${dpi} dpi)`;
}
