/**
 * Either scene with voxel-volume's engine: frames at full size in the requested blend. The element draws these only at
 * rest.
 */

import { explicitVolume } from "../../../src/element/explicit-volume.ts";
import { requestDevice } from "../../../src/engine/gpu/device.ts";
import { PICTURE_FORMAT } from "../../../src/engine/read-pixels.ts";
import { Renderer } from "../../../src/engine/renderer.ts";
import { plainSettings } from "../../../src/options/appearance.ts";
import { settingsFrom } from "../../../src/options/options.ts";
import { fromBytes, readVolume } from "../../../src/read/index.ts";
import { CAMERA, type Job, makeHost, measureProgram } from "./measure-program.ts";
import { OWN_OPTIONS } from "./own-options.ts";

async function contentOf(bytes: Uint8Array<ArrayBuffer>, { scene, dims }: Job) {
  if (scene === "cubes") return explicitVolume({ dims, rgba: bytes, faces: "all" });
  return (await readVolume(fromBytes("volume.nii", bytes))).volume;
}

measureProgram(async (bytes, job) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = job.size;
  makeHost(job.size).append(canvas);
  const device = await requestDevice(navigator.gpu);
  let fault: string | undefined;
  device.addEventListener("uncapturederror", ({ error }) => {
    fault ??= error.message;
  });
  const context = canvas.getContext("webgpu") as GPUCanvasContext;
  context.configure({ device, format: PICTURE_FORMAT, alphaMode: "premultiplied" });
  const renderer = new Renderer(device, { format: PICTURE_FORMAT });
  const settings = plainSettings(settingsFrom({ ...OWN_OPTIONS, blend: job.blend }, [1, 1, 1, 1]));
  await renderer.update(await contentOf(bytes, job), settings);
  // A canvas's texture is only valid in the task that requests it.
  await renderer.ready(settings.blend);
  const turn = async (azimuth: number) => {
    const camera = { ...settings.camera, azimuth };
    const target = context.getCurrentTexture().createView();
    await renderer.frame(target, job.size, job.size, { ...settings, camera });
    await device.queue.onSubmittedWorkDone();
    if (fault) throw new Error(fault);
  };
  await turn(CAMERA.azimuth);
  return { turn };
});
