/** Descriptions of the options, for the command line's help and the docs. Pages do not load them. */

import type { OptionName } from "./options.ts";

export const OPTION_DOCS: Readonly<Record<OptionName, string>> = {
  kind: "what the values are: `auto`, `intensity`, `labels`, `mask` or `signed`",
  window:
    "`lo hi`: the values from one end of the colours to the other, in data units; `auto`, or `full` for all",
  threshold: "signed: values nearer to 0 are hidden, in data units",
  only: "labels: those to show, as `17 53 1000-1035`; all by default",
  hide: "labels: those to hide, as `2 41`",
  resolution: "`native`, `50` (a side) or `100x120x68`",
  antialias: "smooth before reducing the resolution",
  aspect: "`physical` (true proportions) or `cube`",
  blend: "`weighted` (order-independent) or `exact`",
  colormap:
    "a colour map of matplotlib, reversed with `_r`; or colours, as `#000 #f00 #fff`; `auto`: what suits the kind",
  transform: "`none` turns the transform off",
  floor: "transform: what is cut off below, 0 to 1",
  gamma: "transform: exponent",
  contrast: "transform: gain around the mean",
  bias: "transform: what is taken off at the end",
  opacity: "multiplies alpha, 0 to 1; `auto`: 1, or less where little is empty",
  shade: "light on voxels: `faces` (as matplotlib's shade), `smooth` or `none`; `auto`: for labels and masks",
  light: "`azimuth altitude` of the light in degrees, as matplotlib's LightSource",
  explode: "gap between voxels, as a fraction of a voxel",
  flip: "any of `x`, `y`, `z` together: axes to reverse",
  crop: "`0:0.7 0:1 0:0.5`: the part to keep on x, y, z, after the flip",
  clip: "`nx ny nz d`: keeps voxel centres p with n.p + d > 0, p in fractions of the box",
  view: "`full`, `cut` or `diagonal`: the article's flip, crop, clip and azimuth",
  azimuth: "camera: degrees around the z axis",
  elevation: "camera: degrees above the xy plane, -90 to 90",
  zoom: "camera: magnification",
  target:
    "camera: the point looked at, in fractions of the box, as `0.5 0.5 0.25`; `auto`: the middle of what is shown",
  fit: "camera: what the window shows: the `content`, or as much as in the `article`; `auto`: `article` with a `view`",
  distance: "camera: from the target to the eye, in sides of the box",
  projection: "`perspective` or `orthographic`",
  axes: "box with ticks and labels, in `voxels` (the bare word means that) or `mm`",
  colorbar: "colour bar, or legend of labels, beside the picture",
  scalebar: "a line of a round length, as `50 mm`, in the lower right corner",
  orientation: "the patient's directions, as `R`, `A` and `S`, or x, y and z, in the lower left corner",
};
