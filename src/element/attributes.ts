/** Types of the element's attributes and events, for event listeners and framework templates. */

import type { DrawnCamera } from "../options/camera.ts";
import type { OptionName } from "../options/options.ts";
import type { Progress } from "../read/index.ts";
import type { LoadDetail } from "./api-types.ts";
import type { VoxelVolumeElement } from "./voxel-volume.ts";

/** The element's own events, by name. */
export interface VoxelVolumeEventMap {
  load: CustomEvent<LoadDetail>;
  progress: CustomEvent<Progress>;
  error: ErrorEvent;
  abort: Event;
  "camera-change": CustomEvent<DrawnCamera>;
  "device-restored": Event;
}

/** The events of every HTML element and the element's own, which replace those of the same name. */
type AllEvents = VoxelVolumeEventMap & Omit<HTMLElementEventMap, keyof VoxelVolumeEventMap>;
type Listener<K extends keyof AllEvents> = (this: VoxelVolumeElement, event: AllEvents[K]) => void;
type AnyListener = EventListenerOrEventListenerObject | null;

/** Overloads that give listeners the type of each event. */
declare module "./voxel-volume.ts" {
  interface VoxelVolumeElement {
    addEventListener<K extends keyof AllEvents>(
      type: K,
      listener: Listener<K>,
      options?: boolean | AddEventListenerOptions,
    ): void;
    addEventListener(type: string, listener: AnyListener, options?: boolean | AddEventListenerOptions): void;
    removeEventListener<K extends keyof AllEvents>(
      type: K,
      listener: Listener<K>,
      options?: boolean | EventListenerOptions,
    ): void;
    removeEventListener(type: string, listener: AnyListener, options?: boolean | EventListenerOptions): void;
  }
}

/** Properties other than the picture's options. */
type OwnName =
  | "src"
  | "entry"
  | "frame"
  | "channel"
  | "playing"
  | "frameRate"
  | "voxels"
  | "labels"
  | "alt"
  | "permalink"
  | "state"
  | "poster"
  | "loading"
  | "reveal"
  | "controls"
  | "autoRotate"
  | "autoRotateDelay"
  | "texts"
  | "gestureHandling"
  | "disableRotate"
  | "disableZoom"
  | "disablePan"
  | "disableTap"
  | "disableKeys"
  | "disableDrop"
  | "gpuMemory";

type Kebab<S extends string> = S extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${Kebab<Rest>}`
    : `-${Lowercase<First>}${Kebab<Rest>}`
  : S;

/** A property's value, or its text as an attribute. */
type Written<T> = T | (number extends T ? `${number}` : never) | (true extends T ? "" : never);

type Properties = { [K in OwnName | OptionName]?: Written<VoxelVolumeElement[K]> };

/** All properties, by property name and by attribute name. */
export type VoxelVolumeAttributes = Properties & { [K in keyof Properties as Kebab<K>]?: Properties[K] };
