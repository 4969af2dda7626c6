/** Every transition of LoadState: each action in each state, as a table. */

import { expect, test } from "playwright/test";
import type { LoadRequest } from "../../src/element/load-request.ts";
import {
  drawable,
  isBusy,
  type LoadAction,
  type Loaded,
  type LoadState,
  nextState,
  onScreen,
} from "../../src/element/load-state.ts";
import { VoxelVolumeError } from "../../src/errors.ts";
import type { VolumeFile } from "../../src/read/index.ts";

const fileA = { name: "a" } as VolumeFile;
const fileB = { name: "b" } as VolumeFile;
const declared = (file: VolumeFile): LoadRequest => ({ file, isDeclared: true });
const loadedA: Loaded = { request: declared(fileA), volume: { name: "a" } as never, entries: [] };
const loadedB: Loaded = { request: declared(fileB), volume: { name: "b" } as never, entries: [] };
const request = loadedB.request;
const error = new VoxelVolumeError("network", "no answer");
const lost = new VoxelVolumeError("device-lost", "lost");
const gridDims = [1, 2, 3] as const;

/** One state of each kind, with and without a volume that stays on screen. */
const STATES = {
  empty: { kind: "empty" },
  deferred: { kind: "deferred", request, last: undefined },
  "deferred, a on screen": { kind: "deferred", request, last: loadedA },
  reading: { kind: "reading", request, last: undefined },
  "reading, a on screen": { kind: "reading", request, last: loadedA },
  drawing: { kind: "drawing", loaded: loadedB, last: undefined, isRestoring: false },
  "drawing, a on screen": { kind: "drawing", loaded: loadedB, last: loadedA, isRestoring: false },
  restoring: { kind: "drawing", loaded: loadedB, isRestoring: true },
  shown: { kind: "shown", loaded: loadedB, gridDims },
  cancelled: { kind: "cancelled", request, last: undefined },
  "cancelled, a on screen": { kind: "cancelled", request, last: loadedA },
  failed: { kind: "failed", error, request, last: undefined },
  "failed to be drawn": { kind: "failed", error, request, loaded: loadedB, last: undefined },
  "failed, a on screen": { kind: "failed", error, request, last: loadedA },
} satisfies Record<string, LoadState>;
type Name = keyof typeof STATES;

const ACTIONS = {
  clear: { type: "clear" },
  defer: { type: "defer", request },
  read: { type: "read", request },
  progress: { type: "progress", progress: { phase: "measure" } },
  draw: { type: "draw", loaded: loadedB },
  show: { type: "show", gridDims },
  cancel: { type: "cancel" },
  fail: { type: "fail", error },
  lose: { type: "lose", error: lost, again: true },
  "lose for good": { type: "lose", error: lost, again: false },
} satisfies Record<string, LoadAction>;
type Act = keyof typeof ACTIONS;

/**
 * The next state for each state and action: its kind and, after a slash, the volume that stays on screen; "=" for no
 * change. `fail` is that of another file set by property, which removes the last picture.
 */
const TABLE: Record<Name, Record<Act, string>> = {
  empty: row("=", "deferred", "reading", "=", "=", "=", "=", "failed", "=", "="),
  deferred: row("empty", "deferred", "reading", "=", "=", "=", "=", "failed", "=", "deferred"),
  "deferred, a on screen": row(
    ...["empty", "deferred/a", "reading/a", "=", "=", "=", "=", "failed", "=", "deferred"],
  ),
  reading: row(
    ...["empty", "deferred", "reading", "reading", "drawing", "=", "cancelled", "failed", "=", "reading"],
  ),
  "reading, a on screen": row(
    ...["empty", "deferred/a", "reading/a", "reading/a", "drawing/a", "=", "cancelled/a", "failed"],
    ...["=", "reading"],
  ),
  drawing: row(
    ...["empty", "deferred", "reading", "=", "=", "shown/b", "cancelled", "failed", "failed", "failed"],
  ),
  "drawing, a on screen": row(
    ...["empty", "deferred/a", "reading/a", "=", "=", "shown/b", "cancelled/a", "failed", "failed/a"],
    "failed",
  ),
  restoring: row(
    ...["empty", "deferred", "reading", "=", "=", "shown/b", "cancelled/b", "failed", "=", "failed"],
  ),
  shown: row(
    ...["empty", "deferred/b", "reading/b", "=", "=", "shown/b", "=", "failed/b", "drawing", "failed"],
  ),
  cancelled: row("empty", "deferred", "reading", "=", "=", "=", "=", "failed", "=", "cancelled"),
  "cancelled, a on screen": row(
    ...["empty", "deferred/a", "reading/a", "=", "=", "=", "=", "failed/a", "=", "cancelled"],
  ),
  failed: row("empty", "deferred", "reading", "=", "=", "=", "=", "failed", "=", "failed"),
  "failed to be drawn": row(
    ...["empty", "deferred", "reading", "=", "drawing", "=", "=", "failed", "=", "failed"],
  ),
  "failed, a on screen": row(
    ...["empty", "deferred/a", "reading/a", "=", "=", "=", "=", "failed/a", "=", "failed"],
  ),
};

function row(...after: string[]): Record<Act, string> {
  const actions = Object.keys(ACTIONS) as Act[];
  return Object.fromEntries(actions.map((action, i) => [action, after[i]])) as Record<Act, string>;
}

function described(state: LoadState): string {
  const last = onScreen(state);
  return last ? `${state.kind}/${last.volume.name}` : state.kind;
}

test("each action leads from each state to exactly one state", () => {
  for (const [name, before] of Object.entries(STATES)) {
    for (const [action, expected] of Object.entries(TABLE[name as Name])) {
      const after = nextState(before, ACTIONS[action as Act]);
      const found = after === before ? "=" : described(after);
      expect(found, `${name}, ${action}`).toBe(expected);
    }
  }
});

test("only reading and drawing are busy", () => {
  const busy = Object.entries(STATES).filter(([, state]) => isBusy(state));
  expect(busy.map(([name]) => name)).toEqual(
    Object.keys(STATES).filter((name) => /^(reading|drawing|restoring)/.test(name)),
  );
});

test("the requested volume is drawn, or the last one until it has been read", () => {
  const drawn = Object.entries(STATES).map(([name, state]) => [name, drawable(state)?.volume.name]);
  const expected = Object.keys(STATES).map((name) => {
    if (/^(drawing|restoring|shown)/.test(name)) return [name, "b"];
    return [name, name.endsWith("a on screen") ? "a" : undefined];
  });
  expect(drawn).toEqual(expected);
});

test("a failure keeps the picture unless a source set by property failed", () => {
  const after = (state: LoadState) => described(nextState(state, ACTIONS.fail));
  const reading = (asked: LoadRequest): LoadState => ({ kind: "reading", request: asked, last: loadedA });
  expect(after(reading(declared(fileB)))).toBe("failed");
  expect(after(reading({ ...declared(fileA), frame: 99 }))).toBe("failed/a");
  expect(after(reading({ file: fileB, isDeclared: false }))).toBe("failed/a");
  expect(after(reading({ voxels: {}, isDeclared: true }))).toBe("failed");
});

test("a lost picture is restored; progress and dims are kept in their states", () => {
  expect(nextState(STATES.shown, ACTIONS.lose)).toEqual(STATES.restoring);
  expect(nextState(STATES.reading, ACTIONS.progress)).toMatchObject({ progress: { phase: "measure" } });
  expect(nextState(STATES.drawing, ACTIONS.show)).toEqual(STATES.shown);
});
