/** Paging: the parts of a paged grid that depend on the volume's levels and on the form of its values. */

import { boxOf } from "../../box-of.ts";
import { VoxelVolumeError } from "../../errors.ts";
import type { Overview, Volume } from "../../volume.ts";
import { DTYPES, wholeBox } from "../../volume.ts";
import { guarded } from "../gpu/errors.ts";
import { DEFAULT_BUDGET_IN_BUFFERS, type GpuMemory } from "../gpu/memory.ts";
import type { GridReader } from "../grid-reader.ts";
import type { Field } from "../pipeline/field.ts";
import type { PageCodes } from "./page-codes.ts";
import { PageGrid } from "./page-grid.ts";
import { PageLook } from "./page-look.ts";
import { PagePool } from "./page-pool.ts";
import { MOST_LEVELS, pagedReader, VIEW_BYTES } from "./paged-reader.ts";
import { slotBytes } from "./slot-layout.ts";

/** Share of the memory that is left for pictures and small buffers. */
const SPARE = 1 / 8;
/** Bytes of a pool without an explicit limit: a share of the largest buffer, at most so many. */
const SHARE_OF_BUFFER = 1 / 4;
const MOST_BYTES = 2 ** 29;

export interface Paging {
  readonly volume: Volume;
  /** The overview's field, for which the codes of the pages were chosen. */
  readonly overview: Field;
  readonly codes: PageCodes;
  readonly grid: PageGrid;
  readonly reader: GridReader;
  readonly pool: PagePool;
  readonly look: PageLook;
  /** The uniform struct View. */
  readonly view: GPUBuffer;
}

/**
 * Creates the pool in what memory is left, and puts the overview into it.
 * @returns undefined if the memory holds little more than the overview.
 */
export async function makePaging(
  memory: GpuMemory,
  volume: Volume,
  overview: Overview,
  field: Field,
  codes: PageCodes,
): Promise<Paging | undefined> {
  if (overview.level >= MOST_LEVELS) {
    const message = `${volume.name} has ${overview.level + 1} levels down to its overview, more than the ${MOST_LEVELS} that can be drawn.`;
    throw new VoxelVolumeError("unsupported-format", message);
  }
  const grid = new PageGrid(volume.levels.slice(0, overview.level + 1));
  const slots = slotsFor(memory, grid, codes.codes.bytes);
  const kept = grid.pagesOf(grid.coarsest);
  if (slots < 2 * kept.length) return undefined;
  const { size } = grid;
  const made = await guarded(memory.device, () => ({
    look: new PageLook(memory, pagedReader(codes.codes, size, true), grid.count),
    view: memory.buffer("view", VIEW_BYTES, GPUBufferUsage.UNIFORM),
    pool: new PagePool(memory, grid, codes, slots),
  }));
  await Promise.all([made.pool.ready(), made.look.ready()]);
  const whole = await overview.read(0, wholeBox(overview.dims));
  await guarded(memory.device, () => {
    for (const page of kept) {
      const scalars = boxOf(whole, overview.dims, DTYPES[overview.dtype], grid.page(page).box);
      made.pool.put(page, scalars, 0, true);
    }
  });
  return { ...made, volume, overview: field, codes, grid, reader: pagedReader(codes.codes, size, false) };
}

export function destroyPaging(memory: GpuMemory, { look, pool, view }: Paging): void {
  look.destroy();
  pool.destroy();
  memory.free(view);
}

/** Number of slots: as many as there are pages, or as the memory holds. */
function slotsFor(memory: GpuMemory, grid: PageGrid, bytes: number): number {
  const { maxBufferSize } = memory.device.limits;
  const isGiven = memory.budget !== DEFAULT_BUDGET_IN_BUFFERS * maxBufferSize;
  const budget = isGiven ? memory.budget : Math.min(maxBufferSize * SHARE_OF_BUFFER, MOST_BYTES);
  // The page table, and the marks of looks.
  const tables = 8 * grid.count;
  const left = budget * (1 - SPARE) - memory.bytes - tables;
  return Math.min(grid.count, Math.floor(left / slotBytes(grid.size, bytes)));
}
