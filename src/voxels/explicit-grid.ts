/** Explicit: makes a grid of voxels that bring their own colours, edges and coordinates, below the scalar pipeline. */

import explicitShader from "../../shaders/lib/explicit-grid.wgsl";
import lineShader from "../../shaders/lib/line.wgsl";
import { Painter } from "../engine/blend/sorted-quads.ts";
import type { GridCode, GridSource, Means, VoxelGrid } from "../engine/grid.ts";
import { VoxelVolumeError } from "../errors.ts";
import type { Vec3 } from "../volume.ts";
import { movedFaces } from "./quads.ts";
import type { CheckedVoxels } from "./voxels.ts";

const CODE: GridCode = { places: `${lineShader}\n${explicitShader}`, colors: "" };

const ALPHA_MAX = 0xffffff;
/** Of an empty voxel: see shaders/voxel.wgsl. */
const NEXT_TO_FILLED = 1 << 24;

export class ExplicitGrid implements GridSource {
  readonly dims: Vec3;
  readonly spacing: Vec3;
  readonly drawing: GridSource["drawing"];
  readonly #moved: ReturnType<typeof movedFaces> | undefined;

  constructor(private readonly voxels: CheckedVoxels) {
    const { dims, low, high } = voxels;
    this.dims = dims;
    this.spacing = dims.map((n, axis) => (high[axis] - low[axis]) / n) as unknown as Vec3;
    const moved = voxels.corners && movedFaces(voxels);
    this.#moved = moved;
    this.drawing = moved ? { blender: (means) => new Painter(means, moved) } : { code: CODE };
  }

  makeGrid(means: Means): VoxelGrid {
    const { dims, filled, edge, edgeWidth, hideInner } = this.voxels;
    const filledCount = filled.reduce((sum, one) => sum + one, 0);
    const look = { edge, edgeWidth, hideInner };
    const voxels = this.#moved ? upload(means, this.#moved.quads) : this.#cells(means);
    return { gridDims: dims, dims, first: [0, 0, 0], voxels, filledCount, look };
  }

  /** What shaders/explicit.wgsl reads. */
  #cells(means: Means): GPUBuffer {
    const { dims, filled, rgb, planes } = this.voxels;
    const n = filled.length;
    const { maxStorageBufferBindingSize, maxBufferSize } = means.device.limits;
    // The list of visible faces is the largest binding.
    const most = Math.floor(Math.min(maxStorageBufferBindingSize, maxBufferSize) / 12);
    if (n > most) {
      throw new VoxelVolumeError(
        "invalid-option",
        `voxels: ${dims.join(" x ")} voxels: this GPU holds at most ${most}`,
      );
    }
    const places = planePlaces(this.voxels);
    const data = new Uint32Array(2 * n + places.length);
    data.set(this.#words());
    data.set(rgb, n);
    data.set(new Uint32Array(places.buffer), 2 * n);
    const voxels = upload(means, data);
    if (!planes) means.distance.run(dims, voxels);
    return voxels;
  }

  /** See shaders/voxel.wgsl. A filled voxel stays one where its faces are transparent, for its edges. */
  #words(): Uint32Array {
    const { filled, alpha } = this.voxels;
    return Uint32Array.from(filled, (is, i) =>
      is ? Math.max(1, Math.round(alpha[i] * ALPHA_MAX)) : NEXT_TO_FILLED,
    );
  }
}

function upload(
  { device, storageBuffer }: Means,
  data: Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
): GPUBuffer {
  const buffer = storageBuffer(device, "explicit voxels", data.byteLength);
  device.queue.writeBuffer(buffer, 0, data);
  return buffer;
}

/** The planes of each axis, one after the other, scaled so that there are as many units as voxels. */
function planePlaces({ dims, planes, low, high }: CheckedVoxels): Float32Array<ArrayBuffer> {
  const places = dims.map((n, axis) =>
    Array.from({ length: n + 1 }, (_, i) =>
      planes ? ((planes[axis][i] - low[axis]) / (high[axis] - low[axis])) * n : i,
    ),
  );
  return Float32Array.from(places.flat());
}
