/** `export`: each stage as a NumPy array in C order; raw values are bit-exact. */

import { readFileSync } from "node:fs";
import { BLOB, blob, DIMS, transformed } from "../support/blob.ts";
import { type CommandLine, expect, test } from "../support/cli.ts";
import { voxels } from "../support/make-volume.ts";
import { parseNpy } from "../support/npy.ts";

/** Runs `export` and returns the array; `bytes` are its scalars as written. */
async function exported(cli: CommandLine, stage: string, ...args: string[]) {
  const output = `${stage}-${args.length}.npy`;
  await cli.succeed("export", "blob.nii", "--stage", stage, "-o", output, ...args);
  const file = new Uint8Array(readFileSync(cli.path(output)));
  const start = 10 + new DataView(file.buffer).getUint16(8, true);
  expect(start % 64).toBe(0);
  expect(file[start - 1]).toBe(0x0a);
  return { ...parseNpy(file), bytes: file.subarray(start) };
}

/** Reorders values from x fastest to z fastest, the C order of [x, y, z]. */
function inCOrder<T>(values: ArrayLike<T>, [nx, ny, nz]: readonly number[]): T[] {
  return Array.from({ length: nx * ny * nz }, (_, i) => {
    const [x, y, z] = [Math.floor(i / (ny * nz)), Math.floor(i / nz) % ny, i % nz];
    return values[(z * ny + y) * nx + x];
  });
}

test("raw values are as stored, in either byte order", async ({ cli }) => {
  for (const { bigEndian, dtype, descr } of [
    { bigEndian: false, dtype: "int16", descr: "<i2" },
    { bigEndian: true, dtype: "float32", descr: ">f4" },
    { bigEndian: true, dtype: "uint8", descr: "|u1" },
  ] as const) {
    const spec = { ...BLOB, dtype, bigEndian, value: (i: number) => (i * 7) % 251 };
    cli.write("blob.nii", blob(spec));
    const raw = await exported(cli, "raw");
    expect(raw).toMatchObject({ descr, shape: DIMS });
    const stored = Buffer.from(voxels(spec));
    const size = Number(descr[2]);
    const scalars = Array.from({ length: stored.length / size }, (_, i) =>
      stored.subarray(i * size, i * size + size),
    );
    expect(Buffer.concat(inCOrder(scalars, DIMS)).equals(raw.bytes)).toBe(true);
  }
});

test("normalized, transformed and resized equal the article's, as float32", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const [normalized, curve] = await Promise.all([
    exported(cli, "normalized", "--window", "full"),
    exported(cli, "transformed", "--window", "full", "--view", "cut"),
  ]);
  for (const [array, values] of [
    [normalized, transformed().normalized],
    [curve, transformed().transformed],
  ] as const) {
    expect(array).toMatchObject({ descr: "<f4", shape: DIMS });
    const difference = inCOrder(values, DIMS).map((v, i) => Math.abs(v - array.data[i]));
    expect(Math.max(...difference)).toBeLessThan(1e-5);
  }
  const resized = await exported(cli, "resized", "--window", "full", "--resolution", "8x6x5");
  expect(resized).toMatchObject({ descr: "<f4", shape: [8, 6, 5] });
  // At half the size, each new centre is between eight old ones: trilinear interpolation is their mean.
  const at = (x: number, y: number, z: number) => transformed().transformed[(z * 12 + y) * 16 + x];
  const corners = [0, 1].flatMap((x) => [0, 1].flatMap((y) => [0, 1].map((z) => [x, y, z])));
  const mean = corners.reduce((sum, [x, y, z]) => sum + at(6 + x, 4 + y, 4 + z), 0) / 8;
  expect(resized.data[(3 * 6 + 2) * 5 + 2]).toBeCloseTo(mean, 4);
});

test("rgba has the colour map's bytes, with cut and opacity applied", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const [whole, cut] = await Promise.all([
    exported(cli, "rgba", "--window", "full", "--opacity", "0.5"),
    exported(cli, "rgba", "--window=full", "--view=cut"),
  ]);
  expect(whole).toMatchObject({ descr: "|u1", shape: [...DIMS, 4] });
  const { transformed: values } = transformed();
  const most = Math.max(...values);
  const alphas = inCOrder(values, DIMS).map((v) => (v / most) * 0.5 * 255);
  alphas.forEach((alpha, i) => {
    expect(Math.abs(whole.bytes[4 * i + 3] - alpha)).toBeLessThanOrEqual(0.51);
  });
  // viridis begins with (68, 1, 84) and ends with (253, 231, 37).
  const brightest = alphas.indexOf(Math.max(...alphas));
  expect([...whole.bytes.subarray(4 * brightest, 4 * brightest + 4)]).toEqual([253, 231, 37, 128]);
  expect([...whole.bytes.subarray(0, 4)]).toEqual([68, 1, 84, 0]);
  // flip y, then the first 0.7 of x and 0.5 of z: 11.2 and 5 voxels.
  expect(cut).toMatchObject({ descr: "|u1", shape: [11, 12, 5, 4] });
  const kept = Array.from({ length: 11 * 12 * 5 }, (_, i) => {
    const [x, y, z] = [Math.floor(i / 60), Math.floor(i / 5) % 12, i % 5];
    return values[(z * 12 + (11 - y)) * 16 + x];
  });
  const mostKept = Math.max(...kept);
  kept.forEach((v, i) => {
    expect(Math.abs(cut.bytes[4 * i + 3] - (v / mostKept) * 255)).toBeLessThanOrEqual(0.51);
  });
});

test("an exported array renders the same picture as the original file", async ({ cli }) => {
  cli.write("blob.nii", blob());
  await exported(cli, "raw");
  const picture = async (input: string) => {
    await cli.succeed("render", input, "-o", `${input}.png`, "--size", "100", "--aspect", "cube");
    return readFileSync(cli.path(`${input}.png`));
  };
  expect((await picture("raw-0.npy")).equals(await picture("blob.nii"))).toBe(true);
});
