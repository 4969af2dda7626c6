/** The save dialog's form for pictures, and the figures of `toBlob`. */

import { readFileSync } from "node:fs";
import { decode } from "fast-png";
import { blob } from "../support/blob.ts";
import { decibels, expectAlike } from "../support/pictures.ts";
import { type Picture, readPng } from "../support/png.ts";
import { show, violations } from "./panel.ts";
import { expect, test, type Viewer } from "./viewer.ts";

test.use({ viewport: { width: 760, height: 700 } });

/** The picture of `toBlob`, as the bytes of the file. */
async function file(viewer: Viewer, options: object): Promise<Buffer> {
  const bytes = await viewer.page.evaluate(async (options) => {
    const blob = await document.querySelector("voxel-volume")?.toBlob(options);
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer())];
  }, options);
  return Buffer.from(bytes);
}

/** Whether a picture has an opaque pixel of a grey level. */
function hasGrey({ data }: Picture, level: number): boolean {
  return data.some(
    (_, i) => i % 4 === 0 && [0, 1, 2].every((c) => data[i + c] === level) && data[i + 3] === 255,
  );
}

test("the dialog shows what it will save, and saves it", async ({ viewer }) => {
  const panel = await show(viewer, []);
  await panel.getByRole("button", { name: "Save", exact: true }).click();
  const form = viewer.page.locator("voxel-volume-picture-form");
  const [width, height] = await viewer.canvasSize();
  await expect(form.getByRole("status")).toHaveText(`${width} × ${height} pixels`);
  const preview = form.getByAltText("What will be saved");
  await expect(preview).toBeVisible();
  const before = await preview.getAttribute("src");

  await form.getByLabel("Unit").selectOption("cm");
  for (const [name, value] of [
    ["Width", "6"],
    ["Height", "3"],
    ["Pixels per inch", "100"],
  ] as const) {
    await form.getByLabel(name).fill(value);
    await form.getByLabel(name).press("Tab");
  }
  await expect(form.getByRole("status")).toHaveText("236 × 118 pixels: 6 × 3 cm at 100 dpi");
  await form.getByRole("switch", { name: "Colour bar" }).check();
  await form.getByRole("radio", { name: "Voxels" }).check();
  await form.getByLabel("Background").selectOption("black");
  await form.getByLabel("Title").fill("A ball");
  await expect(preview).not.toHaveAttribute("src", before ?? "");
  for (const colorScheme of ["light", "dark"] as const) {
    await viewer.page.emulateMedia({ colorScheme });
    expect(await violations(viewer.page), colorScheme).toEqual([]);
  }
  const [download] = await Promise.all([
    viewer.page.waitForEvent("download"),
    form.getByRole("button", { name: "Save" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("blob.png");
  const bytes = readFileSync(await download.path());
  expect(decode(bytes)).toMatchObject({ width: 236, height: 118, resolution: { x: 3937, y: 3937, unit: 1 } });
  expect(hasGrey(readPng(bytes), 255)).toBe(true);
  await expect(form.getByRole("status")).toHaveText("Picture saved");
  // The element itself keeps its options.
  expect(await viewer.get("colorbar")).toBe("false");

  // A selection of text that ends outside does not close the dialog.
  const title = await form.getByLabel("Title").boundingBox();
  await viewer.page.mouse.move((title?.x ?? 0) + 50, (title?.y ?? 0) + 5);
  await viewer.page.mouse.down();
  await viewer.page.mouse.move(2, 2, { steps: 3 });
  await viewer.page.mouse.up();
  await expect(form).toBeVisible();

  await viewer.page.keyboard.press("Escape");
  await expect(form).not.toBeVisible();
  await expect(panel.getByRole("button", { name: "Save", exact: true })).toBeFocused();
});

test("in dark mode, texts of a file contrast with its own background", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.page.emulateMedia({ colorScheme: "dark" });
  await viewer.add({ src: "files/blob.nii", axes: "voxels", style: "color-scheme: dark" });
  const drawn = async (background?: string) => readPng(await file(viewer, { width: 300, background }));
  expect(hasGrey(await drawn(), 0)).toBe(true);
  expect(hasGrey(await drawn(), 255)).toBe(false);
  expect(hasGrey(await drawn("#102030"), 255)).toBe(true);
});

test("toBlob() makes figures of a printed size, of several views, and with other options", async ({
  viewer,
}) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii", blend: "exact" });
  const printed = decode(await file(viewer, { size: "2cm", dpi: 254 }));
  expect(printed).toMatchObject({ width: 200, height: 200, resolution: { x: 10000, y: 10000, unit: 1 } });
  const row = readPng(await file(viewer, { size: "300x100", views: ["full", "top", "cut"] }));
  expect([row.width, row.height]).toEqual([300, 100]);
  const single = readPng(await file(viewer, { size: "100", options: { view: "cut" } }));
  const third = Buffer.concat(
    Array.from({ length: 100 }, (_, y) => row.data.subarray(4 * (300 * y + 200), 1200 * (y + 1))),
  );
  expectAlike("blob-third", { width: 100, height: 100, data: third }, single, 60);
  const plain = readPng(await file(viewer, { size: "100" }));
  expect(
    decibels(plain, readPng(await file(viewer, { size: "100", options: { scalebar: true } }))),
  ).toBeLessThan(40);
  const svg = (
    await file(viewer, { size: "100", type: "image/svg+xml", title: "A <ball>", options: { axes: "mm" } })
  ).toString();
  expect(svg).toContain(">A &lt;ball&gt;</text>");
  expect(svg).toContain("x (mm)</text>");
  await expect(file(viewer, { views: "inside" })).rejects.toThrow(
    'views "inside": expected up to 16 of full',
  );
  await expect(file(viewer, { options: { nope: 1 } })).rejects.toThrow("options: there is no option nope");
  await expect(file(viewer, { options: { gamma: "x" } })).rejects.toThrow('gamma "x": expected');
});

test("a JPEG is white where the picture is transparent", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" });
  const corner = await viewer.page.evaluate(async () => {
    const jpeg = await document.querySelector("voxel-volume")?.toBlob({ type: "image/jpeg", width: 50 });
    const bitmap = await createImageBitmap(jpeg as Blob);
    const context = new OffscreenCanvas(50, 50).getContext("2d") as OffscreenCanvasRenderingContext2D;
    context.drawImage(bitmap, 0, 0);
    return [...context.getImageData(0, 0, 1, 1).data];
  });
  expect(Math.min(...corner)).toBeGreaterThan(250);
});
