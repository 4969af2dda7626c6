/** The blocks (strips and tiles) of a page: their ranges in the file and their contents. */

import { damaged } from "../../util/damaged.ts";
import { type Block, rowBytes } from "./block.ts";
import { type Directory, TAG } from "./directory.ts";
import type { Range } from "./file-bytes.ts";
import { COMPRESSION, type PageCoding, type PageLayout } from "./page.ts";

/** A block and its position in the page. */
export interface PageBlock {
  /** Byte range in the file; undefined if the block was omitted, which means zeros. */
  readonly range: Range | undefined;
  readonly block: Block;
  /** First pixel of the block in the page. */
  readonly x: number;
  readonly y: number;
  /** Sample index if samples are in separate blocks, else 0. */
  readonly sample: number;
}

/** Numbers of blocks across and down a page, and in total. */
export function blockCounts({ width, height, samples }: PageLayout, coding: PageCoding) {
  const across = Math.ceil(width / coding.blockWidth);
  const down = Math.ceil(height / coding.blockHeight);
  return { across, down, all: across * down * (coding.separate ? samples : 1) };
}

/** The blocks of a page, sample by sample and row by row. Rejects with `corrupt-file` if some are missing. */
export async function blocksOf(
  path: string,
  directory: Directory,
  layout: PageLayout,
  coding: PageCoding,
  littleEndian: boolean,
  signal?: AbortSignal,
): Promise<PageBlock[]> {
  const { across, down, all } = blockCounts(layout, coding);
  const [offsetTag, countTag] = coding.tiled
    ? [TAG.tileOffsets, TAG.tileByteCounts]
    : [TAG.stripOffsets, TAG.stripByteCounts];
  if (directory.count(offsetTag) < all)
    throw damaged(path, `has a page with ${directory.count(offsetTag)} blocks, not ${all}`);
  const offsets = await directory.numbers(offsetTag, all, signal);
  const counts = await directory.numbers(countTag, all, signal);
  return offsets.map((offset, i) => {
    const inPlane = i % (across * down);
    const y = Math.floor(inPlane / across) * coding.blockHeight;
    const block: Block = {
      width: coding.blockWidth,
      rows: coding.tiled ? coding.blockHeight : Math.min(coding.blockHeight, layout.height - y),
      mostRows: coding.blockHeight,
      samples: coding.separate ? 1 : layout.samples,
      bits: layout.bits,
      littleEndian,
    };
    const isPlain = coding.compression === COMPRESSION.none;
    // The length of an uncompressed block is computed, because some programs write wrong lengths.
    const length = isPlain ? rowBytes(block) * block.rows : counts[i];
    if (length === undefined) throw damaged(path, "does not say how long its blocks are");
    const isLeftOut = offset === 0 || (counts[i] === 0 && !isPlain);
    return {
      range: isLeftOut ? undefined : [offset, offset + length],
      block,
      x: (inPlane % across) * coding.blockWidth,
      y,
      sample: Math.floor(i / (across * down)),
    };
  });
}

/** Byte range of a page's pixels, if they are stored contiguously and in the order of memory. */
export function pixelRange(blocks: readonly PageBlock[], coding: PageCoding): Range | undefined {
  if (coding.compression !== COMPRESSION.none || coding.tiled || coding.bitsReversed) return undefined;
  const start = blocks[0].range?.[0];
  let end = start;
  for (const { range } of blocks) {
    if (!range || range[0] !== end) return undefined;
    end = range[1];
  }
  return start === undefined || end === undefined ? undefined : [start, end];
}
