/** The compute passes over fields with one kind of codes. */

import type { Codes } from "../../values/codes.ts";
import { codeConstants } from "../../values/stored-values.ts";
import type { Binding } from "../gpu/bind-group.ts";
import { Kernel } from "../gpu/kernel.ts";
import { FIELD_CODE, FIELD_GROUP } from "./field.ts";

/** A pass over a field: its WGSL in addition to shaders/lib/field.wgsl. */
export interface FieldPass {
  readonly label: string;
  readonly code: readonly string[];
  /** Bindings of group 0. If the shader has `Params`, they follow it. */
  readonly bindings: readonly Binding[];
}

export class FieldKernels {
  readonly #kernels = new Map<FieldPass, Kernel>();

  constructor(
    private readonly device: GPUDevice,
    private readonly codes: Codes,
  ) {}

  /** Compiles these passes. */
  async ready(...passes: readonly FieldPass[]): Promise<void> {
    await Promise.all(passes.map((pass) => this.get(pass).ready()));
  }

  get(pass: FieldPass): Kernel {
    let kernel = this.#kernels.get(pass);
    if (!kernel) {
      const { label, code, bindings } = pass;
      kernel = new Kernel(this.device, {
        label,
        code: [...FIELD_CODE, ...code],
        constants: codeConstants(this.codes),
        bindings,
        groups: [FIELD_GROUP],
      });
      this.#kernels.set(pass, kernel);
    }
    return kernel;
  }

  destroy(): void {
    for (const kernel of this.#kernels.values()) kernel.destroy();
  }
}

/** The compute passes over fields, by kind of codes. */
export class KernelSets {
  readonly #sets = new Map<string, FieldKernels>();

  constructor(private readonly device: GPUDevice) {}

  of(codes: Codes): FieldKernels {
    const key = JSON.stringify(codeConstants(codes));
    let kernels = this.#sets.get(key);
    if (!kernels) {
      kernels = new FieldKernels(this.device, codes);
      this.#sets.set(key, kernels);
    }
    return kernels;
  }

  destroy(): void {
    for (const kernels of this.#sets.values()) kernels.destroy();
  }
}
