/** The HTML tag that reproduces what an element shows now. */

import { OPTION_NAMES, type OptionName, type OptionTexts, settingsFrom } from "../../options/options.ts";
import type { Viewer } from "./viewer.ts";

/** The element's properties that the tag depends on. */
export type TagSource = Pick<
  Viewer,
  | OptionName
  | "src"
  | "entry"
  | "frame"
  | "channel"
  | "sourceName"
  | "style"
  | "getAttributeNames"
  | "getAttribute"
>;

/** Attributes that concern the element's place in the page, not its content. */
const OF_THE_PAGE = ["id", "class", "style", "slot", "poster"];

/** HTML of an element that shows the same picture: only what differs from the defaults and from the view. */
export function tagFor(viewer: TagSource): string {
  const view = viewer.view ? String(viewer.view) : "";
  const attributes: [name: string, text: string][] = [["src", sourceOf(viewer)]];
  if (viewer.entry) attributes.push(["entry", viewer.entry]);
  if (viewer.frame) attributes.push(["frame", String(viewer.frame)]);
  if (viewer.channel) attributes.push(["channel", String(viewer.channel)]);
  if (view) attributes.push(["view", view]);
  for (const name of OPTION_NAMES) {
    const text = textOf(viewer[name]);
    if (name !== "view" && text !== undefined && matters(name, text, view)) attributes.push([name, text]);
  }
  const own = ["src", "entry", "frame", "channel", ...OPTION_NAMES, ...OF_THE_PAGE];
  for (const name of viewer.getAttributeNames()) {
    if (!own.includes(name)) attributes.push([name, viewer.getAttribute(name) ?? ""]);
  }
  const { background } = viewer.style;
  if (background) attributes.push(["style", `background: ${background}`]);
  const text = attributes.map(([name, value]) =>
    value === "" && !hasMeaningEmpty(name) ? name : `${name}="${escaped(value)}"`,
  );
  return `<voxel-volume ${text.join(" ")}></voxel-volume>`;
}

/** The URL that the page set, unless the user has opened another file. */
function sourceOf({ src, sourceName }: TagSource): string {
  const file = decoded(String(src ?? "").replace(/[?#].*$/, ""));
  return src && (sourceName === "" || file.endsWith(sourceName)) ? String(src) : sourceName;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** Text of an option; numbers have three decimals, because a dragged camera has many. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "number" ? String(Number(value.toFixed(3))) : String(value);
}

/** True if an option changes the picture; invalid ones are left out. */
function matters(name: OptionName, text: string, view: string): boolean {
  const settings = (texts: OptionTexts) => JSON.stringify(settingsFrom({ view, ...texts }));
  try {
    return settings({ [name]: text }) !== settings({});
  } catch {
    return false;
  }
}

/** Options for which empty text is a value: nothing is flipped, cropped or clipped. */
const hasMeaningEmpty = (name: string) => ["flip", "crop", "clip"].includes(name);

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
