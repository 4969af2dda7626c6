/** Resolves the settings that depend on the volume: kind, window, threshold, colour map, opacity, shade and camera. */

import { profileOf, wholeProfileOf } from "../values/profile.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import type { ScalarImage, Vec3, Volume } from "../volume.ts";
import { contentOf, contentSphere, prepareContent } from "./content.ts";
import { drawnCamera, type Subject } from "./fit.ts";
import { describeKind, isListed, type Kind, kindOf, tooManyLabels } from "./kinds.ts";
import {
  type Appearance,
  ARTICLE_TRANSFORM,
  boxExtent,
  type DrawnSettings,
  type Settings,
  type Window,
} from "./settings.ts";
import { drawnValue, wholeScale } from "./value-scale.ts";
import { intensityWindow, signedThreshold, signedWindow } from "./windows.ts";

/** If more of the volume's border than this is filled, the volume must be translucent to show its inside. */
const MOST_OPAQUE = 0.6;
/**
 * In a field smoother than this, the outermost voxels would hide the rest behind one colour, so it must be translucent,
 * too.
 */
const LEAST_ROUGHNESS = 0.05;

/** Labels are nested: a ray passes through about this fraction of the volume's depth. */
const LABEL_DEPTH = 0.1;

const COLORMAPS: Readonly<Record<Kind, string>> = {
  intensity: "viridis",
  signed: "coolwarm",
  labels: "labels",
  mask: "labels",
};

/** The defaults of a kind for one volume. */
interface Defaults extends Pick<Appearance, "window" | "threshold"> {
  /** Opacity for a number of voxels along a ray. */
  readonly opacity: (depth: number) => number;
}

const SOLID = () => 1;
const defaults = new WeakMap<ValueProfile, Map<Kind, Defaults>>();
/** Caches the kinds, as settings are resolved with every camera move. */
const found = new WeakMap<ValueProfile, Kind>();

/**
 * The settings with which a volume is drawn. Settings that are not "auto" stay unchanged.
 * @throws VoxelVolumeError "invalid-option" if there are too many labels.
 */
export function drawnSettings(settings: Settings, volume: Volume, profile: ValueProfile): DrawnSettings {
  const kind = settings.kind === "auto" ? foundKind(volume, profile) : settings.kind;
  if (isListed(kind) && !profile.isExact) throw tooManyLabels();
  const own = defaultsOf(kind, volume, profile);
  const dims = settings.resolution === "native" ? volume.dims : settings.resolution;
  const { window, threshold } = own;
  const extent = boxExtent(settings.aspect, volume.dims, volume.spacing);
  const content = () => {
    const rows = contentOf(profile, kind);
    return rows && contentSphere(rows, extent, settings);
  };
  const subject: Subject = { extent, hasAxes: settings.axes !== null, content };
  return resolved(
    settings,
    {
      kind,
      window,
      threshold,
      opacity: own.opacity(depthOf(dims)),
      shade: isListed(kind) ? "smooth" : "none",
    },
    drawnCamera(settings.camera, subject, "content"),
    volume.colormap,
  );
}

/**
 * Computes the content of a volume as its kind fills it. Lets other tasks run between slices. Without it,
 * `drawnSettings` fits the camera to what another kind fills, or to the whole box.
 */
export async function contentReady(
  volume: Volume,
  profile: ValueProfile,
  setKind: Settings["kind"] = "auto",
): Promise<void> {
  const kind = setKind === "auto" ? foundKind(volume, profile) : setKind;
  await prepareContent(volume, profile, { kind, ...defaultsOf(kind, volume, profile) });
}

/**
 * The settings with which explicit voxels are drawn. Their values decide nothing: they count as intensities from the
 * minimum to the maximum, in the article's window. If there are no voxels, the box is a cube.
 */
export function plainSettings(
  settings: Settings,
  { dims, spacing }: Pick<ScalarImage, "dims" | "spacing"> = { dims: [1, 1, 1], spacing: [1, 1, 1] },
): DrawnSettings {
  const kind = settings.kind === "auto" ? "intensity" : settings.kind;
  const extent = boxExtent(settings.aspect, dims, spacing);
  const subject: Subject = { extent, hasAxes: settings.axes !== null, content: () => undefined };
  return resolved(
    settings,
    { kind, window: null, threshold: 0, opacity: 1, shade: "none" },
    drawnCamera(settings.camera, subject, "article"),
  );
}

