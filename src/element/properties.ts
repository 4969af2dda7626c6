/** The properties of <voxel-volume> and their attributes. Those of the picture come from the table of options. */

import { LitElement, type PropertyDeclarations } from "lit";
import type { LabelInput } from "../options/label-table.ts";
import { OPTION_NAMES } from "../options/options.ts";
import type { Texts } from "../texts.ts";
import type { Voxels } from "../voxels/voxels.ts";
import type { GestureHandling } from "./controllers/gestures.ts";
import { defaultOf, optionProperties } from "./option-properties.ts";

export abstract class VoxelVolumeProperties extends LitElement {
  static override properties: PropertyDeclarations = {
    src: { type: String },
    entry: { type: String },
    frame: { type: Number },
    channel: { type: Number },
    playing: { type: Boolean, reflect: true },
    frameRate: { type: Number, attribute: "frame-rate" },
    voxels: { attribute: false },
    labels: { type: String },
    alt: { type: String },
    permalink: { type: String },
    poster: { type: String },
    loading: { type: String },
    reveal: { type: String },
    controls: { type: Boolean, reflect: true },
    texts: { attribute: false },
    autoRotate: { type: Boolean, attribute: "auto-rotate" },
    autoRotateDelay: { type: Number, attribute: "auto-rotate-delay" },
    gestureHandling: { type: String, attribute: "gesture-handling" },
    disableRotate: { type: Boolean, attribute: "disable-rotate" },
    disableZoom: { type: Boolean, attribute: "disable-zoom" },
    disablePan: { type: Boolean, attribute: "disable-pan" },
    disableTap: { type: Boolean, attribute: "disable-tap" },
    disableKeys: { type: Boolean, attribute: "disable-keys" },
    disableDrop: { type: Boolean, attribute: "disable-drop" },
    gpuMemory: { attribute: "gpu-memory" },
    ...optionProperties,
  };

  /** URL of a file in any supported format: see docs/files.md. */
  declare src: string | undefined;
  /** Path of a volume inside a zip archive; by default the largest. */
  declare entry: string | undefined;
  /** Frame of a 4-D volume. */
  declare frame: number;
  /** Channel of an OME-Zarr, from 0. */
  declare channel: number;
  /** True if the frames of a 4-D volume play. If reduced motion is preferred, they play only after `play()`. */
  declare playing: boolean;
  /** Frames per second, at most. */
  declare frameRate: number;
  /** Explicit voxels with colours, instead of `src`; options that map values to colours do not apply to them. */
  declare voxels: Voxels | undefined;
  /** Names and colours of labels: entries by label, the text of a table, or its URL. */
  declare labels: LabelInput | undefined;
  /** Text alternative of the picture, for those who cannot see it. */
  declare alt: string | undefined;
  /** Key of the state in the hash of the page's URL, which the element follows; empty: "voxel-volume". */
  declare permalink: string | undefined;
  /** URL of an image to show until the volume is drawn. */
  declare poster: string | undefined;
  /** When to load: `eager` at once, `lazy` when the element comes near the window. */
  declare loading: "eager" | "lazy";
  /** When the poster is hidden: `auto` with the first picture, `manual` when `dismissPoster()` has also been called. */
  declare reveal: "auto" | "manual";
  /** True if the panel of controls is shown. */
  declare controls: boolean;
  /** Translations of the element's texts, by their English text; texts that are missing stay English. */
  declare texts: Texts | undefined;
  /** True if the camera rotates automatically when nobody moves it; not if reduced motion is preferred. */
  declare autoRotate: boolean;
  /** Milliseconds that automatic rotation waits after the user has moved the camera. */
  declare autoRotateDelay: number;
  /** What the wheel does: `cooperative` scrolls the page, `greedy` zooms, `auto` is cooperative if the page scrolls. */
  declare gestureHandling: GestureHandling;
  /** Disables rotation by dragging, arrow keys and the view keys. */
  declare disableRotate: boolean;
  /** Disables zoom by wheel, pinch and keys. */
  declare disableZoom: boolean;
  /** Disables moving the picture by dragging with the right button, with Shift or with two fingers. */
  declare disablePan: boolean;
  /** Disables centring the voxel under a double click. */
  declare disableTap: boolean;
  /** Disables keyboard control of the picture. */
  declare disableKeys: boolean;
  /** Disables dropping files onto the element. */
  declare disableDrop: boolean;
  /** Most GPU memory that is used, as "256MiB" or in bytes; by default as the GPU suggests. */
  declare gpuMemory: string | number | undefined;
  declare kind: "auto" | "intensity" | "labels" | "mask" | "signed";
  declare window: string;
  declare threshold: string | number;
  declare only: string;
  declare hide: string;
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
  declare opacity: string | number;
  declare shade: string | boolean;
  declare light: string;
  declare explode: number;
  declare flip: string | undefined;
  declare crop: string | undefined;
  declare clip: string | undefined;
  declare view: "full" | "cut" | "diagonal" | "";
  declare azimuth: number | undefined;
  declare elevation: number;
  declare zoom: number;
  declare target: string;
  declare fit: "auto" | "content" | "article";
  declare distance: number;
  declare projection: "perspective" | "orthographic";
  declare axes: string | boolean;
  declare colorbar: string | boolean;
  declare scalebar: string | boolean;
  declare orientation: string | boolean;

  constructor() {
    super();
    this.frame = 0;
    this.channel = 0;
    this.playing = false;
    this.frameRate = 4;
    this.loading = "eager";
    this.reveal = "auto";
    this.controls = false;
    this.autoRotate = false;
    this.autoRotateDelay = 3000;
    this.gestureHandling = "auto";
    this.disableRotate = false;
    this.disableZoom = false;
    this.disablePan = false;
    this.disableTap = false;
    this.disableKeys = false;
    this.disableDrop = false;
    for (const name of OPTION_NAMES) Object.assign(this, { [name]: defaultOf(name) });
  }
}
