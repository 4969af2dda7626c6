/** NoticeController: finds out why little or nothing is visible, once nothing has changed for a moment. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import { fetched } from "../../errors.ts";
import { type Say, sayIn, sayNotes, type Texts } from "../../texts.ts";
import type { Ready } from "../canvas/canvas-renderer.ts";
import type { Loaded } from "../load-state.ts";

/** Milliseconds without a change after which the filled voxels are counted. */
const COUNT_MS = 200;

export interface NoticeHost extends ReactiveControllerHost {
  readonly texts: Texts | undefined;
}

export class NoticeController implements ReactiveController {
  /** Returns the notice in a given language. */
  #notice: ((say: Say) => string | undefined) | undefined;
  /** The volume that the notice is about. */
  #subject: Loaded | undefined;
  #isFull = false;
  #counting: ReturnType<typeof setTimeout> | undefined;

  /** `current` returns what is on screen. */
  constructor(
    private readonly host: NoticeHost,
    private readonly current: () => Ready | undefined,
  ) {
    host.addController(this);
  }

  /** Why little or nothing is visible, how to change that, and notes on how the volume was read; may be empty. */
  get text(): string {
    const loaded = this.current()?.loaded;
    if (!loaded) return "";
    const say = sayIn(this.host.texts);
    const notice = loaded === this.#subject ? this.#notice?.(say) : undefined;
    return [...(notice ? [notice] : []), ...sayNotes(loaded.volume, say)].join(". ");
  }

  /** Whether so much is visible that it hides the rest; shown only to users who have the controls to change it. */
  get isFull(): boolean {
    return this.#isFull && !this.current()?.loaded.volume.notes;
  }

  hostDisconnected(): void {
    clearTimeout(this.#counting);
  }

  countSoon(): void {
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => {
      // A failure here is reported by the next frame.
      this.#find().catch(() => {});
    }, COUNT_MS);
  }

  async #find(): Promise<void> {
    const ready = this.current();
    const counting = this.#counting;
    const profile = ready?.loaded.profile;
    if (!ready || !profile) return;
    const { renderer, loaded, settings } = ready;
    const [filled, { noticeOf }] = await Promise.all([
      renderer.countFilled(loaded.volume, settings),
      fetched(import("../../options/notice.ts")),
    ]);
    if (counting !== this.#counting || this.current()?.loaded !== loaded) return;
    this.#subject = loaded;
    this.#isFull = filled.filled > filled.voxels / 2 && profile.min < profile.max;
    this.#notice = (say) => noticeOf(settings, profile, filled, say);
    this.host.requestUpdate();
  }
}
