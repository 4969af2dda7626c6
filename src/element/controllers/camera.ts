/** CameraController: moves an element's camera by hand and automatically, and knows where the page wants it. */

import type { PropertyValues, ReactiveController, ReactiveControllerHost } from "lit";
import { type AxisViewName, axisViews } from "../../options/orientation.ts";
import { boxExtent, type DrawnSettings } from "../../options/settings.ts";
import { pannedTarget, targetOf } from "../../options/target.ts";
import { sayIn, type Texts } from "../../texts.ts";
import type { ScalarImage, Vec3 } from "../../volume.ts";
import { describeCamera } from "../describe-camera.ts";
import { CAMERA, TURNED } from "../option-properties.ts";
import { numberOf } from "../text-of.ts";
import { type CameraChange, type Gesture, type GestureHandling, Gestures } from "./gestures.ts";
import { Rotation } from "./rotation.ts";

/** Hands may zoom between these; attributes go further. */
const ZOOM_BY_HAND = [0.1, 100] as const;
/** Milliseconds for which it is said how to zoom. */
const HINT_MS = 2000;

type Turned = (typeof TURNED)[number];
type Placed = Partial<Record<Turned, string | number | undefined>>;

export interface CameraHost
  extends ReactiveControllerHost,
    HTMLElement,
    Record<Turned, string | number | undefined> {
  readonly autoRotate: boolean;
  readonly autoRotateDelay: number;
  readonly gestureHandling: GestureHandling;
  readonly disableRotate: boolean;
  readonly disableZoom: boolean;
  readonly disablePan: boolean;
  readonly disableTap: boolean;
  readonly disableKeys: boolean;
  readonly texts: Texts | undefined;
}

export interface CameraEvents {
  /** The picture that the camera looks at; undefined where there is none to be moved. */
  subject(): { readonly volume: ScalarImage; readonly settings: DrawnSettings } | undefined;
  /** The properties of the camera were moved: takes them over, and draws. */
  moved(isAuto: boolean): void;
  /** A person moved the camera. */
  movedByHand(): void;
  /** The voxel under a point of the window. */
  pick(clientX: number, clientY: number): Promise<Vec3 | undefined>;
  /** Whether turning automatically would be seen now. */
  isSeen(): boolean;
  /** A key that does not move the camera. @returns whether it was used. */
  key(event: KeyboardEvent): boolean;
}

export class CameraController implements ReactiveController {
  /** Where the page wants the camera, and where it was moved by hand. */
  readonly #home = new Map<Turned, string | number | undefined>();
  readonly #hand = new Map<Turned, string | number | undefined>();
  /** The camera before the gesture that is under way. */
  #before: Placed | undefined;
  readonly #rotation = new Rotation((degrees) => this.#rotate(degrees));
  readonly #reducedMotion: MediaQueryList | undefined;
  #listening: AbortController | undefined;
  /** The camera as a person moved it last. */
  #moved: DrawnSettings["camera"] | undefined;
  #hint = false;
  #hiding: ReturnType<typeof setTimeout> | undefined;
  /** Whether the last change of the camera was automatic. */
  #isAuto = false;

  constructor(
    private readonly host: CameraHost,
    private readonly events: CameraEvents,
  ) {
    this.#reducedMotion = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");
    host.addController(this);
  }

  /** The camera in words, once it was moved. */
  get description(): string {
    return this.#moved ? describeCamera(this.#moved, sayIn(this.host.texts)) : "";
  }

  /** Whether it is said how to zoom, because the wheel scrolls the page. */
  get hasHint(): boolean {
    return this.#hint;
  }

  /** Begins to follow gestures on a canvas, and to turn automatically, until `hostDisconnected`. */
  start(canvas: HTMLCanvasElement): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const { host } = this;
    const disabled: Record<Gesture, keyof CameraHost> = {
      rotate: "disableRotate",
      zoom: "disableZoom",
      pan: "disablePan",
      tap: "disableTap",
      keys: "disableKeys",
    };
    new Gestures(
      canvas,
      {
        isEnabled: (gesture) => !host[disabled[gesture]],
        handling: () => (document.fullscreenElement ? "greedy" : host.gestureHandling),
        begin: () => this.#begin(),
        cancel: () => this.#cancel(),
        change: (change) => this.change(change),
        lookAt: (x, y) => void this.#lookAt(x, y).catch(() => {}),
        home: () => this.reset(),
        lookAlong: (view) => this.lookAlong(view),
        key: (event) => this.events.key(event),
        scrolledPast: () => this.#showHint(),
      },
      signal,
    );
    this.#reducedMotion?.addEventListener("change", () => this.#restart(), { signal });
    this.#restart();
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#rotation.stop();
    clearTimeout(this.#hiding);
    this.#hint = false;
  }

