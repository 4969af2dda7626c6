/**
 * AdaptiveQuality: learns from frame times how many pixels, and which blend, the GPU can draw while the camera moves.
 */

import type { DrawSettings } from "../../options/settings.ts";

type Blend = DrawSettings["blend"];

/** Frames slower than SLOW_MS, in ms, cannot follow the camera; while it moves, frames should take at most AIM_MS. */
const SLOW_MS = 100;
const AIM_MS = 60;
/** If a frame at rest takes longer than this, in ms, `exact` is drawn instead. */
const HEAVY_MS = 1000;
/** Fractions of the canvas's width and height to draw while a slow GPU follows the camera. */
const SCALES = [1, 0.7, 0.5, 0.35, 0.25];

/** Why a frame is drawn: first frame of a volume, moving camera, or camera at rest. */
export type Occasion = "first" | "moving" | "rest";

export interface FramePlan {
  readonly blend: Blend;
  /** Fraction of the canvas's width and height. */
  readonly scale: number;
  /** Whether the frame has less than full quality. */
  readonly isCoarse: boolean;
  /** Whether quality is reduced for a slow GPU. */
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

  /** Forgets which blend was too heavy, for a new volume. */
  reset(): void {
    this.#tooHeavy = undefined;
  }

  /** Stops using this blend. */
  avoid(blend: Blend): void {
    this.#tooHeavy = blend;
  }

  /**
   * Decides what to draw. `isReady`: whether the blend's code is loaded and compiled; only frames at rest wait for it.
   */
  plan(blend: Blend, occasion: Occasion, isReady: boolean): FramePlan {
    const isQuick = this.#isSlow && occasion !== "rest";
    const isEarly = occasion !== "rest" && !isReady;
    const scale = isQuick && occasion === "moving" ? this.#scale : 1;
    const drawn = isQuick || isEarly || blend === this.#tooHeavy ? "exact" : blend;
    const isCoarse = scale < 1 || ((isQuick || isEarly) && drawn !== blend);
    return { blend: drawn, scale, isCoarse, isQuick };
  }

  /** Updates the estimates with the time that a planned frame took. */
  learn({ blend, isQuick }: FramePlan, ms: number): void {
    if (isQuick) this.#follow(ms);
    else {
      if (this.#isWarm) this.#isSlow = ms > SLOW_MS;
      if (this.#isWarm && ms > HEAVY_MS && blend === "weighted") this.#tooHeavy = blend;
      this.#isWarm = true;
    }
  }

  /** Lowers the scale at once, but raises it only with some margin, so that it does not flicker. */
  #follow(ms: number): void {
    const wanted = this.#scale * Math.sqrt(AIM_MS / ms);
    const room = wanted > this.#scale ? 1.2 : 1;
    const fit = SCALES.find((scale) => scale * room <= wanted) ?? SCALES[SCALES.length - 1];
    if (wanted < this.#scale || fit > this.#scale) this.#scale = fit;
  }
}
