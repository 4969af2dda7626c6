/** Schedule: when an element works. One thing a frame, one at a time, and once more when it rests. */

/** Milliseconds without a change of camera or size after which an element is at rest. */
const REST_MS = 200;

/** Making the voxels anew draws them, too. */
export type Work = "voxels" | "draw";

export interface Worker {
  /** Does it; never rejects. */
  work(what: Work): Promise<void>;
  /** Whether someone is there to see it; otherwise it is put off until `resume`. */
  isSeen(): boolean;
  /** Whether the last frame left something to be desired. */
  isCoarse(): boolean;
  /** Whether something else is under way that leads to work. */
  isBusy(): boolean;
}

export class Schedule {
  #pending: Work | undefined;
  #working = false;
  /** Runs while the camera or the size changes. */
  #rest: ReturnType<typeof setTimeout> | undefined;
  #idlers: (() => void)[] = [];

  constructor(private readonly worker: Worker) {}

  /** Asks for work in the next frame; several requests become one. */
  request(what: Work): void {
    const idle = this.#pending === undefined;
    if (this.#pending !== "voxels") this.#pending = what;
    if (idle && !this.#working) this.resume();
  }

  /** Draws while something moves. */
  move(): void {
    this.awaitRest();
    this.request("draw");
  }

  /** Draws once more when nothing has moved for a while, if the last frame was coarse. */
  awaitRest(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      if (this.worker.isCoarse()) this.request("draw");
      this.tell();
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
    if (this.#working || !what || !this.worker.isSeen()) return;
    this.#pending = undefined;
    this.#working = true;
    await this.worker.work(what);
    this.#working = false;
    if (this.worker.isSeen()) this.resume();
    this.tell();
  }

  /** Resolves when nothing is left to do that anyone would see. */
  get idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idlers.push(resolve);
      this.tell();
    });
  }

  /** Tells those who wait, if nothing is left to do. */
  tell(): void {
    const { worker } = this;
    const wanted = this.#pending !== undefined && worker.isSeen();
    if (this.#working || wanted || this.moving || worker.isBusy()) return;
    for (const resolve of this.#idlers.splice(0)) resolve();
  }

  /** Nothing moves any more. */
  stop(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.tell();
  }
}
