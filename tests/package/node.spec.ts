/** The package in Node.js, as in server-side rendering: it can be imported, and defines no DOM globals. */

import { execFileSync } from "node:child_process";
import { expect, test } from "playwright/test";

const IMPORT = `
const module = await import(process.argv[1]);
const dom = ["window", "document", "HTMLElement", "navigator.gpu"];
const left = dom.filter((path) => path.split(".").reduce((owner, name) => owner?.[name], globalThis));
const registered = Boolean(globalThis.customElements?.get("voxel-volume"));
console.log(JSON.stringify({ names: Object.keys(module), left, registered }));
`;

const ELEMENT = ["VoxelVolumeElement", "readVolume", "voxelsFromNpy"];
/** For each entry: its exports, and whether it registers the element. */
const ENTRIES: Record<string, { names: string[]; registers: boolean }> = {
  "voxel-volume": { names: ELEMENT, registers: true },
  "voxel-volume/voxel-volume.min.js": { names: ELEMENT, registers: true },
  "voxel-volume/voxel-volume.bundle.js": { names: ELEMENT, registers: true },
  "voxel-volume/element": { names: ELEMENT, registers: false },
  "voxel-volume/engine": { names: ["Renderer", "requestDevice", "settingsFor"], registers: false },
  "voxel-volume/read": { names: ["fromBytes", "readVolume", "VoxelVolumeError"], registers: false },
};

for (const [entry, expected] of Object.entries(ENTRIES)) {
  test(`import("${entry}") in Node.js`, () => {
    const out = execFileSync("node", ["--input-type=module", "--eval", IMPORT, entry], { encoding: "utf8" });
    const { names, left, registered } = JSON.parse(out);
    expect(names).toEqual(expect.arrayContaining(expected.names));
    expect(left).toEqual([]);
    expect(registered).toBe(expected.registers);
  });
}
