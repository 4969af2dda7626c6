/** MemoryWatch: records the largest allocations, including garbage, so that the time of collection does not matter. */

const CONSTRUCTORS = [
  "ArrayBuffer",
  "Uint8Array",
  "Int8Array",
  "Uint8ClampedArray",
  "Uint16Array",
  "Int16Array",
  "Uint32Array",
  "Int32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
] as const;

type Constructor = (typeof CONSTRUCTORS)[number];

export class MemoryWatch {
  /** Most bytes allocated at once since `reset`. */
  largest = 0;
  readonly #originals = CONSTRUCTORS.map((name) => [name, globalThis[name]] as const);

  /** Starts to record all new arrays and buffers. */
  start(): void {
    for (const [name, original] of this.#originals) {
      const size = name === "ArrayBuffer" ? 1 : (original as Uint8ArrayConstructor).BYTES_PER_ELEMENT;
      this.#set(
        name,
        new Proxy(original, {
          construct: (target, given, newTarget) => this.#construct(target, given, newTarget, size),
        }),
      );
    }
  }

  stop(): void {
    for (const [name, original] of this.#originals) this.#set(name, original);
  }

  reset(): void {
    this.largest = 0;
  }

  #set(name: Constructor, value: unknown): void {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }

  #construct(target: object, given: unknown[], newTarget: object, size: number): object {
    // A failed allocation takes no memory.
    const made = Reflect.construct(target as never, given, newTarget as never) as object;
    const [first] = given;
    const length = typeof first === "number" ? first : Array.isArray(first) ? first.length : 0;
    this.largest = Math.max(this.largest, length * size);
    return made;
  }
}
