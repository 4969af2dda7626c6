/** ElementControllers: creates the controllers of an element and connects them. */

import type { PropertyValues } from "lit";
import { fetched, VoxelVolumeError } from "../../errors.ts";
import type { DrawnCamera } from "../../options/camera.ts";
import type { AxisViewName } from "../../options/orientation.ts";
import type { NamedBlob } from "../../read/index.ts";
import { sayError, sayIn } from "../../texts.ts";
import type { Volume } from "../../volume.ts";
import type { Picked } from "../api-types.ts";
import { dispatchError } from "../error-event.ts";
import { drawable, type LoadState, onScreen } from "../load-state.ts";
import { CAMERA, fileDefaults } from "../option-properties.ts";
import type { VoxelVolumeProperties } from "../properties.ts";
import { AppearanceController } from "./appearance.ts";
import { CameraController } from "./camera.ts";
import { DrawingController } from "./drawing.ts";
import { DropController } from "./drop.ts";
import type { Interaction, Subject } from "./interaction.ts";
import { LoadingController } from "./loading.ts";
import type { PlaybackController } from "./playback.ts";

type AxisViews = typeof import("../../options/orientation.ts").axisViews;

export class ElementControllers {
  readonly loading: LoadingController;
  readonly appearance: AppearanceController;
  readonly drawing: DrawingController;
  readonly camera: CameraController;
  readonly drop: DropController;
  /** Loaded with the first volume that has several frames. */
  #playback: PlaybackController | undefined;
  /** Whether `play` was called before that code was loaded. */
  #isToPlay = false;
  #interaction: Interaction | undefined;
  /** Loaded with the interaction, or when first needed. */
  #axisViews: AxisViews | undefined;
  #fetchingInteraction: Promise<void> | undefined;
  /** The camera as the user last moved it. */
  #movedCamera: DrawnCamera | undefined;
  /** The error whose message the user dismissed. */
  #dismissed: VoxelVolumeError | undefined;

  constructor(private readonly host: VoxelVolumeProperties) {
    this.loading = new LoadingController(
      host,
      (state, before) => this.#onLoadState(state, before),
      (volume) => this.#preparePlayback(volume),
    );
    this.appearance = new AppearanceController(host, {
      loaded: () => this.loading.drawable,
      changed: (work) => this.drawing.request(work),
      refused: (error) => {
        if (this.loading.state.kind === "drawing") this.loading.reject(error);
      },
    });
    this.drawing = new DrawingController(host, this.loading, this.appearance);
    this.camera = new CameraController(host, {
      seenAzimuth: () => (this.drawing.isSeen ? this.#subject?.settings.camera.azimuth : undefined),
      moved: (isAuto) => {
        this.appearance.apply(true);
        this.drawing.move(isAuto);
      },
      movedByHand: () => this.#onMovedByHand(),
    });
    const open = (files: File[]) => void this.open(files).catch(() => {});
    this.drop = new DropController(host, open, () => !host.disableDrop);
  }

  /** The current error, unless the user dismissed its message. */
  get error(): VoxelVolumeError | undefined {
    const error = this.#error;
    return error === this.#dismissed ? undefined : error;
  }

  /** Text of the error message. */
  get errorText(): string {
    const { error } = this;
    return error ? sayError(this.host.texts, error) : "";
  }

  /** Dismisses the error message. */
  dismiss(): void {
    this.#dismissed = this.#error;
    this.host.requestUpdate();
    this.drawing.canvas?.focus();
  }

  /** Handles the user's gestures and keys; undefined before there is a picture. */
  get interaction(): Interaction | undefined {
    return this.#interaction;
  }

  /** Description of the camera, once the user has moved it. */
  get cameraDescription(): string {
    const say = sayIn(this.host.texts);
    return (this.#movedCamera && this.#interaction?.describeCamera(this.#movedCamera, say)) ?? "";
  }

  /** Resolves when everything requested is loaded and drawn or has failed, and the picture can be moved. */
  async idle(): Promise<void> {
    await this.appearance.ready;
    await this.drawing.idle;
    await this.#fetchingInteraction;
  }

  /** Applies changed properties; call in `willUpdate`. */
  update(changed: PropertyValues): void {
    if (changed.has("texts")) {
      this.#interaction?.hover.clear();
      // The colour bar has texts too.
      this.drawing.request("draw");
    }
    this.camera.update(changed);
    this.loading.update(changed);
    const options = this.appearance.update(changed);
    if (options.some((name) => !CAMERA.includes(name))) {
      this.loading.retry();
      this.drawing.notice.countSoon();
    }
    if (changed.has("gpuMemory")) {
      this.loading.retry();
      this.drawing.request("voxels");
    }
    const moved = this.camera.takeMove(changed);
    if (moved && this.host.hasUpdated) this.drawing.move(moved === "auto");
    this.#playback?.update(changed);
  }

  /** Cancels loading, and moves the focus if the cancel button had it. */
  cancel(): void {
    this.loading.cancel();
    this.drawing.canvas?.focus();
  }

  /** Looks along an axis of the volume. */
  async lookAlong(name: AxisViewName): Promise<void> {
    const axisViews = this.#axisViews ?? (await this.#fetchAxisViews());
    const subject = this.#subject;
    const views = subject ? axisViews(subject.volume, subject.settings.flip) : [];
    const view = views.find((view) => view.name === name);
    if (view) this.camera.moveByHand({ azimuth: view.azimuth, elevation: view.elevation });
  }

  /** Plays the frames, even where reduced motion is preferred. */
  play(): void {
    this.#isToPlay = true;
    this.host.playing = true;
    this.#playback?.play();
  }

  /** Moves on by this many frames. @returns whether there are several frames. */
  step(by: number): boolean {
    return this.#playback?.step(by) ?? false;
  }

  async #fetchAxisViews(): Promise<AxisViews> {
    const { axisViews } = await fetched(import("../../options/orientation.ts"));
    this.#axisViews = axisViews;
    return axisViews;
  }

  open(files: Iterable<NamedBlob>): Promise<void> {
    return this.loading.load(files, true);
  }

  async pick(clientX: number, clientY: number): Promise<Picked | undefined> {
    const [ready, canvas] = [this.drawing.current, this.drawing.canvas];
    if (!ready || !canvas) return undefined;
    const { pickAt } = await fetched(import("../pick.ts"));
    const labels = () => this.appearance.shownLabels();
    const picked = await pickAt(ready, canvas, [clientX, clientY], labels);
    return this.drawing.current?.loaded === ready.loaded ? picked : undefined;
  }

  async histogram(bins: number, stage: "normalized" | "transformed"): Promise<Uint32Array> {
    const { renderer, loaded, settings } = await this.drawing.ready();
    if (loaded.request.voxels) throw new VoxelVolumeError("invalid-option", "Explicit voxels have no values");
    return renderer.histogram(loaded.volume, settings, bins, stage);
  }

  get #error(): VoxelVolumeError | undefined {
    const { state } = this.loading;
    const { optionError, labelError } = this.appearance;
    return (
      optionError ?? (state.kind === "failed" ? state.error : undefined) ?? this.drawing.error ?? labelError
    );
  }

