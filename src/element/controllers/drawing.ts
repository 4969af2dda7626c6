/** DrawingController: decides when and where an element is drawn, and recovers from device loss. */

import type { ReactiveController } from "lit";
import { asVoxelVolumeError, VoxelVolumeError } from "../../errors.ts";
import type { ValueScale } from "../../options/value-scale.ts";
import type { Vec3 } from "../../volume.ts";
import { CanvasRenderer, type Ready, type Shown } from "../canvas/canvas-renderer.ts";
import { type Drawn, Layers } from "../canvas/layers.ts";
import { Scheduler, type Work } from "../canvas/scheduler.ts";
import { dispatchError } from "../error-event.ts";
import { loadDetail } from "../load-detail.ts";
import { drawable, type LoadState } from "../load-state.ts";
import type { AppearanceController } from "./appearance.ts";
import type { LoadingController } from "./loading.ts";
import { NoticeController, type NoticeHost } from "./notice.ts";
import { RefiningController } from "./refining.ts";

/** Distance from the window, in CSS pixels, within which an element is loaded and drawn. */
const NEAR = "256px";
/** Device losses without a full picture in between after which the element stops trying. */
const MOST_LOSSES = 50;

export interface DrawingHost extends NoticeHost, HTMLElement {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly gpuMemory: unknown;
}

export class DrawingController implements ReactiveController {
  readonly notice: NoticeController;
  readonly #scheduler: Scheduler;
  #layers: Layers | undefined;
  #canvas: HTMLCanvasElement | undefined;
  #renderer: CanvasRenderer | undefined;
  /** Aborted when the element leaves the page. */
  #listening: AbortController | undefined;
  #isNear = false;
  /** True if the element's distance from the window is known. */
  #isPlaced = false;
  #error: VoxelVolumeError | undefined;
  /** The volume whose voxels are on the GPU, and how it was last drawn. */
  #drawn: Drawn | undefined;
  #scale: ValueScale | undefined;
  #gridDims: Vec3 | undefined;
  readonly #refining: RefiningController;
  /** Losses of the device since the last full picture. */
  #losses = 0;
  /** True if the picture was lost with the device and has not been redrawn yet. */
  #isRestoring = false;

