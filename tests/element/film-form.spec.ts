/** The film form of the save dialog: it makes the film that its fields describe, shows progress, and can be stopped. */

import { readFileSync } from "node:fs";
import type { Locator } from "playwright/test";
import { BLOB, blob, DIMS } from "../support/blob.ts";
import { violations, WIDE } from "./panel.ts";
import { expect, isolated as test, type Viewer } from "./viewer.ts";

test.use({ viewport: { width: 760, height: 640 } });

/** Opens the form, with a film small enough for a software GPU. */
async function open(viewer: Viewer, attributes: Record<string, string> = {}): Promise<Locator> {
  viewer.files["a.nii"] ??= blob();
  await viewer.add({ src: "files/a.nii", controls: "", blend: "exact", style: WIDE, ...attributes });
  await viewer.page.locator("voxel-volume-controls").getByRole("button", { name: "Save" }).click();
  await viewer.page
    .locator("voxel-volume-save-dialog")
    .getByRole("radio", { name: "Film" })
    .check({ force: true });
  const form = viewer.page.locator("voxel-volume-film-form");
  await form.getByRole("button", { name: "Make the film" }).and(form.locator(":enabled")).waitFor();
  for (const [name, text] of Object.entries({ Width: "64", Height: "48", Seconds: "1", "Frame rate": "6" }))
    await fill(form, name, text);
  await form.getByRole("radio", { name: "1", exact: true }).check({ force: true });
  return form;
}

async function fill(form: Locator, name: string, text: string): Promise<void> {
  const field = form.locator("input:not([type=range])").and(form.getByLabel(name, { exact: true }));
  await field.fill(text);
  await field.press("Tab");
}

/** The bytes of the file that the form saves. */
async function made(viewer: Viewer, form: Locator): Promise<{ name: string; bytes: Buffer }> {
  const saved = viewer.page.waitForEvent("download");
  await form.getByRole("button", { name: "Make the film" }).click();
  const download = await saved;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test("makes the film that its fields describe, and shows it", async ({ viewer }) => {
  const form = await open(viewer);
  await expect(form.getByRole("status")).toHaveText("6 frames of 64 × 48 pixels");
  await form.getByLabel("What changes during the film").selectOption("Zoom");
  await fill(form, "At the end", "2");
  const asked = await viewer.page.evaluateHandle(() => {
    const element = document.querySelector("voxel-volume") as HTMLElement & {
      toFilm(options: object): unknown;
    };
    const asked: object[] = [];
    const { toFilm } = element;
    element.toFilm = (options) => {
      asked.push(options);
      return toFilm.call(element, options);
    };
    return asked;
  });
  const { name, bytes } = await made(viewer, form);
  expect(name).toBe("a.mp4");
  expect(bytes.toString("latin1", 4, 8)).toBe("ftyp");
  await expect(form.getByRole("status")).toHaveText("Film saved");
  const [options] = await asked.jsonValue();
  expect(options).toMatchObject({
    ...{ format: "mp4", turntable: 360, to: { zoom: "2" }, seconds: 1, fps: 6, size: "64x48", samples: 1 },
    // The element is transparent, the page is white.
    background: "rgb(255, 255, 255)",
  });
  const video = form.locator("video");
  await expect
    .poll(() => video.evaluate((video: HTMLVideoElement) => [video.videoWidth, video.videoHeight]))
    .toEqual([64, 48]);
  await form.getByRole("radio", { name: "GIF" }).check({ force: true });
  expect((await made(viewer, form)).bytes.toString("latin1", 0, 6)).toBe("GIF89a");
});

test("plays the frames of a 4-D file", async ({ viewer }) => {
  viewer.files["a.nii"] = blob({ dims: [...DIMS, 3], value: (i) => BLOB.value(i % 1920) });
  const form = await open(viewer);
  await form.getByRole("radio", { name: "PNG" }).check({ force: true });
  await fill(form, "Turntable", "0");
  await expect(form.getByRole("status")).toContainText("nothing moves in this film");
  await form.getByRole("switch", { name: "Play the frames" }).check({ force: true });
  await expect(form.getByRole("status")).toHaveText("6 frames of 64 × 48 pixels");
  const { name, bytes } = await made(viewer, form);
  expect(name).toBe("a.zip");
  expect(bytes.toString("latin1").match(/frame-000\d\.png/g)?.length).toBe(12);
});

test("shows progress and stops", async ({ viewer }) => {
  const form = await open(viewer);
  await fill(form, "Seconds", "600");
  await form.getByRole("button", { name: "Make the film" }).click();
  await expect(form.getByText(/^Frame [1-9]\d* of 3600$/)).toBeVisible();
  await form.getByRole("button", { name: "Stop" }).click();
  await expect(form.getByRole("status")).toHaveText("The film was stopped.");
  await expect(form.getByRole("button", { name: "Make the film" })).toBeEnabled();
});

test("an end that is not valid is told, and the dialog has no accessibility violations", async ({
  viewer,
}) => {
  const form = await open(viewer);
  await form.getByLabel("What changes during the film").selectOption("Opacity");
  await fill(form, "At the end", "3");
  await expect(form.getByRole("status")).toContainText('opacity "3": expected auto, or a number from 0 to 1');
  expect(await violations(viewer.page)).toEqual([]);
});
