/**
 * Gestures: turns mouse, touch, wheel and keys on a canvas into camera changes, and leaves to the page what it needs.
 */

import type { AxisViewName } from "../../options/orientation.ts";
import { pageScrolls } from "./page-scrolls.ts";

/** The camera change that a gesture requests. */
export interface CameraChange {
  /** Degrees to turn. */
  readonly azimuth?: number;
  readonly elevation?: number;
  /** Zoom factor. */
  readonly zoom?: number;
  /** Movement of the picture to the right and down, as a fraction of the canvas's shorter side. */
  readonly pan?: readonly [right: number, down: number];
}

/** Gestures that can be disabled separately. */
export type Gesture = "rotate" | "zoom" | "pan" | "tap" | "keys";

/** What the wheel does: `cooperative` scrolls the page, `greedy` zooms, `auto` is cooperative if the page scrolls. */
export type GestureHandling = "auto" | "cooperative" | "greedy";

export interface GestureEvents {
  isEnabled(gesture: Gesture): boolean;
  handling(): GestureHandling;
  /** `begin`: a drag or a pinch begins. It then ends, or is cancelled without effect. */
  begin(): void;
  end(): void;
  cancel(): void;
  change(change: CameraChange): void;
  /** Centres the camera on what is at a point of the window. */
  lookAt(clientX: number, clientY: number): void;
  home(): void;
  lookAlong(view: AxisViewName): void;
  /** Handles a key that is not a camera gesture. @returns whether it was used. */
  key(event: KeyboardEvent): boolean;
  /** The wheel scrolled the page over the picture. */
  scrolledPast(): void;
}

/** Degrees that a drag across the shorter side of the canvas turns. */
const DEGREES_PER_SIDE = 270;
/** Distance in CSS pixels after which the direction of a finger is decided. */
const SLOP = 8;
const ZOOM_PER_WHEEL_PIXEL = 1.0015;
/** CSS pixels of one wheel unit: pixel, line, page. */
const WHEEL_UNITS = [1, 16, 400];
/** A trackpad pinch arrives as wheel events with small steps and the Ctrl key; they are multiplied by this. */
const PINCH_STEP = 40;
const PINCH_FACTOR = 6;
const DEGREES_PER_KEY = 10;
const ZOOM_PER_KEY = 1.2;
/** Pan per key press, as a fraction of the canvas's shorter side. */
const PAN_PER_KEY = 0.05;

const TURN_KEYS: Readonly<Record<string, CameraChange>> = {
  ArrowLeft: { azimuth: DEGREES_PER_KEY },
  ArrowRight: { azimuth: -DEGREES_PER_KEY },
  ArrowUp: { elevation: -DEGREES_PER_KEY },
  ArrowDown: { elevation: DEGREES_PER_KEY },
};
/** Keys that pan, with Shift. */
const PAN_KEYS: Readonly<Record<string, CameraChange>> = {
  ArrowLeft: { pan: [-PAN_PER_KEY, 0] },
  ArrowRight: { pan: [PAN_PER_KEY, 0] },
  ArrowUp: { pan: [0, -PAN_PER_KEY] },
  ArrowDown: { pan: [0, PAN_PER_KEY] },
};
const ZOOM_KEYS: Readonly<Record<string, CameraChange>> = {
  "+": { zoom: ZOOM_PER_KEY },
  "=": { zoom: ZOOM_PER_KEY },
  "-": { zoom: 1 / ZOOM_PER_KEY },
};
const VIEW_KEYS: Readonly<Record<string, AxisViewName>> = {
  ...{ "1": "front", "2": "back", "3": "left", "4": "right", "5": "top", "6": "bottom" },
};

type Point = readonly [x: number, y: number];
/** What a pointer does; a finger is undecided until its direction is known. */
type Drag = "undecided" | "rotate" | "pan" | "page";

interface Pointer {
  at: Point;
  drag: Drag;
}

export class Gestures {
  readonly #pointers = new Map<number, Pointer>();
  /** Whether a click gave the wheel to the picture; it keeps it until the pointer leaves. */
  #hasWheel = false;

