/**
 * VoxelPipeline: turns a Volume into a grid that can be drawn. Reruns only the stages after a change. See
 * docs/engine.md.
 */

import { fetched } from "../../errors.ts";
import { isListed } from "../../options/kinds.ts";
import type { PipelineSettings, Transform } from "../../options/settings.ts";
import type { ValueScale } from "../../options/value-scale.ts";
import { profileOf, wholeProfileOf } from "../../values/profile.ts";
import { keyValueOf, storedValues, type ValueSource } from "../../values/stored-values.ts";
import type { Vec3, Volume } from "../../volume.ts";
import { guarded } from "../gpu/errors.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { StoredGrid } from "../grid.ts";
import { BrickDistance } from "./brick-distance.ts";
import { type Cut, cutOf } from "./cut.ts";
import type { Field } from "./field.ts";
import { type FieldKernels, KernelSets } from "./field-kernels.ts";
import { mean } from "./mean.ts";
import { measureReady } from "./measure.ts";
import { stageKeys } from "./stage-keys.ts";
import type { ValueStatistics } from "./statistics.ts";
import { fittingDims, type Loaded, storedExtremes, storeValues } from "./store.ts";
import { storedGrid } from "./stored-grid.ts";
import { fillTables, newTables, type Tables, tablesReady } from "./tables.ts";
import { cutValues, fetchCutKeys, thresholds, windowInKeys } from "./window.ts";

/** The stages whose arrays can be read, in order. */
export type Stage = "normalized" | "transformed" | "resized" | "voxels";

export class VoxelPipeline {
  readonly distance: BrickDistance;
  readonly #kernels: KernelSets;
  readonly #keys = new Map<string, readonly unknown[]>();
  #stored: Loaded | undefined;
  #resized: Field | undefined;
  #transform: { transform: Transform | null; mean: number } = { transform: null, mean: 0 };
  #cut: Cut | undefined;
  #scale: ValueScale | undefined;
  #palette: Uint32Array<ArrayBuffer> | undefined;
  #tables: Tables | undefined;
  #grid: StoredGrid | undefined;

  constructor(private readonly memory: GpuMemory) {
    this.distance = new BrickDistance(memory);
    this.#kernels = new KernelSets(memory.device);
  }

