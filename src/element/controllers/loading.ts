/** LoadingController: from what an element is asked to show to a volume, one request at a time. */

import type { PropertyValues, ReactiveController, ReactiveControllerHost } from "lit";
import { asVoxelVolumeError, type VoxelVolumeError } from "../../errors.ts";
import { contentReady } from "../../options/appearance.ts";
import { profileOf } from "../../values/profile.ts";
import type { Vec3 } from "../../volume.ts";
import type { Voxels } from "../../voxels/voxels.ts";
import { sharedDevice } from "../canvas/shared-device.ts";
import { dispatchError } from "../error-event.ts";
import { fileAt, type LoadRequest, type LoadSource, requested } from "../load-request.ts";
import {
  drawable,
  EMPTY,
  isBusy,
  type LoadAction,
  type Loaded,
  type LoadState,
  nextState,
  onScreen,
  pendingRequest,
  requestOf,
} from "../load-state.ts";
import { numberOf, textOf } from "../text-of.ts";

export interface LoadingHost extends ReactiveControllerHost, EventTarget {
  readonly isConnected: boolean;
  readonly src: unknown;
  readonly entry: unknown;
  readonly frame: unknown;
  readonly loading: unknown;
  voxels: Voxels | undefined;
}

/** Whether the property of a source, or a call of `load()`, was the last to say what is to be shown. */
type Latest = "src" | "voxels" | "load";

/** Ends of a promise that `load()` gave out. */
interface Waiter {
  readonly request: LoadRequest;
  resolve(): void;
  reject(error: VoxelVolumeError): void;
}

export class LoadingController implements ReactiveController {
  #state: LoadState = EMPTY;
  #latest: Latest | undefined;
  #reading: AbortController | undefined;
  #isNear = false;
  readonly #waiters: Waiter[] = [];
  #nextChange: { readonly promise: Promise<void>; resolve(): void } | undefined;

  /** `changed` is called after each change of the state. */
  constructor(
    private readonly host: LoadingHost,
    private readonly changed: (state: LoadState, before: LoadState) => void,
  ) {
    host.addController(this);
  }

  get state(): LoadState {
    return this.#state;
  }

