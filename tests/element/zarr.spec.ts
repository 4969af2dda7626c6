/** OME-Zarr in the element: channels, a dropped folder; and the limit of GPU memory. */

import type { VoxelVolumeElement } from "../../src/index.ts";
import { blob } from "../support/blob.ts";
import { expectDifferent } from "../support/pictures.ts";
import { channelFiles } from "../support/zarr-folder.ts";
import { show } from "./panel.ts";
import { expect, test, type Viewer } from "./viewer.ts";

// Files that may be in a Zarr folder, and are missing, are told on the console.
test.use({ viewport: { width: 760, height: 640 }, quiet: false });

const [SIDE, CHANNELS] = [12, 3];
/** In each channel a block in another corner. */
const FILES = channelFiles(
  [CHANNELS, SIDE, SIDE, SIDE],
  Uint8Array.from({ length: CHANNELS * SIDE ** 3 }, (_, i) => {
    const [x, y, z] = [i % SIDE, Math.floor(i / SIDE) % SIDE, Math.floor(i / SIDE ** 2) % SIDE];
    const channel = Math.floor(i / SIDE ** 3);
    const low = 2 * channel;
    return [x, y, z].every((p) => p >= low && p < low + 6) ? 100 + 10 * channel + x : 0;
  }),
);

/** Serves the folder below files/. */
function serve(viewer: Viewer): void {
  for (const [path, bytes] of Object.entries(FILES)) viewer.files[`three.zarr/${path}`] = bytes;
}

/** Largest value of the volume, once what is requested is drawn. */
const maximum = (viewer: Viewer) =>
  viewer.call(async (element) => {
    await element.drawn;
    return element.profile?.max;
  });

test("channel chooses the channel; another one needs only its chunks", async ({ viewer }) => {
  serve(viewer);
  expect(await viewer.add({ src: "files/three.zarr", channel: "1", fit: "article" })).toMatchObject({
    name: "three.zarr",
    dims: [SIDE, SIDE, SIDE],
  });
  expect(await maximum(viewer)).toBe(100 + 10 + 7);
  const first = await viewer.picture();
  viewer.asked.length = 0;
  await viewer.set("channel", 2);
  expect(await maximum(viewer)).toBe(100 + 20 + 9);
  expectDifferent("zarr-channel", await viewer.picture(), first);
  expect(viewer.asked).toEqual(["three.zarr/0/2.0.0.0"]);
  await viewer.set("channel", 3);
  expect(await maximum(viewer)).toBe(100 + 20 + 9);
  expect(await viewer.events("error")).toMatchObject([{ code: "invalid-option" }]);
  await viewer.attribute("channel", "0");
  expect(await maximum(viewer)).toBe(100 + 5);
  expect(await viewer.call((element) => element.state?.channel)).toBe(undefined);
});

test("the state has the channel, and brings it back", async ({ viewer }) => {
  serve(viewer);
  await viewer.add({ src: "files/three.zarr/", channel: "2" });
  const state = await viewer.call((element) => element.state);
  expect(state).toMatchObject({ src: "files/three.zarr/", channel: 2 });
  await viewer.set("channel", 0);
  await viewer.set("state", state);
  expect(await viewer.get("channel")).toBe(2);
  expect(await maximum(viewer)).toBe(100 + 20 + 9);
  await viewer.set("state", { version: 1 });
  expect(await viewer.get("channel")).toBe(0);
});

test("the panel has a menu of the channels, and the tag has the chosen one", async ({ viewer }) => {
  serve(viewer);
  const panel = await show(viewer, ["File"], { src: "files/three.zarr" });
  const menu = panel.getByRole("combobox", { name: "Channel" });
  await expect(menu.locator("option")).toHaveText(["0", "1", "2"]);
  await expect(panel.locator("dl")).toContainText("Zarr");
  await menu.selectOption({ index: 1 });
  await viewer.outcome(1);
  expect([await viewer.get("channel"), await maximum(viewer)]).toEqual([1, 117]);
});

test("a dropped folder is shown, with its first channel", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" });
  const contents = Object.entries(FILES).map(([path, bytes]) => ({
    name: `three.zarr/${path}`,
    bytes: typeof bytes === "string" ? bytes : [...bytes],
  }));
  await viewer.page.evaluate(async (contents) => {
    const files = contents.map(
      ({ name, bytes }) => new File([typeof bytes === "string" ? bytes : new Uint8Array(bytes)], name),
    );
    await (document.querySelector("voxel-volume") as VoxelVolumeElement).open(files);
  }, contents);
  await viewer.settled();
  expect(await viewer.call((element) => [element.volume?.name, element.sourceName])).toEqual([
    "three.zarr",
    "three.zarr",
  ]);
  expect(await maximum(viewer)).toBe(100 + 5);
});

test("gpu-memory limits the grid, and a change draws again within the new limit", async ({ viewer }) => {
  const dims = [128, 128, 128] as const;
  viewer.files["a.nii"] = blob({ dims: [...dims], dtype: "uint8", value: (i) => (i * 7919) % 251 });
  const drawn = () => viewer.call((element) => element.gridDims?.[0]);
  await viewer.add({ src: "files/a.nii", "gpu-memory": "1MiB" });
  const small = await drawn();
  expect(small).toBeLessThan(128);
  await viewer.attribute("gpu-memory", null);
  expect(await drawn()).toBe(128);
  await viewer.set("gpuMemory", 2 ** 20);
  expect(await drawn()).toBe(small);
  expect(await viewer.events("error")).toEqual([]);
  await viewer.set("gpuMemory", "much");
  expect(await viewer.events("error")).toMatchObject([
    { code: "invalid-option", message: 'gpu-memory "much": expected a size, as 256MiB or 2GB' },
  ]);
  await viewer.set("gpuMemory", undefined);
  expect(await drawn()).toBe(128);
});
