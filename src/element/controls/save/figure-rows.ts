/** Rows that the forms for pictures and films share. */

import type { TemplateResult } from "lit";
import type { Say } from "../../../texts.ts";
import { menu, row, segments } from "../fields.ts";

const SAMPLES = ["1", "4", "9", "16"];

/** Samples per pixel; `name` groups the radio buttons. */
export function samplesRow(
  say: Say,
  name: string,
  chosen: string,
  set: (samples: string) => void,
): TemplateResult {
  const choices = SAMPLES.map((count) => [count, count] as const);
  const label = say("Samples per pixel: more make edges smoother");
  return row(say("Samples"), segments(name, label, choices, chosen, set));
}

/** The colour behind the picture: a CSS colour, or "" for the element's own. */
export function backgroundRow(
  say: Say,
  mayBeTransparent: boolean,
  chosen: string,
  set: (background: string) => void,
): TemplateResult {
  const choices = [
    ["", say("As shown")],
    ["white", say("White")],
    ["black", say("Black")],
    ...(mayBeTransparent ? [["transparent", say("Transparent")] as const] : []),
  ] as const;
  return row(say("Background"), menu(say("Background"), choices, chosen, set));
}
