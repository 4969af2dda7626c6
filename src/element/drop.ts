/** Files dropped onto an element. */

/** Calls `over` while files are held above `target`, and `drop` with those let go there, until the signal is aborted. */
export function listenForDrops(
  target: HTMLElement,
  { over, drop }: { over: (held: boolean) => void; drop: (files: File[]) => void },
  signal: AbortSignal,
): void {
  /** Children are entered before their parent is left. */
  let depth = 0;
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const enter = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    if (++depth === 1) over(true);
  };
  const move = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
  };
  const leave = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) over(false);
  };
  const release = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth = 0;
    over(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) drop(files);
  };
  target.addEventListener("dragenter", enter, { signal });
  target.addEventListener("dragover", move, { signal });
  target.addEventListener("dragleave", leave, { signal });
  target.addEventListener("drop", release, { signal });
}