  /** Listens until the signal is aborted. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly events: GestureEvents,
    signal: AbortSignal,
  ) {
    const on = <K extends keyof HTMLElementEventMap>(
      type: K,
      listener: (event: HTMLElementEventMap[K]) => void,
    ) => canvas.addEventListener(type, listener, { signal, passive: false });
    on("pointerdown", (event) => this.#down(event));
    on("pointermove", (event) => this.#move(event));
    on("pointerup", (event) => this.#up(event));
    on("pointercancel", (event) => this.#cancel(event));
    on("pointerleave", () => this.#release());
    on("blur", () => this.#release());
    on("wheel", (event) => this.#wheel(event));
    on("dblclick", (event) => this.#tap(event));
    on("keydown", (event) => this.#key(event));
    on("contextmenu", (event) => {
      // The right button pans. With Shift, the browser's menu still opens.
      if (event.button === 2 && events.isEnabled("pan") && !event.shiftKey) event.preventDefault();
    });
    on("touchstart", (event) => {
      // Keeps two fingers from scrolling or zooming the page.
      if (event.touches.length > 1 && (events.isEnabled("zoom") || events.isEnabled("pan")))
        event.preventDefault();
    });
    signal.addEventListener("abort", () => this.#end());
  }

  get #isGreedy(): boolean {
    const handling = this.events.handling();
    return handling === "greedy" || (handling !== "cooperative" && !pageScrolls(this.canvas));
  }

  #down(event: PointerEvent): void {
    if (event.pointerType !== "touch" && event.button === 0) this.#hasWheel = true;
    const drag = this.#dragOf(event);
    if (!drag || this.#pointers.size === 2) return;
    if (this.#pointers.size === 0) this.events.begin();
    this.#pointers.set(event.pointerId, { at: [event.clientX, event.clientY], drag });
    if (drag !== "undecided") this.#capture(event.pointerId);
  }

  #dragOf({ button, shiftKey, pointerType }: PointerEvent): Drag | undefined {
    const { events } = this;
    if (pointerType === "touch") {
      if (this.#pointers.size > 0) return "pan";
      return events.handling() === "greedy" && events.isEnabled("rotate") ? "rotate" : "undecided";
    }
    const drag = button === 2 || (button === 0 && shiftKey) ? "pan" : button === 0 ? "rotate" : undefined;
    return drag && events.isEnabled(drag) ? drag : undefined;
  }

  #capture(pointerId: number): void {
    this.canvas.setPointerCapture(pointerId);
    this.canvas.classList.add("dragging");
  }

  #move(event: PointerEvent): void {
    const pointer = this.#pointers.get(event.pointerId);
    if (!pointer) return;
    const to: Point = [event.clientX, event.clientY];
    if (this.#pointers.size === 2) {
      this.#pinch(pointer, to);
      return;
    }
    const [dx, dy] = [to[0] - pointer.at[0], to[1] - pointer.at[1]];
    if (pointer.drag === "undecided") {
      if (Math.hypot(dx, dy) < SLOP) return;
      const isTurn = Math.abs(dx) > Math.abs(dy) && this.events.isEnabled("rotate");
      pointer.drag = isTurn ? "rotate" : "page";
      if (isTurn) this.#capture(event.pointerId);
    }
    if (pointer.drag === "page") return;
    pointer.at = to;
    if (pointer.drag === "pan") this.#change({ pan: [dx / this.#side, dy / this.#side] });
    else {
      const perPixel = DEGREES_PER_SIDE / this.#side;
      this.#change({ azimuth: -dx * perPixel, elevation: dy * perPixel });
    }
  }

  /** Two fingers zoom by their distance and pan by their midpoint. */
  #pinch(pointer: Pointer, to: Point): void {
    const [a, b] = [...this.#pointers.values()];
    const measure = () => ({
      spread: Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]),
      middle: [(a.at[0] + b.at[0]) / 2, (a.at[1] + b.at[1]) / 2] as const,
    });
    const before = measure();
    pointer.at = to;
    const after = measure();
    const pan = [0, 1].map((i) => (after.middle[i] - before.middle[i]) / this.#side) as [number, number];
    this.#change({ zoom: before.spread > 0 ? after.spread / before.spread : 1, pan });
  }

  /** Passes on a change without its disabled gestures. */
  #change({ azimuth = 0, elevation = 0, zoom = 1, pan }: CameraChange): void {
    const { events } = this;
    const isTurn = (azimuth !== 0 || elevation !== 0) && events.isEnabled("rotate");
    const change: CameraChange = {
      ...(isTurn && { azimuth, elevation }),
      ...(zoom !== 1 && events.isEnabled("zoom") && { zoom }),
      ...(pan?.some((part) => part !== 0) && events.isEnabled("pan") && { pan }),
    };
    if (Object.keys(change).length > 0) events.change(change);
  }

  #up({ pointerId }: PointerEvent): void {
    if (!this.#pointers.delete(pointerId)) return;
    // When one finger is lifted, the other continues to rotate.
    for (const pointer of this.#pointers.values()) pointer.drag = "rotate";
    if (this.#pointers.size === 0) this.#end();
  }

  #end(): void {
    this.#pointers.clear();
    this.canvas.classList.remove("dragging");
    this.events.end();
  }

  /** The browser took over the gesture, to scroll or to navigate back. */
  #cancel(event: PointerEvent): void {
    const pointer = this.#pointers.get(event.pointerId);
    if (pointer && pointer.drag !== "undecided" && pointer.drag !== "page") this.events.cancel();
    this.#up(event);
  }

  #release(): void {
    this.#hasWheel = false;
  }

  #tap({ clientX, clientY, button }: MouseEvent): void {
    if (button === 0 && this.events.isEnabled("tap")) this.events.lookAt(clientX, clientY);
  }

  #wheel(event: WheelEvent): void {
    if (!this.events.isEnabled("zoom") || event.deltaY === 0) return;
    const isMeant = event.ctrlKey || event.metaKey || this.#hasWheel || this.#isGreedy;
    if (!isMeant) {
      this.events.scrolledPast();
      return;
    }
    event.preventDefault();
    const pixels = event.deltaY * WHEEL_UNITS[event.deltaMode];
    const isPinch = event.ctrlKey && Math.abs(pixels) < PINCH_STEP;
    this.#change({ zoom: ZOOM_PER_WHEEL_PIXEL ** (-pixels * (isPinch ? PINCH_FACTOR : 1)) });
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.events.isEnabled("keys")) return;
    if (this.#pressed(event)) event.preventDefault();
  }

  #pressed(event: KeyboardEvent): boolean {
    const { key } = event;
    const { events } = this;
    if (key === "Home") {
      events.home();
      return true;
    }
    if (Object.hasOwn(VIEW_KEYS, key) && events.isEnabled("rotate")) {
      events.lookAlong(VIEW_KEYS[key]);
      return true;
    }
    const [gesture, keys] = Object.hasOwn(ZOOM_KEYS, key)
      ? (["zoom", ZOOM_KEYS] as const)
      : event.shiftKey
        ? (["pan", PAN_KEYS] as const)
        : (["rotate", TURN_KEYS] as const);
    if (!Object.hasOwn(keys, key)) return events.key(event);
    if (!events.isEnabled(gesture)) return false;
    this.#change(keys[key]);
    return true;
  }

  get #side(): number {
    return Math.max(1, Math.min(this.canvas.clientWidth, this.canvas.clientHeight));
  }
}