  async #preparePlayback({ frames }: Pick<Volume, "frames">): Promise<void> {
    if (frames < 2 || this.#playback) return;
    const { PlaybackController } = await fetched(import("./playback.ts"));
    this.#playback ??= new PlaybackController(this.host, this.loading, () => this.drawing.isSeen);
    if (this.#isToPlay && this.host.playing) this.#playback.play();
  }

  /** The picture on screen and its settings; undefined while an option is invalid. */
  get #subject(): Subject | undefined {
    const { current } = this.drawing;
    if (!current || this.appearance.optionError) return undefined;
    return { volume: current.loaded.volume, settings: current.settings };
  }

  /** Loads the code for gestures once there is a picture. */
  async #interact(): Promise<void> {
    const { host, camera } = this;
    // Draw the picture first.
    await host.updateComplete;
    const [{ Interaction }] = await Promise.all([
      fetched(import("./interaction.ts")),
      this.#fetchAxisViews(),
    ]);
    this.#interaction = new Interaction(host, this.drawing.canvas as HTMLCanvasElement, camera, {
      subject: () => this.#subject,
      pick: (x, y) => this.pick(x, y),
      lookAlong: (view) => this.lookAlong(view),
      step: (by) => this.step(by),
      togglePlaying: () => this.#playback?.toggle() ?? false,
    });
  }

  #onLoadState(state: LoadState, before: LoadState): void {
    try {
      if (drawable(state) !== drawable(before)) {
        this.#interaction?.hover.clear();
        this.appearance.resolve();
      }
    } catch (error) {
      this.loading.fail(error);
      return;
    }
    if (state.kind === "reading" && state.request.file !== onScreen(before)?.request.file)
      this.appearance.clearLabelError();
    if (state.kind === "drawing" && before.kind === "reading" && state.loaded.request.isOpened) {
      this.camera.reset();
      Object.assign(this.host, fileDefaults());
    }
    this.drawing.onLoadState(state, before);
    this.#playback?.onLoadState(state);
    if (state.kind === "shown") {
      this.#fetchingInteraction ??= this.#interact().catch((error) => {
        this.#fetchingInteraction = undefined;
        dispatchError(this.host, error);
      });
    }
    if (state.kind === "drawing" && before.kind === "reading") this.#rejectMisfit();
  }

  /** Rejects the promises of `load()` if the options are invalid, after those of an opened file have been reset. */
  async #rejectMisfit(): Promise<void> {
    await this.host.updateComplete;
    const { optionError } = this.appearance;
    if (optionError) this.loading.reject(optionError);
  }

  #onMovedByHand(): void {
    this.#interaction?.hover.clear();
    const camera = this.#subject?.settings.camera;
    if (!camera) return;
    this.#movedCamera = camera;
    this.host.dispatchEvent(new CustomEvent("camera-change", { detail: camera }));
    this.host.requestUpdate();
  }
}
