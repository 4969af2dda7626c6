/** The state of an element: taken from its properties, and set again. */

import type { LabelInput } from "../options/label-table.ts";
import { OPTION_NAMES, type OptionName, type OptionTexts } from "../options/options.ts";
import { STATE_VERSION, type ViewerState } from "../state/state.ts";
import { textOf } from "../text-of.ts";
import type { LoadingController } from "./controllers/loading.ts";
import { pendingRequest } from "./load-state.ts";
import { defaultOf, fromAttribute, textsOf } from "./option-properties.ts";

export interface StateHost extends Record<OptionName, unknown> {
  src: string | undefined;
  entry: string | undefined;
  frame: number;
  channel: number;
  labels: LabelInput | undefined;
  readonly style: Pick<CSSStyleDeclaration, "background">;
}

/** Loading of an element: the volume that is loaded or being loaded. */
export type StateLoading = Pick<LoadingController, "state" | "drawable" | "noteFrame">;

/** URL of the file that is shown or about to be; undefined if it has none. */
function urlOf({ state, drawable }: StateLoading): string | undefined {
  return (pendingRequest(state) ?? drawable?.request)?.url;
}

/** The options that differ from their defaults, as the texts of attributes. */
export function ownTexts(host: Record<OptionName, unknown>): OptionTexts {
  const texts = textsOf(host);
  for (const name of OPTION_NAMES) if (texts[name] === String(defaultOf(name))) delete texts[name];
  return texts;
}

/** The state of an element. */
export function takeState(host: StateHost, loading: StateLoading): ViewerState {
  const { entry, frame, channel, labels, style } = host;
  const texts = ownTexts(host);
  const table = labels instanceof Map ? Object.fromEntries(labels) : labels;
  const state = {
    version: STATE_VERSION,
    src: urlOf(loading) || undefined,
    entry: entry ? textOf(entry) : undefined,
    frame: frame || undefined,
    channel: channel || undefined,
    labels: table && typeof table !== "string" ? JSON.stringify(table) : table || undefined,
    background: isColor(style.background) ? style.background : undefined,
    options: Object.keys(texts).length > 0 ? texts : undefined,
  };
  // Without members that are undefined.
  return JSON.parse(JSON.stringify(state));
}

/**
 * Sets the options of a state, and all others to their defaults. If the state has the URL of the volume that is shown, or
 * none, that volume stays.
 */
export function applyState(host: StateHost, state: ViewerState | undefined, loading: StateLoading): void {
  const { options, background, entry, frame, channel, labels, src: newSrc } = Object(state) as ViewerState;
  const src = urlOf(loading);
  loading.noteFrame(undefined);
  for (const name of OPTION_NAMES) {
    // Setting the default first makes it a change even if the value is the same: see CameraController.
    host[name] = defaultOf(name);
    if (options && Object.hasOwn(options, name) && options[name] !== null)
      host[name] = fromAttribute(name, textOf(options[name])) as never;
  }
  host.entry = entry;
  host.frame = Number(frame) || 0;
  host.channel = Number(channel) || 0;
  host.labels = labels;
  if (isColor(background)) host.style.background = background as string;
  // A picture or gradient that the page has set is not part of states.
  else if (isColor(host.style.background)) host.style.background = "";
  if (typeof newSrc !== "string" || newSrc === src) return;
  host.src = undefined;
  host.src = newSrc;
}

const isColor = (text: unknown) => CSS.supports("color", textOf(text));
