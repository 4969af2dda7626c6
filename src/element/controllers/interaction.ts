/** Interaction: handles the user's gestures and keys. Loaded once there is a picture. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import { pannedTarget, targetOf } from "../../options/moved-target.ts";
import type { AxisViewName } from "../../options/orientation.ts";
import { boxExtent, type DrawnSettings } from "../../options/settings.ts";
import { sayIn, type Texts } from "../../texts.ts";
import type { ScalarImage, Vec3 } from "../../volume.ts";
import type { Picked } from "../api-types.ts";
import { describeCamera } from "../describe-camera.ts";
import { applyState, takeState } from "../element-state.ts";
import { overlayStyles } from "../overlay-styles.ts";
import { describeVoxel } from "../pick.ts";
import type { CameraController, Placement } from "./camera.ts";
import { type CameraChange, type Gesture, type GestureHandling, Gestures } from "./gestures.ts";
import { HoverController } from "./hover.ts";

/** Zoom limits for gestures and keys; attributes may exceed them. */
const ZOOM_BY_HAND = [0.1, 100] as const;
/** Milliseconds for which the zoom hint is shown. */
const HINT_MS = 2000;

export interface InteractionHost extends ReactiveControllerHost, HTMLElement {
  readonly controls: boolean;
  readonly gestureHandling: GestureHandling;
  readonly disableRotate: boolean;
  readonly disableZoom: boolean;
  readonly disablePan: boolean;
  readonly disableTap: boolean;
  readonly disableKeys: boolean;
  readonly texts: Texts | undefined;
}

/** The picture on screen. */
export interface Subject {
  readonly volume: ScalarImage;
  readonly settings: DrawnSettings;
}

export interface InteractionEvents {
  /** Undefined if there is no picture to move. */
  subject(): Subject | undefined;
  pick(clientX: number, clientY: number): Promise<Picked | undefined>;
  lookAlong(view: AxisViewName): void;
  /** Moves on by this many frames. @returns whether there are several frames. */
  step(by: number): boolean;
  /** Starts or stops playing the frames. @returns whether there are several frames. */
  togglePlaying(): boolean;
}

const SWITCHES: Readonly<Record<Gesture, keyof InteractionHost>> = {
  rotate: "disableRotate",
  zoom: "disableZoom",
  pan: "disablePan",
  tap: "disableTap",
  keys: "disableKeys",
};

export class Interaction implements ReactiveController {
  readonly describeCamera = describeCamera;
  readonly takeState = takeState;
  readonly applyState = applyState;

  readonly hover: HoverController;
  #listening: AbortController | undefined;
  /** The camera before the current gesture. */
  #before: Placement | undefined;
  #hasHint = false;
  #hiding: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: InteractionHost,
    private readonly canvas: HTMLCanvasElement,
    private readonly camera: CameraController,
    private readonly events: InteractionEvents,
  ) {
    this.hover = new HoverController(
      host,
      canvas,
      (x, y) => this.#describe(x, y),
      () => host.controls,
    );
    host.addController(this);
    const { styleSheet } = overlayStyles;
    if (styleSheet) host.shadowRoot?.adoptedStyleSheets.push(styleSheet);
  }

  /** The zoom hint, shown because the wheel scrolls the page; undefined at other times. */
  get hint(): string | undefined {
    if (!this.#hasHint) return undefined;
    const say = sayIn(this.host.texts);
    return say("Hold {key} to zoom with the wheel, or click the picture first", { key: zoomKey() });
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { host, camera } = this;
    new Gestures(
      this.canvas,
      {
        isEnabled: (gesture) => !host[SWITCHES[gesture]],
        handling: () => (host.matches(":fullscreen") ? "greedy" : host.gestureHandling),
        begin: () => {
          this.#before = camera.placement;
          camera.hold();
        },
        end: () => camera.release(),
        cancel: () => {
          if (this.#before) camera.moveByHand(this.#before);
        },
        change: (change) => this.#change(change),
        lookAt: (x, y) => void this.#lookAt(x, y).catch(() => {}),
        home: () => camera.moveByHand(camera.home),
        lookAlong: (view) => this.events.lookAlong(view),
        key: (event) => this.#onKey(event),
        scrolledPast: () => this.#showHint(),
      },
      this.#listening.signal,
    );
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    clearTimeout(this.#hiding);
    this.#hasHint = false;
  }

  #change({ azimuth = 0, elevation = 0, zoom = 1, pan }: CameraChange): void {
    const subject = this.events.subject();
    if (!subject) return;
    const { settings, volume } = subject;
    const { camera } = settings;
    const [least, most] = ZOOM_BY_HAND;
    const extent = boxExtent(settings.aspect, volume.dims, volume.spacing);
    this.camera.moveByHand({
      ...((azimuth !== 0 || elevation !== 0) && {
        azimuth: camera.azimuth + azimuth,
        elevation: clamp(camera.elevation + elevation, -90, 90),
      }),
      ...(zoom !== 1 && {
        zoom: clamp(camera.zoom * zoom, Math.min(least, camera.zoom), Math.max(most, camera.zoom)),
      }),
      ...(pan && { target: targetText(pannedTarget(camera, extent, ...pan)) }),
    });
  }

  async #lookAt(clientX: number, clientY: number): Promise<void> {
    const picked = await this.events.pick(clientX, clientY);
    const subject = this.events.subject();
    if (!picked || !subject) return;
    const { volume, settings } = subject;
    this.camera.moveByHand({ target: targetText(targetOf(picked.index, volume.dims, settings.flip)) });
  }

  /** Keys for frames: space plays, comma and full stop step. */
  #onKey({ key }: KeyboardEvent): boolean {
    if (key === ",") return this.events.step(-1);
    if (key === ".") return this.events.step(1);
    return key === " " && this.events.togglePlaying();
  }

  /** Description of the voxel at a point of the window. */
  async #describe(x: number, y: number): Promise<string> {
    const picked = await this.events.pick(x, y);
    const volume = this.events.subject()?.volume;
    const say = sayIn(this.host.texts);
    return picked && volume
      ? describeVoxel(volume, picked.index, picked.value, picked.label && [picked.label], say)
      : "";
  }

  #showHint(): void {
    clearTimeout(this.#hiding);
    this.#hasHint = this.events.subject() !== undefined;
    this.#hiding = setTimeout(() => {
      this.#hasHint = false;
      this.host.requestUpdate();
    }, HINT_MS);
    this.host.requestUpdate();
  }
}

/** The key that makes the wheel zoom. */
function zoomKey(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
}

/** Text of the `target` option: fractions of the box. */
function targetText(target: Vec3): string {
  return target.map((part) => Number(part.toFixed(5))).join(" ");
}

const clamp = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));
