/**
 * Scheduler: decides when an element draws: once a frame at most, one task at a time, and once more at full quality at
 * rest.
 */

/** Milliseconds without a change of camera or size after which an element is at rest. */
const REST_MS = 200;

/** What to do. "voxels" rebuilds the grid and draws it, "draw" only draws. */
export type Work = "voxels" | "draw";

export interface SchedulerHost {
  /** Does the work; never rejects. */
  work(what: Work): Promise<void>;
  /** Whether the element is visible; if not, work is postponed until `resume`. */
  isSeen(): boolean;
  /** Whether the last frame had less than full quality. */
  isCoarse(): boolean;
  /** Whether another operation is running that will request work. */
  isBusy(): boolean;
}

export class Scheduler {
  #pending: Work | undefined;
  #working = false;
  /** Timer that runs while the camera or the size changes. */
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** Whether `idle` waits for the rest timer. It does not during automatic rotation, which never rests. */
  #blocksIdle = false;
  #idleWaiters: (() => void)[] = [];

  constructor(private readonly host: SchedulerHost) {}

  /** Requests work in the next frame; several requests become one. */
  request(what: Work): void {
    const idle = this.#pending === undefined;
    if (this.#pending !== "voxels") this.#pending = what;
    if (idle && !this.#working) this.resume();
  }

  /** Draws because something moved; `auto`: by automatic rotation, which never ends. */
  move(auto = false): void {
    this.awaitRest(auto);
    this.request("draw");
  }

  /** When nothing has moved for a while, draws once more if the last frame was coarse. */
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

  /** Starts postponed work. */
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
    // The rest timer ended during this frame, before it was known to be coarse.
    if (wasMoving && !this.moving && this.host.isCoarse()) this.#pending ??= "draw";
    if (this.host.isSeen()) this.resume();
    this.settle();
  }

  /** Resolves when no visible work is left. */
  get idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idleWaiters.push(resolve);
      this.settle();
    });
  }

  /** Resolves `idle` if no work is left. */
  settle(): void {
    const { host } = this;
    const wanted = this.#pending !== undefined && host.isSeen();
    if (this.#working || wanted || (this.moving && this.#blocksIdle) || host.isBusy()) return;
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  /** Ends the movement. */
  stop(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.settle();
  }
}
