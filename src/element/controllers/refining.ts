/** RefiningController: has the parts read that a picture shows of a volume that is read in parts. */

import { fetched } from "../../errors.ts";
import type { Ready } from "../canvas/canvas-renderer.ts";
import type { Refinement } from "../canvas/refinement.ts";

export interface RefiningHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/** Reactions to what happens while a picture is refined. */
export interface RefiningEvents {
  /** Parts have come: the picture can be drawn again. */
  draw(): void;
  /** A part, or the code, could not be read. */
  fail(error: unknown): void;
  /** The picture has all that it shows. */
  done(): void;
}

export class RefiningController {
  #refinement: Promise<Refinement> | undefined;
  /** True while parts may be missing in the picture. */
  isRefining = false;

  constructor(
    private readonly host: RefiningHost,
    private readonly events: RefiningEvents,
  ) {}

  /** Call after each frame. */
  drawn(ready: Ready): void {
    const { volume } = ready.loaded;
    if (volume.kind !== "volume" || !volume.overview) return;
    this.isRefining = true;
    this.#refinement ??= this.#load();
    this.#refinement.then(
      (refinement) => refinement.drawn(ready),
      (error) => {
        this.#refinement = undefined;
        this.#end();
        this.events.fail(error);
      },
    );
  }

  async #load(): Promise<Refinement> {
    const { Refinement } = await fetched(import("../canvas/refinement.ts"));
    const { draw, fail } = this.events;
    return new Refinement({ root: this.host.renderRoot as ShadowRoot, draw, fail, done: () => this.#end() });
  }

  #end(): void {
    this.isRefining = false;
    this.events.done();
  }
}
