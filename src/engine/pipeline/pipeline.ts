/**
 * VoxelPipeline: from a Volume to a grid that can be drawn. Values stay as they are stored; what is made of them is a table
 * from value to colour and alpha, and a table of bricks. Redoes only the stages after what changed.
 */

import { fetched, VoxelVolumeError } from "../../errors.ts";
import type { PipelineSettings, Transform } from "../../options/settings.ts";
import type { Vec3, Volume } from "../../volume.ts";
import { guarded } from "../gpu/errors.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { StoredGrid } from "../grid.ts";
import { BrickDistance } from "./brick-distance.ts";
import { type Cut, cutOf } from "./cut.ts";
import { Field } from "./field.ts";
import { FieldKernels } from "./field-kernels.ts";
import { fillField, measureField, measureReady } from "./measure.ts";
import { count, fitted } from "./pool-layout.ts";
import { mean, type ValueStatistics, valueStatistics } from "./statistics.ts";
import { storedGrid } from "./stored-grid.ts";
import { type Codes, codeConstants, keyValue, storedValues, type ValueSource } from "./stored-values.ts";
import { cutKeys, fillTables, newTables, type Tables, tablesReady, transformedEnds } from "./tables.ts";

/** The arrays that can be looked at, in order. */
export type Stage = "normalized" | "transformed" | "resized" | "voxels";

/** A grid takes its voxels, and half as much again for bricks, tables and the picture. */
const BYTES_OVER_VOXELS = 1.5;
/** Fewer voxels are no picture of a volume. */
const LEAST_VOXELS = 64;
/** A refusal of less is not about size, and a smaller grid would not help. */
const RETRY_BYTES = 16 * 2 ** 20;

/** What is made of one volume. Buffers stay until the next volume. */
interface Stored {
  readonly source: ValueSource;
  readonly field: Field;
}

export class VoxelPipeline {
  readonly distance: BrickDistance;
  readonly #kernels = new Map<string, FieldKernels>();
  readonly #keys = new Map<string, unknown>();
  #stored: Stored | undefined;
  #resized: Field | undefined;
  #transform: { transform: Transform | null; mean: number } = { transform: null, mean: 0 };
  #cut: Cut | undefined;
  #tables: Tables | undefined;
  #grid: StoredGrid | undefined;

  constructor(private readonly memory: GpuMemory) {
    this.distance = new BrickDistance(memory);
  }