  constructor(
    private readonly host: DrawingHost,
    private readonly loading: LoadingController,
    private readonly appearance: AppearanceController,
  ) {
    this.#scheduler = new Scheduler({
      work: (what) => this.#work(what),
      // The first picture is drawn even if it is not visible.
      isSeen: () => this.#isNear || !loading.onScreen || loading.state.kind === "drawing",
      isCoarse: () => this.#renderer?.isCoarse ?? false,
      isBusy: () =>
        host.isConnected &&
        (loading.isBusy || this.#isUnplaced || this.#refining.isRefining) &&
        !appearance.optionError,
    });
    this.#refining = new RefiningController(host, {
      draw: () => this.request("draw"),
      fail: (error) => this.#fail(error),
      done: () => this.#scheduler.settle(),
    });
    this.notice = new NoticeController(host, () => this.current);
    host.addController(this);
  }

  /** The picture's canvas; undefined before the element has rendered. */
  get canvas(): HTMLCanvasElement | undefined {
    return this.#canvas;
  }

  /** The error that prevents redrawing; the last picture stays. */
  get error(): VoxelVolumeError | undefined {
    return this.#error;
  }

  /** What is on screen and its renderer; undefined if there is no picture or another volume is being drawn. */
  get current(): Ready | undefined {
    const { onScreen } = this.loading;
    return onScreen === this.loading.drawable ? this.#ready : undefined;
  }

  /** Maps values to colours, as last drawn; undefined without a picture. */
  get scale(): ValueScale | undefined {
    return this.#scale;
  }

  /** Dimensions of the drawn voxel grid. */
  get gridDims(): Vec3 | undefined {
    return this.#gridDims;
  }

  /** True if there is a picture on screen that is visible to the user. */
  get isSeen(): boolean {
    return this.#isNear && this.current !== undefined;
  }

  /** Resolves when all requested work is drawn or has failed. */
  get idle(): Promise<void> {
    return this.#scheduler.idle;
  }

  request(work: Work): void {
    this.#error = undefined;
    this.#scheduler.request(work);
  }

  /** Draws because the camera moved; `auto`: by automatic rotation, which never ends. */
  move(auto = false): void {
    this.#scheduler.move(auto);
  }

  /** What is on screen, once loading is done. @throws VoxelVolumeError "invalid-option" if there is no picture. */
  async ready(): Promise<Ready> {
    await this.host.updateComplete;
    await this.appearance.ready;
    while (this.loading.state.kind === "reading") await this.loading.nextChange;
    const ready = this.#ready;
    if (ready) return ready;
    const message = "There is no picture: nothing has been loaded into the element";
    throw new VoxelVolumeError("invalid-option", message);
  }

  /** True if there is something to read or draw, but the element's distance from the window is not known yet. */
  get #isUnplaced(): boolean {
    return this.loading.state.kind !== "empty" && !this.#isPlaced;
  }

  get #ready(): Ready | undefined {
    const [renderer, loaded, settings] = [this.#renderer, this.loading.drawable, this.appearance.settings];
    return renderer && loaded && settings && { renderer, loaded, settings };
  }

  /** Reacts to changes of the load state. */
  onLoadState(state: LoadState, before: LoadState): void {
    if (state.kind === "reading" && before.kind !== "reading") {
      this.#error = undefined;
      this.#renderer?.warmUp();
    }
    const loaded = drawable(state);
    if (loaded && (loaded !== drawable(before) || state.kind === "drawing")) this.request("voxels");
    if (!loaded) {
      this.#isRestoring = false;
      this.#drawn = undefined;
      this.#scale = undefined;
    }
    this.#scheduler.settle();
  }

  hostConnected(): void {
    if (this.#canvas) this.#start(this.#canvas);
  }

  hostUpdated(): void {
    if (this.#canvas) return;
    this.#canvas = this.host.renderRoot.querySelector("canvas[part=canvas]") as HTMLCanvasElement;
    this.#layers = new Layers(this.host.renderRoot, () => this.host.texts);
    if (this.host.isConnected) this.#start(this.#canvas);
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#isNear = false;
    this.#isPlaced = false;
    this.#renderer?.destroy();
    this.#renderer = undefined;
    this.#drawn = undefined;
    this.#scheduler.stop();
  }

  /** Starts observing the canvas's size and its position in the window. */
  #start(canvas: HTMLCanvasElement): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#renderer = new CanvasRenderer(canvas, (reason) => this.#onLost(reason), this.host);
    const repaint = () => this.#scheduler.request("draw");
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint, { signal });
    const sizes = new ResizeObserver(([entry]) => this.#resize(entry));
    try {
      sizes.observe(canvas, { box: "device-pixel-content-box" });
    } catch {
      sizes.observe(canvas); // Safari
    }
    const places = new IntersectionObserver((entries) => this.#place(entries), { rootMargin: NEAR });
    places.observe(this.host);
    signal.addEventListener("abort", () => {
      sizes.disconnect();
      places.disconnect();
    });
    if (this.loading.drawable) this.#scheduler.request("voxels");
    else if (this.loading.state.kind === "reading") this.#renderer.warmUp();
  }

  #place(entries: readonly IntersectionObserverEntry[]): void {
    this.#isNear = entries.at(-1)?.isIntersecting ?? true;
    this.#isPlaced = true;
    this.loading.near(this.#isNear);
    if (this.#isNear) this.#scheduler.resume();
    this.#scheduler.settle();
  }

  #resize({ devicePixelContentBoxSize, contentRect }: ResizeObserverEntry): void {
    const size = devicePixelContentBoxSize?.[0] ?? {
      inlineSize: Math.round(contentRect.width * devicePixelRatio),
      blockSize: Math.round(contentRect.height * devicePixelRatio),
    };
    this.#renderer?.resize(size.inlineSize, size.blockSize);
    this.move();
  }

  async #work(what: Work): Promise<void> {
    const ready = this.#ready;
    if (!ready) return;
    const { renderer, loaded, settings } = ready;
    const isCurrent = () => loaded === this.loading.drawable && renderer === this.#renderer;
    const drawn = this.#drawn;
    try {
      if (what === "draw" && drawn?.loaded === loaded) {
        this.#paint({ ...drawn, settings });
        await renderer.draw(loaded.volume, settings, this.#scheduler.moving);
        if (!renderer.isCoarse) this.#losses = 0;
        this.#refining.drawn(ready);
        return;
      }
      this.#drawn = undefined;
      const shown = await renderer.show(loaded.volume, settings);
      if (renderer.isCoarse) this.#scheduler.awaitRest();
      else this.#losses = 0;
      if (isCurrent()) this.#onShown(ready, shown);
      this.#refining.drawn(ready);
    } catch (error) {
      // Device loss is reported separately: see #onLost.
      if (isCurrent() && (error as VoxelVolumeError).code !== "device-lost") this.#fail(error);
    }
  }

  #paint(drawn: Drawn): void {
    this.#drawn = drawn;
    this.#scale = drawn.scale;
    const report = (error: VoxelVolumeError) => dispatchError(this.host, error);
    this.#layers?.paintLines(drawn).catch(report);
    this.#layers?.paintColorBar(drawn).catch(report);
  }

  #onShown({ loaded, settings }: Ready, { gridDims, scale }: Shown): void {
    const { state } = this.loading;
    this.#gridDims = gridDims;
    this.#paint({ loaded, settings, scale });
    this.notice.countSoon();
    if (state.kind === "drawing" || state.kind === "shown") this.loading.show(gridDims);
    this.host.requestUpdate();
    if (this.#isRestoring) {
      this.#isRestoring = false;
      this.host.dispatchEvent(new Event("device-restored"));
    }
    if (state.kind === "drawing" && !state.isRestoring) {
      const detail = loadDetail(loaded, settings, gridDims);
      this.host.dispatchEvent(new CustomEvent("load", { detail }));
    }
  }

  /** A volume that cannot be drawn counts as not loaded; a volume on screen stays. */
  #fail(cause: unknown): void {
    if (this.loading.state.kind === "drawing") {
      this.loading.fail(cause);
      return;
    }
    this.#error = asVoxelVolumeError(cause);
    dispatchError(this.host, this.#error);
    this.host.requestUpdate();
  }

  /** Redraws a lost picture, up to a limit. A volume that was never on screen is not tried again. */
  #onLost(reason: string): void {
    const { loading } = this;
    this.#losses++;
    this.#drawn = undefined;
    const again = this.#losses <= MOST_LOSSES;
    const wasShown = loading.onScreen !== undefined || this.#isRestoring;
    const before = loading.state;
    const isTried = again && (wasShown || before.kind !== "drawing");
    const cause = reason ? ` (${reason})` : "";
    const message = `The graphics device was lost${cause}${isTried ? "; starting it again" : ""}`;
    const error = new VoxelVolumeError("device-lost", message);
    loading.lose(error, again);
    if (wasShown || loading.state.kind === "failed") dispatchError(this.host, error);
    this.#isRestoring = wasShown && again && loading.drawable !== undefined;
    if (this.#isRestoring) this.request("voxels");
  }
}
