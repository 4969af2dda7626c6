/** DropController: handles files that are dropped onto an element. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import { fetched } from "../../errors.ts";

export class DropController implements ReactiveController {
  #isOver = false;
  #listening: AbortController | undefined;

  /** Number of drops so far. */
  #turn = 0;

  /** `open` is called with the dropped files; `isOn`: whether dropping is enabled. */
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
      if (dataTransfer) this.#open(dataTransfer);
    });
    const leave = ({ relatedTarget }: DragEvent) => {
      // Moving between parts of the element does not leave it.
      if (!(relatedTarget instanceof Node && this.host.contains(relatedTarget))) this.#set(false);
    };
    this.host.addEventListener("dragleave", leave, { signal });
  }

  hostDisconnected(): void {
    this.#turn++;
    this.#listening?.abort();
    this.#isOver = false;
  }

  /** Opens the dropped files, including those in folders. Folder entries are available only during the event. */
  #open({ files: dropped, items }: DataTransfer): void {
    const files = [...dropped];
    const turn = ++this.#turn;
    const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
    // A folder that took long to list is ignored if something was dropped since.
    const open = (all: File[]) => all.length > 0 && turn === this.#turn && this.open(all);
    if (!entries.some((entry) => entry.isDirectory)) {
      open(files);
      return;
    }
    // If a folder cannot be listed, its files are opened as they are and report why they cannot be read.
    fetched(import("../dropped-files.ts"))
      .then(({ filesIn }) => filesIn(entries))
      .then(
        (all) => open(all.length > 0 ? all : files),
        () => open(files),
      );
  }

  #set(isOver: boolean): void {
    if (isOver === this.#isOver) return;
    this.#isOver = isOver;
    this.host.requestUpdate();
  }
}
