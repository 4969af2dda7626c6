/** NoticeController: finds why little or nothing is seen, once nothing has changed for a moment. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Ready } from "../canvas/canvas-renderer.ts";
import type { Loaded } from "../load-state.ts";

/** Milliseconds without a change after which filled voxels are counted. */
const COUNT_MS = 200;

export class NoticeController implements ReactiveController {
  #text = "";
  /** The volume that the text is about. */
  #subject: Loaded | undefined;
  #counting: ReturnType<typeof setTimeout> | undefined;

  /** `current` gives what is on screen. */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly current: () => Ready | undefined,
  ) {
    host.addController(this);
  }

  /** Why little or nothing is seen, and the way out; empty where all is well. */
  get text(): string {
    return this.#subject && this.current()?.loaded === this.#subject ? this.#text : "";
  }

  hostDisconnected(): void {
    clearTimeout(this.#counting);
  }

  countSoon(): void {
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => {
      // What fails here is reported by the next frame.
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
      import("../../options/notice.ts"),
    ]);
    if (counting !== this.#counting || this.current()?.loaded !== loaded) return;
    this.#subject = loaded;
    this.#text = noticeOf(settings, profile, filled) ?? "";
    this.host.requestUpdate();
  }
}
