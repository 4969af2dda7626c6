/**
 * PagePool: the pages of a volume that are on the GPU, within a number of slots, and the page table. When all slots are
 * taken, the page that has not been seen for longest gives way.
 */

import brickRangeShader from "../../../shaders/lib/brick-range.wgsl";
import filledRangeShader from "../../../shaders/lib/filled-range.wgsl";
import measureBrickShader from "../../../shaders/lib/measure-brick.wgsl";
import pageSlotsShader from "../../../shaders/lib/page-slots.wgsl";
import pagedWordsShader from "../../../shaders/lib/paged-words.wgsl";
import poolRowsShader from "../../../shaders/lib/pool-rows.wgsl";
import fillPagesShader from "../../../shaders/pipeline/fill-pages.wgsl";
import measurePagesShader from "../../../shaders/pipeline/measure-pages.wgsl";
import { codeConstants } from "../../values/stored-values.ts";
import type { Vec3 } from "../../volume.ts";
import { Kernel, WORKGROUP } from "../gpu/kernel.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import { wgslConstant } from "../gpu/uniforms.ts";
import { FIELD_CODE, FIELD_GROUP, Field } from "../pipeline/field.ts";
import { BRICK, count } from "../pipeline/pool-layout.ts";
import type { PageCodes } from "./page-codes.ts";
import { isConstant, padded } from "./page-data.ts";
import type { PageGrid } from "./page-grid.ts";
import { slotLayout } from "./slot-layout.ts";

const [CONSTANT, EMPTY_PAGE] = ["CONSTANT", "EMPTY_PAGE"].map((name) => wgslConstant(pagedWordsShader, name));
/** Different codes of constant pages. */
const MOST_CONSTANTS = 4096;
/** Looks for which a page that was seen keeps its slot: not every look sees all pages of a picture. */
const RECENT_LOOKS = 4;
/** Share of the slots that are freed together. */
const EVICTED = 1 / 64;
/** Bytes of a word. */
const WORD = 4;

/** A page that is known: in a slot, or without one because all its voxels are alike or missing. */
type Known = number | "constant" | "failed";

interface Taken {
  readonly page: number;
  /** Number of the last look that saw the page. */
  seen: number;
  /** Set for pages that never give way. */
  readonly isKept: boolean;
}

export class PagePool {
  /** The pool as a field: its voxels are those of all slots. */
  readonly field: Field;
  /** See shaders/lib/paged-grid.wgsl. */
  readonly pages: GPUBuffer;
  readonly bricks: GPUBuffer;
  readonly constants: GPUBuffer;
  readonly #slots: (Taken | undefined)[];
  /** Slots that are not taken. */
  readonly #free: number[];
  readonly #known = new Map<number, Known>();
  readonly #constantOf = new Map<number, number>();
  readonly #measure: Kernel;
  readonly #fill: Kernel;
  /** Slots along each axis. */
  readonly #layout: Vec3;
  /** Slots whose pages are new. */
  #fresh: number[] = [];
  #filledBelow: GPUBuffer | undefined;

