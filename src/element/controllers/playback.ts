/** PlaybackController: plays the frames of a 4-D volume; each is shown before the next is requested. */

import type { PropertyValues, ReactiveController, ReactiveControllerHost } from "lit";
import { numberOf } from "../../text-of.ts";
import { type LoadState, onScreen, pendingRequest } from "../load-state.ts";
import type { LoadingController } from "./loading.ts";

/** Default frames per second, also for an invalid `frameRate`. */
const FRAME_RATE = 4;
const MOST = 60;

export interface PlaybackHost extends ReactiveControllerHost {
  frame: number;
  playing: boolean;
  readonly frameRate: number;
}

export class PlaybackController implements ReactiveController {
  #waiting: ReturnType<typeof setTimeout> | undefined;
  /** Time at which the frame on screen was requested. */
  #requestedAt = 0;
  /** Whether playing was started by a call of `play`. */
  #isByHand = false;

  /** `isSeen`: whether the element is visible. */
  constructor(
    private readonly host: PlaybackHost,
    private readonly loading: LoadingController,
    private readonly isSeen: () => boolean,
  ) {
    host.addController(this);
  }

  /** Plays even if reduced motion is preferred, because it was requested explicitly. */
  play(): void {
    this.#isByHand = true;
    this.host.playing = true;
    this.onLoadState(this.loading.state);
  }

  /** Starts or stops playing. @returns whether there are several frames. */
  toggle(): boolean {
    if ((onScreen(this.loading.state)?.volume.frames ?? 1) < 2) return false;
    if (this.host.playing) this.host.playing = false;
    else this.play();
    return true;
  }

  /** Moves on by this many frames, wrapping around at the ends. @returns whether there are several frames. */
  step(by: number): boolean {
    const { frame, frames } = onScreen(this.loading.state)?.volume ?? { frame: 0, frames: 1 };
    const pending = pendingRequest(this.loading.state);
    const isOther = pending && pending.file !== this.loading.onScreen?.request.file;
    if (frames < 2 || isOther) return false;
    this.#requestedAt = performance.now();
    const requested = this.host.frame;
    const from = Number.isInteger(requested) && requested >= 0 && requested < frames ? requested : frame;
    this.host.frame = (((from + by) % frames) + frames) % frames;
    this.loading.noteFrame(this.host.frame);
    return true;
  }

  /** Applies changed properties; call in `willUpdate`. */
  update(changed: PropertyValues): void {
    if (changed.has("playing") || changed.has("frameRate")) this.onLoadState(this.loading.state);
  }

  /** Schedules the next frame when one is shown; stops if one fails. */
  onLoadState({ kind }: LoadState): void {
    clearTimeout(this.#waiting);
    const { host } = this;
    if (!host.playing) {
      this.#isByHand = false;
      return;
    }
    if (kind === "failed" || kind === "cancelled") host.playing = false;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches && !this.#isByHand;
    if (kind !== "shown" || isCalm) return;
    const wanted = numberOf(host.frameRate);
    const rate = wanted > 0 ? Math.min(MOST, wanted) : FRAME_RATE;
    const next = () => {
      if (this.isSeen()) this.step(1);
      else this.#waiting = setTimeout(next, 1000 / rate);
    };
    this.#waiting = setTimeout(next, Math.max(0, this.#requestedAt + 1000 / rate - performance.now()));
  }

  hostDisconnected(): void {
    clearTimeout(this.#waiting);
  }

  hostConnected(): void {
    this.onLoadState(this.loading.state);
  }
}
