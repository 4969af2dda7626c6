/** Rotation: rotates the camera automatically, frame by frame. */

/** Degrees per second. */
const SPEED = 20;
/** Longest time between frames that counts, in ms, so that the volume does not jump after a pause. */
const LONGEST = 100;

export class Rotation {
  #frame = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  /** `turn` receives the degrees since the last frame. */
  constructor(private readonly turn: (degrees: number) => void) {}

  /** Starts after `delay` ms, unless stopped before. */
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
