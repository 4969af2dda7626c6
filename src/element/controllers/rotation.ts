/** Rotation: turns the camera by itself, frame by frame. */

/** Degrees a second. */
const SPEED = 20;
/** A pause between frames counts as no more than this, in ms: after a long one the volume does not jump. */
const LONGEST = 100;

export class Rotation {
  #frame = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  /** `turn` is given the degrees since the last frame. */
  constructor(private readonly turn: (degrees: number) => void) {}

  /** Begins after `delay` ms, unless it is stopped before. */
  start(delay: number): void {
    this.stop();
    this.#waiting = setTimeout(() => {
      let last = performance.now();
      const step = (now: number) => {
        this.#frame = requestAnimationFrame(step);
        this.turn((SPEED * Math.min(LONGEST, Math.max(0, now - last))) / 1000);
        last = now;
      };
      this.#frame = requestAnimationFrame(step);
    }, delay);
  }

  stop(): void {
    clearTimeout(this.#waiting);
    cancelAnimationFrame(this.#frame);
  }
}
