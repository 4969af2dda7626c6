/** Names and colours of the labels of a segmentation volume: from the text of a table, or as a page gives them. */

import { VoxelVolumeError } from "../errors.ts";

/** What is known of one label. A hidden label is not drawn. */
export interface LabelEntry {
  readonly name?: string;
  /** Each a whole number from 0 to 255. */
  readonly color?: readonly [red: number, green: number, blue: number];
  readonly hidden?: boolean;
}

export type LabelTable = ReadonlyMap<number, LabelEntry>;

/** An entry as a page gives it: a name; a colour, `#rgb`, `#rrggbb` or 3 numbers from 0 to 255; or an object of them. */
export type LabelSpec =
  | string
  | readonly number[]
  | { readonly name?: string; readonly color?: string | readonly number[]; readonly hidden?: boolean };

/** The text of a table; or entries by label; or in a row from label 0 on, where an `index` does not say another. */
export type LabelInput =
  | string
  | ReadonlyMap<number, LabelSpec>
  | Readonly<Record<string, LabelSpec>>
  | readonly (LabelSpec | { readonly index: number } | null)[];

/** An entry before it is checked, and where it was. */
type Found = { at: string; label: unknown; name?: unknown; color?: unknown; hidden?: unknown };

/** Names of columns and keys, without case and signs, the likeliest first: "label" is the name beside an "index". */
const LABEL = ["index", "idx", "id", "value", "labelvalue", "labelid", "no", "number", "label"];
const NAME = ["name", "labelname", "structure", "structurename", "region", "regionname", "label"];
const COLOR = ["color", "colour", "hex", "colorhex", "colorhextriplet"];
const RGB = ["red", "green", "blue"].map((c) => [c, c[0], `color${c[0]}`, `colour${c[0]}`]);
const HEX = /^#([\da-f]{3}|[\da-f]{6})$/i;
const EXPECTED = "expected lines such as 17 Left-Hippocampus 220 216 20, or a header: index, name, color";

/**
 * The labels that a page sets; no entries give an empty table.
 * @param input text as for `parseLabelTable`; or a map, an object or an array of entries: a name, a colour, or
 *   `{name, color, hidden}`. Colours are `#rgb`, `#rrggbb`, or red, green, blue from 0 to 255 (0 to 1 where no number
 *   of the table is above 1 and one has a fraction).
 * @throws VoxelVolumeError "invalid-option" for a label that is no whole number, and for a name or a colour that is none.
 */
export function labelTable(input: LabelInput): LabelTable {
  return typeof input === "string" ? parseLabelTable(input) : table(entries(input, ""));
}

/**
 * The labels that a text lists. Where a label is listed twice, the last line holds. Text of these forms:
 * - FreeSurfer's colour table (FreeSurferColorLUT.txt) and 3D Slicer's .ctbl, "No. Name R G B A" (A is not used), or
 *   just "No. Name"; a name of several words that ends in a number needs quotes if a colour follows;
 * - ITK-SNAP's label description file, `IDX R G B A VIS MSH "NAME"`; VIS 0 hides the label;
 * - CSV and TSV, also with semicolons; without a header as above, else by its columns: those of the BIDS specification
 *   ("discrete segmentations": index, name, color), and others of like names, with r, g, b too. A field is one line;
 * - JSON, an object or an array as for `labelTable`.
 *
 * Lines that start with # are comments. Colours are as for `labelTable`.
 * @param source what messages call the text: the name of its file, say.
 * @throws VoxelVolumeError "invalid-option", with the line's number, for what is none of these, HTML and empty text.
 */
export function parseLabelTable(text: string, source = "the table"): LabelTable {
  const start = text.trimStart()[0] ?? "#";
  if (start === "<") throw invalid(source, `is a web page or XML; check its address; ${EXPECTED}`);
  const found = "{[".includes(start) ? entries(json(text, source), ` of ${source}`) : rows(text, source);
  if (found.length === 0) throw invalid(source, `has no labels in it; ${EXPECTED}`);
  return table(found);
}

