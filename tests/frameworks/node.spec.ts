/** The package in Node.js, as when pages are rendered on a server: it can be imported, and leaves no DOM behind. */

import { execFileSync } from "node:child_process";
import { expect, test } from "playwright/test";

const IMPORT = `
const module = await import(process.argv[1]);
const dom = ["window", "document", "HTMLElement", "navigator.gpu"];
const left = dom.filter((path) => path.split(".").reduce((owner, name) => owner?.[name], globalThis));
console.log(JSON.stringify({ names: Object.keys(module), left }));
`;

for (const name of ["voxel-volume", "voxel-volume/voxel-volume.min.js"]) {
  test(`import("${name}") in Node.js`, () => {
    const out = execFileSync("node", ["--input-type=module", "--eval", IMPORT, name], { encoding: "utf8" });
    const { names, left } = JSON.parse(out);
    expect(names).toEqual(expect.arrayContaining(["VoxelVolumeElement", "readVolume"]));
    expect(left).toEqual([]);
  });
}
