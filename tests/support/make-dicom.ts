/** DICOM files for tests, written from the standard (PS3.5 and PS3.10): explicit VR, little-endian. */

/**
 * An element: its tag as "0028,0010", its value representation, and its value. Items of a sequence are elements too.
 */
export type DicomElement = readonly [
  tag: string,
  vr: string,
  value: string | readonly number[] | Uint8Array | readonly (readonly DicomElement[])[],
];

export interface DicomSpec {
  /** 3 x 2 by default. */
  readonly columns?: number;
  readonly rows?: number;
  readonly frames?: number;
  /** Pixels of all frames; int16. */
  readonly pixels?: readonly number[];
  readonly position?: readonly number[];
  /** Axial by default; empty to leave it out. */
  readonly orientation?: readonly number[];
  /** Between rows, then between columns, as in the header; empty to leave it out. */
  readonly spacing?: readonly number[];
  readonly instance?: number;
  readonly series?: string;
  readonly seriesNumber?: number;
  readonly description?: string;
  /** Whether to leave out the preamble and the file meta information. */
  readonly bare?: boolean;
  readonly syntax?: string;
  /** Additional elements, which replace those above with the same tag. */
  readonly more?: readonly DicomElement[];
}

const LONG = ["OB", "OW", "SQ", "UN", "UT"];
const NUMBERS = { US: Uint16Array, SS: Int16Array, UL: Uint32Array, FD: Float64Array } as const;

export function dicomFile(spec: DicomSpec = {}): Uint8Array {
  const { columns = 3, rows = 2, frames = 1, position, orientation = [1, 0, 0, 0, 1, 0] } = spec;
  const { spacing = [1, 1], instance = 1, series = "1.2.3", seriesNumber = 1, description = "test" } = spec;
  const pixels = spec.pixels ?? Array.from({ length: columns * rows * frames }, (_, i) => 100 * instance + i);
  const elements = new Map<string, DicomElement>();
  const add = (...element: DicomElement) => elements.set(element[0], element);
  add("0008,0060", "CS", "MR");
  add("0008,103E", "LO", description);
  add("0020,000E", "UI", series);
  add("0020,0011", "IS", String(seriesNumber));
  add("0020,0013", "IS", String(instance));
  if (position) add("0020,0032", "DS", position.join("\\"));
  if (orientation.length > 0) add("0020,0037", "DS", orientation.join("\\"));
  add("0028,0002", "US", [1]);
  add("0028,0004", "CS", "MONOCHROME2");
  if (frames > 1) add("0028,0008", "IS", String(frames));
  add("0028,0010", "US", [rows]);
  add("0028,0011", "US", [columns]);
  if (spacing.length > 0) add("0028,0030", "DS", spacing.join("\\"));
  add("0028,0100", "US", [16]);
  add("0028,0101", "US", [16]);
  add("0028,0102", "US", [15]);
  add("0028,0103", "US", [1]);
  add("7FE0,0010", "OW", new Uint8Array(Int16Array.from(pixels).buffer));
  for (const element of spec.more ?? []) add(...element);
  const body = bytesOfAll([...elements.values()].sort(([a], [b]) => (a < b ? -1 : 1)));
  if (spec.bare) return body;
  const meta = bytesOfAll([["0002,0010", "UI", spec.syntax ?? "1.2.840.10008.1.2.1"]]);
  const length = bytesOf("0002,0000", "UL", [meta.length]);
  return joined([new Uint8Array(128), new TextEncoder().encode("DICM"), length, meta, body]);
}

function bytesOfAll(elements: readonly DicomElement[]): Uint8Array {
  return joined(elements.map((element) => bytesOf(...element)));
}

function bytesOf(...[tag, vr, value]: DicomElement): Uint8Array {
  const content = valueBytes(vr, value);
  const [group, element] = tag.split(",").map((part) => Number.parseInt(part, 16));
  const view = new DataView(new ArrayBuffer(LONG.includes(vr) ? 12 : 8));
  view.setUint16(0, group, true);
  view.setUint16(2, element, true);
  view.setUint16(4, vr.charCodeAt(0) | (vr.charCodeAt(1) << 8), true);
  if (LONG.includes(vr)) view.setUint32(8, content.length, true);
  else view.setUint16(6, content.length, true);
  return joined([new Uint8Array(view.buffer), content]);
}

function valueBytes(vr: string, value: DicomElement[2]): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") {
    const padding = vr === "UI" ? "\0" : " ";
    return new TextEncoder().encode(value.length % 2 ? value + padding : value);
  }
  if (vr !== "SQ") return new Uint8Array(NUMBERS[vr as keyof typeof NUMBERS].from(value as number[]).buffer);
  return joined(
    (value as readonly DicomElement[][]).map((item) => {
      const content = bytesOfAll(item);
      const head = new Uint8Array([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
      new DataView(head.buffer).setUint32(4, content.length, true);
      return joined([head, content]);
    }),
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
