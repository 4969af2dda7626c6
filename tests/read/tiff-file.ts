/** A writer of small TIFF files, independent of the reader that it tests. */

import { fromBytes, type ReadVolumeOptions } from "../../src/read/index.ts";
import { concat, voxels } from "../support/make-volume.ts";
import { read } from "./support.ts";

/** Values of a field: numbers, or a text. */
type Values = readonly number[] | string;

export interface TiffSpec {
  width: number;
  height: number;
  /** Pixels of each page, in the file's byte order, with the samples of a pixel together. */
  pages: readonly Uint8Array[];
  /** 8 by default. */
  bits?: number;
  /** SampleFormat: 1 unsigned (the default), 2 signed, 3 floating point. */
  format?: number;
  samples?: number;
  photometric?: number;
  bigEndian?: boolean;
  bigTiff?: boolean;
  /** Rows per strip; all by default. */
  rows?: number;
  /** Width and height of a tile. */
  tile?: readonly [number, number];
  /** Value of the Compression field, and the function that compresses. */
  compression?: number;
  pack?: (block: Uint8Array) => Uint8Array;
  /** Fields of the first page that override the writer's. */
  fields?: Readonly<Record<number, Values>>;
  /** Fields of other pages, by page number. */
  pageFields?: Readonly<Record<number, Readonly<Record<number, Values>>>>;
  /**
   * Position of the directories: each after the pixels of its page (the default), all after all pixels, or one in
   * front.
   */
  directories?: "among" | "behind" | "front";
  /** Whether to write only the first of the directories after all pixels. */
  single?: boolean;
}

const RATIONALS = [282, 283];

