/** <voxel-volume>: shows a volume file as semi-transparent voxels. */

import { LitElement, type PropertyDeclarations, type PropertyValues } from "lit";
import { fetched, VoxelVolumeError } from "../errors.ts";
import { appearance, drawnSettings, plainSettings, type ToldAppearance } from "../options/appearance.ts";
import type { LabelInput } from "../options/label-table.ts";
import type { Label } from "../options/labels.ts";
import { OPTION_NAMES, settingsFrom } from "../options/options.ts";
import type { DrawnSettings, Settings } from "../options/settings.ts";
import type { ValueScale } from "../options/value-scale.ts";
import {
  type EntryInfo,
  fromFiles,
  fromUrl,
  type NamedBlob,
  type Progress,
  type Source,
} from "../read/index.ts";
import type { ValueProfile } from "../values/profile.ts";
import type { ScalarImage, Vec3 } from "../volume.ts";
import type { Voxels } from "../voxels/voxels.ts";
import { CameraControl } from "./camera-control.ts";
import { listenForDrops } from "./drop.ts";
import type { ShownVolume } from "./explicit-volume.ts";
import { Hover } from "./hover.ts";
import type { LabelSource } from "./label-source.ts";
import { Loading } from "./loading.ts";
import { CAMERA, DRAW_ONLY, defaultOf, optionProperties, textsOf } from "./option-properties.ts";
import { listenForOrbit } from "./orbit.ts";
import type { Picked } from "./picked.ts";
import { Schedule, type Work } from "./schedule.ts";
import type { BlobOptions } from "./snapshot.ts";
import { spokenCamera } from "./spoken.ts";
import { type Shown, Stage } from "./stage.ts";
import { styles } from "./styles.ts";
import { template } from "./template.ts";

/** An element this close to the window, in CSS pixels, is loaded and drawn. */
const NEAR = "256px";
const TRANSPARENT: Settings["background"] = [0, 0, 0, 0];
/** Losses of the graphics device without a full picture in between, after which it is left alone. */
const MOST_LOSSES = 50;

/** Milliseconds without a change after which filled voxels are counted. */
const COUNT_MS = 200;

/** `detail` of the event "load": the volume, and how its values are drawn (explicit voxels have none). */
export interface LoadDetail extends Partial<ToldAppearance> {
  /** File name, or path in the archive. */
  readonly name: string;
  /** Every volume in the file. */
  readonly entries: readonly EntryInfo[];
  /** Voxels in the file, and in the grid that is drawn. */
  readonly dims: Vec3;
  readonly gridDims: Vec3;
  /** Whether the grid had to be made smaller than asked for to fit the GPU. */
  readonly reduced: boolean;
}

/** What an element can be given to show: a URL, a file, or several that belong together (.hdr and .img). */
export type LoadSource = string | URL | NamedBlob | Iterable<NamedBlob>;

/**
 * A volume file as semi-transparent voxels, coloured and blended on the GPU. Drag, pinch, wheel and the keys turn and
 * zoom it; a file dropped onto it is shown. Every option of the picture (see `OPTIONS`) is an attribute and a property.
 *
 * @element voxel-volume
 * @slot - shown in the canvas's place where WebGPU is missing
 * @slot poster - shown until the volume is; instead of the attribute `poster`
 * @fires {CustomEvent<LoadDetail>} load - a volume is on screen
 * @fires {CustomEvent<Progress>} progress - bytes arrived or were inflated
 * @fires {ErrorEvent} error - something went wrong; `error` is a VoxelVolumeError, `message` its one line
 * @fires {Event} abort - loading was given up, by `cancel()` or the button
 * @fires {CustomEvent<Camera>} camera-change - the camera was moved by hand
 * @fires {Event} device-restored - the picture is back after the graphics device was lost (which was an `error`)
 * @csspart canvas - the picture
 * @csspart axes - the layer behind it with the axes
 * @csspart poster - what is shown until the volume is
 * @csspart progress - the bar while a file loads
 * @csspart status - what is being done, while there is no picture yet
 * @csspart cancel - the button that gives loading up
 * @csspart error - the message over the picture
 * @csspart drop - the frame while a file is held above
 * @csspart readout - the value under the pointer
 * @csspart colorbar - the colour bar, or the legend of labels
 * @csspart notice - why little or nothing is seen, and the way out
 * @csspart controls - the panel of controls
 * @cssproperty --voxel-volume-accent - colour of the progress bar and of what is active
 * @cssproperty --voxel-volume-surface - behind messages and controls
 */
