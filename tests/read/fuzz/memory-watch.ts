/** MemoryWatch: how much memory is taken at once, garbage included, so that it does not matter when that is collected. */

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
  /** The most bytes taken at once since `reset`. */
  largest = 0;
  readonly #originals = CONSTRUCTORS.map((name) => [name, globalThis[name]] as const);

  /** Watches all arrays and buffers that are made from now on. */
  start(): void {
    for (const [name, original] of this.#originals) {
      const size = name === "ArrayBuffer" ? 1 : (original as Uint8ArrayConstructor).BYTES_PER_ELEMENT;
      this.#set(
        name,
        new Proxy(original, {
          construct: (target, given, asked) => this.#construct(target, given, asked, size),
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

  #construct(target: object, given: unknown[], asked: object, size: number): object {
    // Where memory is refused, none is taken.
    const made = Reflect.construct(target as never, given, asked as never) as object;
    const [first] = given;
    const length = typeof first === "number" ? first : Array.isArray(first) ? first.length : 0;
    this.largest = Math.max(this.largest, length * size);
    return made;
  }
}
