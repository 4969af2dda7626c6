/** The blocks (strips and tiles) of a page: where they are in the file, and what they hold. */

import { damaged } from "../../util/damaged.ts";
import { type Block, rowBytes } from "./block.ts";
import { type Directory, TAG } from "./directory.ts";
import type { Range } from "./file-bytes.ts";
import { COMPRESSION, type PageCoding, type PageLayout } from "./page.ts";

/** A block in its place. */
export interface PageBlock {
  /** Where it is in the file; undefined where it was left out, so that its values are 0. */
  readonly range: Range | undefined;
  readonly block: Block;
  /** The pixel of the page at which it begins. */
  readonly x: number;
  readonly y: number;
  /** Index of the sample, where samples are in separate blocks; else 0. */
  readonly sample: number;
}

/** Blocks across and down a page, and all of them. */
export function blockCounts({ width, height, samples }: PageLayout, coding: PageCoding) {
  const across = Math.ceil(width / coding.blockWidth);
  const down = Math.ceil(height / coding.blockHeight);
  return { across, down, all: across * down * (coding.separate ? samples : 1) };
}

/** The blocks of a page, sample after sample, row after row. Rejects with `corrupt-file` where some are not there. */
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
    // What is not compressed is as long as it has to be, whatever some programs write there.
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

/** Where the pixels of a page are, if they lie in the file one after the other as they do in memory. */
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
