/** Stills: sends pictures of an element to Python, after each change and when Python asks for one. */

import type { BlobOptions, VoxelVolumeElement } from "../element/index.ts";
import type { Model } from "./model.ts";

/** Milliseconds without a change after which a still is sent. */
const SETTLE_MS = 500;
/** Samples per pixel of stills that Python has not asked for. */
const SAMPLES = 4;

/** Message with which Python asks for a still. */
interface Request {
  readonly type: "still";
  /** Repeated in the answer. */
  readonly id: string;
  readonly options: BlobOptions;
}

export class Stills {
  #settling: ReturnType<typeof setTimeout> | undefined;
  readonly #answer = (message: unknown): void => {
    const { type, id, options } = message as Request;
    if (type === "still") void this.#send(id, options);
  };
  readonly #later = (): void => this.later();

  constructor(
    private readonly viewer: VoxelVolumeElement,
    private readonly model: Model,
  ) {
    model.on("msg:custom", this.#answer);
    model.on("change:_revision", this.#later);
  }

  /** Sends a still of the element's size on screen once nothing changes any more. */
  later(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      const { viewer } = this;
      if (viewer.loaded && viewer.clientHeight > 0)
        void this.#send("", { height: viewer.clientHeight, samples: SAMPLES, background: "white" });
    }, SETTLE_MS);
  }

  stop(): void {
    clearTimeout(this.#settling);
    this.model.off("msg:custom", this.#answer);
    this.model.off("change:_revision", this.#later);
  }

  /** Sends a still, or why there is none. Python knows by the revision whether it has changed the picture since. */
  async #send(id: string, options: BlobOptions): Promise<void> {
    const { viewer, model } = this;
    try {
      await viewer.drawn;
      const revision = model.get("_revision");
      const blob = await viewer.toBlob(options);
      model.send({ type: "still", id, revision }, undefined, [await blob.arrayBuffer()]);
    } catch (error) {
      model.send({ type: "still", id, error: (error as Error).message });
    }
  }
}
