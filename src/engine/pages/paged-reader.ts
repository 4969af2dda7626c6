/** PagedReader: the way in which passes read a grid of several levels, and its uniforms and bind groups. */

import noNotesShader from "../../../shaders/lib/no-notes.wgsl";
import pagedGridShader from "../../../shaders/lib/paged-grid.wgsl";
import pagedTraverseShader from "../../../shaders/lib/paged-traverse.wgsl";
import pagedWordsShader from "../../../shaders/lib/paged-words.wgsl";
import storedWordShader from "../../../shaders/lib/stored-word.wgsl";
import type { Codes } from "../../values/codes.ts";
import { codeConstants } from "../../values/stored-values.ts";
import type { Vec3 } from "../../volume.ts";
import type { Binding } from "../gpu/bind-group.ts";
import { UniformLayout, wgslConstant } from "../gpu/uniforms.ts";
import type { GridReader } from "../grid-reader.ts";
import { FIELD_CODE, FIELD_GROUP } from "../pipeline/field.ts";
import type { PageGrid } from "./page-grid.ts";

/** Bindings of group 2: frame, bricks, table, palette, pages, constants, view. */
export const PAGED_GROUP: readonly Binding[] = ["uniform", "read", "read", "read", "read", "read", "uniform"];
/** Most levels of a grid. */
export const MOST_LEVELS = wgslConstant(pagedGridShader, "MAX_LEVELS");

/** See voxel_of in paged-grid.wgsl. */
export const CELL_SHIFT = wgslConstant(pagedGridShader, "SHIFT");
export const LEVEL_SHIFT = wgslConstant(pagedGridShader, "LEVEL_SHIFT");

const LEVEL = new UniformLayout(pagedGridShader, "Level");
const VIEW = new UniformLayout(pagedGridShader.replace(/levels: ?array.*/, ""), "View");

/** Bytes of the uniform struct View. */
export const VIEW_BYTES = VIEW.size + MOST_LEVELS * LEVEL.size;

/** The reader of a paged grid; `notes`: whether the passes define `note`. */
export function pagedReader(codes: Codes, pageSize: number, notes: boolean): GridReader {
  return {
    code: [
      ...FIELD_CODE,
      storedWordShader,
      pagedWordsShader,
      pagedGridShader,
      ...(notes ? [] : [noNotesShader]),
    ],
    traversal: pagedTraverseShader,
    constants: { ...codeConstants(codes), PAGE: pageSize },
    groups: [FIELD_GROUP, PAGED_GROUP],
  };
}

/** The camera's distances, and the width of a pixel. */
export interface PagedView {
  /** t of a point p in voxels of level 0 is dot(depth, p) + depth[3]. */
  readonly depth: readonly [number, number, number, number];
  /** Width of a pixel in the box, in the plane through the camera's target. */
  readonly pixel: number;
  readonly isPerspective: boolean;
  /** Sides of a voxel of level 0 in the box. */
  readonly voxel: Vec3;
}

/** The uniform struct View. */
export function viewUniforms(
  { levels, coarsest }: PageGrid,
  { depth, pixel, isPerspective, voxel }: PagedView,
): DataView<ArrayBuffer> {
  const bytes = new DataView(new ArrayBuffer(VIEW_BYTES));
  VIEW.write(bytes, { depth, pixel, perspective: Number(isPerspective), coarsest: coarsest.level });
  for (const { level, dims, scale, origin, pages, firstPage } of levels) {
    const side = Math.min(...scale.map((size, axis) => size * voxel[axis]));
    const at = new DataView(bytes.buffer, VIEW.size + level * LEVEL.size, LEVEL.size);
    LEVEL.write(at, { dims, first_page: firstPage, pages, side, scale, origin });
  }
  return bytes;
}
