/** LoadingController: turns an element's load requests into volumes, one request at a time. */

import type { PropertyValues, ReactiveController, ReactiveControllerHost } from "lit";
import { asVoxelVolumeError, fetched, type VoxelVolumeError } from "../../errors.ts";
import { contentReady, drawnProfile } from "../../options/appearance.ts";
import { textOf } from "../../text-of.ts";
import type { Vec3, Volume } from "../../volume.ts";
import type { Voxels } from "../../voxels/voxels.ts";
import { sharedDevice } from "../canvas/shared-device.ts";
import { dispatchError } from "../error-event.ts";
import { LoadPromises } from "../load-promises.ts";
import {
  at,
  CHOICE,
  type Choice,
  choiceOf,
  isSameChoice,
  type LoadRequest,
  type LoadSource,
  requested,
} from "../load-request.ts";
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

export interface LoadingHost extends ReactiveControllerHost, EventTarget {
  readonly isConnected: boolean;
  readonly src: unknown;
  readonly entry: unknown;
  frame: number;
  readonly channel: unknown;
  readonly loading: unknown;
  voxels: Voxels | undefined;
}

/** What last determined the content: the property `src` or `voxels`, or a call of `load()`. */
type Latest = "src" | "voxels" | "load";

export class LoadingController implements ReactiveController {
  #state: LoadState = EMPTY;
  #latest: Latest | undefined;
  #reading: AbortController | undefined;
  #isNear = false;
  /** The frame that the user last chose. */
  #frameByHand: number | undefined;
  readonly #promises = new LoadPromises();
  #nextChange: Promise<void> | undefined;
  #endChange: () => void = () => {};

  /** `changed` is called after each change of the state, `prepare` before a volume is drawn. */
  constructor(
    private readonly host: LoadingHost,
    private readonly changed: (state: LoadState, before: LoadState) => void,
    private readonly prepare: (volume: Volume) => Promise<void>,
  ) {
    host.addController(this);
  }

  get state(): LoadState {
    return this.#state;
  }