export class VoxelVolumeElement extends LitElement {
  static override styles = styles;
  static override properties: PropertyDeclarations = {
    src: { type: String },
    entry: { type: String },
    frame: { type: Number },
    voxels: { attribute: false },
    labels: { type: String },
    alt: { type: String },
    poster: { type: String },
    loading: { type: String },
    reveal: { type: String },
    controls: { type: Boolean, reflect: true },
    autoRotate: { type: Boolean, attribute: "auto-rotate" },
    autoRotateDelay: { type: Number, attribute: "auto-rotate-delay" },
    ...optionProperties,
    _progress: { state: true },
    _misfit: { state: true },
    _error: { state: true },
    _shown: { state: true },
    _revealed: { state: true },
    _held: { state: true },
    _spoken: { state: true },
    _readout: { state: true },
    _notice: { state: true },
    _labelError: { state: true },
    _cancelled: { state: true },
  };

  /** URL of a .zip, .nii, .nii.gz, .npy, .npz, or .hdr with its .img beside it. */
  declare src: string | undefined;
  /** Path of a volume inside a zip; the largest by default. */
  declare entry: string | undefined;
  /** Frame of a 4-D volume. */
  declare frame: number;
  /** Voxels with colours of their own, in place of `src`; the options that make voxels of values do nothing to them. */
  declare voxels: Voxels | undefined;
  /** Names and colours of labels: entries by label, the text of a table, or its URL. */
  declare labels: LabelInput | undefined;
  /** What the picture shows, for those who cannot see it. */
  declare alt: string | undefined;
  /** URL of a picture to show until the volume is. */
  declare poster: string | undefined;
  /** When to load: at once, or when the element comes near the window. */
  declare loading: "eager" | "lazy";
  /** When the poster goes: with the first picture, or when `dismissPoster()` is called, too. */
  declare reveal: "auto" | "manual";
  /** Whether there is a panel of controls. */
  declare controls: boolean;
  /** Whether the camera turns by itself while nobody moves it; not where reduced motion is preferred. */
  declare autoRotate: boolean;
  /** Milliseconds that it waits after a hand has moved the camera. */
  declare autoRotateDelay: number;
  declare kind: "auto" | "intensity" | "labels" | "mask" | "signed";
  declare window: string;
  declare threshold: string | number;
  declare only: string;
  declare hide: string;
  declare resolution: string;
  declare antialias: string | boolean;
  declare aspect: "physical" | "cube";
  declare blend: "weighted" | "exact";
  declare colormap: string;
  declare transform: "article" | "none";
  declare floor: number;
  declare gamma: number;
  declare contrast: number;
  declare bias: number;
  declare opacity: string | number;
  declare shade: string | boolean;
  declare light: string;
  declare explode: number;
  declare flip: string | undefined;
  declare crop: string | undefined;
  declare clip: string | undefined;
  declare view: "full" | "cut" | "diagonal" | "";
  declare azimuth: number | undefined;
  declare elevation: number;
  declare zoom: number;
  declare target: string;
  declare fit: "auto" | "content" | "article";
  declare distance: number;
  declare projection: "perspective" | "orthographic";
  declare axes: string | boolean;
  declare colorbar: string | boolean;

  /** @internal */
  declare _progress: Progress | undefined;
  /** What is wrong with the options; what else went wrong. @internal */
  declare _misfit: VoxelVolumeError | undefined;
  /** @internal */
  declare _error: VoxelVolumeError | undefined;
  /** Whether the canvas shows the volume that was asked for. @internal */
  declare _shown: boolean;
  /** Whether the poster may go. @internal */
  declare _revealed: boolean;
  /** Whether files are held above. @internal */
  declare _held: boolean;
  /** The camera in words, once it was moved. @internal */
  declare _spoken: string;
  /** What is under the pointer. @internal */
  declare _readout: string;
  /** @internal */
  declare _notice: string;
  /** What is wrong with the table of labels. @internal */
  declare _labelError: VoxelVolumeError | undefined;
  /** @internal */
  declare _cancelled: boolean;

