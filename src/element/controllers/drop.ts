/** DropController: files that are dropped onto an element. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

export class DropController implements ReactiveController {
  #isOver = false;
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
    return this.#isOver;
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const on = (type: "dragenter" | "dragover" | "drop", listener: (event: DragEvent) => void) =>
      this.host.addEventListener(
        type,
        (event) => {
          if (!this.isOn() || !event.dataTransfer?.types.includes("Files")) return;
          event.preventDefault();
          listener(event);
        },
        { signal },
      );
    on("dragenter", () => this.#set(true));
    on("dragover", ({ dataTransfer }) => {
      this.#set(true);
      if (dataTransfer) dataTransfer.dropEffect = "copy";
    });
    on("drop", ({ dataTransfer }) => {
      this.#set(false);
      const files = [...(dataTransfer?.files ?? [])];
      if (files.length > 0) this.open(files);
    });
    const leave = ({ relatedTarget }: DragEvent) => {
      // From one part of the element to another it is not left.
      if (!(relatedTarget instanceof Node && this.host.contains(relatedTarget))) this.#set(false);
    };
    this.host.addEventListener("dragleave", leave, { signal });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#isOver = false;
  }

  #set(isOver: boolean): void {
    if (isOver === this.#isOver) return;
    this.#isOver = isOver;
    this.host.requestUpdate();
  }
}
