/** Pointer, pinch, wheel and keys on a canvas as changes of the camera. */

/** What a gesture asks for: degrees to turn, and a factor for the zoom. */
export interface OrbitChange {
  readonly azimuth: number;
  readonly elevation: number;
  readonly zoom: number;
}

/** A drag across the whole canvas turns the volume by this much. */
const DEGREES_PER_SIDE = 270;
const ZOOM_PER_WHEEL_PIXEL = 1.0015;
/** Pixels of a wheel's line and page, where it reports those. */
const WHEEL_UNITS = [1, 16, 400];
const DEGREES_PER_KEY = 10;
const ZOOM_PER_KEY = 1.2;

const NONE: OrbitChange = { azimuth: 0, elevation: 0, zoom: 1 };
const KEYS: Readonly<Record<string, Partial<OrbitChange>>> = {
  ArrowLeft: { azimuth: DEGREES_PER_KEY },
  ArrowRight: { azimuth: -DEGREES_PER_KEY },
  ArrowUp: { elevation: -DEGREES_PER_KEY },
  ArrowDown: { elevation: DEGREES_PER_KEY },
  "+": { zoom: ZOOM_PER_KEY },
  "=": { zoom: ZOOM_PER_KEY },
  "-": { zoom: 1 / ZOOM_PER_KEY },
};

export interface OrbitEvents {
  change(change: OrbitChange): void;
  /** The key Home. */
  reset(): void;
}

/**
 * Tells `events` of each gesture on `canvas` until the signal is aborted. With the style
 * `touch-action: pan-y`, a finger that moves up or down scrolls the page, one that starts sideways turns the volume.
 */
export function listenForOrbit(canvas: HTMLCanvasElement, events: OrbitEvents, signal: AbortSignal): void {
  const pointers = new Map<number, { x: number; y: number }>();
  const spread = () => {
    const [a, b] = [...pointers.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };

  const down = (event: PointerEvent) => {
    if (event.button !== 0 || pointers.size === 2) return;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    canvas.setPointerCapture(event.pointerId);
    canvas.classList.add("dragging");
  };
  const move = (event: PointerEvent) => {
    const last = pointers.get(event.pointerId);
    if (!last) return;
    const before = pointers.size === 2 ? spread() : 0;
    const dx = event.clientX - last.x;
    const dy = event.clientY - last.y;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (pointers.size === 2) {
      events.change({ ...NONE, zoom: before > 0 ? spread() / before : 1 });
    } else {
      const perPixel = DEGREES_PER_SIDE / Math.min(canvas.clientWidth, canvas.clientHeight);
      events.change({ azimuth: -dx * perPixel, elevation: dy * perPixel, zoom: 1 });
    }
  };
  const up = (event: PointerEvent) => {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) canvas.classList.remove("dragging");
  };
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const pixels = event.deltaY * WHEEL_UNITS[event.deltaMode];
    events.change({ ...NONE, zoom: ZOOM_PER_WHEEL_PIXEL ** -pixels });
  };
  const key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Home") events.reset();
    else if (Object.hasOwn(KEYS, event.key)) events.change({ ...NONE, ...KEYS[event.key] });
    else return;
    event.preventDefault();
  };

  canvas.addEventListener("pointerdown", down, { signal });
  canvas.addEventListener("pointermove", move, { signal });
  canvas.addEventListener("pointerup", up, { signal });
  canvas.addEventListener("pointercancel", up, { signal });
  canvas.addEventListener("wheel", wheel, { signal, passive: false });
  canvas.addEventListener("keydown", key, { signal });
}