/** The profile to draw a volume with. For labels, it has all values. */
export async function drawnProfile(volume: Volume): Promise<ValueProfile> {
  const profile = await profileOf(volume);
  return profile.isSampled && isListed(foundKind(volume, profile)) ? wholeProfileOf(volume) : profile;
}

/** The resolved appearance as reported by `info`, `--stats` and the event "load". */
export interface ToldAppearance {
  readonly kind: Kind;
  /** As in "Labels: 53 values". */
  readonly kindText: string;
  /** In data units. */
  readonly window: Window;
  readonly threshold: number;
  readonly opacity: number;
  readonly shade: DrawnSettings["shade"];
}

export function appearance(
  { kind, window, threshold, opacity, shade }: DrawnSettings,
  profile: ValueProfile,
): ToldAppearance {
  const { min, max } = profile;
  return {
    kind,
    kindText: describeKind(kind, profile),
    window: window ?? [min, max],
    threshold,
    opacity,
    shade,
  };
}

function resolved(
  settings: Settings,
  auto: Omit<Appearance, "colormap">,
  camera: DrawnSettings["camera"],
  ownColormap?: string,
): DrawnSettings {
  const { window, threshold, colormap, opacity, shade } = settings;
  const { kind } = auto;
  return {
    ...settings,
    camera,
    kind,
    window: window === "auto" ? auto.window : window === "full" ? null : window,
    threshold: threshold === "auto" ? auto.threshold : threshold,
    colormap: colormap === "auto" ? (kind === "intensity" && ownColormap) || COLORMAPS[kind] : colormap,
    opacity: opacity === "auto" ? auto.opacity : opacity,
    shade: shade === "auto" ? auto.shade : shade,
  };
}

function foundKind(volume: Pick<ScalarImage, "intent">, profile: ValueProfile): Kind {
  const kind = found.get(profile) ?? kindOf(profile, volume);
  found.set(profile, kind);
  return kind;
}

function defaultsOf(kind: Kind, volume: Pick<ScalarImage, "displayRange">, profile: ValueProfile): Defaults {
  let kinds = defaults.get(profile);
  if (!kinds) {
    kinds = new Map();
    defaults.set(profile, kinds);
  }
  let own = kinds.get(kind);
  if (!own) {
    own = makeDefaults(kind, volume, profile);
    kinds.set(kind, own);
  }
  return own;
}

function makeDefaults(
  kind: Kind,
  volume: Pick<ScalarImage, "displayRange">,
  profile: ValueProfile,
): Defaults {
  if (kind === "intensity") {
    const window = intensityWindow(profile, volume);
    return { window, threshold: 0, opacity: intensityOpacity(profile, window) };
  }
  if (kind === "signed") {
    return { window: signedWindow(profile, volume), threshold: signedThreshold(profile), opacity: SOLID };
  }
  const opacity = kind === "mask" ? SOLID : (depth: number) => seeThrough(LABEL_DEPTH * depth);
  return { window: null, threshold: 0, opacity };
}

/**
 * 1 for a shape with structure surrounded by empty space, like the article's head; else lower the deeper the volume is.
 */
function intensityOpacity(profile: ValueProfile, window: Appearance["window"]): Defaults["opacity"] {
  const { levels, missing, border, roughness } = profile;
  const scale = wholeScale(levels, { kind: "intensity", threshold: 0, transform: ARTICLE_TRANSFORM, window });
  const isFilled = (value: number) => drawnValue(scale, value).alpha > 0;
  const isOpen = border.filter(isFilled).length <= MOST_OPAQUE * border.length;
  if (isOpen && (window || roughness >= LEAST_ROUGHNESS)) return SOLID;
  let [sum, all] = [0, missing];
  for (const [i, n] of levels.counts.entries()) {
    sum += n * drawnValue(scale, levels.values[i]).alpha;
    all += n;
  }
  return (depth) => seeThrough((depth * sum) / all / 2);
}

/** The opacity for which so many voxels of alpha 1 have an optical depth of 2: about an eighth of the light passes. */
function seeThrough(voxels: number): number {
  // A voxel's two faces have the optical depth -2 ln(1 - opacity), about 2 * opacity.
  return Number(Math.min(1, 1 / voxels).toPrecision(2));
}

/** Voxels along a ray: the harmonic mean of the sides, as most rays leave a slab through its large faces. */
function depthOf(dims: Vec3): number {
  return 3 / dims.reduce((sum, n) => sum + 1 / n, 0);
}