/** A TIFF file with unsigned fields: texts, SHORT and LONG (LONG8 in BigTIFF), RATIONAL for resolutions. */
export function tiffFile(spec: TiffSpec): Uint8Array<ArrayBuffer> {
  const { width, height, pages, bits = 8, samples = 1, bigTiff = false, rows = height } = spec;
  const little = !spec.bigEndian;
  const parts: Uint8Array[] = [];
  let at = 0;
  const add = (bytes: Uint8Array) => {
    parts.push(bytes);
    at += bytes.length;
    return at - bytes.length;
  };
  const number = (value: number, size: number) => {
    const view = new DataView(new ArrayBuffer(size));
    if (size === 2) view.setUint16(0, value, little);
    else if (size === 4) view.setUint32(0, value, little);
    else view.setBigUint64(0, BigInt(value), little);
    return new Uint8Array(view.buffer);
  };
  const word = bigTiff ? 8 : 4;
  const order = little ? 0x49 : 0x4d;
  const head = [Uint8Array.of(order, order), number(bigTiff ? 43 : 42, 2)];
  if (bigTiff) head.push(number(8, 2), number(0, 2));
  /** Positions of the offsets of the next directory, and these offsets. */
  const links: [place: number, address: number][] = [];
  add(concat(...head, number(0, word)));
  let link = at - word;

  const blocksOf = (page: Uint8Array) => {
    const row = Math.ceil((width * samples * bits) / 8);
    const pack = spec.pack ?? ((block) => block);
    if (!spec.tile)
      return Array.from({ length: Math.ceil(height / rows) }, (_, i) =>
        pack(page.slice(i * rows * row, Math.min(height, (i + 1) * rows) * row)),
      );
    const [tileWidth, tileHeight] = spec.tile;
    const pixel = (samples * bits) / 8;
    const tiles: Uint8Array[] = [];
    for (let y = 0; y < height; y += tileHeight) {
      for (let x = 0; x < width; x += tileWidth) {
        const tile = new Uint8Array(tileWidth * tileHeight * pixel).fill(0xa5);
        for (let k = 0; k < tileHeight && y + k < height; k++) {
          const start = (y + k) * row + x * pixel;
          tile.set(
            page.subarray(start, start + Math.min(tileWidth, width - x) * pixel),
            k * tileWidth * pixel,
          );
        }
        tiles.push(pack(tile));
      }
    }
    return tiles;
  };
  const addBlocks = (page: Uint8Array) => {
    const blocks = blocksOf(page);
    // Pixels are contiguous.
    const lengths = blocks.map(({ length }) => length);
    const start = at;
    add(concat(...blocks));
    return {
      lengths,
      offsets: lengths.map((_, i) => start + lengths.slice(0, i).reduce((a, b) => a + b, 0)),
    };
  };
  const addDirectory = (index: number, offsets: number[], lengths: number[]) => {
    const fields: Record<number, Values> = {
      256: [width],
      257: [height],
      258: Array<number>(samples).fill(bits),
      259: [spec.compression ?? 1],
      262: [spec.photometric ?? 1],
      277: [samples],
      339: Array<number>(samples).fill(spec.format ?? 1),
      ...(spec.tile
        ? { 322: [spec.tile[0]], 323: [spec.tile[1]], 324: offsets, 325: lengths }
        : { 273: offsets, 278: [rows], 279: lengths }),
      ...(index === 0 ? spec.fields : spec.pageFields?.[index]),
    };
    const entries = Object.entries(fields).map(([tag, values]) => {
      const isText = typeof values === "string";
      const encoded = isText ? new TextEncoder().encode(`${values}\0`) : undefined;
      const isRational = RATIONALS.includes(Number(tag));
      const isWide = !isText && (values as number[]).some((value) => value > 0xffff);
      const type = isText ? 2 : isRational ? 5 : isWide ? (bigTiff ? 16 : 4) : 3;
      const size = { 2: 1, 3: 2, 4: 4, 5: 8, 16: 8 }[type] as number;
      const bytes =
        encoded ??
        concat(
          ...(values as number[]).map((value) =>
            isRational ? concat(number(Math.round(value * 1000), 4), number(1000, 4)) : number(value, size),
          ),
        );
      const place = bytes.length <= word ? bytes : number(add(bytes), word);
      const padded = concat(place, new Uint8Array(word - place.length));
      return concat(number(Number(tag), 2), number(type, 2), number(bytes.length / size, word), padded);
    });
    // Directories start at even offsets.
    if (at % 2) add(new Uint8Array(1));
    const address = add(concat(number(entries.length, bigTiff ? 8 : 2), ...entries, number(0, word)));
    links.push([link, address]);
    link = address + (bigTiff ? 8 : 2) + entries.length * (4 + 2 * word);
  };

  if (spec.directories === "front") {
    const lengths = blocksOf(pages[0]).map(({ length }) => length);
    // A first pass to determine the length of the directory.
    const kept = [...parts];
    const start = at;
    addDirectory(
      0,
      lengths.map(() => 1),
      lengths,
    );
    const end = at;
    parts.splice(0, parts.length, ...kept);
    [at, link] = [start, start - word];
    links.length = 0;
    addDirectory(
      0,
      lengths.map((_, i) => end + lengths.slice(0, i).reduce((a, b) => a + b, 0)),
      lengths,
    );
    for (const page of pages) addBlocks(page);
  } else if (spec.directories === "behind") {
    const placed = pages.map(addBlocks);
    for (const [index, { offsets, lengths }] of placed.entries())
      if (index === 0 || !spec.single) addDirectory(index, offsets, lengths);
  } else {
    for (const [index, page] of pages.entries()) {
      const { offsets, lengths } = addBlocks(page);
      addDirectory(index, offsets, lengths);
    }
  }
  const file = concat(...parts);
  for (const [place, address] of links) file.set(number(address, word), place);
  return file as Uint8Array<ArrayBuffer>;
}

/** Pages of `count` pixels each, from an image's bytes, x fastest. */
export function pagesOf(bytes: Uint8Array, pages: number): Uint8Array[] {
  const length = bytes.length / pages;
  return Array.from({ length: pages }, (_, i) => bytes.subarray(i * length, (i + 1) * length));
}

export const [width, height, depth] = [11, 7, 3];
export const dims = [width, height, depth];

/** Pages of a stack of unsigned bytes. */
export const pages = pagesOf(voxels({ dims, dtype: "uint8" }), depth);

/** That stack as a file, with changes from `spec`. */
export const tiff = (spec: Partial<TiffSpec> = {}) => tiffFile({ width, height, pages, ...spec });

export const open = (bytes: Uint8Array, options?: ReadVolumeOptions) =>
  read(fromBytes("a.tif", bytes), options);

/** The texts of a volume's notes. */
export const notesOf = ({ notes = [] }: { notes?: readonly { text: string }[] }) =>
  notes.map(({ text }) => text);

/** Converts the bytes of scalars to little-endian order. */
export function little(bytes: Uint8Array, size: number, littleEndian: boolean): Buffer {
  const copy = Buffer.from(bytes);
  if (littleEndian || size === 1) return copy;
  return size === 2 ? copy.swap16() : size === 4 ? copy.swap32() : copy.swap64();
}
