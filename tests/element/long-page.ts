/** Helpers for tests of gestures: an element in a page that scrolls. */

import { blob } from "../support/blob.ts";
import type { Viewer } from "./viewer.ts";

/** Shows an element in the middle of a page that is longer than the window. */
export async function show(viewer: Viewer, attributes: Record<string, string> = {}): Promise<void> {
  viewer.files["blob.nii"] = blob();
  await viewer.page.evaluate(() => {
    const block = () => Object.assign(document.createElement("div"), { style: "height: 200px" });
    document.body.append(block());
    const after = block();
    after.style.height = "3000px";
    document.body.append(after);
  });
  await viewer.add({ src: "files/blob.nii", ...attributes });
  await viewer.page.evaluate(() => {
    const [first] = document.body.children;
    first.after(document.querySelector("voxel-volume") as HTMLElement);
  });
  await viewer.settled();
}

export type Camera = [azimuth: number, elevation: number, zoom: number, target: string];

export async function camera(viewer: Viewer): Promise<Camera> {
  await viewer.settled();
  return viewer.page.evaluate(() => {
    const element = document.querySelector("voxel-volume");
    return [element?.settings?.camera.azimuth, element?.elevation, element?.zoom, element?.target] as never;
  });
}

/** Default camera. */
export const START: Camera = [320, 30, 1, "auto"];
/** Middle of the picture in the window. */
export const CENTRE = [100, 300] as const;
export const scroll = (viewer: Viewer) => viewer.page.evaluate(() => Math.round(scrollY));
