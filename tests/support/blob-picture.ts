/** The picture of the blob (see blob.ts), 200 pixels wide, that every way of using the package has to draw. */

import type { Page } from "playwright/test";
import type { VoxelVolumeElement } from "../../src/index.ts";
import { expectAlike } from "./pictures.ts";
import { type Picture, readPng } from "./png.ts";

/** An element that draws the blob. */
export const BLOB_TAG = '<voxel-volume src="brain.nii" blend="exact" style="width: 200px"></voxel-volume>';

const SIDE = 200;
const LEAST_DECIBELS = 40;

/** Fails if a picture is not that of the blob; `name` is for the files that show the difference. */
export function expectBlob(name: string, picture: Picture): void {
  expectAlike(`package-${name}`, picture, readPng("tests/reference/blob.png"), LEAST_DECIBELS);
}

/** Fails if the element in a page does not draw the blob. */
export async function expectBlobIn(page: Page, name: string): Promise<void> {
  const bytes = await page.evaluate(async (side) => {
    await customElements.whenDefined("voxel-volume");
    const viewer = document.querySelector("voxel-volume") as VoxelVolumeElement;
    if (!viewer.loaded) {
      await new Promise((resolve, reject) => {
        viewer.addEventListener("load", resolve);
        viewer.addEventListener("error", ({ message }) => reject(new Error(message)));
      });
    }
    const blob = await viewer.toBlob({ width: side, height: side });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, SIDE);
  expectBlob(name, readPng(Buffer.from(bytes)));
}
