/** Either scene with <voxel-volume> as used on a page, up to its first picture. */

import type {} from "../../../src/index.ts";
import { makeHost, measureProgram } from "./measure-program.ts";
import { OWN_OPTIONS } from "./own-options.ts";

await import(/* the published script, beside this page */ `${location.origin}/own/voxel-volume.min.js`);
/**
 * Determined before the timer starts: with a software adapter, the element draws its first picture in another blend.
 */
const software = (await navigator.gpu.requestAdapter())?.info.isFallbackAdapter;

measureProgram(async (bytes, { scene, dims, blend = "exact", size }) => {
  const element = document.createElement("voxel-volume");
  for (const [name, text] of Object.entries({ ...OWN_OPTIONS, blend })) element.setAttribute(name, text);
  makeHost(size).append(element);
  if (scene === "cubes") await element.setVoxels({ dims, rgba: bytes, faces: "all" });
  else await element.load(new File([bytes], "volume.nii"));
  if (software && blend === "weighted") await element.drawn;
  return {};
});
