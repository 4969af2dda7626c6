/** Stages 1 to 6: a Volume to the voxels that are drawn. Redoes only the stages after what changed. */

import colorShader from "../../../shaders/color.wgsl";
import cutShader from "../../../shaders/cut.wgsl";
import common from "../../../shaders/lib/common.wgsl";
import transfer from "../../../shaders/lib/transfer.wgsl";
import voxelShader from "../../../shaders/lib/voxel.wgsl";
import normalizeShader from "../../../shaders/normalize.wgsl";
import transformShader from "../../../shaders/transform.wgsl";
import { cropRange, type PipelineSettings } from "../../options/settings.ts";
import type { Vec3, Volume } from "../../volume.ts";
import { Decode } from "../decode.ts";
import { Distance } from "../distance.ts";
import { readBuffer, storageBuffer } from "../gpu/buffers.ts";
import { Kernel } from "../gpu/kernel.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { VoxelGrid } from "../grid.ts";
import { Resize } from "./resize.ts";
import { Statistics } from "./statistics.ts";

/** The lowest f32: what `MISSING` is in the shaders. */
export const MISSING = -3.4028234663852886e38;

/** The stages that can be looked at, in order. */
export type Stage = "normalized" | "transformed" | "resized" | "voxels";

const count = (dims: Vec3) => dims[0] * dims[1] * dims[2];

export class VoxelPipeline {
  readonly #resize: Resize;
  readonly #decode: Decode;
  readonly #statistics: Statistics;
  readonly #normalize: Kernel;
  readonly #transform: Kernel;
  readonly #cut: Kernel;
  readonly #color: Kernel;
  readonly distance: Distance;
  readonly #keys = new Map<string, unknown>();
  /** What each stage made; a stage that has nothing to do passes on its input. */
  readonly #buffers = new Map<string, GPUBuffer>();
  #sourceDims: Vec3 = [0, 0, 0];
  #gridDims: Vec3 = [0, 0, 0];
  #grid: VoxelGrid | undefined;

