/** Uniform structs and constants, parsed from the WGSL that declares them, so that each has one definition. */

/** Size and alignment in bytes of the host-shareable types that our uniforms use (WGSL spec, section 14.4.1). */
const TYPES: Record<string, { size: number; align: number; write: "setFloat32" | "setUint32" }> = {
  f32: { size: 4, align: 4, write: "setFloat32" },
  u32: { size: 4, align: 4, write: "setUint32" },
  /** Array element of type atomic<u32>. */
  atomic: { size: 4, align: 4, write: "setUint32" },
  vec2f: { size: 8, align: 8, write: "setFloat32" },
  vec3f: { size: 12, align: 16, write: "setFloat32" },
  vec4f: { size: 16, align: 16, write: "setFloat32" },
  vec2u: { size: 8, align: 8, write: "setUint32" },
  vec3u: { size: 12, align: 16, write: "setUint32" },
  vec4u: { size: 16, align: 16, write: "setUint32" },
  mat4x4f: { size: 64, align: 16, write: "setFloat32" },
};

/** A number, or the components of a vector or (column by column) of a matrix. */
export type UniformValue = number | ArrayLike<number>;

interface Field {
  readonly offset: number;
  readonly length: number;
  readonly write: "setFloat32" | "setUint32";
}

/** The layout of one uniform struct. */
export class UniformLayout {
  readonly #fields = new Map<string, Field>();
  /** Bytes, a multiple of 16. */
  readonly size: number;

  /** Parses `struct name { … }` in `wgsl`. Its members must have types listed above. */
  constructor(wgsl: string, name: string) {
    const body = new RegExp(`struct ${name}\\s*\\{([^}]*)\\}`).exec(wgsl)?.[1];
    if (body === undefined) throw new Error(`no struct ${name} in the shader`);
    let offset = 0;
    for (const [, field, type] of body.replace(/\/\/.*/g, "").matchAll(/(\w+)\s*:\s*(\w+)/g)) {
      const layout = TYPES[type];
      if (!layout) throw new Error(`${name}.${field}: no layout for ${type}`);
      offset = roundUp(offset, layout.align);
      this.#fields.set(field, { offset, length: layout.size / 4, write: layout.write });
      offset += layout.size;
    }
    this.size = roundUp(offset, 16);
  }

  /** Writes all members from `values` to `into`, a view of at least `size` bytes. */
  write(into: DataView, values: Readonly<Record<string, UniformValue>>): void {
    for (const [name, { offset, length, write }] of this.#fields) {
      const value = values[name];
      if (value === undefined) throw new Error(`uniform ${name} has no value`);
      for (let i = 0; i < length; i++) {
        into[write](offset + 4 * i, typeof value === "number" ? value : value[i], true);
      }
    }
  }

  /** Byte offset of a member. */
  offset(name: string): number {
    const field = this.#fields.get(name);
    if (!field) throw new Error(`no uniform ${name}`);
    return field.offset;
  }
}

/** The integer value of `const name = …` in `wgsl`. */
export function wgslConstant(wgsl: string, name: string): number {
  const value = new RegExp(`const ${name}\\s*=\\s*(0x[0-9a-f]+|\\d+)[ui]?;`).exec(wgsl)?.[1];
  if (value === undefined) throw new Error(`no constant ${name} in the shader`);
  return Number(value);
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** A uniform buffer on the GPU, with a copy on the CPU. Both are allocated once. */
export class UniformBuffer {
  readonly buffer: GPUBuffer;
  readonly #bytes: DataView<ArrayBuffer>;

  constructor(
    private readonly device: GPUDevice,
    private readonly layout: UniformLayout,
    label: string,
  ) {
    this.#bytes = new DataView(new ArrayBuffer(layout.size));
    this.buffer = device.createBuffer({
      label,
      size: layout.size,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  }

  /** Applies to work submitted afterwards. */
  write(values: Readonly<Record<string, UniformValue>>): void {
    this.layout.write(this.#bytes, values);
    this.device.queue.writeBuffer(this.buffer, 0, this.#bytes.buffer);
  }

  destroy(): void {
    this.buffer.destroy();
  }
}
