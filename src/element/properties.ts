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
    playing: { type: Boolean, reflect: true },
    frameRate: { type: Number, attribute: "frame-rate" },
    voxels: { attribute: false },
    labels: { type: String },
    alt: { type: String },
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
    ...optionProperties,
  };

  /** URL of a file of any format that is read: see docs/files.md. */
  declare src: string | undefined;
  /** Path of a volume inside a zip; the largest by default. */
  declare entry: string | undefined;
  /** Frame of a 4-D volume. */
  declare frame: number;
  /** Whether the frames of a 4-D volume are played; where reduced motion is preferred, only after `play()`. */
  declare playing: boolean;
  /** Frames a second to play, at most. */
  declare frameRate: number;
  /** Explicit voxels with colours, in place of `src`; options that map values to colours do not apply to them. */
  declare voxels: Voxels | undefined;
  /** Names and colours of labels: entries by label, the text of a table, or its URL. */
  declare labels: LabelInput | undefined;
  /** What the picture shows, for those who cannot see it. */
  declare alt: string | undefined;
  /** URL of a picture to show until the volume is. */
  declare poster: string | undefined;
  /** When to load: `eager`, at once, or `lazy`, when the element comes near the window. */
  declare loading: "eager" | "lazy";
  /** When the poster goes: `auto`, with the first picture, or `manual`, when `dismissPoster()` is called, too. */
  declare reveal: "auto" | "manual";
  /** Whether there is a panel of controls. */
  declare controls: boolean;
  /** Texts of the element and its panel in another language, by their English; those left out stay English. */
  declare texts: Texts | undefined;
  /** Whether the camera turns automatically while nobody moves it; not where reduced motion is preferred. */
  declare autoRotate: boolean;
  /** Milliseconds that it waits after the camera was moved by hand. */
  declare autoRotateDelay: number;
  /** Whether the wheel scrolls the page (`cooperative`) or zooms (`greedy`); `auto`: whether the page scrolls decides. */
  declare gestureHandling: GestureHandling;
  /** Whether drags, arrow keys and the keys of the views do not turn the volume. */
  declare disableRotate: boolean;
  /** Whether wheel, pinch and keys do not zoom. */
  declare disableZoom: boolean;
  /** Whether drags with the right button, with Shift or with two fingers do not move the picture. */
  declare disablePan: boolean;
  /** Whether a double click does not look at the voxel under it. */
  declare disableTap: boolean;
  /** Whether the picture takes no keys. */
  declare disableKeys: boolean;
  /** Whether files that are dropped onto the element are not shown. */
  declare disableDrop: boolean;
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

  constructor() {
    super();
    this.frame = 0;
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
