/**
 * A state as text in the hash of a page's URL, as in `#voxel-volume=1;src=head.nii.gz;view=cut;zoom=2`: the key, the
 * version, then one part for each member. Hashes come from anywhere, so only known names are read, and only addresses
 * that a page may fetch.
 */

import { isTableText } from "../options/label-table.ts";
import { OPTION_NAMES, type OptionName, type OptionTexts } from "../options/options.ts";
import { STATE_VERSION, type ViewerState } from "./state.ts";

/** Longest text of a state that is read or written. */
const LONGEST = 32_768;
/** Room for members and label table, beside the version. */
const MOST = LONGEST - 16;

/** A hash and what of the state it could not hold. */
export interface StateHash {
  /** With the leading #. */
  readonly hash: string;
  /** True if it names the volume: one without a public URL cannot be named. */
  readonly hasVolume: boolean;
  /** True if a label table was left out because it is too long or has no public URL. */
  readonly isWithoutLabels: boolean;
}

/** The hash with a state under `key`; what it has under other keys stays. `base` is the page's URL. */
export function withState(hash: string, key: string, state: ViewerState, base: string): StateHash {
  const { src, entry, frame, channel, background, labels, options = {} } = state;
  const hasVolume = isPublic(src, base);
  const members = { src: hasVolume ? src : undefined, entry, frame, channel, background, ...options };
  const parts = Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encoded(String(value))}`],
  );
  const table = labels === undefined ? "" : `labels=${encoded(labels)}`;
  const isWithoutLabels =
    labels !== undefined && (!isFetchable(labels, base) || [...parts, table].join(";").length >= MOST);
  const text = [STATE_VERSION, ...parts, ...(table && !isWithoutLabels ? [table] : [])].join(";");
  const others = pieces(hash).filter((piece) => keyOf(piece) !== key);
  return { hash: `#${[...others, `${encoded(key)}=${text}`].join("&")}`, hasVolume, isWithoutLabels };
}

/** The state under `key` of a hash; undefined if there is none. `base` is the page's URL. */
export function stateIn(hash: string, key: string, base: string): ViewerState | undefined {
  const piece = pieces(hash).find((piece) => keyOf(piece) === key);
  const text = piece?.slice(piece.indexOf("=") + 1) ?? "";
  const [version, ...parts] = text.split(";");
  if (!/^\d{1,9}$/.test(version) || text.length > LONGEST) return undefined;
  const found = new Map(
    parts.map((part) => {
      const at = part.indexOf("=");
      return [part.slice(0, at), at < 0 ? undefined : decoded(part.slice(at + 1))] as const;
    }),
  );
  const options: OptionTexts = {};
  for (const name of OPTION_NAMES) setIf(options, name, found.get(name));
  const [src, labels] = ["src", "labels"].map((name) => found.get(name));
  const index = (name: "frame" | "channel") => {
    const text = found.get(name) ?? "";
    return /^\d{1,9}$/.test(text) ? { [name]: Number(text) } : {};
  };
  return {
    version: Number(version),
    ...(isPublic(src, base) && { src }),
    ...(found.get("entry") && { entry: found.get("entry") }),
    ...index("frame"),
    ...index("channel"),
    ...(labels && isFetchable(labels, base) && { labels }),
    ...(found.get("background") && { background: found.get("background") }),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

function setIf(options: OptionTexts, name: OptionName, text: string | undefined): void {
  if (text !== undefined) options[name] = text;
}

/** Test for a URL of the web or relative to the page: other schemes have contents of their own. */
function isPublic(url: string | undefined, base: string): boolean {
  // Browsers read a backslash as a slash: it would hide another host.
  if (url?.includes("\\")) return false;
  try {
    const { protocol } = new URL(url || "about:blank", base);
    return ["http:", "https:", new URL(base).protocol].includes(protocol);
  } catch {
    return false;
  }
}

/** Test for labels that are the text of a table, or at a URL that a page may fetch. */
const isFetchable = (labels: string, base: string) => isTableText(labels) || isPublic(labels, base);

const pieces = (hash: string) => hash.replace(/^#/, "").split("&").filter(Boolean);
const keyOf = (piece: string) => decoded(piece.replace(/=.*$/s, ""));

/** Percent-encoded, except what is harmless there and easier to read. */
function encoded(text: string): string {
  return encodeURIComponent(wellFormed(text))
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
    .replaceAll("%3A", ":")
    .replaceAll("%2F", "/")
    .replaceAll("%2C", ",")
    .replaceAll("%20", "+");
}

/** Undefined for a wrong escape. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

/** Unpaired surrogates cannot be encoded. */
const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, "\ufffd");
