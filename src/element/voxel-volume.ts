/** <voxel-volume>: shows a volume file as semi-transparent voxels. */

import type { LitElement, PropertyValues } from "lit";
import { fetched } from "../errors.ts";
import type { AxisViewName } from "../options/orientation.ts";
import type { DrawnSettings } from "../options/settings.ts";
import type { ValueScale } from "../options/value-scale.ts";
import type { EntryInfo, NamedBlob } from "../read/index.ts";
import type { ViewerState } from "../state/state.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import type { ScalarImage, Vec3 } from "../volume.ts";
import type { Voxels } from "../voxels/voxels.ts";
import type { BlobOptions, FilmOptions, PageOptions, Picked } from "./api-types.ts";
import { ElementControllers } from "./controllers/element-controllers.ts";
import type { FileOptions } from "./element-files.ts";
import { dispatchError } from "./error-event.ts";
import type { LoadSource } from "./load-request.ts";
import { messageStyles } from "./message-styles.ts";
import { VoxelVolumeProperties } from "./properties.ts";
import { styles } from "./styles.ts";
import { template } from "./template.ts";

/**
 * A volume file as semi-transparent voxels, coloured and blended on the GPU. Drag, pinch and keys rotate and zoom it; a
 * file dropped onto it is shown. Every option of the picture (see `OPTIONS`) is an attribute and a property.
 *
 * @element voxel-volume
 * @slot - shown instead of the picture if WebGPU is missing, and by the browser if the script has not loaded
 * @slot poster - shown until the volume is drawn; instead of the attribute `poster`
 * @fires {CustomEvent<LoadDetail>} load - a volume is on screen
 * @fires {CustomEvent<Progress>} progress - bytes arrived or were inflated
 * @fires {ErrorEvent} error - something went wrong; `error` is a VoxelVolumeError, `message` its message in one line
 * @fires {Event} abort - loading was cancelled, by `cancel()` or the button
 * @fires {CustomEvent<DrawnCamera>} camera-change - the user moved the camera
 * @fires {Event} device-restored - the picture is back after the graphics device was lost (which was an `error`)
 * @csspart canvas - the picture
 * @csspart axes - the layer with the axes behind the picture
 * @csspart poster - what is shown until the volume is drawn
 * @csspart progress - the progress bar while a file loads
 * @csspart refining - the line while finer parts of a large volume come
 * @csspart status - what the element is doing
 * @csspart cancel - the button that cancels loading
 * @csspart error - the error message
 * @csspart dismiss - the button that closes the error message
 * @csspart drop - the frame while a file is held over the element
 * @csspart readout - the value under the pointer
 * @csspart hint - how to zoom when the wheel scrolls the page
 * @csspart colorbar - the colour bar, or the legend of labels
 * @csspart annotations - the scale bar and the orientation marker
 * @csspart notice - why little or nothing is visible, and how to change that
 * @csspart controls - the panel of controls
 * @cssproperty --voxel-volume-accent - colour of the progress bar and of what is active
 * @cssproperty --voxel-volume-surface - behind messages and controls
 */
export class VoxelVolumeElement extends VoxelVolumeProperties {
  static override styles = [styles, messageStyles];

  /** URL of voxel-volume.bundle.js, which `toPage` needs, if a bundler has moved the package's files. */
  static bundleUrl: string | undefined;

  readonly #controllers = new ElementControllers(this);
  #isPosterDismissed = false;
  /** Settles when the states that were set, or found in the hash, have been applied. */
  #followed: Promise<void> | undefined;

  /**
   * Loads and shows a URL, a file, files that belong together (as from an `<input type="file">`), bytes of a file, or
   * explicit voxels. Resolves when it is on screen, or when another load has replaced it; rejects with the error that
   * "error" reports.
   */
  load(source: LoadSource): Promise<void> {
    return this.#controllers.loading.load(source);
  }

  /** Shows explicit voxels, similar to matplotlib's `ax.voxels`; the same as `load(voxels)`. */
  setVoxels(voxels: Voxels): Promise<void> {
    return this.load(voxels);
  }

  /**
   * Like `load`, for files that the user chose or dropped: entry, frame, cuts, and other options set for the previous
   * file are reset once the new one has been read.
   */
  open(files: Iterable<NamedBlob>): Promise<void> {
    return this.#controllers.open(files);
  }

  /** Cancels loading. */
  cancel(): void {
    this.#controllers.loading.cancel();
  }

  /** Moves the camera back to where the attributes, the properties and the view place it. */
  resetCamera(): void {
    this.#controllers.camera.reset();
  }

  /** Turns the camera to look along an axis of the volume; resolves when it is in place. */
  lookAlong(view: AxisViewName): Promise<void> {
    return this.#controllers.lookAlong(view);
  }

  /** Plays the frames of a 4-D volume, like `playing`, even if reduced motion is preferred. */
  play(): void {
    this.#controllers.play();
  }

  /** Stops playing. */
  pause(): void {
    this.playing = false;
  }

  /** Moves on by this many frames, wrapping around at the ends. */
  step(by: number): void {
    this.#controllers.step(Math.round(by) || 0);
  }

  /** Allows the poster to be hidden if `reveal` is "manual". */
  dismissPoster(): void {
    this.#isPosterDismissed = true;
    this.requestUpdate();
  }