  /** The volume to draw: the one asked for, or the last one until that is read. */
  get drawable(): Loaded | undefined {
    return drawable(this.#state);
  }

  get onScreen(): Loaded | undefined {
    return onScreen(this.#state);
  }

  get isBusy(): boolean {
    return isBusy(this.#state);
  }

  /** Resolves after the next change of the state. */
  get nextChange(): Promise<void> {
    if (!this.#nextChange) {
      let resolve = () => {};
      const promise = new Promise<void>((done) => {
        resolve = done;
      });
      this.#nextChange = { promise, resolve };
    }
    return this.#nextChange.promise;
  }

  /** Notes that a property was set: of several that are set before the next update the last one counts. */
  note(name: "src" | "voxels"): void {
    this.#latest = name;
  }

  /** Takes over what the page declares by properties; to be called in `willUpdate`. */
  update(changed: PropertyValues): void {
    const latest = this.#latest;
    this.#latest = undefined;
    if (latest !== "load" && (changed.has("src") || changed.has("voxels"))) this.#declare(latest);
    else if (changed.has("entry") || changed.has("frame")) this.#reread();
    if (changed.has("loading")) this.#readDeferred();
  }

  /**
   * Loads at once, whatever the properties say. Resolves and rejects as the element's `load()`.
   * @param isOpened whether a person chose it: `entry` and `frame` are of another file.
   */
  load(source: LoadSource, isOpened = false): Promise<void> {
    const { host } = this;
    let request: LoadRequest;
    try {
      request = { ...requested(source), ...(!isOpened && this.#choice), isDeclared: false, isOpened };
    } catch (error) {
      return Promise.reject(this.fail(error));
    }
    host.voxels = request.voxels;
    this.#latest = "load";
    const shown = new Promise<void>((resolve, reject) => {
      this.#waiters.push({ request, resolve, reject });
    });
    this.#request(request);
    return shown;
  }

  cancel(): void {
    if (!this.isBusy) return;
    this.#reading?.abort();
    this.#to({ type: "cancel" });
    this.host.dispatchEvent(new Event("abort"));
  }

  /** The volume is on screen, as a grid of these dimensions. */
  show(gridDims: Vec3): void {
    this.#to({ type: "show", gridDims });
  }

  /** Reports what prevents the loading. @returns it as the element's error. */
  fail(cause: unknown, isDeclared = false): VoxelVolumeError {
    const error = asVoxelVolumeError(cause);
    this.#reading?.abort();
    this.#to({ type: "fail", error, isDeclared });
    dispatchError(this.host, error);
    return error;
  }

  /** Tries to draw once more what could not be drawn, for the options have changed. */
  retry(): void {
    if (this.#state.kind === "failed" && this.#state.loaded)
      this.#to({ type: "draw", loaded: this.#state.loaded });
  }

  /** The graphics device was lost; see `nextState`. */
  lose(error: VoxelVolumeError, again: boolean): void {
    this.#to({ type: "lose", error, again });
  }

  /** Whether the element is near the window, where a lazy one is read. */
  near(isNear: boolean): void {
    this.#isNear = isNear;
    if (isNear) this.#readDeferred();
  }

  hostConnected(): void {
    this.#readDeferred();
  }

  hostDisconnected(): void {
    this.#isNear = false;
    this.#reading?.abort();
    const request = pendingRequest(this.#state);
    if (this.#state.kind === "reading" && request) this.#to({ type: "defer", request });
    for (const { resolve } of this.#waiters.splice(0)) resolve();
  }

  /** Rejects what `load()` gave out, though the volume may still be shown once the options fit. */
  reject(error: VoxelVolumeError): void {
    for (const { reject } of this.#waiters.splice(0)) reject(error);
  }

  get #choice(): Pick<LoadRequest, "entry" | "frame"> {
    const { entry, frame } = this.host;
    return {
      entry: entry === undefined || entry === null ? undefined : textOf(entry),
      frame: frame === undefined || frame === null ? undefined : numberOf(frame),
    };
  }

  #declare(latest: Latest | undefined): void {
    const { host } = this;
    if (host.voxels && latest !== "src") {
      this.#request({ voxels: host.voxels, isDeclared: true });
      return;
    }
    if (host.voxels) host.voxels = undefined;
    this.#latest = undefined;
    try {
      const src = host.src ? textOf(host.src) : "";
      if (src === "") this.#clear();
      else this.#request({ file: fileAt(src), ...this.#choice, isDeclared: true });
    } catch (error) {
      this.fail(error, true);
    }
  }

  /** Another entry or frame of the same file. */
  #reread(): void {
    const state = this.#state;
    const pending = pendingRequest(state);
    const current = pending ?? (state.kind === "shown" ? state.loaded.request : undefined);
    const { entry, frame } = this.#choice;
    if (current && entry === current.entry && (frame ?? 0) === (current.frame ?? 0)) return;
    const request = pending ?? this.drawable?.request ?? requestOf(state);
    if (request?.file) this.#request({ ...request, entry, frame, isOpened: false });
  }

  /** Whether a request may be read now: a lazy element waits for what it declares until it is near the window. */
  #isDue({ isDeclared }: LoadRequest): boolean {
    const { isConnected, loading } = this.host;
    return isConnected && (loading !== "lazy" || this.#isNear || !isDeclared);
  }

  #request(request: LoadRequest): void {
    if (this.#isDue(request)) this.#read(request);
    else {
      this.#reading?.abort();
      this.#to({ type: "defer", request });
    }
  }

  #readDeferred(): void {
    if (this.#state.kind === "deferred" && this.#isDue(this.#state.request)) this.#read(this.#state.request);
  }

  #clear(): void {
    this.#reading?.abort();
    this.#to({ type: "clear" });
  }

  #read(request: LoadRequest): void {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const { signal } = reading;
    this.#to({ type: "read", request });
    // Without a device there is no use in a long download.
    Promise.all([this.#loaded(request, signal), sharedDevice()]).then(
      ([loaded]) => {
        if (!signal.aborted) this.#to({ type: "draw", loaded });
      },
      (error) => {
        if (!signal.aborted) this.fail(error);
      },
    );
  }

  async #loaded(request: LoadRequest, signal: AbortSignal): Promise<Loaded> {
    if (!request.file) {
      const { explicitVolume } = await import("../explicit-volume.ts");
      return { request, volume: explicitVolume(request.voxels as Voxels), entries: [] };
    }
    const { entry, frame } = request;
    const read = await request.file.read({
      entry,
      frame,
      signal,
      onProgress: (progress) => {
        if (signal.aborted) return;
        this.#to({ type: "progress", progress });
        this.host.dispatchEvent(new CustomEvent("progress", { detail: progress }));
      },
    });
    if (!signal.aborted) this.#to({ type: "progress", progress: { phase: "measure" } });
    const profile = await profileOf(read.volume);
    await contentReady(read.volume, profile);
    return { request, ...read, profile };
  }

  #to(action: LoadAction): void {
    const before = this.#state;
    this.#state = nextState(before, action);
    if (this.#state === before) return;
    this.changed(this.#state, before);
    this.#nextChange?.resolve();
    this.#nextChange = undefined;
    this.#settle();
    this.host.requestUpdate();
  }

  /** Resolves or rejects what `load()` gave out, once its request is neither waiting nor under way. */
  #settle(): void {
    const state = this.#state;
    const pending = pendingRequest(state);
    for (const waiter of this.#waiters.filter(({ request }) => request !== pending)) {
      this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
      if (state.kind === "failed" && state.request === waiter.request) waiter.reject(state.error);
      else waiter.resolve();
    }
  }
}
