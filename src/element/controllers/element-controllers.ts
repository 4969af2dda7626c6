/** ElementControllers: the controllers of one element, and what each does when another one changes. */

import type { PropertyValues } from "lit";
import { fetched, VoxelVolumeError } from "../../errors.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import type { NamedBlob } from "../../read/index.ts";
import { sayError, sayIn } from "../../texts.ts";
import type { ScalarImage } from "../../volume.ts";
import { drawable, type LoadState } from "../load-state.ts";
import { CAMERA, fileDefaults } from "../option-properties.ts";
import type { Picked } from "../pick.ts";
import type { VoxelVolumeProperties } from "../properties.ts";
import { AppearanceController } from "./appearance.ts";
import { CameraController } from "./camera.ts";
import { DrawingController } from "./drawing.ts";
import { DropController } from "./drop.ts";
import { HoverController } from "./hover.ts";
import { LoadingController } from "./loading.ts";
import { PlaybackController } from "./playback.ts";

export class ElementControllers {
  readonly loading: LoadingController;
  readonly appearance: AppearanceController;
  readonly drawing: DrawingController;
  readonly camera: CameraController;
  readonly hover: HoverController;
  readonly drop: DropController;
  readonly playback: PlaybackController;
  /** The message that a person closed. */
  #dismissed: VoxelVolumeError | undefined;

  constructor(private readonly host: VoxelVolumeProperties) {
    this.loading = new LoadingController(host, (state, before) => this.#onLoadState(state, before));
    this.appearance = new AppearanceController(host, {
      loaded: () => this.loading.drawable,
      changed: (work) => this.drawing.request(work),
      refused: (error) => this.loading.reject(error),
    });
    this.drawing = new DrawingController(host, this.loading, this.appearance);
    this.camera = new CameraController(host, {
      subject: () => (this.appearance.optionError ? undefined : this.#subject),
      moved: (isAuto) => {
        this.appearance.apply(true);
        this.drawing.move(isAuto);
      },
      movedByHand: () => this.#onMovedByHand(),
      pick: async (x, y) => (await this.pick(x, y))?.index,
      isSeen: () => this.drawing.isSeen,
      key: (event) => this.#onKey(event),
    });
    this.hover = new HoverController(
      host,
      (x, y) => this.#describe(x, y),
      () => host.controls,
    );
    const open = (files: File[]) => void this.open(files).catch(() => {});
    this.drop = new DropController(host, open, () => !host.disableDrop);
    this.playback = new PlaybackController(
      host,
      () => this.loading.state,
      () => this.drawing.isSeen,
    );
  }

  /** What went wrong, unless a person closed the message. */
  get error(): VoxelVolumeError | undefined {
    const error = this.#error;
    return error === this.#dismissed ? undefined : error;
  }

  /** What its message says. */
  get errorText(): string {
    const { error } = this;
    return error ? sayError(this.host.texts, error) : "";
  }

  /** Closes the message. */
  dismiss(): void {
    this.#dismissed = this.#error;
    this.host.requestUpdate();
    this.drawing.canvas?.focus();
  }

  /** Begins to follow the canvas, once it is there. */
  start(): void {
    const { canvas } = this.drawing;
    if (!canvas) return;
    this.camera.start(canvas);
    this.hover.start(canvas);
  }

  /** Takes over changed properties; to be called in `willUpdate`. */
  update(changed: PropertyValues): void {
    if (changed.has("texts")) this.hover.clear();
    this.camera.update(changed);
    this.loading.update(changed);
    const options = this.appearance.update(changed);
    if (options.some((name) => !CAMERA.includes(name))) this.drawing.notice.countSoon();
    const moved = this.camera.takeMove(changed);
    if (moved && this.host.hasUpdated) this.drawing.move(moved === "auto");
    this.playback.update(changed);
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

  /** The picture that is on screen, with its settings. */
  get #subject(): { volume: ScalarImage; settings: DrawnSettings } | undefined {
    const { current } = this.drawing;
    return current && { volume: current.loaded.volume, settings: current.settings };
  }

  #onLoadState(state: LoadState, before: LoadState): void {
    try {
      if (drawable(state) !== drawable(before)) this.appearance.resolve();
    } catch (error) {
      this.loading.fail(error);
      return;
    }
    if (state.kind === "reading" && before.kind !== "reading") this.appearance.clearLabelError();
    if (state.kind === "drawing" && before.kind === "reading" && state.loaded.request.isOpened) {
      this.camera.home();
      Object.assign(this.host, fileDefaults());
    }
    this.drawing.onLoadState(state, before);
    this.playback.onLoadState(state);
    const { optionError } = this.appearance;
    if (state.kind === "drawing" && optionError) this.loading.reject(optionError);
  }

  #onMovedByHand(): void {
    this.hover.clear();
    const subject = this.#subject;
    if (!subject || this.appearance.optionError) return;
    this.host.dispatchEvent(new CustomEvent("camera-change", { detail: subject.settings.camera }));
  }

  /** Keys of the frames: space plays, comma and full stop step. */
  #onKey({ key }: KeyboardEvent): boolean {
    if (key === ",") return this.playback.step(-1);
    if (key === ".") return this.playback.step(1);
    if (key !== " " || (this.loading.onScreen?.volume.frames ?? 1) < 2) return false;
    this.playback.toggle();
    return true;
  }

  /** The voxel at a point of the window, in words. */
  async #describe(x: number, y: number): Promise<string> {
    const [picked, { describeVoxel }] = await Promise.all([this.pick(x, y), import("../pick.ts")]);
    const volume = this.loading.onScreen?.volume;
    const say = sayIn(this.host.texts);
    return picked && volume ? describeVoxel(volume, picked.index, picked.label && [picked.label], say) : "";
  }
}