  /** `maxVoxels` limits every grid; by default, that one storage binding of the device holds three faces of each. */
  constructor(
    private readonly device: GPUDevice,
    private readonly maxVoxels = Math.floor(
      Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize) / 12,
    ),
  ) {
    this.#resize = new Resize(device);
    this.#decode = new Decode(device, this.#resize);
    this.#statistics = new Statistics(device);
    const kernel = (label: string, ...code: string[]) =>
      new Kernel(device, { label, code: [common, ...code] });
    this.#normalize = kernel("normalize", normalizeShader);
    this.#transform = kernel("transform", transfer, transformShader);
    this.#cut = kernel("cut", cutShader);
    this.#color = kernel("color", voxelShader, colorShader);
    this.distance = new Distance(device);
  }

  /**
   * Brings every stage up to date. Not to be called again before it has resolved.
   * @returns the grid, and the names of the stages that had to run.
   */
  async update(
    volume: Volume,
    settings: PipelineSettings,
    profiler?: Profiler,
  ): Promise<{ grid: VoxelGrid; ran: string[] }> {
    const ran: string[] = [];
    const stage = (name: string, key: unknown, work: () => void) => {
      if (ran.length === 0 && this.#keys.get(name) === key) return;
      this.#keys.delete(name);
      ran.push(name);
      work();
      this.#keys.set(name, key);
    };
    const { transform, resolution, antialias, flip, crop, clip } = settings;
    stage("normalize", volume, () => this.#runNormalize(volume, profiler));
    stage("transform", JSON.stringify(transform), () => this.#runTransform(transform, profiler));
    stage("resize", JSON.stringify([resolution, antialias]), () => this.#runResize(settings, profiler));
    stage("cut", JSON.stringify([flip, crop, clip]), () => this.#runCut(settings, profiler));
    if (ran.length > 0) {
      // Nothing half-made may be taken for finished, should the device be lost meanwhile.
      const key = this.#keys.get("cut");
      this.#keys.delete("cut");
      const [filledCount] = new Uint32Array(await readBuffer(this.device, this.#buffer("filled count")));
      this.#grid = { ...(this.#grid as VoxelGrid), filledCount };
      this.#keys.set("cut", key);
    }
    return { grid: this.#grid as VoxelGrid, ran };
  }

  #runNormalize(volume: Volume, profiler?: Profiler): void {
    this.#replace("normalized", undefined);
    this.#sourceDims = fitted(volume.dims, this.maxVoxels);
    const values = this.#decode.run(volume, this.#sourceDims, profiler);
    const n = count(this.#sourceDims);
    this.#replace("statistics", this.#statistics.run(values, n, undefined, profiler));
    this.#normalize.run({ count: n }, [this.#buffer("statistics"), values], n, profiler);
    this.#replace("normalized", values);
  }

  #runTransform(transform: PipelineSettings["transform"], profiler?: Profiler): void {
    const values = this.#buffer("normalized");
    this.#replace("transformed", undefined);
    if (!transform) return;
    const n = count(this.#sourceDims);
    const statistics = this.#statistics.run(values, n, transform, profiler);
    const result = storageBuffer(this.device, "transformed", n * 4);
    this.#transform.run({ count: n, ...transform }, [statistics, values, result], n, profiler);
    statistics.destroy();
    this.#replace("transformed", result);
  }

  #runResize({ resolution, antialias }: PipelineSettings, profiler?: Profiler): void {
    const source = this.#sourceDims;
    this.#gridDims = resolution === "native" ? source : fitted(resolution, this.maxVoxels);
    this.#replace("resized", undefined);
    if (this.#gridDims.every((n, axis) => n === source[axis])) return;
    const values = this.#field("transformed");
    const smoothed = antialias ? this.#resize.smoothed(values, source, this.#gridDims, profiler) : undefined;
    const result = storageBuffer(this.device, "resized", count(this.#gridDims) * 4);
    this.#resize.run(smoothed ?? values, source, result, this.#gridDims, undefined, profiler);
    smoothed?.destroy();
    this.#replace("resized", result);
  }

  /** Stages 5 and 6: the cut values, normalized again and made voxels in place. */
  #runCut({ flip, crop, clip }: PipelineSettings, profiler?: Profiler): void {
    const gridDims = this.#gridDims;
    const ranges = gridDims.map((n, axis) => cropRange(crop[axis], n));
    const first = ranges.map((r) => r[0]) as unknown as Vec3;
    const dims = ranges.map((r) => r[1] - r[0]) as unknown as Vec3;
    const n = count(dims);
    this.#replace("voxels", storageBuffer(this.device, "voxels", n * 4));
    this.#replace("filled count", storageBuffer(this.device, "filled count", 4));
    const voxels = this.#buffer("voxels");
    this.#cut.run(
      { source: gridDims, dims, first, flip: flip.map(Number), clip: clip ?? [0, 0, 0, 1] },
      [this.#field("resized"), voxels],
      n,
      profiler,
    );
    const statistics = this.#statistics.run(voxels, n, undefined, profiler);
    this.#color.run({ count: n }, [statistics, voxels, this.#buffer("filled count")], n, profiler);
    statistics.destroy();
    this.distance.run(dims, voxels, profiler);
    this.#grid = { gridDims, dims, first, voxels, filledCount: 0 };
  }

  /** The array of a stage: f32 (NaN where missing), or a word a voxel for "voxels". */
  async read(stage: Stage): Promise<{ dims: Vec3; data: Float32Array | Uint32Array }> {
    if (!this.#grid) throw new Error("no volume has been through the pipeline");
    if (stage === "voxels") {
      const { dims, voxels } = this.#grid;
      return { dims, data: new Uint32Array(await readBuffer(this.device, voxels, count(dims) * 4)) };
    }
    const data = new Float32Array(await readBuffer(this.device, this.#field(stage)));
    for (let i = 0; i < data.length; i++) if (data[i] === MISSING) data[i] = Number.NaN;
    return { dims: stage === "resized" ? this.#gridDims : this.#sourceDims, data };
  }

  /** Statistics of the decoded values, before they are normalized. */
  async readStatistics() {
    return this.#statistics.read(this.#buffer("statistics"));
  }

  /** Histogram over [0, 1] of a stage. */
  async histogram(stage: Exclude<Stage, "voxels">, bins: number): Promise<Uint32Array> {
    const field = this.#field(stage);
    return this.#statistics.histogram(field, field.size / 4, bins);
  }

  /** Shape of the field before it is resized: the volume's, unless that does not fit. */
  get sourceDims(): Vec3 {
    return this.#sourceDims;
  }

  /** The buffer of a stage, or of the last one before it that had something to do. */
  #field(stage: Exclude<Stage, "voxels">): GPUBuffer {
    const order = ["normalized", "transformed", "resized"];
    const made = order.slice(0, order.indexOf(stage) + 1).filter((name) => this.#buffers.has(name));
    return this.#buffer(made[made.length - 1]);
  }

  #buffer(name: string): GPUBuffer {
    const buffer = this.#buffers.get(name);
    if (!buffer) throw new Error(`the pipeline has no ${name} yet`);
    return buffer;
  }

  #replace(name: string, buffer: GPUBuffer | undefined): void {
    this.#buffers.get(name)?.destroy();
    if (buffer) this.#buffers.set(name, buffer);
    else this.#buffers.delete(name);
  }

  destroy(): void {
    for (const buffer of this.#buffers.values()) buffer.destroy();
    this.#buffers.clear();
    const passes = [this.#normalize, this.#transform, this.#cut, this.#color, this.distance];
    for (const pass of [...passes, this.#resize, this.#decode, this.#statistics]) pass.destroy();
  }
}

/** `dims`, or the largest grid of about the same proportions that has at most `maxVoxels`. */
export function fitted(dims: Vec3, maxVoxels: number): Vec3 {
  if (count(dims) <= maxVoxels) return dims;
  // Thin axes stay; the others shrink alike.
  let shrunk = dims as readonly number[];
  for (let scale = 1; count(shrunk as unknown as Vec3) > maxVoxels; scale *= 0.999) {
    shrunk = dims.map((n) => Math.max(1, Math.round(n * scale)));
  }
  return shrunk as unknown as Vec3;
}
