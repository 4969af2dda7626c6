/** pagedView: what decides which level a pixel can show, for one picture. */

import { cameraFrame, cameraWindow } from "../../options/camera.ts";
import type { Vec3 } from "../../volume.ts";
import type { GridTransform } from "../blend/blender.ts";
import type { FrameSize } from "../frame-uniforms.ts";
import type { PagedView } from "./paged-reader.ts";

/** Depths are those of rays: 0 in the plane through the camera's focus and, in perspective, -1 at the eye. */
export function pagedView(
  { camera, origin, voxel }: GridTransform,
  { width, height, detail = 1 }: Pick<FrameSize, "width" | "height" | "detail">,
): PagedView {
  const { towards } = cameraFrame(camera);
  const isPerspective = camera.projection === "perspective";
  const unit = isPerspective ? camera.distance : 1;
  const steps = towards.map((part, axis) => (-part * voxel[axis]) / unit);
  const offset = towards.reduce(
    (sum, part, axis) => sum - (part * (origin[axis] - camera.focus[axis])) / unit,
    0,
  );
  const { half } = cameraWindow(camera, width, height);
  return {
    depth: [steps[0], steps[1], steps[2], offset],
    pixel: ((2 * half[0]) / width) * detail,
    isPerspective,
    voxel: voxel.map(Math.abs) as unknown as Vec3,
  };
}