  /**
   * The picture as a file, with its axes, colour bar, scale bar and orientation marker, but without anything else on top of it.
   * Rejects with a VoxelVolumeError if there is no picture or an option is invalid.
   */
  toBlob(options?: BlobOptions): Promise<Blob> {
    return this.#file("picture", options);
  }

  /**
   * A film of the picture, as a file, in which the camera turns, options change or the frames of a 4-D volume play. The
   * picture on screen stays as it is.
   * Rejects with a VoxelVolumeError if there is no picture, an option is invalid or the browser cannot write the format;
   * with the reason of `signal` if that is aborted.
   */
  toFilm(options: FilmOptions): Promise<Blob> {
    return this.#file("film", options);
  }

  /**
   * The volume as a web page that shows it live, with the options and the camera as they are.
   * Rejects with a VoxelVolumeError if there is no volume, it is too large, or the page's script is not found.
   */
  toPage(options?: PageOptions): Promise<Blob> {
    return this.#file("page", options);
  }

  async #file<K extends keyof FileOptions>(kind: K, options: FileOptions[K] | undefined): Promise<Blob> {
    const ready = await this.#controllers.drawing.ready();
    const { elementFile } = await fetched(import("./element-files.ts"));
    return elementFile(kind, ready, this, options);
  }

  /** The voxel that is visible at a point of the window (as in a pointer event); undefined if there is none. */
  pick(clientX: number, clientY: number): Promise<Picked | undefined> {
    return this.#controllers.pick(clientX, clientY);
  }

  /**
   * Counts the volume's values, normalized or also transformed, in `bins` (at most 1024) equal bins; missing values are
   * not counted.
   * Waits until loading is done; rejects with a VoxelVolumeError if there is no volume.
   */
  histogram(bins: number, stage: "normalized" | "transformed" = "normalized"): Promise<Uint32Array> {
    return this.#controllers.histogram(bins, stage);
  }

  /**
   * Volume, options and camera as JSON; undefined before there is a picture. Set, it brings them back, and other options
   * return to their defaults. A state without `src` keeps the volume.
   */
  get state(): ViewerState | undefined {
    return this.#controllers.interaction?.takeState(this, this.#controllers.loading);
  }

  set state(state: ViewerState | undefined) {
    const { interaction, loading } = this.#controllers;
    // Before there is a picture, the code has to be fetched.
    if (interaction) interaction.applyState(this, state, loading);
    else
      this.#followed = this.#use(import("./element-state.ts"), ({ applyState }) =>
        applyState(this, state, loading),
      );
  }

  /** True if the requested volume is on screen. */
  get loaded(): boolean {
    return this.#controllers.loading.state.kind === "shown";
  }

  /** True if a volume is being loaded or prepared. */
  get busy(): boolean {
    return this.#controllers.loading.isBusy;
  }

  /** Resolves when everything requested is loaded and drawn, or has failed. */
  get drawn(): Promise<void> {
    return this.#settled();
  }

  /**
   * All options as numbers, including those from the view and from the volume; undefined until the options are first
   * valid.
   */
  get settings(): DrawnSettings | undefined {
    return this.#controllers.appearance.settings;
  }

  /** Statistics of the volume's values; undefined before it is read, and for explicit voxels. */
  get profile(): ValueProfile | undefined {
    return this.#controllers.loading.drawable?.profile;
  }

  /** Maps a value to its colour and alpha, as drawn; undefined before there is a picture, and for explicit voxels. */
  get scale(): ValueScale | undefined {
    return this.#controllers.drawing.scale;
  }

  /** Why little or nothing is visible, and how to change that; may be empty. */
  get notice(): string {
    return this.#controllers.drawing.notice.text;
  }

  /** The volume that is shown or about to be shown; while another is being read, the previous one. */
  get volume(): ScalarImage | undefined {
    return this.#controllers.loading.drawable?.volume;
  }

  /** Every volume in the file. */
  get entries(): readonly EntryInfo[] {
    return this.#controllers.loading.drawable?.entries ?? [];
  }

  /** Name of the file. */
  get sourceName(): string {
    return this.#controllers.loading.drawable?.request.file?.name ?? "";
  }

  /** Dimensions of the drawn voxel grid. */
  get gridDims(): Vec3 | undefined {
    return this.#controllers.drawing.gridDims;
  }

  override requestUpdate(...change: Parameters<VoxelVolumeProperties["requestUpdate"]>): void {
    const [name] = change;
    if (name === "src" || name === "voxels") this.#controllers.loading.note(name);
    super.requestUpdate(...change);
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#controllers.update(changed);
    if (changed.has("controls") && this.controls)
      this.#use(import("./controls/controls.ts"), () => this.requestUpdate());
    if (changed.has("permalink"))
      this.#followed = this.#use(import("./controllers/permalink.ts"), ({ followHash }) => followHash(this));
  }

  /** Uses a part of the package once it is fetched; an error is reported. */
  #use<T>(part: Promise<T>, use: (part: T) => void): Promise<void> {
    return fetched(part).then(use, (error) => dispatchError(this, error));
  }

  async #settled(): Promise<void> {
    await this.updateComplete;
    for (let last: unknown = this; last !== this.#followed; await last) last = this.#followed;
    await this.updateComplete;
    await this.#controllers.idle();
  }

  protected override render() {
    return template(this, this.#controllers, this.#isPosterDismissed);
  }

  protected override updated(): void {
    // The panel depends on most of the element's state, so it updates with every change.
    this.renderRoot.querySelector<LitElement>("voxel-volume-controls")?.requestUpdate();
  }
}
