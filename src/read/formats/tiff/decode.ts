/** Decodes the frames of a TIFF stack page by page. */

import { fetched } from "../../../errors.ts";
import { Pace } from "../../../pace.ts";
import type { Vec3 } from "../../../volume.ts";
import type { ReadOptions } from "../../sources/source.ts";
import { allocate } from "../../util/memory.ts";
import { rowBytes } from "./block.ts";
import { blocksOf, type PageBlock } from "./blocks.ts";
import { decompress } from "./decompress.ts";
import type { Range } from "./file-bytes.ts";
import { type PageCoding, PHOTOMETRIC, pageCoding, voxelSize } from "./page.ts";
import { place } from "./pixels.ts";
import { missingPage, pageOf, type Stack, type StackFile } from "./stack.ts";

/** Stored bytes per batch of blocks that are fetched and decoded together. */
const BATCH = 1 << 25;

/** Index of a frame: channel `c`, time point `t`, and the sample if samples are channels. */
interface FrameIndex {
  readonly c: number;
  readonly t: number;
  readonly sample: number;
}

interface Job extends PageBlock {
  readonly coding: PageCoding;
  readonly z: number;
}

/** Scalars of a frame, x fastest, in the file's byte order. Rejects with `corrupt-file`. */
export async function decodeFrame(
  file: StackFile,
  stack: Stack,
  dims: Vec3,
  frame: FrameIndex,
  { signal, onProgress }: ReadOptions,
): Promise<Uint8Array> {
  const { bytes, layout } = file;
  const { path } = bytes;
  const { count, pageBytes } = voxelSize(layout);
  const out = allocate(path, pageBytes * dims[2]);
  const pace = new Pace(signal);
  let done = 0;
  const decode = async ({ block, coding, x, y, z, sample }: Job, packed: Uint8Array) => {
    const stored = await decompress(path, packed, coding, block, pace);
    if (layout.photometric === PHOTOMETRIC.yCbCr && block.samples === 3)
      (await fetched(import("./jpeg.ts"))).yCbCrToRgb(stored);
    const { width, height, dtype } = layout;
    const target = { bytes: out, start: z * pageBytes, width, height, dtype, count };
    const placement = coding.separate
      ? { from: 0, samples: 1, to: sample - frame.sample, x, y }
      : { from: frame.sample, samples: count, to: 0, x, y };
    place(stored, block, target, placement);
    done += block.rows * rowBytes(block);
    onProgress?.({ phase: "inflate", loaded: Math.min(done, out.length), total: out.length });
  };
  let jobs: Job[] = [];
  let waiting = 0;
  const flush = async () => {
    const now = jobs;
    jobs = [];
    waiting = 0;
    const ranges = now.map(({ range }) => range as Range);
    await bytes.blocks(ranges, (i, packed) => decode(now[i], packed), signal);
  };
  for (let z = 0; z < dims[2]; z++) {
    const page = pageOf(stack.planes, { z, ...frame });
    for (const job of await jobsOf(file, stack, page, z, signal)) {
      const isWanted = job.sample >= frame.sample && job.sample < frame.sample + count;
      if (!job.range || (job.coding.separate && !isWanted)) continue;
      jobs.push(job);
      waiting += job.range[1] - job.range[0];
    }
    if (waiting >= BATCH) await flush();
    await pace.rest();
  }
  await flush();
  onProgress?.({ phase: "inflate", loaded: out.length, total: out.length });
  return out;
}

/** The blocks to decode for a page. */
async function jobsOf(
  { bytes, pages, layout, coding, littleEndian }: StackFile,
  { start, first }: Stack,
  page: number,
  z: number,
  signal?: AbortSignal,
): Promise<Job[]> {
  if (start !== undefined) {
    const last = first.at(-1)?.range as Range;
    const move = page * (last[1] - start);
    return first.map(({ range, ...block }) => {
      const [from, to] = range as Range;
      return { ...block, range: [from + move, to + move], coding, z };
    });
  }
  const directory = await pages.at(page, signal);
  if (!directory) throw missingPage(bytes.path, page, pages.count);
  const own = await pageCoding(bytes.path, directory, layout);
  const blocks = await blocksOf(bytes.path, directory, layout, own, littleEndian, signal);
  return blocks.map((block) => ({ ...block, coding: own, z }));
}
