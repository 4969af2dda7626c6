/** Writes the arrays of `export` in the headless page. */

import type { Renderer } from "../../engine/renderer.ts";
import { alphaOf, colorOf } from "../../engine/voxel-word.ts";
import { VoxelVolumeError } from "../../errors.ts";
import { palette } from "../../options/colormaps.ts";
import { isListed } from "../../options/kinds.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import { boxVoxels, DTYPES, MOST_IN_MEMORY, type Vec3, type Volume, wholeBox } from "../../volume.ts";
import { npyHeader } from "../npy.ts";
import { send } from "./send.ts";

/** Posts an array of values or colours. @throws VoxelVolumeError "invalid-option" for labels without a scale. */
export async function exportStage(
  renderer: Renderer,
  stage: "normalized" | "transformed" | "resized" | "rgba",
  settings: DrawnSettings,
  output: string,
): Promise<void> {
  if (stage !== "rgba") {
    if (isListed(settings.kind)) {
      throw new VoxelVolumeError(
        "invalid-option",
        `stage ${stage}: ${settings.kind === "mask" ? "a mask has" : "labels have"} no scale; export raw or rgba, or set kind to intensity`,
      );
    }
    const { dims, data } = await renderer.pipeline.read(stage);
    await send(output, [npyHeader("float32", true, dims), reordered(data, dims)]);
    return;
  }
  const { dims, data } = await renderer.pipeline.read("voxels");
  const colors = renderer.palette ?? palette(settings.colormap);
  const rgba = new Uint32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const alpha = Math.round(alphaOf(data[i]) * settings.opacity * 255);
    rgba[i] = (colors[colorOf(data[i])] & 0xffffff) | (alpha << 24);
  }
  await send(output, [npyHeader("uint8", true, [...dims, 4]), reordered(rgba, dims)]);
}

type Scalars = Float32Array | Uint8Array | Uint16Array | Uint32Array | BigUint64Array;

/** Reorders from x fastest to z fastest: NumPy's C order of [x, y, z]. */
function reordered(data: Scalars, [nx, ny, nz]: Vec3): Scalars & ArrayBufferView<ArrayBuffer> {
  const out = data.slice();
  let i = 0;
  for (let x = 0; x < nx; x++) {
    for (let y = 0; y < ny; y++) {
      for (let z = 0; z < nz; z++) out[i++] = data[(z * ny + y) * nx + x];
    }
  }
  return out as Scalars & ArrayBufferView<ArrayBuffer>;
}

/** Posts the scalars as stored. */
export async function exportRaw(volume: Volume, output: string): Promise<void> {
  const header = npyHeader(volume.dtype, volume.littleEndian, volume.dims);
  await send(output, [header, await inCOrder(volume)]);
}

/** The stored scalars of any type, in C order. */
async function inCOrder({ name, dims, dtype, read }: Volume) {
  if (boxVoxels(wholeBox(dims)) * DTYPES[dtype] > MOST_IN_MEMORY)
    throw new VoxelVolumeError(
      "too-large",
      `${name} is too large to be written as one array; export fewer voxels by --stage resized --resolution`,
    );
  const data = await read(0, wholeBox(dims));
  const views = { 8: Uint8Array, 16: Uint16Array, 32: Uint32Array, 64: BigUint64Array };
  const View = views[(8 * DTYPES[dtype]) as keyof typeof views];
  return reordered(new View(data.slice().buffer), dims);
}
