/** DropController: files that are dropped onto an element. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

export class DropController implements ReactiveController {
  /** Elements that were entered and not left: children are entered before their parent is left. */
  #depth = 0;
  #listening: AbortController | undefined;

  /** `open` is called with files that are dropped; `isOn`: whether they may be. */
  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly open: (files: File[]) => void,
    private readonly isOn: () => boolean,
  ) {
    host.addController(this);
  }

  /** Whether files are held over the element. */
  get isOver(): boolean {
    return this.#depth > 0;
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const on = (
      type: "dragenter" | "dragover" | "dragleave" | "drop",
      listener: (event: DragEvent) => void,
    ) =>
      this.host.addEventListener(
        type,
        (event) => {
          if (this.isOn() && event.dataTransfer?.types.includes("Files")) listener(event);
        },
        { signal },
      );
    on("dragenter", (event) => {
      event.preventDefault();
      this.#set(this.#depth + 1);
    });
    on("dragover", (event) => {
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
    });
    on("dragleave", () => this.#set(Math.max(0, this.#depth - 1)));
    on("drop", (event) => {
      event.preventDefault();
      this.#set(0);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) this.open(files);
    });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#depth = 0;
  }

  #set(depth: number): void {
    const wasOver = this.isOver;
    this.#depth = depth;
    if (this.isOver !== wasOver) this.host.requestUpdate();
  }
}
