/** The compute passes over a field, for one kind of codes. */

import brickRangeShader from "../../../shaders/lib/brick-range.wgsl";
import cutShader from "../../../shaders/lib/cut.wgsl";
import blurShader from "../../../shaders/pipeline/blur.wgsl";
import brickTableShader from "../../../shaders/pipeline/brick-table.wgsl";
import countFilledShader from "../../../shaders/pipeline/count-filled.wgsl";
import cutRangeShader from "../../../shaders/pipeline/cut-range.wgsl";
import filledKeysShader from "../../../shaders/pipeline/filled-keys.wgsl";
import histogramShader from "../../../shaders/pipeline/histogram.wgsl";
import meanShader from "../../../shaders/pipeline/mean.wgsl";
import measureShader from "../../../shaders/pipeline/measure.wgsl";
import readValuesShader from "../../../shaders/pipeline/read-values.wgsl";
import resizeShader from "../../../shaders/pipeline/resize.wgsl";
import transferTableShader from "../../../shaders/pipeline/transfer-table.wgsl";
import type { Binding } from "../gpu/bind-group.ts";
import { Kernel } from "../gpu/kernel.ts";
import { FIELD_CODE, FIELD_GROUP } from "./field.ts";
import { type Codes, codeConstants } from "./stored-values.ts";

/** Label, shaders and bindings of each pass; `Params`, where a shader has them, come before. */
const PASSES = {
  measure: { code: [measureShader], bindings: ["write", "write", "write"] },
  mean: { code: [meanShader], bindings: ["write"] },
  "transfer-table": { code: [transferTableShader], bindings: ["write"] },
  "filled-keys": { code: [filledKeysShader], bindings: ["read", "write"] },
  "cut-range": { code: [brickRangeShader, cutShader, cutRangeShader], bindings: ["read", "write"] },
  "brick-table": {
    code: [brickRangeShader, cutShader, brickTableShader],
    bindings: ["read", "read", "write"],
  },
  "count-filled": { code: [cutShader, countFilledShader], bindings: ["write", "read"] },
  histogram: { code: [histogramShader], bindings: ["write"] },
  "read-values": { code: [readValuesShader], bindings: ["write"] },
  resize: { code: [resizeShader], bindings: ["read", "store"] },
  blur: { code: [blurShader], bindings: ["store"] },
} satisfies Record<string, { code: readonly string[]; bindings: readonly Binding[] }>;

export type PassName = keyof typeof PASSES;

export class FieldKernels {
  readonly #kernels = new Map<PassName, Kernel>();

  constructor(
    private readonly device: GPUDevice,
    private readonly codes: Codes,
  ) {}

  /** Compiles these passes. */
  async ready(...names: readonly PassName[]): Promise<void> {
    await Promise.all(names.map((name) => this.get(name).ready()));
  }

  get(name: PassName): Kernel {
    let kernel = this.#kernels.get(name);
    if (!kernel) {
      const { code, bindings } = PASSES[name];
      kernel = new Kernel(this.device, {
        label: name,
        code: [...FIELD_CODE, ...code],
        constants: codeConstants(this.codes),
        bindings,
        groups: [FIELD_GROUP],
      });
      this.#kernels.set(name, kernel);
    }
    return kernel;
  }

  destroy(): void {
    for (const kernel of this.#kernels.values()) kernel.destroy();
  }
}