  /** @param slots the most that the pool may have. */
  constructor(
    private readonly memory: GpuMemory,
    private readonly grid: PageGrid,
    private readonly codes: PageCodes,
    slots: number,
  ) {
    const { size } = grid;
    this.#layout = slotLayout(slots, size);
    this.#slots = new Array(count(this.#layout)).fill(undefined);
    this.#free = [...this.#slots.keys()].reverse();
    const dims = this.#layout.map((n) => n * size) as unknown as Vec3;
    this.field = new Field(memory, dims, codes.codes, codes.present);
    this.bricks = memory.buffer("page bricks", WORD * count(this.field.bricks));
    this.pages = memory.buffer("page table", WORD * grid.count);
    this.constants = memory.buffer("constant pages", WORD * MOST_CONSTANTS);
    const constants = { ...codeConstants(codes.codes), PAGE: size };
    const groups = [FIELD_GROUP];
    this.#measure = new Kernel(memory.device, {
      label: "measure-pages",
      code: [...FIELD_CODE, poolRowsShader, measureBrickShader, pageSlotsShader, measurePagesShader],
      constants,
      bindings: ["read", "write"],
      groups,
    });
    this.#fill = new Kernel(memory.device, {
      label: "fill-pages",
      code: [
        ...FIELD_CODE,
        brickRangeShader,
        filledRangeShader,
        pageSlotsShader,
        pagedWordsShader,
        fillPagesShader,
      ],
      constants,
      bindings: ["read", "read", "read", "write", "write"],
      groups,
    });
  }

  async ready(): Promise<void> {
    await Promise.all([this.#measure.ready(), this.#fill.ready()]);
  }

  /** Number of slots. */
  get size(): number {
    return this.#slots.length;
  }

  /** Number of pages in slots. */
  get resident(): number {
    return this.#slots.length - this.#free.length;
  }

  isKnown(page: number): boolean {
    return this.#known.has(page);
  }

  /** Notes that a look needs a page. @returns whether the page has a slot. */
  see(page: number, look: number): boolean {
    const slot = this.#known.get(page);
    if (typeof slot !== "number") return false;
    (this.#slots[slot] as Taken).seen = look;
    return true;
  }

  /**
   * Stores the scalars of a page, as many as its box has. Voxels beyond the level repeat the last ones.
   * @param look number of the last look.
   * @param isKept whether the page never gives way.
   * @returns whether there was a slot for it, or it needs none.
   */
  put(page: number, scalars: Uint8Array, look: number, isKept = false): boolean {
    if (this.isKnown(page)) return true;
    const { bytes } = this.codes.codes;
    const codes = this.codes.convert(scalars);
    if (isConstant(codes, bytes)) {
      const constant = this.#constant(codes.slice(0, bytes));
      if (constant !== undefined) {
        this.#know(page, "constant", CONSTANT | constant);
        return true;
      }
    }
    const slot = this.#freeSlot(look - RECENT_LOOKS);
    if (slot === undefined) return false;
    const { start, end } = this.grid.page(page).box;
    const dims = [0, 1, 2].map((axis) => end[axis] - start[axis]) as unknown as Vec3;
    const { size } = this.grid;
    const data = count(dims) === size ** 3 ? codes : padded(codes, dims, size, bytes);
    this.memory.device.queue.writeTexture(
      { texture: this.field.pool, origin: this.#corner(slot) as unknown as number[] },
      data as Uint8Array<ArrayBuffer>,
      { bytesPerRow: size * bytes, rowsPerImage: size },
      [size, size, size],
    );
    this.#slots[slot] = { page, seen: look, isKept };
    this.#known.set(page, slot);
    this.#fresh.push(slot);
    return true;
  }

  /** Notes that a page cannot be read; it is drawn as missing. */
  fail(page: number): void {
    this.#know(page, "failed", CONSTANT | EMPTY_PAGE);
  }

  /** Submits what new pages need before they can be drawn. */
  flush(): void {
    const fresh = this.#fresh.filter((slot) => this.#slots[slot]);
    this.#fresh = [];
    this.#runPasses(fresh, true);
  }

  /** Submits what all pages need after a change of the table. `filledBelow`: see filled-keys.wgsl. */
  refill(filledBelow: GPUBuffer): void {
    this.#filledBelow = filledBelow;
    this.flush();
    this.#runPasses(
      [...this.#slots.keys()].filter((slot) => this.#slots[slot]),
      false,
    );
  }

  #runPasses(slots: readonly number[], isNew: boolean): void {
    if (slots.length === 0 || !this.#filledBelow) return;
    const { memory, field } = this;
    const words = new Uint32Array(4 * slots.length);
    for (const [i, slot] of slots.entries()) {
      words.set([...this.#corner(slot), (this.#slots[slot] as Taken).page], 4 * i);
    }
    const list = memory.bufferOf("slots", words);
    const bricks = slots.length * (this.grid.size / BRICK) ** 3;
    const groups = [field.bindings];
    if (isNew) {
      const resources = [list, field.ranges];
      this.#measure.run({ params: { count: bricks }, resources, groups, threads: bricks });
    }
    this.#fill.run({
      params: { count: slots.length },
      resources: [list, field.ranges, this.#filledBelow, this.bricks, this.pages],
      groups,
      threads: slots.length * WORKGROUP,
    });
    memory.free(list);
  }

  /** Index of the code of constant pages; undefined if there are too many different ones. */
  #constant(code: Uint8Array): number | undefined {
    const word = code.reduceRight((word, byte) => word * 256 + byte, 0);
    let index = this.#constantOf.get(word);
    if (index === undefined) {
      index = this.#constantOf.size;
      if (index === MOST_CONSTANTS) return undefined;
      this.#constantOf.set(word, index);
      this.#writeWord(this.constants, index, word);
    }
    return index;
  }

  /** A slot that is free, or becomes free because its page was not seen by this look or a later one. */
  #freeSlot(look: number): number | undefined {
    if (this.#free.length === 0) this.#evict(look);
    return this.#free.pop();
  }

  /** Frees the slots of the pages that were seen longest ago, some at a time, as the search takes time. */
  #evict(look: number): void {
    const old = [...this.#slots.keys()].filter((slot) => {
      const taken = this.#slots[slot];
      return taken && !taken.isKept && taken.seen < look;
    });
    const seen = (slot: number) => (this.#slots[slot] as Taken).seen;
    old.sort((a, b) => seen(a) - seen(b));
    for (const slot of old.slice(0, Math.ceil(this.#slots.length * EVICTED))) {
      const { page } = this.#slots[slot] as Taken;
      this.#slots[slot] = undefined;
      this.#free.push(slot);
      this.#known.delete(page);
      this.#writeWord(this.pages, page, 0);
    }
  }

  #know(page: number, known: Known, word: number): void {
    this.#known.set(page, known);
    this.#writeWord(this.pages, page, word);
  }

  #writeWord(buffer: GPUBuffer, index: number, word: number): void {
    this.memory.device.queue.writeBuffer(buffer, WORD * index, Uint32Array.of(word));
  }

  /** Corner of a slot in the pool, in voxels. */
  #corner(slot: number): Vec3 {
    const [x, y] = this.#layout;
    const { size } = this.grid;
    return [(slot % x) * size, (Math.floor(slot / x) % y) * size, Math.floor(slot / x / y) * size];
  }

  destroy(): void {
    this.field.destroy();
    this.memory.free(this.bricks, this.pages, this.constants);
    this.#measure.destroy();
    this.#fill.destroy();
  }
}
