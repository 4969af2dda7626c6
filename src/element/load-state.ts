/** LoadState: the states of an element's loading, and all transitions between them. */

import type { VoxelVolumeError } from "../errors.ts";
import type { EntryInfo, Progress } from "../read/index.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import type { Vec3 } from "../volume.ts";
import type { ShownVolume } from "./explicit-volume.ts";
import type { LoadRequest } from "./load-request.ts";

/** A volume that has been read for a request and can be drawn. */
export interface Loaded {
  readonly request: LoadRequest;
  readonly volume: ShownVolume;
  /** Every volume in the file. */
  readonly entries: readonly EntryInfo[];
  /** Statistics of the values; undefined for explicit voxels. */
  readonly profile?: ValueProfile;
}

/** Progress of reading: bytes, then the pass over the values. */
export type ReadProgress = Progress | { readonly phase: "measure" };

/**
 * `last` is the volume that stays on screen until the next one is drawn. States without a volume to draw have neither
 * `loaded` nor `last`.
 */
export type LoadState =
  | { readonly kind: "empty" }
  /** Requested; reading starts when the element is near the window, or back in the page. */
  | { readonly kind: "deferred"; readonly request: LoadRequest; readonly last?: Loaded }
  | {
      readonly kind: "reading";
      readonly request: LoadRequest;
      readonly progress?: ReadProgress;
      readonly last?: Loaded;
    }
  /** `isRestoring`: the volume was on screen before the device was lost. */
  | {
      readonly kind: "drawing";
      readonly loaded: Loaded;
      readonly last?: Loaded;
      readonly isRestoring: boolean;
    }
  | { readonly kind: "shown"; readonly loaded: Loaded; readonly gridDims: Vec3 }
  | { readonly kind: "cancelled"; readonly request: LoadRequest; readonly last?: Loaded }
  /** Failed. `request` is undefined if `load()` was called with an invalid source. */
  | {
      readonly kind: "failed";
      readonly error: VoxelVolumeError;
      readonly request?: LoadRequest;
      /** A volume that was read but could not be drawn; other options may help. */
      readonly loaded?: Loaded;
      readonly last?: Loaded;
    };

export type LoadAction =
  | { readonly type: "clear" }
  | { readonly type: "defer"; readonly request: LoadRequest }
  | { readonly type: "read"; readonly request: LoadRequest }
  | { readonly type: "progress"; readonly progress: ReadProgress }
  | { readonly type: "draw"; readonly loaded: Loaded }
  | { readonly type: "show"; readonly gridDims: Vec3 }
  | { readonly type: "cancel" }
  | { readonly type: "fail"; readonly error: VoxelVolumeError }
  /** The device was lost; `again`: whether the picture on screen may be drawn once more. */
  | { readonly type: "lose"; readonly error: VoxelVolumeError; readonly again: boolean };

export const EMPTY: LoadState = { kind: "empty" };

/** The volume to draw: the loaded one, or the previous one until then. */
export function drawable(state: LoadState): Loaded | undefined {
  if (state.kind === "empty") return undefined;
  return state.kind === "drawing" || state.kind === "shown" ? state.loaded : state.last;
}

/** The volume whose picture is on the canvas. */
export function onScreen(state: LoadState): Loaded | undefined {
  if (state.kind === "empty") return undefined;
  return state.kind === "shown" ? state.loaded : state.last;
}

/** Whether a volume is being read or prepared. */
export function isBusy({ kind }: LoadState): boolean {
  return kind === "reading" || kind === "drawing";
}

/** The request that is in progress. */
export function pendingRequest(state: LoadState): LoadRequest | undefined {
  if (state.kind === "drawing") return state.loaded.request;
  return state.kind === "reading" || state.kind === "deferred" ? state.request : undefined;
}

/** The request that led to a state. */
export function requestOf(state: LoadState): LoadRequest | undefined {
  if (state.kind === "empty") return undefined;
  return state.kind === "drawing" || state.kind === "shown" ? state.loaded.request : state.request;
}

/** The state after an action; the same object if the action does not apply in this state. */
export function nextState(state: LoadState, action: LoadAction): LoadState {
  const last = onScreen(state);
  switch (action.type) {
    case "clear":
      return state.kind === "empty" ? state : EMPTY;
    case "defer":
      return { kind: "deferred", request: action.request, last };
    case "read":
      return { kind: "reading", request: action.request, last };
    case "progress":
      return state.kind === "reading" ? { ...state, progress: action.progress } : state;
    case "draw":
      return state.kind === "reading" || (state.kind === "failed" && state.loaded === action.loaded)
        ? { kind: "drawing", loaded: action.loaded, last, isRestoring: false }
        : state;
    case "show":
      return state.kind === "drawing" || state.kind === "shown"
        ? { kind: "shown", loaded: state.loaded, gridDims: action.gridDims }
        : state;
    case "cancel":
      return cancelled(state);
    case "fail":
      return failed(state, action.error);
    case "lose":
      return lost(state, action);
  }
}

function isSameSource(a: LoadRequest, b: LoadRequest | undefined): boolean {
  return a.file === b?.file && a.voxels === b?.voxels;
}

function cancelled(state: LoadState): LoadState {
  if (state.kind === "reading") return { kind: "cancelled", request: state.request, last: state.last };
  if (state.kind !== "drawing") return state;
  // A picture that is being restored counts as the last one.
  const last = state.isRestoring ? state.loaded : state.last;
  return { kind: "cancelled", request: state.loaded.request, last };
}

/** If a source set by property fails, the last picture is removed: it must not be shown under the new name. */
function failed(state: LoadState, error: VoxelVolumeError): LoadState {
  const [request, last] = [pendingRequest(state), onScreen(state)];
  const isOther = request?.isDeclared && !isSameSource(request, last?.request);
  const loaded = state.kind === "drawing" ? state.loaded : undefined;
  return { kind: "failed", error, request, loaded, last: isOther ? undefined : last };
}

/** A volume that was never on screen is not tried again: drawing it may have caused the device loss. */
function lost(state: LoadState, { error, again }: Extract<LoadAction, { type: "lose" }>): LoadState {
  switch (state.kind) {
    case "shown":
      return again
        ? { kind: "drawing", loaded: state.loaded, isRestoring: true }
        : { kind: "failed", error, request: state.loaded.request };
    case "drawing": {
      if (state.isRestoring && again) return state;
      const last = again ? state.last : undefined;
      return { kind: "failed", error, request: state.loaded.request, last };
    }
    case "empty":
      return state;
    default:
      return again ? state : { ...state, last: undefined };
  }
}
