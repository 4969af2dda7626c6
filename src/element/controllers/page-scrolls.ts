/** pageScrolls: whether the wheel over an element would scroll something. */

/** In a frame of another page it may be that page that scrolls. */
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

/** Whether the window does not scroll; the body's style counts where the root's is `visible`. */
function isFixed(root: Element): boolean {
  const { overflowY } = getComputedStyle(root);
  return /hidden|clip/.test(overflowY === "visible" ? getComputedStyle(document.body).overflowY : overflowY);
}

/** The element that a part of a page lies in, across shadow roots and slots. */
function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
