/**
 * The published types, including libraries, compiled by TypeScript 5.0 and later with the resolutions of bundlers and
 * Node.js.
 */

import { expect, test } from "playwright/test";
import { Project } from "../../support/package-project.ts";

/** The first TypeScript with WebGPU types. Earlier versions need @webgpu/types for the engine. */
const HAS_WEBGPU = 6;
const VERSIONS = ["5.0", "5.1", "5.4", "5.9", "6", "7"];

const PAGE = `
import { VoxelVolumeElement, type Volume } from "voxel-volume";
import { VoxelVolumeElement as Unregistered } from "voxel-volume/element";
import { fromBytes, readVolume, VoxelVolumeError } from "voxel-volume/read";
import "voxel-volume/voxel-volume.min.js";
import "voxel-volume/voxel-volume.bundle.js";
const { volume } = await readVolume(fromBytes("a.nii", new Uint8Array(4)));
const same: Volume = volume;
const viewer: VoxelVolumeElement = document.createElement("voxel-volume");
viewer.explode = 0.2;
viewer.addEventListener("load", ({ detail }) => detail.dims[0].toFixed());
export const all = [VoxelVolumeElement, Unregistered, VoxelVolumeError, same];
`;
const ENGINE = `
import { PICTURE_FORMAT, Renderer, renderPixels, requestDevice, settingsFor, type Volume } from "voxel-volume/engine";
declare const volume: Volume;
const device: GPUDevice = await requestDevice(navigator.gpu);
const renderer = new Renderer(device, { format: PICTURE_FORMAT });
const settings = await settingsFor(volume, { blend: "exact" });
export const image = new ImageData(await renderPixels(device, renderer, 8, 8, settings), 8, 8);
`;

const aliasOf = (version: string) => `typescript-${version}`;

let project: Project;
let missing: string | undefined;

test.beforeAll(() => {
  project = new Project("types");
  project.write("page.ts", PAGE);
  project.write("engine.ts", ENGINE);
  const compilers = VERSIONS.map((version) => [aliasOf(version), `npm:typescript@${version}`]);
  missing = project.install({ ...Object.fromEntries(compilers), "@webgpu/types": "^0.1.74" });
});

/** The compiler's errors. */
function complaints(version: string, file: string, resolution: string, types: string): string {
  const module = resolution === "bundler" ? "esnext" : resolution;
  const resolving = {
    module,
    moduleResolution: resolution,
    lib: ["es2022", "dom", "dom.iterable"],
    types: [types],
  };
  const compilerOptions = { noEmit: true, strict: true, skipLibCheck: false, target: "es2022", ...resolving };
  project.write("tsconfig.json", JSON.stringify({ compilerOptions, files: [file] }));
  try {
    return project.run("node", `node_modules/${aliasOf(version)}/bin/tsc`, "-p", ".");
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

for (const version of VERSIONS) {
  test(`TypeScript ${version}`, () => {
    test.skip(missing !== undefined, missing);
    const hasWebGpu = Number.parseFloat(version) >= HAS_WEBGPU;
    for (const resolution of ["bundler", "nodenext"]) {
      expect(complaints(version, "page.ts", resolution, "trusted-types")).toBe("");
      // @webgpu/types requires 5.1.
      if (version === "5.0") continue;
      const types = hasWebGpu ? "trusted-types" : "@webgpu/types";
      expect(complaints(version, "engine.ts", resolution, types)).toBe("");
    }
  });
}
