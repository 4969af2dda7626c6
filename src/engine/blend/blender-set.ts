/** BlenderSet: the blenders and the picker for one kind of grid. `weighted` and the picker are loaded on first use. */

import shadeShader from "../../../shaders/lib/shade.wgsl";
import { fetched } from "../../errors.ts";
import type { Shade } from "../../options/settings.ts";
import type { Vec3 } from "../../volume.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import { wgslConstant } from "../gpu/uniforms.ts";
import type { GridReader } from "../grid-reader.ts";
import type { Blender } from "./blender.ts";
import { ExactBlender } from "./exact.ts";
import type { Picker } from "./pick.ts";
import type { WeightedBlender } from "./weighted.ts";

/** Additional blenders for comparison, keyed by the value of `blend` that selects them. */
export type MoreBlenders = (memory: GpuMemory, reader: GridReader) => Record<string, Blender>;

/** See shaders/lib/shade.wgsl. */
const SHADES: Readonly<Record<Shade, number>> = {
  none: wgslConstant(shadeShader, "NO_SHADE"),
  faces: wgslConstant(shadeShader, "FACES"),
  smooth: wgslConstant(shadeShader, "SMOOTH"),
};

export class BlenderSet {
  #blenders: Record<string, Blender> = {};
  #shade: Shade | undefined;
  #weighted: WeightedBlender | undefined;
  #picker: Picker | undefined;

  constructor(
    private readonly memory: GpuMemory,
    readonly reader: GridReader,
    private readonly more?: MoreBlenders,
  ) {
    this.useShade("none");
  }

  /** Makes the blenders draw with this shading. @returns whether they were replaced and need setGrid() again. */
  useShade(shade: Shade): boolean {
    if (shade === this.#shade) return false;
    for (const blender of this.all) blender.destroy();
    this.#shade = shade;
    this.#weighted = undefined;
    const { memory } = this;
    this.#blenders = {
      exact: new ExactBlender(memory.device, this.#litReader),
      ...this.more?.(memory, this.#litReader),
    };
    return true;
  }

  get #litReader(): GridReader {
    const { constants } = this.reader;
    return { ...this.reader, constants: { ...constants, SHADE: SHADES[this.#shade ?? "none"] } };
  }

  /** The blender of this name, if it has been loaded. */
  get(blend: string): Blender | undefined {
    return this.#blenders[this.reader.traversal ? "exact" : blend];
  }

  get all(): readonly Blender[] {
    return Object.values(this.#blenders);
  }

  /** @throws VoxelVolumeError "network" if its code cannot be loaded. */
  async fetch(blend: string): Promise<Blender | undefined> {
    if (this.reader.traversal) return this.get("exact");
    if (blend === "weighted" && !this.#weighted) {
      const { WeightedBlender } = await fetched(import("./weighted.ts"));
      // A concurrent call may have created it already.
      this.#weighted ??= new WeightedBlender(this.memory, this.#litReader);
      this.#blenders.weighted = this.#weighted;
    }
    return this.get(blend);
  }

  /** The voxel that contributes most to a pixel's colour. `ready` is called right before the pass is submitted. */
  async pick(
    groups: readonly GPUBindGroup[],
    pixel: readonly [number, number],
    ready: () => void,
  ): Promise<Vec3 | null> {
    const { Picker } = await fetched(import("./pick.ts"));
    this.#picker ??= new Picker(this.memory, this.reader);
    const picker = this.#picker;
    await picker.ready();
    ready();
    return picker.pick(groups, pixel);
  }

  /** Faces, and voxels with faces, in the last frame with blend="weighted"; 0 if that frame traced rays instead. */
  async readVisible(): Promise<{ visibleFaces: number; visibleVoxels: number }> {
    return this.#weighted?.faces.readCounts() ?? { visibleFaces: 0, visibleVoxels: 0 };
  }

  destroy(): void {
    for (const blender of this.all) blender.destroy();
    this.#picker?.destroy();
  }
}