  /** Learns from changed properties where the page wants the camera; to be called in `willUpdate`. */
  update(changed: PropertyValues): void {
    this.#forgetViewAzimuth(changed);
    for (const name of TURNED) {
      const isByHand = this.#hand.has(name) && this.#hand.get(name) === this.host[name];
      if (changed.has(name) && !isByHand) this.#home.set(name, this.host[name]);
      this.#hand.delete(name);
    }
    if (changed.has("autoRotate") || changed.has("autoRotateDelay")) this.#restart();
  }

  /** Whether an update was of the camera, moved automatically or by another hand. */
  takeMove(changed: PropertyValues): "auto" | "hand" | undefined {
    const isAuto = this.#isAuto;
    this.#isAuto = false;
    return CAMERA.some((name) => changed.has(name)) ? (isAuto ? "auto" : "hand") : undefined;
  }

  change({ azimuth = 0, elevation = 0, zoom = 1, pan }: CameraChange): void {
    const subject = this.events.subject();
    if (!subject) return;
    const { settings, volume } = subject;
    const { camera } = settings;
    const [least, most] = ZOOM_BY_HAND;
    const extent = boxExtent(settings.aspect, volume.dims, volume.spacing);
    this.#move({
      ...((azimuth !== 0 || elevation !== 0) && {
        azimuth: camera.azimuth + azimuth,
        elevation: clamp(camera.elevation + elevation, -90, 90),
      }),
      ...(zoom !== 1 && {
        zoom: clamp(camera.zoom * zoom, Math.min(least, camera.zoom), Math.max(most, camera.zoom)),
      }),
      ...(pan && { target: targetText(pannedTarget(camera, extent, ...pan)) }),
    });
    this.#movedByHand();
  }

  /** Looks along an axis of the volume. */
  lookAlong(name: AxisViewName): void {
    const subject = this.events.subject();
    if (!subject) return;
    const view = axisViews(subject.volume, subject.settings.flip).find((view) => view.name === name);
    if (!view) return;
    this.#move({ azimuth: view.azimuth, elevation: view.elevation });
    this.#movedByHand();
  }

  /** Back to where the page wants the camera, by hand. */
  reset(): void {
    this.home();
    this.#movedByHand();
  }

  /** Back to where the page wants the camera. */
  home(): void {
    this.#move(Object.fromEntries(TURNED.map((name) => [name, this.#home.get(name)])));
  }

  /** A view sets the azimuth, unless the page does. */
  #forgetViewAzimuth(changed: PropertyValues): void {
    const isOtherView = changed.has("view") && changed.get("view") !== undefined;
    if (isOtherView && !this.host.hasAttribute("azimuth") && !changed.has("azimuth"))
      this.host.azimuth = undefined;
  }

  async #lookAt(clientX: number, clientY: number): Promise<void> {
    const index = await this.events.pick(clientX, clientY);
    const subject = this.events.subject();
    if (!index || !subject) return;
    this.#move({ target: targetText(targetOf(index, subject.volume.dims, subject.settings.flip)) });
    this.#movedByHand();
  }

  #begin(): void {
    this.#before = Object.fromEntries(TURNED.map((name) => [name, this.host[name]]));
  }

  #cancel(): void {
    if (!this.#before) return;
    this.#move(this.#before);
    this.#movedByHand();
  }

  /** Begins to turn automatically, or goes on after a while, where that is wanted. */
  #restart(): void {
    this.#rotation.stop();
    const { autoRotate, autoRotateDelay, isConnected } = this.host;
    const delay = numberOf(autoRotateDelay);
    if (autoRotate && isConnected && !this.#reducedMotion?.matches)
      this.#rotation.start(Number.isFinite(delay) ? delay : 0);
  }

  #rotate(degrees: number): void {
    const camera = this.events.isSeen() ? this.events.subject()?.settings.camera : undefined;
    if (camera) this.#move({ azimuth: (camera.azimuth + degrees) % 360 }, true);
  }

  #move(camera: Placed, isAuto = false): void {
    for (const name of TURNED) if (name in camera) this.#hand.set(name, camera[name]);
    Object.assign(this.host, camera);
    this.#isAuto = isAuto;
    this.events.moved(isAuto);
  }

  #movedByHand(): void {
    this.#restart();
    this.#moved = this.events.subject()?.settings.camera ?? this.#moved;
    this.events.movedByHand();
    this.host.requestUpdate();
  }

  #showHint(): void {
    clearTimeout(this.#hiding);
    this.#hint = this.events.subject() !== undefined;
    this.#hiding = setTimeout(() => {
      this.#hint = false;
      this.host.requestUpdate();
    }, HINT_MS);
    this.host.requestUpdate();
  }
}

/** Fractions of the box as the option's text. */
function targetText(target: Vec3): string {
  return target.map((part) => Number(part.toFixed(5))).join(" ");
}

const clamp = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));
