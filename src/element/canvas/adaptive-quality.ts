/** AdaptiveQuality: how many pixels a GPU can draw while the camera moves, and with which blend, learned from frame times. */

import type { DrawSettings } from "../../options/settings.ts";

type Blend = DrawSettings["blend"];

/** A frame that takes longer, in ms, is too slow to follow a camera; one that follows should take no longer than AIM_MS. */
const SLOW_MS = 100;
const AIM_MS = 60;
/** Slower than this at rest, in ms: `exact` is drawn instead. */
const HEAVY_MS = 1000;
/** Fractions of the canvas's sides that are drawn while a slow GPU follows the camera. */
const SCALES = [1, 0.7, 0.5, 0.35, 0.25];

/** The first frame of a volume, one of a moving camera, or one at rest. */
export type Occasion = "first" | "moving" | "rest";

export interface FramePlan {
  readonly blend: Blend;
  /** Fraction of the canvas's sides. */
  readonly scale: number;
  /** Whether the frame is less than the full picture. */
  readonly isCoarse: boolean;
  /** Whether a slow GPU is spared. */
  readonly isQuick: boolean;
}

export class AdaptiveQuality {
  /** Whether a full frame is too slow, as far as is known. */
  #isSlow: boolean;
  /** Whether a frame at rest has been drawn: the first one allocates, so its time is not representative. */
  #isWarm = false;
  /** The blend that takes too long, or too much memory, even at rest. */
  #tooHeavy: Blend | undefined;
  #scale = 0.5;

  constructor(isSoftware: boolean) {
    this.#isSlow = isSoftware;
  }

  /** Forgets which blend was too heavy: there is another volume. */
  reset(): void {
    this.#tooHeavy = undefined;
  }

  /** Draws without this blend from now on. */
  avoid(blend: Blend): void {
    this.#tooHeavy = blend;
  }

  /** What to draw; `isReady`: whether the blend is fetched and compiled, which is waited for at rest only. */
  plan(blend: Blend, occasion: Occasion, isReady: boolean): FramePlan {
    const isQuick = this.#isSlow && occasion !== "rest";
    const isEarly = occasion !== "rest" && !isReady;
    const scale = isQuick && occasion === "moving" ? this.#scale : 1;
    const drawn = isQuick || isEarly || blend === this.#tooHeavy ? "exact" : blend;
    const isCoarse = scale < 1 || ((isQuick || isEarly) && drawn !== blend);
    return { blend: drawn, scale, isCoarse, isQuick };
  }

  /** Learns from the time that a planned frame took. */
  learn({ blend, isQuick }: FramePlan, ms: number): void {
    if (isQuick) this.#follow(ms);
    else {
      if (this.#isWarm) this.#isSlow = ms > SLOW_MS;
      if (this.#isWarm && ms > HEAVY_MS && blend === "weighted") this.#tooHeavy = blend;
      this.#isWarm = true;
    }
  }

  /** Goes down at once, and up only with some room: the scale should not flicker. */
  #follow(ms: number): void {
    const wanted = this.#scale * Math.sqrt(AIM_MS / ms);
    const room = wanted > this.#scale ? 1.2 : 1;
    const fit = SCALES.find((scale) => scale * room <= wanted) ?? SCALES[SCALES.length - 1];
    if (wanted < this.#scale || fit > this.#scale) this.#scale = fit;
  }
}
