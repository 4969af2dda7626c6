/** Makes a live page in the headless page. */

import type { Renderer } from "../../engine/renderer.ts";
import type { LabelTable } from "../../options/label-table.ts";
import { makePage, zipOf } from "../../page/make-page.ts";
import { pageCode } from "../../page/page-code.ts";
import type { Volume } from "../../volume.ts";
import type { Job, PageJob } from "../job.ts";
import { send, tellTask } from "./send.ts";

/** Posts a page. @returns the names and sizes of its files, in bytes. */
export async function sendPage(
  renderer: Renderer,
  volume: Volume,
  labels: LabelTable | null,
  { form, options, background, ...choices }: PageJob,
  { options: stillOptions, output }: Pick<Job, "options" | "output">,
): Promise<Record<string, number>> {
  const subject = { volume, options, stillOptions, labels, background };
  const isWhole = form === "html";
  const code = await pageCode(undefined);
  const files = await makePage(renderer, subject, { ...choices, isWhole, onTask: tellTask }, code);
  await send(output, [isWhole ? files[0].blob : await zipOf(files)]);
  return Object.fromEntries(files.map(({ name, blob }) => [name, blob.size]));
}