  /**
   * Brings every stage up to date. Not to be called again before it has settled; after it failed there is no grid.
   * @returns the names of the stages that had to run.
   * @throws VoxelVolumeError "out-of-memory", "too-large", "device-lost".
   */
  async update(volume: Volume, settings: PipelineSettings, profiler?: Profiler): Promise<string[]> {
    const ran: string[] = [];
    const stage = async (name: string, key: unknown, work: () => Promise<void>) => {
      if (ran.length === 0 && this.#keys.get(name) === key) return;
      this.#keys.delete(name);
      this.#grid = undefined;
      ran.push(name);
      await work();
      this.#keys.set(name, key);
    };
    const { transform, resolution, antialias, flip, crop, clip } = settings;
    try {
      await stage("store", volume, () => this.#store(volume, profiler));
      await stage("transform", JSON.stringify(transform), () => this.#runTransform(transform, profiler));
      await stage("resize", JSON.stringify([resolution, antialias]), () =>
        this.#runResize(resolution, antialias, profiler),
      );
      await stage("cut", JSON.stringify([flip, crop, clip]), () => this.#runCut(settings, profiler));
    } catch (error) {
      // Nothing half-made is taken for finished.
      for (const name of ["cut", ...ran]) this.#keys.delete(name);
      throw error;
    }
    return ran;
  }

  /** The grid; undefined where there is none, or not a whole one. */
  get grid(): StoredGrid | undefined {
    return this.#grid;
  }

  /** Shape of the values on the GPU before they are resized: the volume's, unless that does not fit. */
  get sourceDims(): Vec3 {
    return this.#field.dims;
  }

  async #store(volume: Volume, profiler?: Profiler): Promise<void> {
    this.#forget();
    const source = storedValues(volume);
    const bytes = source.codes.bytes * count(volume.dims);
    try {
      await this.#upload(source, this.#fitting(source.dims, source.codes.bytes), profiler);
    } catch (error) {
      if (!(error instanceof VoxelVolumeError) || error.code !== "out-of-memory" || bytes < RETRY_BYTES)
        throw error;
      const voxels = Math.floor(count(this.#stored?.field.dims ?? source.dims) / 2);
      this.#forget();
      await this.#upload(source, fitted(source.dims, voxels), profiler);
    }
  }

  /** The largest grid of about these proportions for which there is memory. */
  #fitting(dims: Vec3, bytes: number): Vec3 {
    const left = this.memory.budget - this.memory.bytes;
    const voxels = Math.floor(left / (bytes * BYTES_OVER_VOXELS));
    if (voxels < Math.min(count(dims), LEAST_VOXELS)) {
      throw new VoxelVolumeError("too-large", "The GPU has no memory left: close other pages that use it");
    }
    return fitted(dims, voxels);
  }

  async #upload(whole: ValueSource, dims: Vec3, profiler?: Profiler): Promise<void> {
    const isWhole = dims.every((n, axis) => n === whole.dims[axis]);
    // What few volumes need is fetched then.
    const source = isWhole
      ? whole
      : (await fetched(import("./reduced-values.ts"))).reducedValues(whole, dims);
    const { codes, present } = source;
    const kernels = this.#kernelsFor(codes);
    // Compiled while the values go to the GPU; errors show when they are needed.
    Promise.all([measureReady(kernels), tablesReady(kernels, { codes }), this.distance.ready()]).catch(
      () => {},
    );
    const field = await guarded(this.memory.device, () => {
      const field = new Field(this.memory, dims, codes, present);
      this.#stored = { source, field };
      return field;
    });
    await fillField(this.memory, field, kernels, source, profiler);
    const { first, last } = field.keys;
    const [least, most] =
      first > last ? [0, 0] : [first, last].map((key) => keyValue(codes, key, field.keys.first));
    field.set({ origin: first > last ? 0 : first, least, most, normalize: 1 });
  }

  async #runTransform(transform: Transform | null, profiler?: Profiler): Promise<void> {
    const field = this.#field;
    const statistics = transform
      ? await mean(this.memory, field, this.#kernelsFor(field.codes), transform, profiler)
      : { mean: 0 };
    this.#transform = { transform, mean: statistics.mean };
    field.set({ ...transform, transform: Number(transform !== null), mean: statistics.mean });
  }

  async #runResize(
    resolution: PipelineSettings["resolution"],
    antialias: boolean,
    profiler?: Profiler,
  ): Promise<void> {
    this.#resized?.destroy();
    this.#resized = undefined;
    const field = this.#field;
    const dims = resolution === "native" ? field.dims : this.#fitting(resolution, 4);
    if (dims.every((n, axis) => n === field.dims[axis])) return;
    const { resizedField, TRANSFORMED_CODES } = await fetched(import("./resize.ts"));
    const [kernels, resizedKernels] = [field.codes, TRANSFORMED_CODES].map((codes) =>
      this.#kernelsFor(codes),
    );
    const resized = await resizedField(
      this.memory,
      field,
      kernels,
      resizedKernels,
      dims,
      antialias,
      profiler,
    );
    this.#resized = resized;
    await measureField(this.memory, resized, resizedKernels, profiler);
  }

  /** Step 5 and 6: the cut, the range of values that it leaves, and the tables that follow from both. */
  async #runCut(settings: PipelineSettings, profiler?: Profiler): Promise<void> {
    const field = this.#drawn;
    const kernels = this.#kernelsFor(field.codes);
    const cut = cutOf(field.dims, settings);
    this.#cut = cut;
    field.set({ low: cut.low, high: cut.high, clip: cut.clip, clip_margin: cut.margin });
    const values = await this.#cutValues(field, kernels, cut, profiler);
    field.set({ cut_least: Math.min(...values), cut_most: Math.max(...values) });
    await Promise.all([tablesReady(kernels, field), this.distance.ready()]);
    this.#grid = await guarded(this.memory.device, () => {
      this.memory.free(...Object.values(this.#tables ?? {}));
      const tables = newTables(this.memory, field);
      this.#tables = tables;
      fillTables(tables, field, kernels, this.distance, profiler);
      return storedGrid(this.memory.device, field, cut, tables);
    });
  }

  /** Least and greatest transformed value that the cut leaves. What the clip plane removes counts as 0, as in the article. */
  async #cutValues(
    field: Field,
    kernels: FieldKernels,
    { isWhole }: Cut,
    profiler?: Profiler,
  ): Promise<readonly number[]> {
    const { keys, isClipped } = isWhole
      ? { keys: field.keys, isClipped: false }
      : await cutKeys(this.memory, field, kernels, profiler);
    const values =
      keys.first > keys.last ? [] : await transformedEnds(this.memory, field, kernels, keys, profiler);
    return isClipped || values.length === 0 ? [0, ...values] : values;
  }