  /**
   * Brings every stage up to date. Must not be called again before it settles; if it fails, there is no grid.
   * @returns the names of the stages that ran.
   * @throws VoxelVolumeError "out-of-memory", "too-large", "device-lost", "invalid-option".
   */
  async update(volume: Volume, settings: PipelineSettings, profiler?: Profiler): Promise<string[]> {
    const ran: string[] = [];
    const stage = async (name: string, key: readonly unknown[], work: () => Promise<void>) => {
      const last = this.#keys.get(name);
      if (ran.length === 0 && last && key.every((part, i) => part === last[i])) return;
      this.#keys.delete(name);
      this.#grid = undefined;
      ran.push(name);
      await work();
      this.#keys.set(name, key);
    };
    const { kind, resolution, antialias } = settings;
    const listed = isListed(kind);
    const transform = kind === "intensity" ? settings.transform : null;
    const keys = stageKeys(volume, settings);
    // Runs during the upload. A failure is reported when the code is needed.
    if (kind === "intensity" && !cutOf(volume.dims, settings).isWhole) fetchCutKeys().catch(() => {});
    try {
      await stage("store", keys.store, () => this.#store(volume, settings, listed, profiler));
      await stage("transform", keys.transform, () => this.#runTransform(settings, transform, profiler));
      await stage("resize", keys.resize, () =>
        this.#runResize(listed ? "native" : resolution, antialias, profiler),
      );
      await stage("cut", keys.cut, () => this.#runCut(settings, listed, profiler));
    } catch (error) {
      // Incomplete results must not be reused.
      for (const name of ["cut", ...ran]) this.#keys.delete(name);
      throw error;
    }
    return ran;
  }

  /** The grid; undefined if there is none or it is incomplete. */
  get grid(): StoredGrid | undefined {
    return this.#grid;
  }

  /** The mapping from values to colours in the grid. */
  get scale(): ValueScale | undefined {
    return this.#scale;
  }

  /** The colours of listed values; undefined if the colour map supplies them. */
  get palette(): Uint32Array<ArrayBuffer> | undefined {
    return this.#palette;
  }

  /** What a grid of pages shares with the grid of its overview. */
  get shared(): Loaded & { readonly tables: Tables } {
    return { ...(this.#stored ?? missing()), tables: this.#tables ?? missing() };
  }

  /** Shape of the values on the GPU before resizing: those of the volume that was given, unless it does not fit. */
  get sourceDims(): Vec3 {
    return this.#field.dims;
  }

  async #store(
    volume: Volume,
    { resolution }: PipelineSettings,
    listed: boolean,
    profiler?: Profiler,
  ): Promise<void> {
    this.#forget();
    const profile = await (listed ? wholeProfileOf(volume) : profileOf(volume));
    const source = await storedValues(volume);
    const kernelsFor = ({ codes }: ValueSource) => {
      const kernels = this.#kernels.of(codes);
      // Compiled during the upload. Errors are reported when the passes are needed.
      Promise.all([measureReady(kernels), tablesReady(kernels, { codes }), this.distance.ready()]).catch(
        () => {},
      );
      return kernels;
    };
    const stored = await storeValues(
      this.memory,
      listed ? await (await fetched(import("./listed-values.ts"))).listedSource(source, profile) : source,
      profile,
      listed && resolution !== "native" ? resolution : volume.dims,
      { isListed: listed, kernelsFor, profiler },
    );
    this.#stored = { ...stored, profile, isOverview: "level" in volume };
  }

  async #runTransform(
    { kind, window }: PipelineSettings,
    transform: Transform | null,
    profiler?: Profiler,
  ): Promise<void> {
    const { field, source, profile } = this.#stored ?? missing();
    const keyWindow = window ? windowInKeys(source, field, window) : field.wholeWindow;
    field.setWindow(keyWindow);
    const signed = Number(kind === "signed");
    field.set({ signed, zero: keyValueOf(source, 0, field.keys.first) });
    const statistics = transform
      ? await mean(this.memory, field, this.#kernels.of(field.codes), { power: transform, profiler })
      : { mean: 0 };
    this.#transform = { transform, mean: statistics.mean };
    field.set({ ...transform, transform: Number(transform !== null), mean: statistics.mean });
    const { min, max } = profile.isSampled ? storedExtremes(this.#stored ?? missing()) : profile;
    this.#scale = { kind, window: window ?? [min, max], threshold: 0, ...this.#transform, cut: [0, 1] };
  }

  async #runResize(
    resolution: PipelineSettings["resolution"],
    antialias: boolean,
    profiler?: Profiler,
  ): Promise<void> {
    this.#resized?.destroy();
    this.#resized = undefined;
    const field = this.#field;
    const dims = resolution === "native" ? field.dims : fittingDims(this.memory, resolution, 4);
    if (dims.every((n, axis) => n === field.dims[axis])) return;
    const { resizedField } = await fetched(import("./resize.ts"));
    this.#resized = await resizedField(this.memory, field, this.#kernels, dims, antialias, profiler);
  }

  /** Steps 5 and 6: the cut, the range of values that remains, and the tables that depend on both. */
  async #runCut(settings: PipelineSettings, listed: boolean, profiler?: Profiler): Promise<void> {
    const field = this.#drawn;
    const kernels = this.#kernels.of(field.codes);
    const cut = cutOf(field.dims, settings);
    this.#cut = cut;
    field.set({ low: cut.low, high: cut.high, clip: cut.clip, clip_margin: cut.margin });
    const words = listed ? await this.#listedWords(settings) : undefined;
    if (!listed) this.#palette = undefined;
    await this.#setScale(field, kernels, cut, settings, profiler);
    await Promise.all([tablesReady(kernels, field), this.distance.ready()]);
    this.#grid = await guarded(this.memory.device, () => {
      this.memory.free(...Object.values(this.#tables ?? {}));
      const tables = newTables(this.memory, field);
      this.#tables = tables;
      fillTables(this.memory.device, tables, field, kernels, this.distance, words, profiler);
      return storedGrid(this.memory.device, field, cut, tables);
    });
  }

  /** The voxel words of listed values. Also sets the palette to their colours. */
  async #listedWords(settings: PipelineSettings): Promise<Uint32Array<ArrayBuffer>> {
    const { source, profile, isOverview } = this.#stored ?? missing();
    const { listedTable } = await fetched(import("./listed-values.ts"));
    const { words, palette } = await listedTable(source, profile, settings, isOverview);
    this.#palette = palette;
    return words;
  }

  /** Sets the ends of the second normalization and the thresholds. */
  async #setScale(
    field: Field,
    kernels: FieldKernels,
    cut: Cut,
    { kind, threshold }: PipelineSettings,
    profiler?: Profiler,
  ): Promise<void> {
    const scale = this.#scale as ValueScale;
    if (kind === "signed") {
      field.set({ signed: 1, ...thresholds(scale.window, threshold) });
      this.#scale = { ...scale, threshold };
    } else if (kind === "intensity") {
      const values = await cutValues(this.memory, field, kernels, cut, profiler);
      const [least, most] = [Math.min(...values), Math.max(...values)];
      field.set({ cut_least: least, cut_most: most });
      this.#scale = { ...scale, cut: [least, most] };
    }
  }

  /** Number of filled voxels. */
  async countFilled(): Promise<number> {
    const { countFilled } = await fetched(import("./read-stage.ts"));
    const field = this.#drawn;
    if (!this.#grid || !this.#tables || !this.#cut) return missing();
    return countFilled(this.memory, field, this.#kernels.of(field.codes), this.#tables, this.#cut.isWhole);
  }

  /** The array of a stage: f32 (NaN if missing), or one word per voxel for "voxels". */
  async read(stage: Stage): Promise<{ dims: Vec3; data: Float32Array | Uint32Array }> {
    const { readValues, readWords } = await fetched(import("./read-stage.ts"));
    if (!this.#tables || !this.#cut) return missing();
    if (stage === "voxels") {
      const field = this.#drawn;
      return readWords(this.memory, field, this.#kernels.of(field.codes), this.#tables, this.#cut);
    }
    const field = stage === "resized" ? this.#drawn : this.#field;
    const transform = stage === "normalized" ? 0 : Number(this.#transform.transform !== null);
    return readValues(this.memory, field, this.#kernels.of(field.codes), this.#tables, {
      now: transform,
      after: Number(this.#transform.transform !== null),
    });
  }

  /** Statistics of the values in the file. */
  async readStatistics(): Promise<ValueStatistics> {
    const { field, profile } = this.#stored ?? missing();
    const { listedStatistics, valueStatistics } = await fetched(import("./statistics.ts"));
    if (this.#palette) return listedStatistics(profile);
    return valueStatistics(this.memory, field, this.#kernels.of(field.codes), profile);
  }

  /** Histogram over [0, 1] of normalized or transformed values, in at most 1024 equal bins. */
  async histogram(stage: "normalized" | "transformed", bins: number): Promise<Uint32Array> {
    const { valueHistogram } = await fetched(import("./read-stage.ts"));
    const { transform, mean } = this.#transform;
    const field = this.#field;
    const shown = { transform: stage === "normalized" ? null : transform, mean };
    return valueHistogram(this.memory, field, this.#kernels.of(field.codes), shown, this.#transform, bins);
  }

  get #field(): Field {
    return (this.#stored ?? missing()).field;
  }

  /** The field that is drawn. */
  get #drawn(): Field {
    return this.#resized ?? this.#field;
  }

  /** Frees everything that was created for a volume. */
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
    this.#scale = this.#palette = undefined;
  }

  destroy(): void {
    this.#forget();
    this.#kernels.destroy();
    this.distance.destroy();
  }
}

function missing(): never {
  throw new Error("no volume has been through the pipeline");
}
