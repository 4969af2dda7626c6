/** Hover: looks up what is under the pointer, one point at a time, the latest next. */

export class Hover {
  /** Where the pointer is, while that is being looked up. */
  #point: readonly [number, number] | undefined;

  /** `look` tells what is at a point, for `show`. */
  constructor(
    private readonly look: (x: number, y: number) => Promise<string>,
    private readonly show: (text: string) => void,
  ) {}

  async move({ clientX, clientY }: PointerEvent): Promise<void> {
    const busy = this.#point !== undefined;
    this.#point = [clientX, clientY];
    if (busy) return;
    while (this.#point) {
      const asked: readonly [number, number] = this.#point;
      const text = await this.look(...asked).catch(() => "");
      // It may have left meanwhile.
      if (!this.#point) return;
      this.show(text);
      if (this.#point === asked) this.#point = undefined;
    }
  }

  leave(): void {
    this.#point = undefined;
    this.show("");
  }
}
