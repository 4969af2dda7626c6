/** The brick table: distances of empty bricks to occupied ones. */

import { readFileSync } from "node:fs";
import { wgslConstant } from "../../src/engine/gpu/uniforms.ts";
import type { Vec3 } from "../../src/volume.ts";
import { expect, test } from "../support/gpu.ts";
import { random, size } from "../support/oracle.ts";

const REACH = wgslConstant(readFileSync("shaders/pipeline/brick-distance.wgsl", "utf8"), "REACH");
/** The word of an occupied brick: see shaders/lib/brick.wgsl. */
const OCCUPIED = 0x80000000;

/** Steps along axes and diagonals from each brick to the nearest occupied one, at most REACH. */
function distances(grid: Vec3, words: Uint32Array): Uint32Array {
  const place = (i: number) => [
    i % grid[0],
    Math.floor(i / grid[0]) % grid[1],
    Math.floor(i / grid[0] / grid[1]),
  ];
  const occupied = [...words.keys()].filter((i) => words[i] === OCCUPIED).map(place);
  return words.map((word, i) => {
    if (word === OCCUPIED) return word;
    const [x, y, z] = place(i);
    const steps = occupied.map(([u, v, w]) => Math.max(Math.abs(x - u), Math.abs(y - v), Math.abs(z - w)));
    return Math.min(REACH, ...steps);
  });
}

test("empty bricks have their distance to the nearest occupied brick, up to the maximum", async ({ gpu }) => {
  const grids: Vec3[] = [
    [30, 9, 11],
    [5, 23, 3],
    [1, 1, 40],
    [13, 1, 20],
    [1, 1, 1],
  ];
  const cases = grids.flatMap((grid, seed) =>
    [0, 1, 4, 40].map((most) => {
      const next = random(seed + 1);
      const words = new Uint32Array(size(grid));
      for (let k = 0; k < most; k++) words[Math.floor(next() * words.length)] = OCCUPIED;
      return { grid, words };
    }),
  );
  const results = await gpu.evaluate(async (cases) => {
    const { BrickDistance, GpuMemory, device, readBuffer } = window.engine;
    const gpu = await device();
    const memory = new GpuMemory(gpu);
    const distance = new BrickDistance(memory);
    await distance.ready();
    const results = [];
    for (const { grid, words } of cases) {
      const bricks = memory.bufferOf("bricks", words as Uint32Array<ArrayBuffer>);
      distance.run(grid, bricks);
      results.push(new Uint32Array(await readBuffer(gpu, bricks)));
      memory.free(bricks);
    }
    distance.destroy();
    gpu.destroy();
    return results;
  }, cases);
  for (const [i, { grid, words }] of cases.entries()) {
    expect(results[i], `${grid}`).toEqual(distances(grid, words));
  }
});
