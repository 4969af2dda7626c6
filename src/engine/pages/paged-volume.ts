/**
 * PagedVolume: draws a volume of several levels, of which the GPU holds the pages that the picture needs. The tables,
 * windows and statistics are those of its overview, which is in memory.
 */

import { isListed } from "../../options/kinds.ts";
import type { DrawnSettings, DrawSettings } from "../../options/settings.ts";
import type { Overview, Vec3, Volume } from "../../volume.ts";
import type { GridTransform } from "../blend/blender.ts";
import type { FrameSize, FrameUniforms } from "../frame-uniforms.ts";
import { bindGroup, bindingLayout } from "../gpu/bind-group.ts";
import { guarded } from "../gpu/errors.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { PickedVoxel, StoredGrid } from "../grid.ts";
import type { Palette } from "../palette.ts";
import { cutOf } from "../pipeline/cut.ts";
import type { VoxelPipeline } from "../pipeline/pipeline.ts";
import { count } from "../pipeline/pool-layout.ts";
import { volumeFor } from "./level-volume.ts";
import { listCodes, scaleCodes } from "./page-codes.ts";
import { PageLoader } from "./page-loader.ts";
import { CELL_SHIFT, LEVEL_SHIFT, PAGED_GROUP, viewUniforms } from "./paged-reader.ts";
import { pagedView } from "./paged-view.ts";
import { destroyPaging, makePaging, type Paging } from "./paging.ts";
import { settled } from "./settled.ts";

/** A look takes one pixel of this many along both sides, unless it is thorough. */
const STRIDE = 4;
/** Share of the pool that a picture may need. If it needs more, it is drawn from coarser levels. */
const MOST_NEEDED = 0.9;
/** Share of the pool below which finer levels are tried again; they have up to eight times as many pages. */
const FEW_NEEDED = 0.1;

/** Counts of pages. */
export interface PageCounts {
  /** In GPU memory, and the most that it has room for. */
  readonly resident: number;
  readonly slots: number;
  /** That could not be read. */
  readonly failed: number;
  /** The finest level that the last look needed. */
  readonly level: number;
}

export class PagedVolume {
  /** Called when pages have come, so that the picture can be drawn again. */
  onArrival: (() => void) | undefined;
  /** Called with the error for the first page of a volume that could not be read. */
  onFailure: ((error: unknown) => void) | undefined;
  #paging: Paging | undefined;
  #loader: PageLoader | undefined;
  #grid: StoredGrid | undefined;
  /** The pipeline's grid, whose tables `#grid` uses. */
  #overviewGrid: StoredGrid | undefined;
  #groups: readonly GPUBindGroup[] = [];
  #settling: Promise<void> = Promise.resolve();
  #looks = 0;
  /** Levels by which the picture is coarser than its pixels can show, as the memory is small. */
  #coarser = 0;
  /** Set when a page has come for which there was no slot. */
  #isFull = false;
  /** The view of the last look, and how many slots it needed. */
  #lastView = "";
  #needed = 0;
  #failed = 0;
  #finest = 0;

  constructor(
    private readonly memory: GpuMemory,
    private readonly pipeline: VoxelPipeline,
    private readonly frame: FrameUniforms,
    private readonly palette: Palette,
  ) {}