  /** The volume to draw: the requested one, or the previous one until that is read. */
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
    this.#nextChange ??= new Promise((resolve) => {
      this.#endChange = resolve;
    });
    return this.#nextChange;
  }

  /** Notes that a property was set; if several are set before an update, the last one counts. */
  note(name: "src" | "voxels"): void {
    this.#latest = name;
  }

  /** Applies the properties that the page has set; call in `willUpdate`. */
  update(changed: PropertyValues): void {
    const latest = this.#latest;
    this.#latest = undefined;
    if (latest !== "load" && (changed.has("src") || changed.has("voxels"))) this.#declare(latest);
    else if (CHOICE.some((name) => changed.has(name))) this.#reread();
    if (changed.has("loading")) this.#readDeferred();
  }

  /** Notes that the user chose a frame; the choice does not apply to another file. Undefined: the page chose it. */
  noteFrame(frame: number | undefined): void {
    this.#frameByHand = frame;
  }

  /**
   * Loads at once, regardless of the properties. Resolves and rejects like the element's `load()`.
   * @param isOpened whether the user chose the file: `entry`, `frame` and `channel` then belong to another file.
   */
  load(source: LoadSource, isOpened = false): Promise<void> {
    let request: LoadRequest;
    try {
      const choice = isOpened ? {} : this.#choiceForAnother();
      request = { ...requested(source), ...choice, isDeclared: false, isOpened };
    } catch (cause) {
      const error = asVoxelVolumeError(cause);
      // A load in progress continues.
      if (!this.isBusy) this.#to({ type: "fail", error });
      dispatchError(this.host, error);
      return Promise.reject(error);
    }
    this.#latest = "load";
    const shown = this.#promises.add(request);
    this.#request(request);
    return shown;
  }

  cancel(): void {
    if (!this.isBusy) return;
    this.#reading?.abort();
    this.#to({ type: "cancel" });
    this.host.dispatchEvent(new Event("abort"));
  }

  /** Notes that the volume is on screen, as a grid of these dimensions. */
  show(gridDims: Vec3): void {
    this.#to({ type: "show", gridDims });
  }

  /** Reports an error that ends loading. */
  fail(cause: unknown): void {
    const error = asVoxelVolumeError(cause);
    this.#reading?.abort();
    this.#to({ type: "fail", error });
    dispatchError(this.host, error);
  }

  /** Tries again to draw a volume that failed, after the options have changed. */
  retry(): void {
    if (this.#state.kind === "failed" && this.#state.loaded)
      this.#to({ type: "draw", loaded: this.#state.loaded });
  }

  lose(error: VoxelVolumeError, again: boolean): void {
    this.#to({ type: "lose", error, again });
  }

  /** Notes whether the element is near the window; a lazy element is read when it is. */
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
    this.#promises.resolve();
  }

  /** Rejects the promises of `load()`; the volume may still be shown once the options are valid. */
  reject(error: VoxelVolumeError): void {
    this.#promises.reject(error);
  }

  /** The entry and the frame for a new file. */
  #choiceForAnother(): Choice {
    if (this.#frameByHand !== undefined && this.host.frame === this.#frameByHand) this.host.frame = 0;
    this.#frameByHand = undefined;
    return choiceOf(this.host);
  }

  #declare(latest: Latest | undefined): void {
    const { host } = this;
    if (host.voxels && latest !== "src") {
      this.#request({ voxels: host.voxels, isDeclared: true });
      return;
    }
    this.#setVoxels(undefined);
    const src = host.src ? textOf(host.src).trim() : "";
    if (src === "") this.#clear();
    else this.#request({ ...at(src), ...this.#choiceForAnother(), isDeclared: true });
  }

  /** Sets the property `voxels` to match what is shown, without requesting a load. */
  #setVoxels(voxels: Voxels | undefined): void {
    if (this.host.voxels === voxels) return;
    const latest = this.#latest ?? "load";
    this.host.voxels = voxels;
    this.#latest = latest;
  }

  /** Reads another entry, frame or channel of the same file. */
  #reread(): void {
    const current = requestOf(this.#state);
    const choice = choiceOf(this.host);
    if (current && isSameChoice(choice, current)) return;
    const pending = pendingRequest(this.#state);
    const from = pending ?? this.drawable?.request ?? current;
    if (!from?.file) return;
    const request = { ...from, ...choice, isOpened: pending?.isOpened };
    this.#promises.move(pending, request);
    this.#request(request);
  }

  /** True if a request may be read now. A lazy element defers requests of its properties until near the window. */
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
    // Without a device, a long download would be useless.
    Promise.all([this.#loaded(request, signal), sharedDevice()]).then(
      ([loaded]) => {
        if (signal.aborted) return;
        this.#setVoxels(request.voxels);
        this.#to({ type: "draw", loaded });
      },
      (error) => {
        if (!signal.aborted) this.fail(error);
      },
    );
  }

  async #loaded(request: LoadRequest, signal: AbortSignal): Promise<Loaded> {
    if (!request.file) {
      const { explicitVolume } = await fetched(import("../explicit-volume.ts"));
      return { request, volume: explicitVolume(request.voxels as Voxels), entries: [] };
    }
    const read = await request.file.read({
      ...request,
      signal,
      onProgress: (progress) => {
        if (signal.aborted) return;
        this.#to({ type: "progress", progress });
        this.host.dispatchEvent(new CustomEvent("progress", { detail: progress }));
      },
    });
    if (!signal.aborted) this.#to({ type: "progress", progress: { phase: "measure" } });
    const profile = await drawnProfile(read.volume);
    await Promise.all([contentReady(read.volume, profile), this.prepare(read.volume)]);
    return { request, ...read, profile };
  }

  #to(action: LoadAction): void {
    const before = this.#state;
    this.#state = nextState(before, action);
    if (this.#state === before) return;
    this.changed(this.#state, before);
    this.#endChange();
    this.#nextChange = undefined;
    this.#promises.settle(this.#state);
    this.host.requestUpdate();
  }
}
