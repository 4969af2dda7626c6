/** Parses ImageDescription: how the pages form a stack, and the distance between slices. */

import type { ReadNote } from "../../../volume.ts";
import type { PageLayout } from "./page.ts";

/** Numbers of slices, channels and time points, and the order of their pages. */
export interface Planes {
  readonly z: number;
  readonly c: number;
  readonly t: number;
  /** Axes of the pages, fastest first. */
  readonly order: string;
  /** Page index of each plane, in that order; by default, the planes are the pages. */
  readonly pages?: readonly number[];
  /** Whether all planes may be stored after the first one without their own directories. */
  readonly mayFollow?: boolean;
}

/** A parsed description; without planes, each page is a slice. */
export interface Description {
  readonly planes?: Planes;
  readonly lengths?: Lengths;
  readonly notes?: readonly ReadNote[];
}

/** Lengths from a description. */
export interface Lengths {
  readonly x?: Length;
  readonly y?: Length;
  readonly z?: Length;
  /** Unit of XResolution and YResolution, if the lengths have none. */
  readonly unit?: string;
}

/** A length; without a unit it is only a proportion. */
export interface Length {
  readonly value: number;
  readonly unit?: string;
}

/** Parses the first page's description; `size` is the file's size in bytes. */
export function parseDescription(
  text: string,
  layout: PageLayout,
  separate: boolean,
  size: number,
): Description {
  if (text.startsWith("ImageJ=")) return imageJ(text);
  if (/^\s*\{/.test(text)) return shaped(text, layout, separate);
  if (/<(\w+:)?OME[\s>]/.test(text.slice(0, 4096))) return ome(text, layout, size / SMALLEST_DIRECTORY);
  return {};
}

/** Least size in bytes of a directory: image size and location of the pixels. */
const SMALLEST_DIRECTORY = 42;

/** A count, or `otherwise` if the text is not a valid count. */
function countOf(text: string | undefined, otherwise: number): number {
  const count = Number(text);
  return Number.isInteger(count) && count > 0 && count < 2 ** 31 ? count : otherwise;
}

/**
 * ImageJ's lines of `key=value` (ij.io.FileInfo, ij.io.TiffDecoder): channels are fastest, then slices, then frames.
 */
function imageJ(text: string): Description {
  const fields = new Map(
    text.split(/[\r\n]+/).map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1).trim()] as const;
    }),
  );
  const images = countOf(fields.get("images"), 1);
  const [c, t] = [countOf(fields.get("channels"), 1), countOf(fields.get("frames"), 1)];
  const z = images / (c * t);
  const size = Number.isInteger(z) ? { c, z, t } : { c: 1, z: images, t: 1 };
  const spacing = Math.abs(Number(fields.get("spacing")));
  // ImageJ escapes non-ASCII characters: "\u00B5m".
  const unit = fields.get("unit")?.replace(/\\u00b5/gi, "µ");
  return {
    planes: { ...size, order: "czt", mayFollow: true },
    lengths: { unit, ...(isLength(spacing) && { z: { value: spacing, unit } }) },
  };
}

/** tifffile's JSON, `{"shape": [10, 64, 64]}`: the slowest axis comes first, the axes of a page last. */
function shaped(text: string, layout: PageLayout, separate: boolean): Description {
  const shape = shapeIn(text);
  const { width, height, samples } = layout;
  const page =
    samples === 1 ? [height, width] : separate ? [samples, height, width] : [height, width, samples];
  // A samples axis of length 1 may be listed or not.
  const tails = samples === 1 ? [page, [...page, 1], [1, ...page]] : [page];
  const tail = tails.find((one) => `${shape?.slice(-one.length)}` === `${one}`);
  if (!shape || !tail) return {};
  const outer = shape.slice(0, shape.length - tail.length);
  const z = outer.at(-1) ?? 1;
  const t = outer.slice(0, -1).reduce((product, n) => product * n, 1);
  return { planes: { z, c: 1, t, order: "zct", mayFollow: true } };
}

function shapeIn(text: string): number[] | undefined {
  try {
    const { shape } = JSON.parse(text);
    return Array.isArray(shape) && shape.every((n) => Number.isInteger(n) && n > 0) ? shape : undefined;
  } catch {
    return undefined;
  }
}

