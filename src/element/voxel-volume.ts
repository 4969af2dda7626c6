/** <voxel-volume>: shows a volume file as semi-transparent voxels. */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { VoxelVolumeError } from "../errors.ts";
import {
  type EntryInfo,
  fromFiles,
  fromUrl,
  type NamedBlob,
  type Progress,
  readVolume,
  type Source,
} from "../read/index.ts";
import { OPTION_NAMES, OPTIONS, type OptionName, type OptionTexts, settingsFrom } from "../view/options.ts";
import type { Settings } from "../view/settings.ts";
import type { Vec3, Volume } from "../volume.ts";
import { sharedDevice } from "./device.ts";
import { listenForOrbit, type OrbitChange } from "./orbit.ts";
import { Stage } from "./stage.ts";
import { styles } from "./styles.ts";

/** Options that `view` sets where they are not set themselves. */
const FROM_VIEW: readonly OptionName[] = ["flip", "crop", "clip", "azimuth"];
const CAMERA: readonly OptionName[] = ["azimuth", "elevation", "zoom", "distance", "projection"];
/** Options that only the drawing needs: the voxels stay as they are. */
const DRAW_ONLY: readonly OptionName[] = ["aspect", "blend", "colormap", "opacity", "explode", ...CAMERA];
/** Milliseconds without a change of camera or size after which it is at rest. */
const REST_MS = 200;
const TRANSPARENT: Settings["background"] = [0, 0, 0, 0];

/** `detail` of the event "load". */
export interface LoadDetail {
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

/** The attribute's text as the property's value: numbers as such, but kept as written where they are none. */
function property(name: OptionName) {
  const fallback = defaultOf(name);
  const fromAttribute = (text: string | null) => {
    if (text === null) return fallback;
    const n = Number(text);
    return isNumeric(name) && text.trim() !== "" && !Number.isNaN(n) ? n : text;
  };
  return { attribute: name, converter: { fromAttribute } };
}

function isNumeric(name: OptionName): boolean {
  return typeof OPTIONS[name].parse(OPTIONS[name].default) === "number";
}

function defaultOf(name: OptionName): string | number | undefined {
  if (FROM_VIEW.includes(name)) return undefined;
  return isNumeric(name) ? Number(OPTIONS[name].default) : OPTIONS[name].default;
}

/**
 * A volume file as semi-transparent voxels, coloured and blended on the GPU; drag turns it, wheel and pinch zoom.
 * Every option of the picture (see `OPTIONS`) is an attribute and a property.
 *
 * @element voxel-volume
 * @slot - shown in the canvas's place where WebGPU is missing
 * @fires load - a volume is on screen; `detail` is a LoadDetail
 * @fires progress - bytes arrived or were inflated; `detail` is a Progress
 * @fires error - something went wrong; `error` is a VoxelVolumeError, `message` its one line
 * @fires camera-change - the camera was moved by hand
 * @csspart canvas - the picture
 * @csspart progress - the bar while a file loads
 * @csspart status - what is being done, while there is no picture yet
 * @csspart error - the message over the picture
 * @cssproperty --voxel-volume-accent - colour of the progress bar
 * @cssproperty --voxel-volume-surface - behind the error message
 */
export class VoxelVolumeElement extends LitElement {
  static override styles = styles;
  static override properties: PropertyDeclarations = {
    src: { type: String },
    entry: { type: String },
    frame: { type: Number },
    alt: { type: String },
    ...Object.fromEntries(OPTION_NAMES.map((name) => [name, property(name)])),
    _progress: { state: true },
    _misfit: { state: true },
    _error: { state: true },
    _shown: { state: true },
  };

  /** URL of a .zip, .nii, .nii.gz, or .hdr with its .img beside it. */
  declare src: string | undefined;
  /** Path of a volume inside a zip; the largest by default. */
  declare entry: string | undefined;
  /** Frame of a 4-D volume. */
  declare frame: number;
  /** What the picture shows, for those who cannot see it. */
  declare alt: string | undefined;
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
  declare opacity: number;
  declare explode: number;
  declare flip: string | undefined;
  declare crop: string | undefined;
  declare clip: string | undefined;
  declare view: "full" | "cut" | "diagonal" | "";
  declare azimuth: number | undefined;
  declare elevation: number;
  declare zoom: number;
  declare distance: number;
  declare projection: "perspective" | "orthographic";

  declare private _progress: Progress | undefined;
  /** What is wrong with the options; what else went wrong. */
  declare private _misfit: VoxelVolumeError | undefined;
  declare private _error: VoxelVolumeError | undefined;
  /** Whether the canvas shows the volume that was asked for. */
  declare private _shown: boolean;

