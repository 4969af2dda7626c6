/** CameraController: places an element's camera, and knows where the page wants it; turns it automatically. */

import type { PropertyValues, ReactiveController, ReactiveControllerHost } from "lit";
import { numberOf } from "../../text-of.ts";
import { CAMERA, TURNED } from "../option-properties.ts";
import { Rotation } from "./rotation.ts";

/** Milliseconds; timers take no more, so a longer delay means never. */
const LONGEST_DELAY = 2 ** 31 - 1;

type Turned = (typeof TURNED)[number];
/** Properties of the camera. */
export type Placement = Partial<Record<Turned, string | number | undefined>>;

export interface CameraHost
  extends ReactiveControllerHost,
    HTMLElement,
    Record<Turned, string | number | undefined> {
  readonly autoRotate: boolean;
  readonly autoRotateDelay: number;
}

export interface CameraEvents {
  /** The azimuth of the camera that is drawn; undefined where turning automatically would not be seen. */
  seenAzimuth(): number | undefined;
  /** The properties of the camera were moved: takes them over, and draws. */
  moved(isAuto: boolean): void;
  /** A person moved the camera. */
  movedByHand(): void;
}

export class CameraController implements ReactiveController {
  /** Where the page wants the camera, and where it was moved by hand. */
  readonly #home = new Map<Turned, string | number | undefined>();
  readonly #hand = new Map<Turned, string | number | undefined>();
  readonly #rotation = new Rotation((degrees) => this.#rotate(degrees));
  readonly #reducedMotion: MediaQueryList | undefined;
  #isHeld = false;
  /** Whether the last change of the camera was automatic. */
  #isAuto = false;
  readonly #restart = (): void => this.#rotateLater();

  constructor(
    private readonly host: CameraHost,
    private readonly events: CameraEvents,
  ) {
    this.#reducedMotion = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");
    host.addController(this);
  }

  hostConnected(): void {
    this.#reducedMotion?.addEventListener("change", this.#restart);
    this.#rotateLater();
  }

  hostDisconnected(): void {
    this.#reducedMotion?.removeEventListener("change", this.#restart);
    this.#rotation.stop();
  }

  /** The properties of the camera as they are. */
  get placement(): Placement {
    return Object.fromEntries(TURNED.map((name) => [name, this.host[name]]));
  }

  /** Learns from changed properties where the page wants the camera; to be called in `willUpdate`. */
  update(changed: PropertyValues): void {
    this.#forgetViewAzimuth(changed);
    for (const name of TURNED) {
      const isByHand = this.#hand.has(name) && this.#hand.get(name) === this.host[name];
      if (changed.has(name) && !isByHand) this.#home.set(name, this.host[name]);
      this.#hand.delete(name);
    }
    if (changed.has("autoRotate") || changed.has("autoRotateDelay")) this.#rotateLater();
  }

  /** Whether an update was of the camera, moved automatically or otherwise. */
  takeMove(changed: PropertyValues): "auto" | "other" | undefined {
    const isAuto = this.#isAuto;
    this.#isAuto = false;
    return CAMERA.some((name) => changed.has(name)) ? (isAuto ? "auto" : "other") : undefined;
  }

  /** Does not turn automatically while a person holds the picture. */
  hold(): void {
    this.#isHeld = true;
    this.#rotation.stop();
  }

  release(): void {
    this.#isHeld = false;
    this.#rotateLater();
  }

  /** Moves the camera as a person wants it. */
  moveByHand(placement: Placement): void {
    this.#move(placement);
    this.#rotateLater();
    this.events.movedByHand();
  }

  /** Where the page wants the camera. */
  get home(): Placement {
    return Object.fromEntries(TURNED.map((name) => [name, this.#home.get(name)]));
  }

  /** Moves the camera back to where the page wants it. */
  reset(): void {
    if (this.#home.size > 0) this.#move(this.home);
  }

  /** A view sets the azimuth, unless the page does. */
  #forgetViewAzimuth(changed: PropertyValues): void {
    const isOtherView = changed.has("view") && changed.get("view") !== undefined;
    if (isOtherView && !this.host.hasAttribute("azimuth") && !changed.has("azimuth"))
      this.host.azimuth = undefined;
  }

  /** Begins to turn automatically, or goes on after a while, where that is wanted. */
  #rotateLater(): void {
    this.#rotation.stop();
    const { autoRotate, autoRotateDelay, isConnected } = this.host;
    const delay = numberOf(autoRotateDelay) || 0;
    const isWanted = autoRotate && isConnected && !this.#isHeld && !this.#reducedMotion?.matches;
    if (isWanted && delay <= LONGEST_DELAY) this.#rotation.start(delay);
  }

  #rotate(degrees: number): void {
    const azimuth = this.events.seenAzimuth();
    if (azimuth !== undefined) this.#move({ azimuth: (azimuth + degrees) % 360 }, true);
  }

  #move(placement: Placement, isAuto = false): void {
    for (const name of TURNED) if (name in placement) this.#hand.set(name, placement[name]);
    Object.assign(this.host, placement);
    this.#isAuto = isAuto;
    this.events.moved(isAuto);
  }
}
