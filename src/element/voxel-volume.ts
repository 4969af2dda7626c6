/** <voxel-volume>: shows a volume file as semi-transparent voxels. */

import type { LitElement, PropertyValues } from "lit";
import { fetched } from "../errors.ts";
import type { AxisViewName } from "../options/orientation.ts";
import type { DrawnSettings } from "../options/settings.ts";
import type { ValueScale } from "../options/value-scale.ts";
import type { EntryInfo, NamedBlob } from "../read/index.ts";
import { sayIn } from "../texts.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import type { ScalarImage, Vec3 } from "../volume.ts";
import type { Voxels } from "../voxels/voxels.ts";
import type { BlobOptions, Picked } from "./api-types.ts";
import { ElementControllers } from "./controllers/element-controllers.ts";
import { dispatchError } from "./error-event.ts";
import type { LoadSource } from "./load-request.ts";
import { overlayStyles } from "./overlay-styles.ts";
import { VoxelVolumeProperties } from "./properties.ts";
import { styles } from "./styles.ts";
import { template } from "./template.ts";

/**
 * A volume file as semi-transparent voxels, coloured and blended on the GPU. Drag, pinch and keys turn and zoom it; a
 * file dropped onto it is shown. Every option of the picture (see `OPTIONS`) is an attribute and a property.
 *
 * @element voxel-volume
 * @slot - shown in place of the picture where WebGPU is missing, and by the browser where the script has not loaded
 * @slot poster - shown until the volume is; instead of the attribute `poster`
 * @fires {CustomEvent<LoadDetail>} load - a volume is on screen
 * @fires {CustomEvent<Progress>} progress - bytes arrived or were inflated
 * @fires {ErrorEvent} error - something went wrong; `error` is a VoxelVolumeError, `message` its one line
 * @fires {Event} abort - loading was given up, by `cancel()` or the button
 * @fires {CustomEvent<DrawnCamera>} camera-change - the camera was moved by hand
 * @fires {Event} device-restored - the picture is back after the graphics device was lost (which was an `error`)
 * @csspart canvas - the picture
 * @csspart axes - the layer behind it with the axes
 * @csspart poster - what is shown until the volume is
 * @csspart progress - the bar while a file loads
 * @csspart status - what is being done
 * @csspart cancel - the button that gives loading up
 * @csspart error - the message about what went wrong
 * @csspart dismiss - the button that closes it
 * @csspart drop - the frame while a file is held above
 * @csspart readout - the value under the pointer
 * @csspart hint - how to zoom where the wheel scrolls the page
 * @csspart colorbar - the colour bar, or the legend of labels
 * @csspart notice - why little or nothing is seen, and the way out
 * @csspart controls - the panel of controls
 * @cssproperty --voxel-volume-accent - colour of the progress bar and of what is active
 * @cssproperty --voxel-volume-surface - behind messages and controls
 */
export class VoxelVolumeElement extends VoxelVolumeProperties {
  static override styles = [styles, overlayStyles];

  readonly #controllers = new ElementControllers(this);
  #isPosterDismissed = false;

  /**
   * Loads and shows a URL, a file, files that belong together (as of an `<input type="file">`), bytes of a file, or
   * explicit voxels. Resolves when it is on screen, or another load has taken its place; rejects with what "error" reports.
   */
  load(source: LoadSource): Promise<void> {
    return this.#controllers.loading.load(source);
  }

  /** Shows explicit voxels, in the manner of matplotlib's `ax.voxels`; the same as `load(voxels)`. */
  setVoxels(voxels: Voxels): Promise<void> {
    return this.load(voxels);
  }

  /**
   * As `load`, for files that a person chose or dropped: entry, frame, cuts, and what else was set for the file before
   * is reset once the new one has been read.
   */
  open(files: Iterable<NamedBlob>): Promise<void> {
    return this.#controllers.open(files);
  }

  /** Gives up what is being loaded. */
  cancel(): void {
    this.#controllers.loading.cancel();
  }

  /** Puts the camera back to where the attributes, the properties and the view place it. */
  resetCamera(): void {
    this.#controllers.camera.reset();
  }

