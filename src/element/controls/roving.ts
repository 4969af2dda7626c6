/**
 * Roving focus: the items of a toolbar or a grid are one Tab stop, and arrow keys move the focus among them, as in
 * https://www.w3.org/WAI/ARIA/apg/practices/keyboard-interface/.
 */

import type { ElementPart } from "lit";
import { Directive, directive } from "lit/directive.js";

class RovingDirective extends Directive {
  #container: HTMLElement | undefined;
  #selector = "";
  #columns = 1;

  override render(_selector: string, _columns?: number): void {}

  override update({ element }: ElementPart, [selector, columns = 1]: [string, number?]): void {
    this.#selector = selector;
    this.#columns = columns;
    if (!this.#container) {
      this.#container = element as HTMLElement;
      this.#container.addEventListener("focusin", ({ target }) => this.#stopAt(target as HTMLElement));
      this.#container.addEventListener("keydown", (event) => this.#key(event));
    }
    // The items are rendered after this callback.
    queueMicrotask(() => this.#stopAt(this.#items.find(({ tabIndex }) => tabIndex === 0) ?? this.#items[0]));
  }

  /** The focusable items. */
  get #items(): HTMLElement[] {
    return [...(this.#container?.querySelectorAll<HTMLElement>(this.#selector) ?? [])].filter(
      (item) => !item.matches(":disabled"),
    );
  }

  /** Makes one item the tab stop. */
  #stopAt(stop: HTMLElement | undefined): void {
    for (const item of this.#items) item.tabIndex = item === stop ? 0 : -1;
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const items = this.#items;
    const at = items.indexOf(event.target as HTMLElement);
    const next = at < 0 ? undefined : items[moved(event.key, at, items.length, this.#columns)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

/** The item that a key leads to from item `at` of `count`, in rows of `columns` items; -1 for none. */
function moved(key: string, at: number, count: number, columns: number): number {
  const column = at % columns;
  if (key === "ArrowRight") return at + 1;
  if (key === "ArrowLeft") return at - 1;
  if (key === "Home") return column;
  if (key === "End") return count - columns + column;
  if (columns > 1 && key === "ArrowDown") return at + columns;
  if (columns > 1 && key === "ArrowUp") return at - columns;
  return -1;
}

/**
 * Makes the items that match `selector` inside an element one tab stop. Left and right move the focus to the item
 * before and after, Home and End to the first and the last. With several `columns`, up and down move it to the row
 * above and below, and Home and End stay in the column.
 */
export const roving = directive(RovingDirective);
