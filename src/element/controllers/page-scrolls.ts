/** pageScrolls: tells whether the wheel over an element would scroll something. */

/** Inside an iframe, the outer page may be the one that scrolls, so the answer is true. */
export function pageScrolls(element: Element): boolean {
  if (window.parent !== window) return true;
  const root = document.scrollingElement;
  if (root && root.scrollHeight > root.clientHeight + 1 && !isFixed(root)) return true;
  for (let at = parentOf(element); at; at = parentOf(at)) {
    const isScroller = /auto|scroll/.test(getComputedStyle(at).overflowY);
    if (isScroller && at !== root && at.scrollHeight > at.clientHeight + 1) return true;
  }
  return false;
}

/** Whether the window cannot scroll; the body's `overflow` counts if the root's is `visible`. */
function isFixed(root: Element): boolean {
  const { overflowY } = getComputedStyle(root);
  return /hidden|clip/.test(overflowY === "visible" ? getComputedStyle(document.body).overflowY : overflowY);
}

/** Parent of an element, across shadow roots and slots. */
function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
