/** Finds whether a notebook is light or dark: few notebooks set CSS's `color-scheme`, which the element follows. */

/** The scheme of the nearest opaque background behind an element; undefined if there is none. */
export function schemeBehind(element: HTMLElement): "light" | "dark" | undefined {
  for (let box: Element | null = element; box; box = parentOf(box)) {
    const [red, green, blue, alpha = 1] = (getComputedStyle(box).backgroundColor.match(/[\d.]+/g) ?? []).map(
      Number,
    );
    // Weights of Rec. ITU-R BT.709.
    if (alpha === 1 && blue !== undefined)
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128 ? "dark" : "light";
  }
  return undefined;
}

function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
