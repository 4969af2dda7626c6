/** The uniform struct Frame: the camera, and where the grid lies relative to it. */

import frameShader from "../../shaders/lib/frame.wgsl";
import { cameraFrame, cameraWindow } from "../options/camera.ts";
import { boxExtent, type DrawSettings } from "../options/settings.ts";
import type { Vec3 } from "../volume.ts";
import type { Blender, GridTransform } from "./blend/blender.ts";
import { UniformBuffer, UniformLayout, type UniformValue } from "./gpu/uniforms.ts";
import type { Grid } from "./grid.ts";

export const FRAME = new UniformLayout(frameShader, "Frame");

const NO_MATRIX = new Float64Array(16);

/** Size of a picture, or of one sample of its pixels. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
  /** Offset of the sample from the pixel's centre, in pixels. */
  readonly offset: readonly [number, number];
  /** Device pixels per CSS pixel. */
  readonly scale: number;
  /** Size of the detail to show of a paged volume, in pixels; 1 by default. */
  readonly detail?: number;
}

export class FrameUniforms {
  readonly #uniform: UniformBuffer;

  constructor(device: GPUDevice) {
    this.#uniform = new UniformBuffer(device, FRAME, "frame");
  }

  get buffer(): GPUBuffer {
    return this.#uniform.buffer;
  }

  /**
   * Applies to work submitted afterwards. `dims` and `spacing` are the volume's; `clipFromBox` comes from the blender,
   * if it rasterizes.
   */
  write(
    grid: Grid,
    { dims, spacing }: { dims: Vec3; spacing: Vec3 },
    settings: DrawSettings,
    size: FrameSize,
    clipFromBox?: Blender["clipFromBox"],
  ): GridTransform {
    const { camera, explode, aspect } = settings;
    const extent = boxExtent(aspect, dims, spacing);
    const voxel = extent.map((side, axis) => (grid.flip[axis] ? -side : side) / grid.dims[axis]);
    const origin = extent.map((side, axis) => 0.5 + ((grid.flip[axis] ? 1 : -1) * side) / 2);
    const transform = { camera, origin, voxel, side: 1 - explode };
    const { width, height, offset } = size;
    this.#uniform.write({
      clip_from_box: clipFromBox?.(camera, width, height, offset) ?? NO_MATRIX,
      ...cameraUniforms(transform, extent, size),
      ...styleUniforms(grid, settings, size.scale),
    });
    return transform;
  }

  destroy(): void {
    this.#uniform.destroy();
  }
}

function cameraUniforms(
  { camera, origin, voxel, side }: GridTransform,
  extent: Vec3,
  { width, height, offset }: FrameSize,
): Record<string, UniformValue> {
  const { eye, towards, right, up } = cameraFrame(camera);
  const inGrid = (point: readonly number[]) => point.map((x, axis) => (x - origin[axis]) / voxel[axis]);
  const steps = (direction: Vec3, length: number) => direction.map((x, axis) => (length * x) / voxel[axis]);
  const { half, centre } = cameraWindow(camera, width, height);
  // `before`: signed distance from the focus to the box's centre along `towards`. Then the planes through the box's
  // nearest and farthest corner.
  const before = towards.reduce((sum, t, axis) => sum + t * (0.5 - camera.focus[axis]), 0);
  const reach = extent.reduce((sum, side, axis) => sum + (Math.abs(towards[axis]) * side) / 2, 0);
  const ends = [-before - reach, -before + reach];
  const left = centre - half[0] + (2 * half[0] * offset[0]) / width;
  const top = centre + half[1] - (2 * half[1] * offset[1]) / height;
  return {
    eye: camera.projection === "perspective" ? [...inGrid(eye), 1] : [...steps(towards, 1), 0],
    origin,
    voxel,
    side,
    window: inGrid([0, 1, 2].map((axis) => camera.focus[axis] + left * right[axis] + top * up[axis])),
    window_x: steps(right, (2 * half[0]) / width),
    window_y: steps(up, (-2 * half[1]) / height),
    depth: camera.projection === "perspective" ? ends.map((s) => s / camera.distance) : ends,
    pixels: [width, height],
  };
}

function styleUniforms(
  grid: Grid,
  { kind, opacity, explode, shade, light, background: [r, g, b, a] }: DrawSettings,
  scale: number,
): Record<string, UniformValue> {
  const style = grid.kind === "explicit" ? grid.edgeStyle : undefined;
  return {
    dims: grid.dims,
    opacity,
    background: [r * a, g * a, b * a, a],
    light: lightDirection(light),
    is_lit: Number(shade !== "none"),
    is_listed: Number(kind === "labels"),
    edge: style?.edge ?? [0, 0, 0, 0],
    edge_width: (style?.edgeWidth ?? 0) * scale,
    hide_inner: Number(explode === 0 && (style?.hideInner ?? false)),
  };
}

/** Direction to the light, as matplotlib's `LightSource.direction`. */
function lightDirection([azimuth, altitude]: DrawSettings["light"]): Vec3 {
  const [around, above] = [((90 - azimuth) * Math.PI) / 180, (altitude * Math.PI) / 180];
  return [Math.cos(around) * Math.cos(above), Math.sin(around) * Math.cos(above), Math.sin(above)];
}
