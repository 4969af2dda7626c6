/** CameraController: moves an element's camera, remembers where the page placed it, and rotates it automatically. */

import type { PropertyValues, ReactiveController, ReactiveControllerHost } from "lit";
import { numberOf } from "../../text-of.ts";
import { CAMERA, TURNED } from "../option-properties.ts";
import { Rotation } from "./rotation.ts";

/** Longest delay of a timer, in ms; a longer one means never. */
const LONGEST_DELAY = 2 ** 31 - 1;

type Turned = (typeof TURNED)[number];
/** The camera's properties. */
export type Placement = Partial<Record<Turned, string | number | undefined>>;

export interface CameraHost
  extends ReactiveControllerHost,
    HTMLElement,
    Record<Turned, string | number | undefined> {
  readonly autoRotate: boolean;
  readonly autoRotateDelay: number;
}

export interface CameraEvents {
  /** Azimuth of the drawn camera; undefined if automatic rotation would not be visible. */
  seenAzimuth(): number | undefined;
  /** The camera's properties have changed: apply them and draw. */
  moved(isAuto: boolean): void;
  /** The user moved the camera. */
  movedByHand(): void;
}

export class CameraController implements ReactiveController {
  /** Camera properties as the page set them. */
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

  /** The current camera properties. */
  get placement(): Placement {
    return Object.fromEntries(TURNED.map((name) => [name, this.host[name]]));
  }

  /** Notes from changed properties where the page places the camera; call in `willUpdate`. */
  update(changed: PropertyValues): void {
    this.#forgetViewAzimuth(changed);
    for (const name of TURNED) {
      const isByHand = this.#hand.has(name) && this.#hand.get(name) === this.host[name];
      if (changed.has(name) && !isByHand) this.#home.set(name, this.host[name]);
      this.#hand.delete(name);
    }
    if (changed.has("autoRotate") || changed.has("autoRotateDelay")) this.#rotateLater();
  }

  /** How an update moved the camera; undefined if it did not. */
  takeMove(changed: PropertyValues): "auto" | "other" | undefined {
    const isAuto = this.#isAuto;
    this.#isAuto = false;
    return CAMERA.some((name) => changed.has(name)) ? (isAuto ? "auto" : "other") : undefined;
  }

  /** Pauses automatic rotation while the user holds the picture. */
  hold(): void {
    this.#isHeld = true;
    this.#rotation.stop();
  }

  release(): void {
    this.#isHeld = false;
    this.#rotateLater();
  }

  /** Moves the camera for the user. */
  moveByHand(placement: Placement): void {
    this.#move(placement);
    this.#rotateLater();
    this.events.movedByHand();
  }

  /** Where the page placed the camera. */
  get home(): Placement {
    return Object.fromEntries(TURNED.map((name) => [name, this.#home.get(name)]));
  }

  /** Moves the camera back to where the page placed it. */
  reset(): void {
    if (this.#home.size > 0) this.#move(this.home);
  }

  /** Lets `view` set the azimuth, unless the page sets it. */
  #forgetViewAzimuth(changed: PropertyValues): void {
    const isOtherView = changed.has("view") && changed.get("view") !== undefined;
    if (isOtherView && !this.host.hasAttribute("azimuth") && !changed.has("azimuth"))
      this.host.azimuth = undefined;
  }

  /** Starts automatic rotation, at once or after the delay, if it is on. */
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