function rows(text: string, source: string): Found[] {
  const lines = text
    .split(/\r\n?|\n/)
    .map((line, i) => ({ line, at: `line ${i + 1} of ${source}` }))
    .filter(({ line }) => !/^\s*#|^[\s,;]*$/.test(line));
  if (lines.length === 0) return [];
  const [{ line, at }] = lines;
  // A comma may be within a name: it parts fields only if a label or a header results.
  const delimiter = ["\t", ";", ","].find((d) => {
    const row = fields(line, at, d);
    return row.length > 1 && (isLabel(row[0]) || columns(row).label >= 0);
  });
  const header = fields(line, at, delimiter);
  if (isLabel(header[0])) return lines.map(({ line, at }) => inOrder(line, at, delimiter));
  const found = columns(header);
  if (found.label < 0 || !found.any) throw invalid(at, `is ${quoted(line)}; ${EXPECTED}`);
  // Names between spaces may have some themselves, which would put a header out of step.
  return lines
    .slice(1)
    .map(({ line, at }) =>
      delimiter ? byColumn(fields(line, at, delimiter), found, at) : inOrder(line, at),
    );
}

/** The fields of a line, without spaces around; with no delimiter any white space parts them. */
function fields(line: string, at: string, delimiter?: string): string[] {
  const pieces = (delimiter ? line : line.trim()).split('"');
  if (pieces.length % 2 === 0) throw invalid(at, 'opens a quote; expected a second " on the line');
  const found = [""];
  pieces.forEach((piece, i) => {
    // Every other piece was in quotes; nothing between two of those is a doubled quote.
    const doubled = piece === "" && i > 0 && i < pieces.length - 1;
    const parts = i % 2 ? [piece] : doubled ? ['"'] : piece.split(delimiter ?? /\s+/);
    found[found.length - 1] += parts[0];
    for (let p = 1; p < parts.length; p++) found.push(parts[p]);
  });
  return found.map((field) => field.trim());
}

/** A line without a header: label, name, colour; or label, colour, what ITK-SNAP has there, name. */
function inOrder(line: string, at: string, delimiter?: string): Found {
  const [label, ...others] = fields(line, at, delimiter);
  // Tabs and spaces are often mixed.
  if (delimiter && !isLabel(label)) return inOrder(line, at);
  const split = (field: string) => (/^[\d.]+(\s+[\d.]+){2,}$/.test(field) ? field.split(/\s+/) : field);
  const rest = delimiter ? others.filter(Boolean).flatMap(split) : others;
  if (isLabel(label) && rest.length === 0) throw invalid(at, `has but the label ${label}; ${EXPECTED}`);
  const name = (from: number, to?: number) => (delimiter ? rest[from] : rest.slice(from, to).join(" "));
  const c = rest.findIndex((f, i) => HEX.test(f) || [f, rest[i + 1], rest[i + 2]].every(isNumber));
  if (c < 0) return { at, label, name: name(0) };
  const color = HEX.test(rest[c]) ? rest[c] : rest.slice(c, c + 3);
  if (c > 0) return { at, label, name: name(0, c), color };
  const text = rest.findIndex((field, i) => i > 0 && !isNumber(field));
  const end = Math.min(6, text < 0 ? rest.length : text);
  return { at, label, name: name(end), color, hidden: end === 6 && Number(rest[4]) === 0 };
}

/** Where the columns are, -1 for none; `any` if one says something about a label. */
function columns(names: readonly string[]) {
  const plain = names.map((name) => name.toLowerCase().replace(/[^a-z]/g, ""));
  const find = (list: readonly string[], but = -1) =>
    list.map((name) => plain.indexOf(name)).find((i) => i >= 0 && i !== but) ?? -1;
  const label = find(LABEL);
  const said = { name: find(NAME, label), color: find(COLOR), hidden: plain.indexOf("hidden") };
  const rgb = RGB.map((list) => find(list));
  return { label, ...said, rgb, any: [...Object.values(said), ...rgb].some((i) => i >= 0) };
}

function byColumn(row: readonly unknown[], found: ReturnType<typeof columns>, at: string): Found {
  const rgb = found.rgb.map((i) => row[i]);
  const color = isBlank(row[found.color]) && !rgb.every(isBlank) ? rgb : row[found.color];
  return { at, label: row[found.label], name: row[found.name], color, hidden: row[found.hidden] };
}

function json(text: string, source: string): unknown {
  try {
    return JSON.parse(text.trim());
  } catch (cause) {
    const why = String((cause as Error).message).replace(/\s+/g, " ");
    throw invalid(source, `is no valid JSON (${why}); expected as in {"17": "Left-Hippocampus"}`, cause);
  }
}

function entries(input: unknown, of: string): Found[] {
  if (typeof input !== "object" || input === null) {
    throw invalid(quoted(input), "is no table; expected text, or a map, an object or an array of entries");
  }
  const listed = Array.isArray(input);
  const pairs = listed || input instanceof Map ? [...input.entries()] : Object.entries(input);
  return pairs.flatMap<Found>(([label, value]: [unknown, unknown]) => {
    const at = `entry ${quoted(label)}${of}`;
    if (value === null || value === undefined) return [];
    if (typeof value === "string") return { at, label, [HEX.test(value.trim()) ? "color" : "name"]: value };
    if (Array.isArray(value)) return { at, label, color: value };
    const found = columns(Object.keys(value));
    if (typeof value !== "object" || (Object.keys(value).length > 0 && !found.any)) {
      throw invalid(at, `is ${quoted(value)}; expected a name, a colour, or {name, color, hidden}`);
    }
    const entry = byColumn(Object.values(value), found, at);
    return listed && found.label >= 0 ? entry : { ...entry, label };
  });
}

function table(found: readonly Found[]): LabelTable {
  const numbers = found.flatMap(({ color: c }) => (Array.isArray(c) ? c.slice(0, 3).filter(isNumber) : []));
  const ofOne = numbers.every((n) => Number(n) <= 1) && numbers.some((n) => String(n).includes("."));
  const labels = new Map<number, LabelEntry>();
  for (const { at, label, name, color, hidden } of found) {
    if (!isLabel(label)) throw invalid(at, `has the label ${quoted(label)}; expected a whole number`);
    const named = !isBlank(name);
    if (named && typeof name !== "string") throw invalid(at, `has the name ${quoted(name)}; expected text`);
    labels.set(Number(label), {
      ...(named ? { name: name.trim() } : {}),
      ...(isBlank(color) ? {} : { color: rgb(color, at, ofOne ? 255 : 1) }),
      ...(hidden === true ? { hidden } : {}),
    });
  }
  return labels;
}

function rgb(color: unknown, at: string, scale: number): LabelEntry["color"] {
  const hex = typeof color === "string" ? color.trim() : "";
  if (HEX.test(hex) || /^[\da-f]{6}$/i.test(hex)) {
    const n = Number.parseInt(hex.length === 4 ? hex.slice(1).replace(/./g, "$&$&") : hex.slice(-6), 16);
    return [n >> 16, (n >> 8) & 255, n & 255];
  }
  const numbers = Array.isArray(color) && color.length < 5 && color.every(isNumber) ? color : [];
  const [red, green, blue] = numbers.map((n) => Math.round(scale * Number(n)));
  if (![red, green, blue].every((level) => level >= 0 && level <= 255)) {
    const given = quoted(numbers.join(" ") || color);
    throw invalid(at, `has the colour ${given}; expected #rgb, #rrggbb or red, green, blue from 0 to 255`);
  }
  return [red, green, blue];
}

const isBlank = (value: unknown): value is undefined =>
  [undefined, null, "", "n/a"].includes(typeof value === "string" ? value.trim() : (value as null));

const isNumber = (value: unknown): boolean =>
  /^(number|string)$/.test(typeof value) && String(value).trim() !== "" && Number.isFinite(Number(value));

/** Also 3.0, which programs write where a column has gaps. */
const isLabel = (value: unknown): boolean =>
  isNumber(value) && /^\s*[-+]?\d+(\.0*)?\s*$/.test(String(value)) && Number.isSafeInteger(Number(value));

/** A value for a message: short, on one line. */
function quoted(value: unknown): string {
  return typeof value === "object" ? "an object" : JSON.stringify(String(value).slice(0, 60));
}

function invalid(at: string, message: string, cause?: unknown): VoxelVolumeError {
  return new VoxelVolumeError("invalid-option", `labels: ${at} ${message}`, { cause });
}
