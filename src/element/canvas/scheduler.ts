/** Scheduler: when an element works. One thing a frame, one at a time, and once more when it rests. */

/** Milliseconds without a change of camera or size after which an element is at rest. */
const REST_MS = 200;

/** Making the voxels anew draws them, too. */
export type Work = "voxels" | "draw";

export interface SchedulerHost {
  /** Does it; never rejects. */
  work(what: Work): Promise<void>;
  /** Whether someone is there to see it; otherwise it is put off until `resume`. */
  isSeen(): boolean;
  /** Whether the last frame left something to be desired. */
  isCoarse(): boolean;
  /** Whether something else is under way that leads to work. */
  isBusy(): boolean;
}

export class Scheduler {
  #pending: Work | undefined;
  #working = false;
  /** Runs while the camera or the size changes. */
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** Whether `idle` waits for the rest timer; a camera that turns automatically never rests. */
  #blocksIdle = false;
  #idleWaiters: (() => void)[] = [];

  constructor(private readonly host: SchedulerHost) {}

  /** Asks for work in the next frame; several requests become one. */
  request(what: Work): void {
    const idle = this.#pending === undefined;
    if (this.#pending !== "voxels") this.#pending = what;
    if (idle && !this.#working) this.resume();
  }

  /** Draws while something moves; `auto`: automatically, for ever. */
  move(auto = false): void {
    this.awaitRest(auto);
    this.request("draw");
  }

  /** Draws once more when nothing has moved for a while, if the last frame was coarse. */
  awaitRest(auto = false): void {
    clearTimeout(this.#rest);
    this.#blocksIdle = !auto;
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      if (this.host.isCoarse()) this.request("draw");
      this.settle();
    }, REST_MS);
  }

  get moving(): boolean {
    return this.#rest !== undefined;
  }

  /** Goes on with what was put off. */
  resume(): void {
    if (this.#pending) requestAnimationFrame(() => void this.#step());
  }

  async #step(): Promise<void> {
    const what = this.#pending;
    if (this.#working || !what || !this.host.isSeen()) return;
    this.#pending = undefined;
    this.#working = true;
    const wasMoving = this.moving;
    await this.host.work(what);
    this.#working = false;
    // It came to rest meanwhile, when nobody knew yet that this frame would be coarse.
    if (wasMoving && !this.moving && this.host.isCoarse()) this.#pending ??= "draw";
    if (this.host.isSeen()) this.resume();
    this.settle();
  }

  /** Resolves when nothing is left to do that anyone would see. */
  get idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idleWaiters.push(resolve);
      this.settle();
    });
  }

  /** Resolves `idle`, if nothing is left to do. */
  settle(): void {
    const { host } = this;
    const wanted = this.#pending !== undefined && host.isSeen();
    if (this.#working || wanted || (this.moving && this.#blocksIdle) || host.isBusy()) return;
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  /** Nothing moves any more. */
  stop(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.settle();
  }
}
