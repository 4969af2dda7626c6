/** Zarr folders on disk, for tests of the command line and of dropped folders. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FieldZarr } from "../../demo/large/zarr.ts";

/** Writes files by their paths below a folder, which is created. */
export function writeFolder(folder: string, files: Readonly<Record<string, Uint8Array | string>>): void {
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** The files of a field in Zarr 2: its metadata, and the chunks of the levels from `first` on. */
export async function fieldFiles(zarr: FieldZarr, first = 0): Promise<Record<string, Uint8Array>> {
  const { factors, chunk } = zarr.layout;
  const paths = [".zgroup", ".zattrs"];
  factors.forEach((_, level) => {
    paths.push(`${level}/.zarray`);
    const [nx, ny, nz] = zarr.level(level).grid.dims.map((n) => (level < first ? 0 : Math.ceil(n / chunk)));
    for (let z = 0; z < nz; z++)
      for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++) paths.push(`${level}/${z}/${y}/${x}`);
  });
  const files: Record<string, Uint8Array> = {};
  for (const path of paths) {
    const file = await zarr.file(path);
    if (file) files[path] = await file.read(0, file.size);
  }
  return files;
}

/** An OME-Zarr 0.4 of uint8 with channels: `values` are in the order c, z, y, x. */
export function channelFiles(
  [channels, ...zyx]: readonly number[],
  values: Uint8Array,
): Record<string, Uint8Array | string> {
  const axes = ["c", "z", "y", "x"].map((name) => ({ name, type: name === "c" ? "channel" : "space" }));
  const coordinateTransformations = [{ type: "scale", scale: [1, 1, 1, 1] }];
  const multiscales = [{ version: "0.4", axes, datasets: [{ path: "0", coordinateTransformations }] }];
  const size = values.length / channels;
  const chunks = Array.from({ length: channels }, (_, c) => [
    `0/${c}.0.0.0`,
    values.subarray(c * size, (c + 1) * size),
  ]);
  const array = {
    zarr_format: 2,
    shape: [channels, ...zyx],
    chunks: [1, ...zyx],
    dtype: "|u1",
    compressor: null,
    fill_value: 0,
    order: "C",
    filters: null,
  };
  return {
    ".zgroup": JSON.stringify({ zarr_format: 2 }),
    ".zattrs": JSON.stringify({ multiscales }),
    "0/.zarray": JSON.stringify(array),
    ...Object.fromEntries(chunks),
  };
}