  readonly #load = new Loading();
  readonly #schedule = new Schedule({
    work: (what) => this.#work(what),
    // A first picture is always made.
    isSeen: () => this.#near || !this._shown,
    isCoarse: () => this.#stage?.coarse ?? false,
    isBusy: () => this.busy && !this._misfit,
  });
  readonly #camera = new CameraControl(this, {
    camera: () => this.#settings?.camera,
    turned: (byItself) => {
      this.#turning = byItself;
      this.#applySettings();
      this.#schedule.move(byItself);
    },
    byHand: () => this.#movedByHand(),
    isSeen: () => this._shown && this.#near && !this._misfit,
  });
  readonly #hover = new Hover(
    (x, y) => this.#describe(x, y),
    (text) => {
      this._readout = text;
    },
  );
  /** The table of labels, once one has been set. */
  #labels: LabelSource | undefined;
  #stage: Stage | undefined;
  #canvas: HTMLCanvasElement | undefined;
  #listening: AbortController | undefined;
  #near = false;
  /** Whether the camera turns by itself now. */
  #turning = false;
  /** `src` as it was when a load took its place that it must not take back. */
  #overruled: { readonly src: string | undefined } | undefined;
  #source: Source | undefined;
  /** The source, entry and frame that were read last, or are being read. */
  #asked: readonly unknown[] = [];
  /** Whether the source is to be read once the element comes near the window. */
  #put = false;
  #volume: ShownVolume | undefined;
  #entries: readonly EntryInfo[] = [];
  #gridDims: Vec3 | undefined;
  /** Whether the volume has been on screen. */
  #wasShown = false;
  /** Losses of the device since the last full picture. */
  #losses = 0;
  /** Whether "load", or "device-restored", is still owed for the volume. */
  #owed: "load" | "device-restored" | undefined;
  /** The settings that are asked for, and those with which the volume is drawn. */
  #wanted: Settings | undefined;
  #settings: DrawnSettings | undefined;
  #profile: ValueProfile | undefined;
  #scale: ValueScale | undefined;
  #counting: ReturnType<typeof setTimeout> | undefined;
  /** What the colour bar was painted for. */
  #painted: readonly unknown[] = [];
  #axesLayer: typeof import("./axes-layer.ts") | undefined;

  constructor() {
    super();
    this.frame = 0;
    this.loading = "eager";
    this.reveal = "auto";
    this.controls = false;
    this.autoRotate = false;
    this.autoRotateDelay = 3000;
    this._shown = false;
    this._revealed = false;
    this._held = false;
    this._spoken = "";
    this._readout = "";
    this._notice = "";
    this._cancelled = false;
    for (const name of OPTION_NAMES) (this as Record<string, unknown>)[name] = defaultOf(name);
  }

  /**
   * Loads and shows a URL, a file, or files that belong together (as of an `<input type="file">`).
   * Resolves when it is on screen, or another load has taken its place; rejects with what "error" tells.
   */
  async load(source: LoadSource): Promise<void> {
    try {
      this.#source = sourceFrom(source);
      this.#overruled = { src: this.src };
    } catch (error) {
      throw this.#fail(error);
    }
    this.voxels = undefined;
    await this.#read();
  }

  /**
   * Shows voxels with colours of their own, in the manner of matplotlib's `ax.voxels`; as `load`, with "invalid-option"
   * where they make no sense.
   */
  async setVoxels(voxels: Voxels): Promise<void> {
    this.voxels = voxels;
    this.#source = undefined;
    this.#overruled = { src: this.src };
    await this.#read();
  }

  /** Gives up what is being loaded. */
  cancel(): void {
    if (!this.busy) return;
    this.#load.abort();
    this.#volume = undefined;
    this.#owed = undefined;
    this._progress = undefined;
    this._cancelled = true;
    this.dispatchEvent(new Event("abort"));
    this.#schedule.tell();
  }

  /** Puts the camera back to where the attributes, the properties and the view place it. */
  resetCamera(): void {
    this.#camera.home();
  }

  /** Lets the poster go, where `reveal` is "manual". */
  dismissPoster(): void {
    this._revealed = true;
  }

  /**
   * The picture as a file, with its axes and its colour bar, but without anything else that lies over it.
   * Rejects with a VoxelVolumeError where there is no picture or the options do not fit.
   */
  async toBlob(options: BlobOptions = {}): Promise<Blob> {
    const [stage, volume, settings] = await this.#loaded();
    const { clientWidth, clientHeight } = (this.#canvas as HTMLCanvasElement).parentElement as HTMLElement;
    const shown = [clientWidth, clientHeight] as const;
    const { snapshot } = await import("./snapshot.ts");
    const profile = this.#profile;
    const scale = settings.colorbar && profile ? await stage.scale(volume, settings) : undefined;
    const bar = scale && profile && { volume, profile, settings, scale };
    return snapshot(stage, volume, settings, shown, getComputedStyle(this).color, options, bar);
  }

  /** What is to be seen at a point of the window (as of a pointer's event); undefined where nothing is. */
  async pick(clientX: number, clientY: number): Promise<Picked | undefined> {
    const [stage, volume, settings, canvas] = [this.#stage, this.#volume, this.#settings, this.#canvas];
    if (!stage || !volume || !settings || !canvas || !this._shown) return undefined;
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const point = [(clientX - left) / width, (clientY - top) / height] as const;
    if (!point.every((p) => p >= 0 && p < 1)) return undefined;
    const [index, { pickedAt }] = await Promise.all([
      stage.pick(volume, settings, point),
      import("./picked.ts"),
    ]);
    const labels = await this.#labelsShown();
    return index && volume === this.#volume ? pickedAt(volume, index, labels) : undefined;
  }

  /**
   * How many of the volume's values, normalized or then transformed, too, fall into each of `bins` (at most 1024) equal
   * bins; missing values in none.
   * Waits for what is being loaded; rejects with a VoxelVolumeError where there is nothing.
   */
  async histogram(bins: number, stage: "normalized" | "transformed" = "normalized"): Promise<Uint32Array> {
    const [shown, volume, settings] = await this.#loaded();
    if (this.voxels) throw new VoxelVolumeError("invalid-option", "Voxels with own colours have no values");
    return shown.histogram(volume, settings, bins, stage);
  }

  /** What there is to draw, once it is there. */
  async #loaded(): Promise<[Stage, ShownVolume, DrawnSettings]> {
    await this.updateComplete;
    await this.#labels?.ready;
    if (!this.#volume && this.busy) {
      await new Promise((resolve) => {
        for (const type of ["load", "error", "abort"]) this.addEventListener(type, resolve, { once: true });
      });
    }
    const [stage, volume, settings] = [this.#stage, this.#volume, this.#settings];
    if (!stage || !volume || !settings) throw noPicture();
    return [stage, volume, settings];
  }

  /** Whether the volume that was asked for is on screen. */
  get loaded(): boolean {
    return this._shown;
  }

  /** Whether a volume is being loaded and made. */
  get busy(): boolean {
    return !!(this.#source || this.voxels) && !this._shown && !this._error && !this._cancelled && !this.#put;
  }

  /** Resolves when everything that was asked for has been loaded and drawn, or cannot be. */
  get drawn(): Promise<void> {
    return this.updateComplete.then(() => this.#labels?.ready).then(() => this.#schedule.idle);
  }

  /** The options as numbers, with the view's and what suits the volume; undefined before the first fit. */
  get settings(): DrawnSettings | undefined {
    return this.#settings;
  }

  /** What all values of the volume tell about it; undefined before it is read, and for explicit voxels. */
  get profile(): ValueProfile | undefined {
    return this.#profile;
  }

  /** From a value to its colour and alpha, as drawn; undefined before there is a picture, and for explicit voxels. */
  get scale(): ValueScale | undefined {
    return this.#scale;
  }

  /** Why little or nothing is seen, and the way out; empty where all is well. */
  get notice(): string {
    return this._shown ? this._notice : "";
  }

  /** The volume that is shown or about to be. */
  get volume(): ScalarImage | undefined {
    return this.#volume;
  }

  /** Every volume in the file. */
  get entries(): readonly EntryInfo[] {
    return this.#entries;
  }

  /** Name of the file. */
  get sourceName(): string {
    return this.#source?.name ?? "";
  }

  /** Voxels of the grid that is drawn. */
  get gridDims(): Vec3 | undefined {
    return this.#gridDims;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#start();
    this.#labels?.resume();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening?.abort();
    this.#load.abort();
    this.#near = false;
    this.#stage?.destroy();
    this.#stage = undefined;
    this.#schedule.stop();
    this.#labels?.abort();
    clearTimeout(this.#counting);
  }

  protected override firstUpdated(): void {
    this.#canvas = this.renderRoot.querySelector("canvas[part=canvas]") as HTMLCanvasElement;
    this.#start();
  }

  /** Begins to follow the canvas: its size, its place, gestures on it, and the device. */
  #start(): void {
    const canvas = this.#canvas as HTMLCanvasElement;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#stage = new Stage(canvas, (reason) => this.#deviceLost(reason));
    listenForOrbit(canvas, this.#camera, signal);
    const over = (held: boolean) => {
      this._held = held;
    };
    listenForDrops(this, { over, drop: (files) => void this.open(files).catch(() => {}) }, signal);
    const hover = (event: PointerEvent) => {
      if (this.controls && event.buttons === 0) void this.#hover.move(event);
    };
    canvas.addEventListener("pointermove", hover, { signal });
    // A finger does not hover: it taps.
    canvas.addEventListener("click", hover, { signal });
    canvas.addEventListener("pointerleave", () => this.#hover.leave(), { signal });
    const repaint = () => this.#schedule.request("draw");
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint, { signal });
    this.#camera.start(signal);
    const sizes = new ResizeObserver(([entry]) => this.#resize(entry));
    try {
      sizes.observe(canvas, { box: "device-pixel-content-box" });
    } catch {
      sizes.observe(canvas); // Safari
    }
    const places = new IntersectionObserver(
      (entries) => this.#place(entries.at(-1)?.isIntersecting ?? true),
      {
        rootMargin: NEAR,
      },
    );
    places.observe(this);
    signal.addEventListener("abort", () => {
      sizes.disconnect();
      places.disconnect();
    });
    if (this.#volume) this.#schedule.request("voxels");
    else if ((this.#source || this.voxels) && this.#load.signal?.aborted && !this._cancelled)
      void this.#read().catch(() => {});
  }

  #place(near: boolean): void {
    this.#near = near;
    if (!near) return;
    if (this.#put) {
      this.#put = false;
      void this.#read().catch(() => {});
    }
    this.#schedule.resume();
  }

  #resize({ devicePixelContentBoxSize, contentRect }: ResizeObserverEntry): void {
    const size = devicePixelContentBoxSize?.[0] ?? {
      inlineSize: Math.round(contentRect.width * devicePixelRatio),
      blockSize: Math.round(contentRect.height * devicePixelRatio),
    };
    this.#stage?.resize(size.inlineSize, size.blockSize);
    this.#schedule.move();
  }

  #movedByHand(): void {
    this.#hover.leave();
    if (!this.#settings || this._misfit) return;
    this._spoken = spokenCamera(this.#settings.camera);
    this.dispatchEvent(new CustomEvent("camera-change", { detail: this.#settings.camera }));
  }

  /** The voxel at a point of the window, in words. */
  async #describe(x: number, y: number): Promise<string> {
    const picked = await this.pick(x, y);
    const { describeVoxel } = await import("./picked.ts");
    return picked && this.#volume
      ? describeVoxel(this.#volume, picked.index, picked.label && [picked.label])
      : "";
  }

  /** The labels of the volume; none where its values are no labels. */
  async #labelsShown(): Promise<Label[]> {
    const [profile, settings] = [this.#profile, this.#settings];
    if (!profile || settings?.kind !== "labels") return [];
    const { labelsOf } = await import("../options/labels.ts");
    return labelsOf(profile, settings);
  }

  /** Begins again, but neither with a volume that was never shown nor for ever. */
  #deviceLost(reason: string): void {
    this.#losses++;
    const again = this.#wasShown && this.#losses <= MOST_LOSSES;
    this._shown = false;
    this.#fail(
      new VoxelVolumeError(
        "device-lost",
        `The graphics device was lost${reason ? ` (${reason})` : ""}${again ? "; starting it again" : ""}`,
      ),
    );
    if (!again) return;
    this.#owed ??= "device-restored";
    this.#schedule.request("voxels");
  }

  /** What a person chose or dropped: files, whatever entry and frame were asked for before. As `load`. */
  async open(files: Iterable<NamedBlob>): Promise<void> {
    this.entry = undefined;
    this.frame = 0;
    await this.load(files);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (
      changed.has("view") &&
      changed.get("view") !== undefined &&
      !this.hasAttribute("azimuth") &&
      !changed.has("azimuth")
    ) {
      this.azimuth = undefined;
    }
    this.#camera.update(changed);
    if (changed.has("labels") && (this.#labels || this.labels))
      this.#setLabels().catch((error) => this.#report(error));
    const overruled = this.#overruled?.src === this.src && this.#overruled !== undefined;
    this.#overruled = undefined;
    const fromVoxels = changed.has("voxels") && !this.#isBeingRead();
    if (fromVoxels && this.voxels) this.#source = undefined;
    else if ((changed.has("src") && !overruled) || (fromVoxels && !this.#source)) {
      this.voxels = undefined;
      try {
        this.#source = this.src ? fromUrl(String(this.src)) : undefined;
      } catch (error) {
        this.#source = undefined;
        this.#fail(error);
      }
    }
    const source = ["src", "entry", "frame", "voxels"].some((name) => changed.has(name));
    // At first everything has changed; `load` may have begun by then.
    if (source && (this.hasUpdated || this.src || this.voxels) && !this.#isBeingRead()) this.#readWhenNear();
    const options = OPTION_NAMES.filter((name) => changed.has(name));
    if (options.length > 0) this.#applySettings(options.every((name) => DRAW_ONLY.includes(name)));
    if (this._shown && options.some((name) => !CAMERA.includes(name))) this.#countSoon();
    if (this.hasUpdated && options.some((name) => CAMERA.includes(name))) this.#schedule.move(this.#turning);
    this.#turning = false;
    if (changed.has("loading") && this.loading !== "lazy") this.#place(true);
    if (changed.has("controls") && this.controls) {
      void import("./controls/controls.ts").then(() => this.requestUpdate());
    }
  }

  /** Takes over the options; an unfit one is reported, and the picture stays as it was. */
  #applySettings(drawOnly = true): void {
    try {
      this.#wanted = settingsFrom(textsOf(this), TRANSPARENT, this.#labels?.table ?? null);
      this.#settings = this.#resolved();
      // What went wrong before the change may go well after it.
      if (this._shown) this._error = undefined;
      // While the options did not fit, changes of any kind were left out.
      this.#schedule.request(drawOnly && !this._misfit ? "draw" : "voxels");
      this._misfit = undefined;
    } catch (error) {
      const known = this._misfit?.message === (error as VoxelVolumeError).message;
      this._misfit = error as VoxelVolumeError;
      if (!known) this.#report(this._misfit);
    }
  }

  /** The wanted settings, with what suits the volume where they leave it open. */
  #resolved(): DrawnSettings | undefined {
    const [wanted, volume, profile] = [this.#wanted, this.#volume, this.#profile];
    if (!wanted) return undefined;
    return volume?.kind === "volume" && profile
      ? drawnSettings(wanted, volume, profile)
      : plainSettings(wanted, volume);
  }

  #wishes(): unknown[] {
    return [this.#source, this.entry, this.frame, this.voxels];
  }

  #isBeingRead(): boolean {
    return this.#wishes().every((part, i) => part === this.#asked[i]);
  }

  /** A lazy element is read once it comes near the window. */
  #readWhenNear(): void {
    if (this.loading === "lazy" && !this.#near && (this.#source || this.voxels)) {
      this.#load.abort();
      this.#put = true;
      this._shown = false;
    } else void this.#read().catch(() => {});
  }

  /** Reads `#source`; whatever was loading before is given up. */
  async #read(): Promise<void> {
    this.#load.abort();
    // Another frame or entry is of the same file.
    if (this.#source !== this.#asked[0]) this.#entries = [];
    this.#asked = this.#wishes();
    this.#volume = undefined;
    this.#profile = undefined;
    this.#scale = undefined;
    this._notice = "";
    this.#wasShown = false;
    this._shown = false;
    this._error = undefined;
    this._labelError = undefined;
    this._progress = undefined;
    this._readout = "";
    this._cancelled = false;
    this.#put = false;
    const [source, voxels] = [this.#source, this.voxels];
    if (!source && !voxels) return this.#schedule.tell();
    this.#stage?.warmUp();
    try {
      const onProgress = (progress: Progress) => {
        this._progress = progress;
        this.dispatchEvent(new CustomEvent("progress", { detail: progress }));
      };
      const loaded = source
        ? await this.#load.read(source, this.entry ?? undefined, this.frame ?? undefined, onProgress)
        : await this.#load.make(voxels as Voxels);
      if (!loaded) return;
      this.#volume = loaded.volume;
      this.#entries = loaded.entries;
      this.#profile = loaded.profile;
      this.#settings = this.#resolved();
    } catch (error) {
      throw this.#fail(error);
    }
    this.#owed = "load";
    this.#schedule.request("voxels");
    this.requestUpdate();
    if (this._misfit) throw this._misfit;
    await this.#shown(this.#load.signal as AbortSignal);
  }

  /** Resolves when the volume is on screen, rejects with what prevents it. */
  #shown(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.addEventListener("load", () => resolve(), { once: true, signal });
      const isOfVolume = (error: unknown) => error === this._error || error === this._misfit;
      this.addEventListener("error", ({ error }) => isOfVolume(error) && reject(error), { signal });
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }

  /** Shows and reports what went wrong; anything unforeseen is the GPU's. */
  #fail(cause: unknown): VoxelVolumeError {
    const error =
      cause instanceof VoxelVolumeError
        ? cause
        : new VoxelVolumeError(
            "out-of-memory",
            `The volume could not be drawn: ${(cause as Error).message}`,
            { cause },
          );
    this._error = error;
    this._progress = undefined;
    this.#report(error);
    this.#schedule.tell();
    return error;
  }

  #report(error: VoxelVolumeError): void {
    this.dispatchEvent(new ErrorEvent("error", { error, message: error.message }));
  }

  async #work(what: Work): Promise<void> {
    const [stage, volume, settings] = [this.#stage, this.#volume, this.#settings];
    if (!stage || !volume || !settings) return;
    const current = () => volume === this.#volume && stage === this.#stage;
    try {
      this.#paintAxes(volume, settings);
      if (!settings.colorbar || this.#scale) this.#paintColorBar();
      if (what === "draw" && this._shown) {
        await stage.draw(volume, settings, this.#schedule.moving);
        if (!stage.coarse) this.#losses = 0;
        return;
      }
      this._error = undefined;
      const shown = await stage.show(volume, settings);
      if (stage.coarse) this.#schedule.awaitRest();
      else this.#losses = 0;
      if (current()) this.#onShown(volume, shown, settings);
    } catch (error) {
      // A lost device tells of itself: see #deviceLost.
      if (current() && (error as VoxelVolumeError).code !== "device-lost") this.#fail(error);
    }
  }

  #paintAxes(volume: ShownVolume, settings: DrawnSettings): void {
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>("canvas[part=axes]");
    if (!canvas) return;
    if (!settings.axes) canvas.width = 0;
    else if (this.#axesLayer) this.#axesLayer.paintAxesLayer(canvas, settings, volume);
    else {
      void import("./axes-layer.ts").then((module) => {
        this.#axesLayer = module;
        this.#schedule.request("draw");
      });
    }
  }

  /** Paints the colour bar, or gives its strip back to the picture. */
  #paintColorBar(): void {
    const picture = this.renderRoot.querySelector<HTMLElement>(".picture");
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>("canvas[part=colorbar]");
    const [volume, profile, settings, scale] = [this.#volume, this.#profile, this.#settings, this.#scale];
    if (!canvas || !settings?.colorbar || !volume || !profile || !scale) {
      picture?.style.removeProperty("--strip");
      this.#painted = [];
      return;
    }
    const { kind, colormap, labels } = settings;
    const size = [
      picture?.clientWidth,
      picture?.clientHeight,
      devicePixelRatio,
      getComputedStyle(canvas).color,
    ];
    const shown = [canvas, profile, scale, kind, colormap, labels, this.only, this.hide, ...size];
    if (shown.every((part, i) => part === this.#painted[i])) return;
    this.#painted = shown;
    const painting = fetched(import("./color-bar-layer.ts"))
      .then(({ paintBarLayer }) => paintBarLayer(canvas, { volume, profile, settings, scale }))
      .then((width) => {
        if (canvas.isConnected) picture?.style.setProperty("--strip", `${width}px`);
      });
    painting.catch((error) => this.#report(error));
  }

  async #setLabels(): Promise<void> {
    const { LabelSource } = await fetched(import("./label-source.ts"));
    this.#labels ??= new LabelSource((error) => {
      this._labelError = error as VoxelVolumeError | undefined;
      if (error) this.#report(error as VoxelVolumeError);
      this.#applySettings(false);
    });
    this.#labels.set(this.labels);
  }

  /** Counts what is filled, once nothing has changed for a moment, and finds what a person should know of it. */
  #countSoon(): void {
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => {
      // What fails is told by the next frame.
      this.#findNotice().catch(() => {});
    }, COUNT_MS);
  }

  async #findNotice(): Promise<void> {
    const [stage, volume, settings] = [this.#stage, this.#volume, this.#settings];
    const [profile, counting] = [this.#profile, this.#counting];
    if (!stage || !volume || !settings || !profile) return;
    const [filled, { noticeOf }] = await Promise.all([
      stage.countFilled(volume, settings),
      import("../options/notice.ts"),
    ]);
    if (counting === this.#counting && volume === this.#volume)
      this._notice = noticeOf(settings, profile, filled) ?? "";
  }

  #onShown(volume: ShownVolume, { gridDims, scale }: Shown, settings: DrawnSettings): void {
    if (this._error) return;
    const { resolution } = settings;
    this.#scale = scale;
    this.#paintColorBar();
    this.#countSoon();
    this._shown = true;
    this.#wasShown = true;
    this._progress = undefined;
    this.#gridDims = gridDims;
    this.requestUpdate();
    const owed = this.#owed;
    this.#owed = undefined;
    if (owed === "device-restored") this.dispatchEvent(new Event(owed));
    if (owed !== "load") return;
    const wanted = resolution === "native" || this.voxels ? volume.dims : resolution;
    const detail: LoadDetail = {
      name: volume.name,
      entries: this.#entries,
      dims: volume.dims,
      gridDims,
      reduced: wanted.some((n, axis) => n !== gridDims[axis]),
      ...(this.#profile && appearance(settings, this.#profile)),
    };
    this.dispatchEvent(new CustomEvent("load", { detail }));
  }

  protected override updated(): void {
    // The panel shows what the element is, whatever of it has changed.
    this.renderRoot.querySelector<LitElement>("voxel-volume-controls")?.requestUpdate();
  }

  protected override render() {
    return template(this, {
      settings: this.#settings,
      busy: this.busy && !this._misfit,
      error: this._misfit ?? this._error ?? this._labelError,
      notice: this.notice,
      open: (files) => void this.open(files).catch(() => {}),
      repaint: () => this.#schedule.request("draw"),
    });
  }
}

function noPicture(): VoxelVolumeError {
  return new VoxelVolumeError(
    "invalid-option",
    "There is no picture: nothing has been loaded into the element",
  );
}

function sourceFrom(source: LoadSource): Source {
  if (typeof source === "string" || source instanceof URL) return fromUrl(String(source));
  if (source instanceof Blob) return fromFiles([source as NamedBlob]);
  if (typeof source === "object" && source && Symbol.iterator in source) return fromFiles([...source]);
  throw new VoxelVolumeError("invalid-option", `load(${source}): expected a URL, a file, or several files`);
}
