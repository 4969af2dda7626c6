/** The state of an element: taken from its properties, and set again. */

import type { LabelInput } from "../options/label-table.ts";
import { OPTION_NAMES, type OptionName, type OptionTexts } from "../options/options.ts";
import { STATE_VERSION, type ViewerState } from "../state/state.ts";
import { textOf } from "../text-of.ts";
import { defaultOf, fromAttribute, textsOf } from "./option-properties.ts";

export interface StateHost extends Record<OptionName, unknown> {
  src: string | undefined;
  entry: string | undefined;
  frame: number;
  labels: LabelInput | undefined;
  readonly style: Pick<CSSStyleDeclaration, "background">;
}

/** The state of `host`, whose volume comes from the URL `src`. */
export function takeState(host: StateHost, src: string | undefined): ViewerState {
  const { entry, frame, labels, style } = host;
  const texts: OptionTexts = textsOf(host);
  for (const name of OPTION_NAMES) if (texts[name] === String(defaultOf(name))) delete texts[name];
  const table = labels instanceof Map ? Object.fromEntries(labels) : labels;
  const state = {
    version: STATE_VERSION,
    src: src || undefined,
    entry: entry ? textOf(entry) : undefined,
    frame: frame || undefined,
    labels: table && typeof table !== "string" ? JSON.stringify(table) : table || undefined,
    background: isColor(style.background) ? style.background : undefined,
    options: Object.keys(texts).length > 0 ? texts : undefined,
  };
  // Without members that are undefined.
  return JSON.parse(JSON.stringify(state));
}

/**
 * Sets the options of a state, and all others to their defaults. `src` is the URL of the volume that is shown: if the
 * state has the same one or none, that volume stays.
 */
export function applyState(host: StateHost, state: ViewerState, src: string | undefined): void {
  const { options, background } = state;
  for (const name of OPTION_NAMES) {
    // Setting the default first makes it a change even if the value is the same: see CameraController.
    host[name] = defaultOf(name);
    if (options && Object.hasOwn(options, name))
      host[name] = fromAttribute(name, textOf(options[name])) as never;
  }
  host.entry = state.entry;
  host.frame = state.frame ?? 0;
  host.labels = state.labels;
  if (isColor(background)) host.style.background = background as string;
  // A picture or gradient that the page has set is not part of states.
  else if (isColor(host.style.background)) host.style.background = "";
  if ((state.src ?? src) === src) return;
  host.src = undefined;
  host.src = state.src;
}

const isColor = (text: unknown) => CSS.supports("color", textOf(text));
