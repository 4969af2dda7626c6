/** CameraControl: moves an element's camera by hand and by itself, and knows where the page wants it. */

import type { PropertyValues } from "lit";
import type { Camera } from "../options/camera.ts";
import { TURNED } from "./option-properties.ts";
import type { OrbitChange, OrbitEvents } from "./orbit.ts";
import { Rotation } from "./rotation.ts";

/** Hands may zoom between these; attributes go further. */
const ZOOM_BY_HAND = [0.1, 100] as const;

type Turned = (typeof TURNED)[number];

export interface Controlled extends Record<Turned, number | undefined> {
  readonly autoRotate: boolean;
  readonly autoRotateDelay: number;
}

export interface CameraEvents {
  /** The camera as it is; undefined where there is none to be moved. */
  camera(): Camera | undefined;
  /** It was moved, by a hand or by itself: takes over the properties, and draws. */
  turned(byItself: boolean): void;
  /** It was a hand that moved it. */
  byHand(): void;
  /** Whether turning by itself is to be seen now. */
  isSeen(): boolean;
}

export class CameraControl implements OrbitEvents {
  /** Where the page wants the camera, and where hands moved it. */
  readonly #home = new Map<Turned, number | undefined>();
  readonly #hand = new Map<Turned, number | undefined>();
  readonly #rotation = new Rotation((degrees) => this.#rotate(degrees));
  readonly #restful = matchMedia("(prefers-reduced-motion: reduce)");

  constructor(
    private readonly element: Controlled,
    private readonly events: CameraEvents,
  ) {}

  /** Begins to turn by itself where that is wanted, until the signal is aborted. */
  start(signal: AbortSignal): void {
    this.#restful.addEventListener("change", () => this.rotate(), { signal });
    signal.addEventListener("abort", () => this.#rotation.stop());
    this.rotate();
  }

  change(change: OrbitChange): void {
    const camera = this.events.camera();
    if (!camera) return;
    const [least, most] = ZOOM_BY_HAND;
    this.#turn({
      azimuth: camera.azimuth + change.azimuth,
      elevation: clamp(camera.elevation + change.elevation, -90, 90),
      zoom: clamp(camera.zoom * change.zoom, Math.min(least, camera.zoom), Math.max(most, camera.zoom)),
    });
    this.#told();
  }

  reset(): void {
    this.home();
    this.#told();
  }

  /** Back to where the page wants the camera. */
  home(): void {
    this.#turn(Object.fromEntries(TURNED.map((name) => [name, this.#home.get(name)])));
  }

  /** Learns from changed properties where the page wants the camera. */
  update(changed: PropertyValues): void {
    for (const name of TURNED) {
      const byHand = this.#hand.has(name) && this.#hand.get(name) === this.element[name];
      if (changed.has(name) && !byHand) this.#home.set(name, this.element[name]);
      this.#hand.delete(name);
    }
    if (changed.has("autoRotate") || changed.has("autoRotateDelay")) this.rotate();
  }

  /** Begins to turn by itself, or goes on after a while, where that is wanted. */
  rotate(): void {
    this.#rotation.stop();
    const { autoRotate, autoRotateDelay } = this.element;
    if (autoRotate && !this.#restful.matches) this.#rotation.start(autoRotateDelay);
  }

  #rotate(degrees: number): void {
    const camera = this.events.isSeen() ? this.events.camera() : undefined;
    if (camera) this.#turn({ azimuth: (camera.azimuth + degrees) % 360 }, true);
  }

  #turn(camera: Partial<Record<Turned, number | undefined>>, byItself = false): void {
    for (const name of TURNED) if (name in camera) this.#hand.set(name, camera[name]);
    Object.assign(this.element, camera);
    this.events.turned(byItself);
  }

  #told(): void {
    this.rotate();
    this.events.byHand();
  }
}

const clamp = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));
