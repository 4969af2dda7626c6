/** PageGrid: the levels of a volume, divided into pages, which are numbered across all levels. */

import type { Box, Level, Vec3 } from "../../volume.ts";

/** A level, and how it is divided into pages. */
export interface PagedLevel {
  /** Index among the volume's levels. */
  readonly level: number;
  readonly dims: Vec3;
  /** Size of a voxel and low corner of the first one, in voxels of level 0. */
  readonly scale: Vec3;
  readonly origin: Vec3;
  /** Pages along each axis, and the number of the first. */
  readonly pages: Vec3;
  readonly firstPage: number;
}

/** A page: its level and the voxels that it covers, at most `size` per side. */
export interface Page {
  readonly level: PagedLevel;
  readonly box: Box;
}

/** Numbers of pages up to which pages are small. A page takes 8 bytes of GPU memory, whether or not it is read. */
const MOST_PAGES = 4 * 2 ** 20;
/** Voxels per side of a page. Small pages fit what is visible better. */
const SIZES = [32, 64] as const;

export class PageGrid {
  readonly levels: readonly PagedLevel[];
  /** Voxels per side of a page. */
  readonly size: number;
  /** Number of pages in all levels. */
  readonly count: number;

  /** @param levels finest first; the last one is the coarsest that is used. */
  constructor(levels: readonly Level[]) {
    const pagesOf = (size: number) => levels.map(({ dims }) => perAxis(dims, size));
    const countOf = (size: number) => pagesOf(size).reduce((sum, [x, y, z]) => sum + x * y * z, 0);
    this.size = SIZES.find((size) => countOf(size) <= MOST_PAGES) ?? SIZES[SIZES.length - 1];
    this.count = countOf(this.size);
    let firstPage = 0;
    this.levels = levels.map(({ dims, scale = [1, 1, 1], origin = [0, 0, 0] }, level) => {
      const pages = perAxis(dims, this.size);
      const paged = { level, dims, scale, origin, pages, firstPage };
      firstPage += pages[0] * pages[1] * pages[2];
      return paged;
    });
  }

  /** The coarsest level. */
  get coarsest(): PagedLevel {
    return this.levels[this.levels.length - 1];
  }

  /** The level of the page of this number. */
  levelOf(number: number): PagedLevel {
    return this.levels.findLast(({ firstPage }) => firstPage <= number) as PagedLevel;
  }

  /** The page of this number. */
  page(number: number): Page {
    const level = this.levelOf(number);
    const { pages, dims, firstPage } = level;
    const rest = number - firstPage;
    const at = [
      rest % pages[0],
      Math.floor(rest / pages[0]) % pages[1],
      Math.floor(rest / pages[0] / pages[1]),
    ];
    const corner = (step: number) =>
      dims.map((n, axis) => Math.min((at[axis] + step) * this.size, n)) as unknown as Vec3;
    return { level, box: { start: corner(0), end: corner(1) } };
  }

  /** Numbers of all pages of a level. */
  pagesOf({ firstPage, pages: [x, y, z] }: PagedLevel): number[] {
    return Array.from({ length: x * y * z }, (_, i) => firstPage + i);
  }
}

function perAxis(dims: Vec3, size: number): Vec3 {
  return dims.map((n) => Math.ceil(n / size)) as unknown as Vec3;
}