  /** Turns the camera to look along an axis of the volume; resolves when it has the new place. */
  lookAlong(view: AxisViewName): Promise<void> {
    return this.#controllers.lookAlong(view);
  }

  /** Plays the frames of a 4-D volume, as `playing`, even where reduced motion is preferred. */
  play(): void {
    this.#controllers.play();
  }

  /** Stops playing. */
  pause(): void {
    this.playing = false;
  }

  /** Shows the frame so many after the present one, around the ends. */
  step(by: number): void {
    this.#controllers.step(Math.round(by) || 0);
  }

  /** Lets the poster go, where `reveal` is "manual". */
  dismissPoster(): void {
    this.#isPosterDismissed = true;
    this.requestUpdate();
  }

  /**
   * The picture as a file, with its axes and its colour bar, but without anything else that lies over it.
   * Rejects with a VoxelVolumeError where there is no picture or the options do not fit.
   */
  async toBlob(options: BlobOptions = {}): Promise<Blob> {
    const ready = await this.#controllers.drawing.ready();
    const { snapshot } = await fetched(import("./canvas/snapshot.ts"));
    return snapshot(
      ready,
      this.renderRoot.querySelector(".picture") as HTMLElement,
      options,
      sayIn(this.texts),
    );
  }

  /** The voxel that is seen at a point of the window (as of a pointer's event); undefined where there is none. */
  pick(clientX: number, clientY: number): Promise<Picked | undefined> {
    return this.#controllers.pick(clientX, clientY);
  }

  /**
   * How many of the volume's values, normalized or then transformed, too, fall into each of `bins` (at most 1024) equal
   * bins; missing values in none.
   * Waits for what is being loaded; rejects with a VoxelVolumeError where there is nothing.
   */
  histogram(bins: number, stage: "normalized" | "transformed" = "normalized"): Promise<Uint32Array> {
    return this.#controllers.histogram(bins, stage);
  }

  /** Whether the volume that was asked for is on screen. */
  get loaded(): boolean {
    return this.#controllers.loading.state.kind === "shown";
  }

  /** Whether a volume is being loaded and made. */
  get busy(): boolean {
    return this.#controllers.loading.isBusy;
  }

  /** Resolves when everything that was asked for has been loaded and drawn, or cannot be. */
  get drawn(): Promise<void> {
    return this.updateComplete.then(() => this.#controllers.idle());
  }

  /** The options as numbers, with the view's and what suits the volume; undefined before the first fit. */
  get settings(): DrawnSettings | undefined {
    return this.#controllers.appearance.settings;
  }

  /** Statistics of the volume's values; undefined before it is read, and for explicit voxels. */
  get profile(): ValueProfile | undefined {
    return this.#controllers.loading.drawable?.profile;
  }

  /** From a value to its colour and alpha, as drawn; undefined before there is a picture, and for explicit voxels. */
  get scale(): ValueScale | undefined {
    return this.#controllers.drawing.scale;
  }

  /** Why little or nothing is seen, and the way out; empty where all is well. */
  get notice(): string {
    return this.#controllers.drawing.notice.text;
  }

  /** The volume that is shown or about to be; while the next one is read, the last one. */
  get volume(): ScalarImage | undefined {
    return this.#controllers.loading.drawable?.volume;
  }

  /** Every volume in its file. */
  get entries(): readonly EntryInfo[] {
    return this.#controllers.loading.drawable?.entries ?? [];
  }

  /** Name of its file. */
  get sourceName(): string {
    return this.#controllers.loading.drawable?.request.file?.name ?? "";
  }

  /** Voxels of the grid that is drawn. */
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
    if (changed.has("controls") && this.controls) {
      fetched(import("./controls/controls.ts")).then(
        () => this.requestUpdate(),
        (error) => dispatchError(this, error),
      );
    }
  }

  protected override render() {
    return template(this, this.#controllers, this.#isPosterDismissed);
  }

  protected override updated(): void {
    // The panel shows what the element is, whatever of it has changed.
    this.renderRoot.querySelector<LitElement>("voxel-volume-controls")?.requestUpdate();
  }
}