  /** How many voxels are filled. */
  async countFilled(): Promise<number> {
    const { countFilled } = await fetched(import("./read-stage.ts"));
    const field = this.#drawn;
    if (!this.#grid || !this.#tables || !this.#cut) return missing();
    return countFilled(this.memory, field, this.#kernelsFor(field.codes), this.#tables, this.#cut.isWhole);
  }

  /** The array of a stage: f32 (NaN where missing), or a word a voxel for "voxels". */
  async read(stage: Stage): Promise<{ dims: Vec3; data: Float32Array | Uint32Array }> {
    const { readValues, readWords } = await fetched(import("./read-stage.ts"));
    if (stage === "voxels") {
      const field = this.#drawn;
      if (!this.#cut) throw new Error("no volume has been through the pipeline");
      return readWords(this.memory, field, this.#kernelsFor(field.codes), this.#cut);
    }
    const field = stage === "resized" ? this.#drawn : this.#field;
    const transform = stage === "normalized" ? 0 : Number(this.#transform.transform !== null);
    return readValues(this.memory, field, this.#kernelsFor(field.codes), {
      now: transform,
      after: Number(this.#transform.transform !== null),
    });
  }

  /** Statistics of the file's values. */
  readStatistics(): Promise<ValueStatistics> {
    const { field, source } = this.#stored ?? missing();
    return valueStatistics(this.memory, field, this.#kernelsFor(field.codes), source);
  }

  /** Histogram over [0, 1] of normalized or transformed values, in at most 1024 equal bins. */
  async histogram(stage: "normalized" | "transformed", bins: number): Promise<Uint32Array> {
    const { valueHistogram } = await fetched(import("./read-stage.ts"));
    const { transform, mean } = this.#transform;
    const field = this.#field;
    const shown = { transform: stage === "normalized" ? null : transform, mean };
    return valueHistogram(this.memory, field, this.#kernelsFor(field.codes), shown, this.#transform, bins);
  }

  get #field(): Field {
    return (this.#stored ?? missing()).field;
  }

  /** The field that is drawn. */
  get #drawn(): Field {
    return this.#resized ?? this.#field;
  }

  #kernelsFor(codes: Codes): FieldKernels {
    const key = JSON.stringify(codeConstants(codes));
    let kernels = this.#kernels.get(key);
    if (!kernels) {
      kernels = new FieldKernels(this.memory.device, codes);
      this.#kernels.set(key, kernels);
    }
    return kernels;
  }

  /** Gives back what was made of a volume. */
  release(): void {
    this.#forget();
    this.#keys.clear();
  }

  #forget(): void {
    this.#resized?.destroy();
    this.#stored?.field.destroy();
    this.memory.free(...Object.values(this.#tables ?? {}));
    this.#resized = undefined;
    this.#stored = undefined;
    this.#tables = undefined;
    this.#grid = undefined;
    this.#cut = undefined;
  }

  destroy(): void {
    this.#forget();
    for (const kernels of this.#kernels.values()) kernels.destroy();
    this.distance.destroy();
  }
}

function missing(): never {
  throw new Error("no volume has been through the pipeline");
}
