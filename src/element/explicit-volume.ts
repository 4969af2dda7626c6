/** Explicit voxels as a volume that the element can show. */

import type { ExplicitVoxels } from "../engine/grid.ts";
import { memoryVolume } from "../memory-volume.ts";
import type { ScalarImage, Vec3, Volume } from "../volume.ts";
import { type ParseColor, parseHex, type Rgba } from "../voxels/colors.ts";
import { explicitVoxels } from "../voxels/explicit-grid.ts";
import { checkVoxels, type Voxels } from "../voxels/voxels.ts";

/** Its values are the voxels' alphas; 0 where there is no voxel. */
export interface ExplicitVolume extends ScalarImage, ExplicitVoxels {
  readonly kind: "explicit";
  /** Lowest and highest coordinates along each axis. */
  readonly bounds: readonly [low: Vec3, high: Vec3];
}

/** A volume or explicit voxels. */
export type ShownVolume = Volume | ExplicitVolume;

/** @throws VoxelVolumeError "invalid-option" like `checkVoxels`. */
export function explicitVolume(voxels: Voxels): ExplicitVolume {
  const checked = checkVoxels(voxels, parseCss);
  const { filled, alpha, low, high } = checked;
  const grid = explicitVoxels(checked);
  const [sx, sy, sz] = grid.spacing;
  const [x, y, z] = low.map((at, axis) => at + grid.spacing[axis] / 2);
  const values = memoryVolume({
    name: "voxels",
    dims: grid.dims,
    spacing: grid.spacing,
    affine: [sx, 0, 0, x, 0, sy, 0, y, 0, 0, sz, z, 0, 0, 0, 1],
    unitless: true,
    dtype: "uint8",
    data: Uint8Array.from(filled, (is, i) => (is ? Math.round(255 * alpha[i]) : 0)),
    slope: 1 / 255,
  });
  return { ...values, kind: "explicit", bounds: [low, high], makeGrid: grid.makeGrid };
}

/**
 * Parses any CSS colour. The text that the canvas returns is used, because its pixels would lose precision to alpha.
 */
const parseCss: ParseColor = (css) => {
  const hex = parseHex(css);
  if (hex || !CSS.supports("color", css)) return hex;
  const context = new OffscreenCanvas(1, 1).getContext("2d") as OffscreenCanvasRenderingContext2D;
  context.fillStyle = css;
  const text = String(context.fillStyle);
  const levels = /^rgba\(([\d.]+), ([\d.]+), ([\d.]+), ([\d.]+)\)$/.exec(text)?.slice(1).map(Number);
  if (levels) return levels.map((level, i) => (i < 3 ? level / 255 : level)) as unknown as Rgba;
  if (text.startsWith("#")) return parseHex(text);
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data].map((level) => level / 255) as unknown as Rgba;
};
