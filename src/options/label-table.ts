/** Names and colours of the labels of a segmentation volume, from the text of a table or from objects set by a page. */

import { VoxelVolumeError } from "../errors.ts";

/** Properties of one label. A hidden label is not drawn. */
export interface LabelEntry {
  readonly name?: string;
  /** Red, green and blue are whole numbers from 0 to 255. */
  readonly color?: readonly [red: number, green: number, blue: number];
  readonly hidden?: boolean;
}

export type LabelTable = ReadonlyMap<number, LabelEntry>;

/**
 * An entry as a page sets it: a name; a colour, `#rgb`, `#rrggbb` or 3 numbers from 0 to 255; or an object of these.
 */
export type LabelSpec =
  | string
  | readonly number[]
  | { readonly name?: string; readonly color?: string | readonly number[]; readonly hidden?: boolean };

/** The text of a table; or entries by label; or entries in a row from label 0, unless they have an `index`. */
export type LabelInput =
  | string
  | ReadonlyMap<number, LabelSpec>
  | Readonly<Record<string, LabelSpec>>
  | readonly (LabelSpec | { readonly index: number } | null)[];

/** An entry before validation, and its position for messages. */
type Found = { at: string; label: unknown; name?: unknown; color?: unknown; hidden?: unknown };

/**
 * Names of columns and keys, lower-case without punctuation, most likely first. "label" is a name beside an "index".
 */
const LABEL = ["index", "idx", "id", "value", "labelvalue", "labelid", "no", "number", "label"];
const NAME = ["name", "labelname", "structure", "structurename", "region", "regionname", "label"];
const COLOR = ["color", "colour", "hex", "colorhex", "colorhextriplet"];
const RGB = ["red", "green", "blue"].map((c) => [c, c[0], `color${c[0]}`, `colour${c[0]}`]);
const HEX = /^#([\da-f]{3}|[\da-f]{6})$/i;
const EXPECTED = "expected lines such as 17 Left-Hippocampus 220 216 20, or a header: index, name, color";

/**
 * Parses the labels that a page sets. No entries give an empty table.
 * @param input text as for `parseLabelTable`; or a map, an object or an array of entries: a name, a colour, or `{name,
 *   color, hidden}`. Colours are `#rgb`, `#rrggbb`, or red, green, blue from 0 to 255 (0 to 1 if no number of the table
 *   is above 1 and one has a fraction).
 * @throws VoxelVolumeError "invalid-option" for a label that is not a whole number, and for an invalid name or colour.
 */
export function labelTable(input: LabelInput): LabelTable {
  return typeof input === "string" ? parseLabelTable(input) : table(entries(input, ""));
}

/**
 * Parses the text of a label table. If a label is listed twice, the last line wins. Supported formats:
 * - FreeSurfer's colour table (FreeSurferColorLUT.txt) and 3D Slicer's .ctbl, "No. Name R G B A" (A is ignored), or
 *   just "No. Name"; a name of several words that ends in a number needs quotes if a colour follows;
 * - ITK-SNAP's label description file, `IDX R G B A VIS MSH "NAME"`; VIS 0 hides the label;
 * - CSV and TSV, also with semicolons; without a header as above, else by column names: those of the BIDS specification
 *   ("discrete segmentations": index, name, color) and similar ones, including r, g, b. Fields must not contain line
 *   breaks;
 * - JSON, an object or an array as for `labelTable`.
 *
 * Lines that start with # are comments. Colours are as for `labelTable`.
 * @param source what messages call the text, such as its file name.
 * @throws VoxelVolumeError "invalid-option", with the line number, for any other format, HTML and empty text.
 */
export function parseLabelTable(text: string, source = "the table"): LabelTable {
  const start = text.trimStart()[0] ?? "#";
  if (start === "<") throw invalid(source, `is a web page or XML; check its address; ${EXPECTED}`);
  const found = "{[".includes(start) ? entries(json(text, source), ` of ${source}`) : rows(text, source);
  if (found.length === 0) throw invalid(source, `has no labels in it; ${EXPECTED}`);
  return table(found);
}

/** Test for the text of a table; other texts are the URL of one. Tables have several lines or are JSON. */
export function isTableText(text: string): boolean {
  return /\n|^\s*[[{]/.test(text);
}

function rows(text: string, source: string): Found[] {
  const lines = text
    .split(/\r\n?|\n/)
    .map((line, i) => ({ line, at: `line ${i + 1} of ${source}` }))
    .filter(({ line }) => !/^\s*#|^[\s,;]*$/.test(line));
  if (lines.length === 0) return [];
  const [{ line, at }] = lines;
  // A comma may be part of a name, so it is the delimiter only if that gives a label or a header.
  const delimiter = ["\t", ";", ","].find((d) => {
    const row = fields(line, at, d);
    return row.length > 1 && (isLabel(row[0]) || columns(row).label >= 0);
  });
  const header = fields(line, at, delimiter);
  if (isLabel(header[0])) return lines.map(({ line, at }) => inOrder(line, at, delimiter));
  const found = columns(header);
  if (found.label < 0 || !found.any) throw invalid(at, `is ${quoted(line)}; ${EXPECTED}`);
  // Unquoted names may contain spaces, which would shift the columns of a header.
  return lines
    .slice(1)
    .map(({ line, at }) =>
      delimiter ? byColumn(fields(line, at, delimiter), found, at) : inOrder(line, at),
    );
}

/** The fields of a line, trimmed. Without a delimiter, any white space separates fields. */
function fields(line: string, at: string, delimiter?: string): string[] {
  const pieces = (delimiter ? line : line.trim()).split('"');
  if (pieces.length % 2 === 0) throw invalid(at, 'opens a quote; expected a second " on the line');
  const found = [""];
  pieces.forEach((piece, i) => {
    // Every other piece was quoted. An empty piece between two quoted ones is an escaped quote.
    const doubled = piece === "" && i > 0 && i < pieces.length - 1;
    const parts = i % 2 ? [piece] : doubled ? ['"'] : piece.split(delimiter ?? /\s+/);
    found[found.length - 1] += parts[0];
    for (let p = 1; p < parts.length; p++) found.push(parts[p]);
  });
  return found.map((field) => field.trim());
}

/** Parses a line without a header: label, name, colour; or label, colour, ITK-SNAP's fields, name. */
function inOrder(line: string, at: string, delimiter?: string): Found {
  const [label, ...others] = fields(line, at, delimiter);
  // Files often mix tabs and spaces.
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

/** Indexes of the columns, -1 for missing ones. `any`: at least one column describes a label. */
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

/** Also accepts 3.0, which programs write if a column has gaps. */
const isLabel = (value: unknown): boolean =>
  isNumber(value) && /^\s*[-+]?\d+(\.0*)?\s*$/.test(String(value)) && Number.isSafeInteger(Number(value));

/** Formats a value for a message: short, on one line. */
function quoted(value: unknown): string {
  return typeof value === "object" ? "an object" : JSON.stringify(String(value).slice(0, 60));
}

function invalid(at: string, message: string, cause?: unknown): VoxelVolumeError {
  return new VoxelVolumeError("invalid-option", `labels: ${at} ${message}`, { cause });
}
