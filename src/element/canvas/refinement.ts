/**
 * Refinement: has the pages read that a picture of a large volume shows, and the picture drawn again as they come. Shows
 * a quiet indicator meanwhile.
 */

import { css } from "lit";
import type { FrameSize } from "../../engine/frame-uniforms.ts";
import { late, WAIT_MS, within } from "../../engine/pages/settled.ts";
import type { Renderer } from "../../engine/renderer.ts";
import type { Ready } from "./canvas-renderer.ts";

/** Milliseconds after which the indicator appears. */
const INDICATOR_MS = 400;

const styles = css`
  [part="refining"] {
    position: absolute;
    inset: auto 0 0;
    height: 2px;
    overflow: hidden;
    opacity: 0;
    transition: opacity 0.2s;
    pointer-events: none;
  }
  [part="refining"][data-shown] {
    opacity: 0.7;
  }
  [part="refining"]::after {
    content: "";
    display: block;
    width: 30%;
    height: 100%;
    background: var(--voxel-volume-accent);
    animation: refining 1.6s ease-in-out infinite alternate;
  }
  @keyframes refining {
    to {
      translate: 233%;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    [part="refining"]::after {
      width: 100%;
      animation: none;
    }
  }
`;

export interface RefinementHost {
  /** Root of the element. */
  readonly root: ShadowRoot;
  /** Draws the picture again. */
  draw(): void;
  /** Reports the first part that could not be read, or that parts do not arrive. */
  fail(error: unknown): void;
  /** Called when the picture has all that it shows. */
  done(): void;
}

export class Refinement {
  readonly #indicator = document.createElement("div");
  #ready: Ready | undefined;
  /** The view and the grid that are being completed, or have been. */
  #view = "";
  #grid: unknown;
  #isRunning = false;
  #isNew = false;
  #wake: () => void = () => {};

  constructor(private readonly host: RefinementHost) {
    this.#indicator.setAttribute("part", "refining");
    this.#indicator.setAttribute("aria-hidden", "true");
    if (styles.styleSheet) host.root.adoptedStyleSheets.push(styles.styleSheet);
  }

  /** Call after each frame. */
  drawn(ready: Ready): void {
    const { engine, size } = ready.renderer;
    const paged = engine?.paged;
    if (!engine || !paged) {
      if (!this.#isRunning) this.host.done();
      return;
    }
    paged.onArrival = () => this.host.draw();
    paged.onFailure = (error) => this.host.fail(error);
    this.#ready = ready;
    const view = JSON.stringify([
      ready.settings.camera,
      ready.settings.explode,
      ready.settings.opacity,
      size,
    ]);
    if (view !== this.#view || engine.grid !== this.#grid) {
      this.#view = view;
      this.#grid = engine.grid;
      this.#isNew = true;
      this.#wake();
      if (!this.#isRunning) void this.#run();
    } else if (!this.#isRunning) {
      this.host.done();
    }
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    this.host.root.querySelector(".picture")?.append(this.#indicator);
    const timer = setTimeout(() => this.#indicator.toggleAttribute("data-shown", true), INDICATOR_MS);
    // A lost device is reported elsewhere, and the picture is then drawn anew.
    await this.#complete().catch(() => {
      this.#view = "";
    });
    clearTimeout(timer);
    this.#indicator.toggleAttribute("data-shown", false);
    this.#isRunning = false;
    this.host.done();
  }

  /** Looks and waits until nothing is missing. The last look takes all pixels. */
  async #complete(): Promise<void> {
    let isThorough = false;
    for (;;) {
      this.#isNew = false;
      const { renderer, settings } = this.#ready as Ready;
      const paged = (renderer.engine as Renderer | undefined)?.paged;
      if (!paged) return;
      await paged.undisturbed;
      const [width, height] = renderer.size;
      const size: FrameSize = { width, height, offset: [0, 0], scale: devicePixelRatio };
      const isComplete = await paged.look(settings, size, isThorough);
      if (!this.#isNew && isComplete && isThorough) return;
      isThorough = !this.#isNew && isComplete;
      while (!isComplete && !this.#isNew && paged.pending > 0) {
        if (!(await within(WAIT_MS, this.#change(paged.nextArrival())))) {
          this.host.fail(late(paged));
          return;
        }
      }
    }
  }

  /** Resolves after an arrival, or when there is a new view. */
  async #change(arrival: Promise<void>): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    await Promise.race([arrival, woken]);
  }
}
