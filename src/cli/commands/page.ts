/** `page`: writes a web page that shows a volume live: one HTML file, a zip archive or a folder. */

import { extname } from "node:path";
import { VoxelVolumeError } from "../../errors.ts";
import type { PageJob } from "../job.ts";
import { parseSize, pictureOptions, type Values } from "../options.ts";
import { type Target, targetOf, writesToStandardOutput } from "../output-file.ts";
import { folderTargetOf, isFolder } from "../output-folder.ts";
import { runJob } from "../run-job.ts";

const FORMS: Readonly<Record<string, PageJob["form"]>> = { ".html": "html", ".htm": "html", ".zip": "zip" };

export async function page(input: string, values: Values): Promise<void> {
  const output = values.output ?? "";
  const target = isFolder(output) ? folderTargetOf(output, true) : targetOf(output, "figure.html");
  const { title, alt, controls, background = "transparent", "max-inline": maxInline } = values;
  const stats = await runJob(input, values, target, {
    page: {
      form: "isFolder" in target ? "zip" : formOf(target),
      options: pictureOptions(values),
      background,
      title,
      alt,
      controls: controls !== undefined,
      maxInline: parseSize("max-inline", maxInline),
    },
  });
  if (writesToStandardOutput(values.output, values.stats)) return;
  console.log(`${values.output}: ${describe(stats.page as Record<string, number>)}`);
}

function formOf({ text, isStream }: Target): PageJob["form"] {
  const form = FORMS[extname(text).toLowerCase()];
  if (form) return form;
  if (isStream) return "html";
  throw new VoxelVolumeError(
    "invalid-option",
    `${text}: the name has to end in .html, or in .zip or / for the files of a page`,
  );
}

/** The files with their sizes, as in "index.html 1.2 MB". */
function describe(files: Readonly<Record<string, number>>): string {
  const sizes = Object.entries(files).map(
    ([name, bytes]) => `${name} ${Number((bytes / 1e6).toPrecision(2))} MB`,
  );
  return sizes.length === 1 ? sizes[0].replace("index.html ", "") : sizes.join(", ");
}
