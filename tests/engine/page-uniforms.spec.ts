/** The uniform struct View, with its array of levels, matches that of an independent WGSL parser. */

import { readFileSync } from "node:fs";
import { expect, test } from "../support/gpu.ts";

// webgpu-utils is for browsers: it refers to these globals when it loads, and Node 20 has neither.
const GPUShaderStage = { VERTEX: 1, FRAGMENT: 2, COMPUTE: 4 };
Object.assign(globalThis, { Float16Array: Uint16Array, GPUShaderStage });
const { makeShaderDataDefinitions, makeStructuredView } = await import("webgpu-utils");

test("the levels of a paged grid are where the shader has them", async ({ gpu }) => {
  const code = readFileSync("shaders/lib/paged-grid.wgsl", "utf8");
  const structs = code.match(/const MAX_LEVELS.*|struct (Level|View) {[^}]*}/g)?.join("\n") ?? "";
  const expected = makeStructuredView(makeShaderDataDefinitions(structs).structs.View);
  const level = (dims: number[], first_page: number, pages: number[], rest: object) => ({
    ...{ dims, first_page, pages },
    ...rest,
  });
  const levels = [
    level([300, 200, 100], 0, [10, 7, 4], { side: 0.125, scale: [1, 1, 1], origin: [0, 0, 0] }),
    level([150, 100, 100], 280, [5, 4, 4], { side: 0.25, scale: [2, 2, 1], origin: [-0.5, 0, 0] }),
  ];
  expected.set({ depth: [1, 2, 3, 4], pixel: 0.5, perspective: 1, coarsest: 1, levels });
  const bytes = await gpu.evaluate(() => {
    const { PageGrid, viewUniforms } = window.engine;
    const grid = new PageGrid([
      { dims: [300, 200, 100] },
      { dims: [150, 100, 100], scale: [2, 2, 1], origin: [-0.5, 0, 0] },
    ]);
    const view = { depth: [1, 2, 3, 4], pixel: 0.5, isPerspective: true, voxel: [0.25, 0.125, 0.5] } as const;
    return new Uint8Array(viewUniforms(grid, view).buffer);
  });
  expect(bytes).toEqual(new Uint8Array(expected.arrayBuffer));
});