  /**
   * Brings the grid up to date. With a resolution, it is made of a level in memory. Same contract as
   * VoxelPipeline.update.
   */
  async update(volume: Volume, settings: DrawnSettings, profiler?: Profiler): Promise<string[]> {
    const { resolution, kind } = settings;
    const overview = volume.overview as Overview;
    const isWhole = resolution !== "native";
    const shown = isWhole ? await volumeFor(volume, resolution) : overview;
    const ran = await this.pipeline.update(shown, settings, profiler);
    if (ran.length === 0 && this.#grid) return ran;
    this.#grid = undefined;
    if (isWhole) this.release();
    else await this.#page(volume, overview, isListed(kind));
    this.#overviewGrid = this.pipeline.grid;
    this.#grid = this.#paging ? await this.#makeGrid(this.#paging, settings) : this.pipeline.grid;
    return ran;
  }

  /** The grid; undefined if there is none or it is incomplete. */
  get grid(): StoredGrid | undefined {
    return this.#grid;
  }

  /** Dimensions of the volume; undefined if it is drawn from one level in memory. */
  get sourceDims(): Vec3 | undefined {
    return this.#paging?.volume.dims;
  }

  /** Voxels of the volume per voxel of the level that statistics are taken from. */
  get share(): number {
    const { pipeline } = this;
    return count(this.#paging?.volume.dims ?? pipeline.sourceDims) / count(pipeline.sourceDims);
  }

  get counts(): PageCounts {
    const { resident = 0, size = 0 } = this.#paging?.pool ?? {};
    return { resident, slots: size, failed: this.#failed, level: this.#finest };
  }

  /** Number of pages that are being read or wait for it. */
  get pending(): number {
    return this.#loader?.pending ?? 0;
  }

  /** Makes the pages for the overview that the pipeline holds, unless they are there. */
  async #page(volume: Volume, overview: Overview, isList: boolean): Promise<void> {
    const { field, source, profile } = this.pipeline.shared;
    if (this.#paging?.overview === field && this.#paging.volume === volume) return;
    this.release();
    const codes = isList ? listCodes(volume, source, profile) : scaleCodes(volume, source, field.keys);
    const paging = await makePaging(this.memory, volume, overview, field, codes);
    this.#paging = paging;
    if (!paging) return;
    this.#loader = new PageLoader(volume, paging.grid, {
      isKnown: (page) => paging.pool.isKnown(page),
      arrived: (page, scalars) => {
        if (!paging.pool.put(page, scalars, this.#looks)) this.#isFull = true;
        this.onArrival?.();
      },
      failed: (page, error) => {
        paging.pool.fail(page);
        this.#failed++;
        if (this.#failed === 1) this.onFailure?.(error);
        this.onArrival?.();
      },
    });
  }

  /** The grid of pages with the pipeline's tables, and the cut in voxels of level 0. */
  async #makeGrid(
    { volume, pool, grid, reader, view }: Paging,
    settings: DrawnSettings,
  ): Promise<StoredGrid> {
    const { field, tables } = this.pipeline.shared;
    const { device } = this.memory;
    const cut = cutOf(volume.dims, settings);
    const { layout, dims } = pool.field;
    const { first_key: _, last_key: __, ...transfer } = field.values;
    return guarded(device, () => {
      const { piece, pieces, stack, thickness } = layout;
      pool.field.set({
        ...transfer,
        ...{ dims, piece, pieces, stack, thickness },
        ...{ low: cut.low, high: cut.high, clip: cut.clip, clip_margin: cut.margin },
      });
      pool.refill(tables.filledBelow);
      return {
        kind: "stored",
        dims: volume.dims,
        cutDims: cut.dims,
        flip: cut.flip,
        rays: {
          reader,
          brickCount: grid.count,
          bind: (frame, palette) => {
            const layout = bindingLayout(device, PAGED_GROUP);
            const { bricks, pages, constants } = pool;
            const parts = [frame, bricks, tables.table, palette, pages, constants, view];
            this.#groups = [pool.field.bindings, bindGroup(device, layout, parts)];
            return this.#groups;
          },
        },
      };
    });
  }

  /** Applies the camera, and the pages that have come, to work that is submitted afterwards. */
  setView(transform: GridTransform, size: FrameSize): void {
    if (!this.#paging) return;
    const { pool, grid, view } = this.#paging;
    const { pixel, ...rest } = pagedView(transform, size);
    const uniforms = viewUniforms(grid, { ...rest, pixel: pixel * 2 ** this.#coarser });
    this.memory.device.queue.writeBuffer(view, 0, uniforms.buffer);
    pool.flush();
  }

  /**
   * Looks which pages a picture needs, and requests those that are missing in place of those of the last look. Submits
   * its work before it returns.
   * @param isThorough whether to look at every pixel.
   * @returns whether all pages are there.
   */
  async look(settings: DrawSettings, size: FrameSize, isThorough: boolean): Promise<boolean> {
    const paging = this.#paging;
    const loader = this.#loader;
    // While the pipeline is at work, its tables are not there.
    if (!paging || !loader || !this.#grid || this.pipeline.grid !== this.#overviewGrid) return true;
    const number = this.#looks++;
    if (this.#groups.length === 0) this.#grid.rays.bind(this.frame.buffer, this.palette.buffer);
    const view = JSON.stringify([settings.camera, size]);
    if (view !== this.#lastView && this.#needed < FEW_NEEDED * paging.pool.size)
      this.#coarser = Math.max(0, this.#coarser - 1);
    this.#lastView = view;
    this.setView(this.frame.write(this.#grid, paging.volume, settings, size), size);
    const stride = isThorough ? 1 : STRIDE;
    const seen = await paging.look.run(this.#groups, { ...size, stride, number });
    if (paging !== this.#paging) return true;
    const missing: { page: number; light: number }[] = [];
    let needed = 0;
    this.#finest = paging.grid.coarsest.level;
    for (const { page, light } of seen ?? []) {
      this.#finest = Math.min(this.#finest, paging.grid.levelOf(page).level);
      if (!paging.pool.isKnown(page)) missing.push({ page, light });
      else if (paging.pool.see(page, this.#looks)) needed++;
    }
    this.#needed = needed + missing.length;
    const isTooMuch = !seen || this.#isFull || this.#needed > MOST_NEEDED * paging.pool.size;
    this.#isFull = false;
    if (isTooMuch) this.#coarser++;
    missing.sort((a, b) => b.light - a.light);
    loader.request(missing.map(({ page }) => page));
    return !isTooMuch && missing.length === 0;
  }

  /** The voxel of a cell that a pass has found: see voxel_of in shaders/lib/paged-grid.wgsl. */
  voxelAt([x, y, z]: Vec3): PickedVoxel {
    const paging = this.#paging;
    if (!paging) return { index: [x, y, z] };
    const level = x >>> LEVEL_SHIFT;
    const { scale, origin } = paging.grid.levels[level];
    const cell: Vec3 = [(x & ((1 << LEVEL_SHIFT) - 1)) - CELL_SHIFT, y, z];
    const index = cell.map((i, axis) => {
      const middle = Math.floor(origin[axis] + (i + 0.5) * scale[axis]);
      return Math.min(Math.max(middle, 0), paging.volume.dims[axis] - 1);
    });
    return { index: index as unknown as Vec3, level, cell };
  }

  /** Resolves after the next page has arrived or failed, or at once if none is pending. */
  async nextArrival(): Promise<void> {
    await this.#loader?.next();
  }

  /** Resolves when no call of `settle` is at work; other looks would change what it requests. */
  get undisturbed(): Promise<void> {
    return this.#settling;
  }

  /**
   * Waits until all pages that a picture needs are there, or have failed.
   * @throws VoxelVolumeError "network" if none arrives for `waitMs`.
   */
  settle(settings: DrawSettings, size: FrameSize, waitMs?: number): Promise<void> {
    const look = (isThorough: boolean) => this.look(settings, size, isThorough);
    const settling = this.#settling.then(() => settled(this, look, waitMs));
    this.#settling = settling.catch(() => {});
    return settling;
  }

  /** Stops reading pages. */
  stop(): void {
    this.#loader?.stop();
  }

  /** Frees the pages. */
  release(): void {
    this.#loader?.stop();
    if (this.#paging) destroyPaging(this.memory, this.#paging);
    this.#paging = this.#loader = this.#grid = undefined;
    this.#groups = [];
    this.#coarser = this.#failed = this.#needed = 0;
    this.#isFull = false;
  }
}