  #stage: Stage | undefined;
  #canvas: HTMLCanvasElement | undefined;
  #listening: AbortController | undefined;
  /** The load under way, or the last one. */
  #loading: AbortController | undefined;
  #source: Source | undefined;
  #volume: Volume | undefined;
  #entries: readonly EntryInfo[] = [];
  /** Whether "load" is still owed for the volume. */
  #announce = false;
  #settings: Settings | undefined;
  /** What the next frame has to do; one at a time. */
  #pending: "voxels" | "draw" | undefined;
  #working = false;
  /** Runs while the camera or the size changes. */
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.frame = 0;
    this._shown = false;
    for (const name of OPTION_NAMES) (this as Record<string, unknown>)[name] = defaultOf(name);
  }

  /**
   * Loads and shows a URL, a file, or files that belong together (as of an `<input type="file">`).
   * Resolves when it is on screen, or another load has taken its place; rejects with what "error" tells.
   */
  async load(source: LoadSource): Promise<void> {
    if (typeof source === "string" || source instanceof URL) this.#source = fromUrl(String(source));
    else this.#source = fromFiles("name" in source ? [source] : [...source]);
    await this.#read();
  }

  /** Puts the camera back to where the attributes and the view place it. */
  resetCamera(): void {
    for (const name of ["azimuth", "elevation", "zoom"] as const) {
      const text = this.getAttribute(name);
      (this as Record<string, unknown>)[name] = property(name).converter.fromAttribute(text);
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening?.abort();
    this.#loading?.abort();
    clearTimeout(this.#rest);
    this.#stage?.destroy();
    this.#stage = undefined;
  }

  protected override firstUpdated(): void {
    this.#canvas = this.renderRoot.querySelector("canvas") as HTMLCanvasElement;
    this.#start();
  }

  /** Begins to follow the canvas: its size, gestures on it, and the device. */
  #start(): void {
    const canvas = this.#canvas as HTMLCanvasElement;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#stage = new Stage(canvas, {
      lost: (reason) => this.#deviceLost(reason),
      fault: (message) => this.#fail(new Error(message)),
    });
    listenForOrbit(canvas, (change) => this.#orbit(change), signal);
    const observer = new ResizeObserver(([entry]) => this.#resize(entry));
    try {
      observer.observe(canvas, { box: "device-pixel-content-box" });
    } catch {
      observer.observe(canvas); // Safari
    }
    signal.addEventListener("abort", () => observer.disconnect());
    if (this.#volume) this.#request("voxels");
    else if (this.#source && this.#loading?.signal.aborted) void this.#read().catch(() => {});
  }

  #resize({ devicePixelContentBoxSize, contentRect }: ResizeObserverEntry): void {
    const size = devicePixelContentBoxSize?.[0] ?? {
      inlineSize: Math.round(contentRect.width * devicePixelRatio),
      blockSize: Math.round(contentRect.height * devicePixelRatio),
    };
    this.#stage?.resize(size.inlineSize, size.blockSize);
    this.#move();
  }

  /** Draws while something moves, and once more when it rests if that left something to be desired. */
  #move(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      if (this.#stage?.coarse) this.#request("draw");
    }, REST_MS);
    this.#request("draw");
  }

  #orbit(change: OrbitChange): void {
    const camera = this.#settings?.camera;
    if (!camera) return;
    this.azimuth = camera.azimuth + change.azimuth;
    this.elevation = Math.max(-90, Math.min(90, camera.elevation + change.elevation));
    this.zoom = Math.max(0.05, Math.min(100, camera.zoom * change.zoom));
    this.#applySettings();
    this.#move();
    this.dispatchEvent(new CustomEvent("camera-change", { detail: this.#settings?.camera }));
  }

  /** Begins again, but not with a volume that the device was lost over. */
  #deviceLost(reason: string): void {
    const again = this._shown;
    this._shown = false;
    this.#fail(
      new VoxelVolumeError(
        "device-lost",
        `The graphics device was lost${reason ? ` (${reason})` : ""}${again ? "; starting it again" : ""}`,
      ),
    );
    if (again) this.#request("voxels");
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
    const source = ["src", "entry", "frame"].filter((name) => changed.has(name));
    if (source.includes("src")) this.#source = this.src ? fromUrl(this.src) : undefined;
    // At first everything has changed; `load` may have begun by then.
    if (source.length > 0 && (this.hasUpdated || this.src)) void this.#read().catch(() => {});
    const options = OPTION_NAMES.filter((name) => changed.has(name));
    if (options.length > 0) this.#applySettings(options.every((name) => DRAW_ONLY.includes(name)));
    if (this.hasUpdated && options.some((name) => CAMERA.includes(name))) this.#move();
  }

  /** Takes over the options; an unfit one is reported, and the picture stays as it was. */
  #applySettings(drawOnly = true): void {
    const texts: OptionTexts = {};
    for (const name of OPTION_NAMES) {
      const value = this[name];
      if (value !== undefined && value !== null) texts[name] = String(value);
    }
    try {
      this.#settings = settingsFrom(texts, TRANSPARENT);
      // While the options did not fit, changes of any kind were left out.
      this.#request(drawOnly && !this._misfit ? "draw" : "voxels");
      this._misfit = undefined;
    } catch (error) {
      this._misfit = error as VoxelVolumeError;
      this.#report(this._misfit);
    }
  }

  /** Reads `#source`; whatever was loading before is given up. */
  async #read(): Promise<void> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    this.#volume = undefined;
    this._shown = false;
    this._error = undefined;
    this._progress = undefined;
    if (!this.#source) return;
    try {
      const reading = readVolume(this.#source, {
        entry: this.entry ?? undefined,
        frame: this.frame ?? undefined,
        signal: loading.signal,
        onProgress: (progress) => {
          if (loading.signal.aborted) return;
          this._progress = progress;
          this.dispatchEvent(new CustomEvent("progress", { detail: progress }));
        },
      });
      // Without a device there is no use in a long download.
      const [{ volume, entries }] = await Promise.all([reading, sharedDevice()]);
      if (loading.signal.aborted) return;
      this.#volume = volume;
      this.#entries = entries;
    } catch (error) {
      if (loading.signal.aborted) return;
      loading.abort();
      throw this.#fail(error);
    }
    this.#announce = true;
    this.#request("voxels");
    if (this._misfit) throw this._misfit;
    await this.#shown(loading.signal);
  }

  /** Resolves when the volume is on screen, rejects with what prevents it. */
  #shown(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.addEventListener("load", () => resolve(), { once: true, signal });
      this.addEventListener("error", ({ error }) => reject(error), { once: true, signal });
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
    return error;
  }

  #report(error: VoxelVolumeError): void {
    this.dispatchEvent(new ErrorEvent("error", { error, message: error.message }));
  }

  /** Asks for work in the next frame; several requests become one. */
  #request(what: "voxels" | "draw"): void {
    const idle = this.#pending === undefined;
    if (this.#pending !== "voxels") this.#pending = what;
    if (idle && !this.#working) requestAnimationFrame(() => void this.#work());
  }

  async #work(): Promise<void> {
    const what = this.#pending;
    const [stage, volume, settings] = [this.#stage, this.#volume, this.#settings];
    this.#pending = undefined;
    if (!stage || !volume || !settings || !what) return;
    this.#working = true;
    try {
      if (what === "draw" && this._shown) await stage.draw(settings, this.#rest !== undefined);
      else {
        this._error = undefined;
        const renderer = await stage.show(volume, settings);
        if (volume === this.#volume && stage === this.#stage)
          this.#onShown(volume, renderer.grid.gridDims, settings);
      }
    } catch (error) {
      if (volume === this.#volume && stage === this.#stage) this.#fail(error);
    } finally {
      this.#working = false;
      if (this.#pending) requestAnimationFrame(() => void this.#work());
    }
  }

  #onShown(volume: Volume, gridDims: Vec3, { resolution }: Settings): void {
    if (this._error) return;
    this._shown = true;
    this._progress = undefined;
    if (!this.#announce) return;
    this.#announce = false;
    const wanted = resolution === "native" ? volume.dims : resolution;
    const detail: LoadDetail = {
      name: volume.name,
      entries: this.#entries,
      dims: volume.dims,
      gridDims,
      reduced: wanted.some((n, axis) => n !== gridDims[axis]),
    };
    this.dispatchEvent(new CustomEvent("load", { detail }));
  }

  protected override render() {
    const progress = this._progress;
    const part = progress?.total ? progress.loaded / progress.total : undefined;
    const error = this._misfit ?? this._error;
    const busy = !error && !this._shown && this.#source;
    return html`
      <canvas
        part="canvas"
        role="img"
        aria-label=${this.alt ?? "Volume"}
        style=${this._shown ? nothing : "visibility: hidden"}
      ></canvas>
      ${
        busy && progress
          ? html`<div part="progress" role="progressbar" aria-label="Loading"
              aria-valuenow=${part === undefined ? nothing : Math.round(100 * part)}>
              <div style="transform: scaleX(${part ?? 1})"></div>
            </div>`
          : nothing
      }
      ${busy ? html`<div part="status">${status(progress)}</div>` : nothing}
      ${
        error
          ? html`<div part="error" role="alert">
              ${error.code === "webgpu-unavailable" ? html`<slot></slot>` : nothing}
              <p>${error.message}</p>
            </div>`
          : nothing
      }
    `;
  }
}

function status(progress: Progress | undefined): string {
  if (!progress) return "Preparing…";
  const mb = (bytes: number) => (bytes / 1e6).toFixed(1);
  const total = progress.total === undefined ? "" : ` of ${mb(progress.total)}`;
  return `${progress.phase === "download" ? "Loading" : "Inflating"} ${mb(progress.loaded)}${total} MB`;
}
