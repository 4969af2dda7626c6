/** The model of a widget in anywidget's contract (https://anywidget.dev/en/afm/), as far as this widget uses it. */

/** State that a notebook's page shares with Python. */
export interface Model {
  get(name: string): unknown;
  /** Sets a trait here; `save_changes` sends it to Python. */
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: `change:${string}`, listener: () => void): void;
  on(event: "msg:custom", listener: (message: unknown) => void): void;
  off(event: string, listener: (message: unknown) => void): void;
  send(message: unknown, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
}

/** The bytes of a binary trait, which arrive as a DataView; empty if there are none. */
export function bytesOf(value: unknown): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (!ArrayBuffer.isView(value)) return new Uint8Array();
  return new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
}