/** OME-XML (https://docs.openmicroscopy.org/ome-model, OME-TIFF): only the first image. */
function ome(xml: string, { samples }: PageLayout, mostPlanes: number): Description {
  const [first] = tagsIn(xml, "Pixels");
  if (!first) return {};
  const { attributes } = first;
  const size = (axis: string) => countOf(attributes.get(`Size${axis}`), 1);
  // In OME-XML, the samples of a pixel are channels, which share a page.
  const c = samples > 1 && size("C") % samples === 0 ? size("C") / samples : size("C");
  const [z, t] = [size("Z"), size("T")];
  const order = /^XY([ZCT]{3})$/.exec(attributes.get("DimensionOrder") ?? "")?.[1].toLowerCase() ?? "zct";
  const length = (axis: string): Length | undefined => {
    const value = Number(attributes.get(`PhysicalSize${axis}`));
    // "µm" may be written as a character reference.
    const unit = (attributes.get(`PhysicalSize${axis}Unit`) ?? "µm").replace(/&#[^;]{1,9};/, "µ");
    return isLength(value) ? { value, unit } : undefined;
  };
  const lengths = { x: length("X"), y: length("Y"), z: length("Z") };
  const images = tagsIn(xml, "Pixels").length;
  const end = xml.indexOf("Pixels>", first.end);
  const inFirst = xml.slice(first.end, end < 0 ? undefined : end);
  const blocks = tagsIn(inFirst, "TiffData").map(({ attributes }) => attributes);
  const files = new Set(
    tagsIn(inFirst, "UUID").flatMap(({ attributes }) => attributes.get("FileName") ?? []),
  );
  if (files.size > 1) {
    const text = "One of {count} files of an OME-TIFF: its own pages are shown as slices";
    return { lengths, notes: [{ text, values: { count: files.size } }] };
  }
  const notes: ReadNote[] =
    images > 1
      ? [{ text: "The first of {count} images of the OME-TIFF is shown", values: { count: images } }]
      : [];
  const isOrder = [..."czt"].every((axis) => order.includes(axis));
  if (!isOrder || z * c * t > mostPlanes) return { lengths, notes };
  const pages = planePages(blocks, { z, c, t }, order);
  return { planes: { z, c, t, order, pages }, lengths, notes };
}

/** The page of each plane in the order of `order`; undefined if that is the order of the pages. */
function planePages(
  blocks: readonly ReadonlyMap<string, string>[],
  sizes: Readonly<Record<string, number>>,
  order: string,
): number[] | undefined {
  const total = sizes.z * sizes.c * sizes.t;
  const pages: number[] = [];
  const integer = (text: string | undefined, otherwise: number) => {
    const value = Number(text ?? otherwise);
    return Number.isInteger(value) && value >= 0 ? value : otherwise;
  };
  let named = 0;
  for (const block of blocks) {
    let stride = 1;
    let plane = 0;
    for (const axis of order) {
      plane += stride * integer(block.get(`First${axis.toUpperCase()}`), 0);
      stride *= sizes[axis];
    }
    const page = integer(block.get("IFD"), 0);
    const isAll = !block.has("IFD") && !block.has("PlaneCount");
    const wanted = integer(block.get("PlaneCount"), isAll ? total : 1);
    const count = Math.max(0, Math.min(wanted, total - plane));
    named += count;
    // Blocks that name a plane twice are damaged, and processing many of them would take too long.
    if (named > total) return undefined;
    for (let i = 0; i < count; i++) pages[plane + i] = page + i;
  }
  return pages.some((page, plane) => page !== plane) ? pages : undefined;
}

interface Tag {
  readonly attributes: ReadonlyMap<string, string>;
  /** End of the tag in the text. */
  readonly end: number;
}

/** Opening tags with this name, in any namespace, with their attributes. */
function tagsIn(xml: string, name: string): Tag[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w{1,99}:)?${name}\\b([^<>]*)>`, "g"))].map((match) => ({
    attributes: new Map(
      [...match[1].matchAll(/(?<![\w:])([\w:]+)\s*=\s*"([^"]*)"/g)].map(([, key, value]) => [key, value]),
    ),
    end: match.index + match[0].length,
  }));
}

function isLength(value: number): boolean {
  return value > 0 && Number.isFinite(value);
}
