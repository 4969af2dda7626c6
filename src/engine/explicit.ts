/** Explicit: makes a grid of voxels that bring their own colours, edges and coordinates, below the scalar pipeline. */

import explicitShader from "../../shaders/explicit.wgsl";
import lineShader from "../../shaders/line.wgsl";
import { VoxelVolumeError } from "../errors.ts";
import type { CheckedVoxels } from "../view/voxels.ts";
import type { Vec3 } from "../volume.ts";
import { storageBuffer } from "./buffers.ts";
import { Distance } from "./distance.ts";
import { Exact } from "./exact.ts";
import type { Drawing, GridCode, GridSource, VoxelGrid } from "./grid.ts";
import { movedFaces } from "./moved-corners.ts";
import { Painter } from "./painter.ts";
import { Visible } from "./visible.ts";
import { Weighted } from "./weighted.ts";

const EXPLICIT: GridCode = { places: `${lineShader}\n${explicitShader}`, colors: "" };

/** With rays, as the scalar pipeline's grid. */
const TRACED: Drawing = {
  code: EXPLICIT,
  blenders: (device, view) => ({
    weighted: new Weighted(device, { view }, new Visible(device, { grid: EXPLICIT }), EXPLICIT),
    exact: new Exact(device, { view }, { grid: EXPLICIT }),
  }),
};

/** One face over the other, for corners that lie anywhere: rays know no way through them. Both blends are the same. */
const painted = ({ quads, owners }: ReturnType<typeof movedFaces>): Drawing => ({
  blenders: (device, view) => {
    const painter = new Painter(device, view, quads, owners);
    return { weighted: painter, exact: painter };
  },
});

const ALPHA_MAX = 0xffffff;
/** Of an empty voxel: see shaders/voxel.wgsl. */
const NEXT_TO_FILLED = 1 << 24;

export class ExplicitGrid implements GridSource {
  readonly dims: Vec3;
  readonly spacing: Vec3;
  readonly drawing: Drawing;
  readonly #moved: ReturnType<typeof movedFaces> | undefined;

  constructor(private readonly voxels: CheckedVoxels) {
    const { dims, low, high } = voxels;
    this.dims = dims;
    this.spacing = dims.map((n, axis) => (high[axis] - low[axis]) / n) as unknown as Vec3;
    this.#moved = voxels.corners && movedFaces(voxels);
    this.drawing = this.#moved ? painted(this.#moved) : TRACED;
  }

  makeGrid(device: GPUDevice): VoxelGrid {
    const { dims, filled, edge, edgeWidth, hideInner } = this.voxels;
    const filledCount = filled.reduce((sum, one) => sum + one, 0);
    const look = { edge, edgeWidth, hideInner };
    const voxels = this.#moved ? upload(device, this.#moved.quads) : this.#cells(device);
    return { gridDims: dims, dims, first: [0, 0, 0], voxels, filledCount, look };
  }

  /** What shaders/explicit.wgsl reads. */
  #cells(device: GPUDevice): GPUBuffer {
    const { dims, filled, rgb, planes } = this.voxels;
    const n = filled.length;
    const { maxStorageBufferBindingSize, maxBufferSize } = device.limits;
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
    const voxels = upload(device, data);
    if (!planes) {
      const distance = new Distance(device);
      distance.run(dims, voxels);
      distance.destroy();
    }
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

function upload(device: GPUDevice, data: Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>): GPUBuffer {
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
