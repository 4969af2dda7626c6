/** Live pages from an element: `toPage`, the form in the save dialog, and pages that save themselves again. */

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { VoxelVolumeElement } from "../../src/index.ts";
import { expect, isolated, type Viewer } from "../element/viewer.ts";
import { blob } from "../support/blob.ts";
import { expectAlike } from "../support/pictures.ts";
import { fileUrl, openLive, SIDE, unzipped } from "./live-page.ts";

/** The page that `toPage` makes, in a file. */
async function saved({ page }: Pick<Viewer, "page">, options: object, name: string): Promise<string> {
  const bytes = await page.evaluate(async (options) => {
    const element = document.querySelector("voxel-volume") as VoxelVolumeElement;
    const page = await element.toPage(options);
    const url = await new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result as string);
      reader.readAsDataURL(page);
    });
    return url.slice(url.indexOf(",") + 1);
  }, options);
  const path = join(mkdtempSync(join(tmpdir(), "voxel-volume-")), name);
  writeFileSync(path, Buffer.from(bytes, "base64"));
  return path;
}

isolated(
  "toPage saves the options, the camera, labels and background, and so does the saved page",
  async ({ viewer, browser }) => {
    viewer.side = SIDE;
    viewer.files["blob.nii"] = blob({ value: (i) => Number(i % 16 > 3) + Number(i % 16 > 9), intent: 1002 });
    await viewer.add({
      src: "files/blob.nii",
      blend: "exact",
      style: "width: 200px; background: rgb(250, 240, 230)",
    });
    await viewer.set("labels", { 1: { color: "#ff0000", name: "</script><b>" } });
    await viewer.set("azimuth", 12.5);
    await viewer.set("zoom", 1.25);
    const picture = await viewer.picture();
    const first = await saved(viewer, { title: "First", controls: true }, "first.html");

    const page = await browser.newPage();
    const live = await openLive(page, fileUrl(first));
    expect([live.asked, live.complaints]).toEqual([[], []]);
    const plain = await saved(viewer, {}, "plain.html");
    expectAlike("save-page", (await openLive(await browser.newPage(), fileUrl(plain))).picture, picture, 50);
    await expect(page.getByRole("button", { name: "Show the controls" })).toBeVisible();
    expect(await page.evaluate(() => document.querySelector("voxel-volume")?.state)).toMatchObject({
      options: { blend: "exact", azimuth: "12.5", zoom: "1.25" },
    });

    const again = await saved({ page }, { form: "zip", title: "Again" }, "again.zip");
    const files = await unzipped(again);
    expect(Object.keys(files).sort()).toEqual([
      ...["LEGAL.txt", "blob.nii.gz", "index.html", "poster.webp", "voxel-volume.bundle.js"],
    ]);
    const script = Buffer.from(files["voxel-volume.bundle.js"]).toString();
    expect(script).toMatch(/^\/\* voxel-volume /);
    const html = Buffer.from(files["index.html"]).toString();
    expect(html).toContain("<figcaption>Again</figcaption>");
    expect(html).toContain("&lt;/script>");
    await page.context().close();
  },
);

isolated(
  "without the script, without a volume and for explicit voxels, one error says what to do",
  async ({ viewer }) => {
    const failure = (options: object = {}) =>
      viewer.page.evaluate(
        (options) =>
          (document.querySelector("voxel-volume") as VoxelVolumeElement)
            .toPage(options)
            .then(() => "saved")
            .catch(({ code, message }) => `${code}: ${message}`),
        options,
      );
    await viewer.add({});
    expect(await failure()).toMatch(/^invalid-option: There is no picture/);
    await viewer.set("voxels", { dims: [2, 2, 2], rgba: "rebeccapurple" });
    await viewer.outcome();
    expect(await failure()).toMatch(/^invalid-option: Explicit voxels cannot be saved as a page/);
    viewer.files["blob.nii"] = blob();
    await viewer.attribute("src", "files/blob.nii");
    await viewer.outcome(1);
    expect(await failure({ form: "pdf" })).toBe('invalid-option: form "pdf": expected html or zip');
    expect(await failure({ maxInline: 10 })).toMatch(/^too-large: The volume takes .* more than 0\.00001 MB/);
    await viewer.page.evaluate(() => {
      Object.assign(customElements.get("voxel-volume") as object, { bundleUrl: "/element.html" });
    });
    expect(await failure()).toMatch(
      /^network: voxel-volume\.bundle\.js is needed to save a page, and is not at .*element\.html: set VoxelVolumeElement\.bundleUrl/,
    );
  },
);

isolated(
  "the save dialog makes a page, tells its size beforehand, and saves it",
  async ({ viewer, browser }) => {
    const { page } = viewer;
    viewer.files["blob.nii"] = blob();
    await page.setViewportSize({ width: 900, height: 640 });
    const style = "width: 880px; height: 600px";
    await viewer.add({ src: "files/blob.nii", controls: "", blend: "exact", style });
    await page.locator("voxel-volume-controls").getByRole("button", { name: "Save", exact: true }).click();
    const dialog = page.locator("voxel-volume-save-dialog");
    await dialog.getByRole("radio", { name: "Web page" }).check();
    const form = dialog.locator("voxel-volume-page-form");
    await expect(form.getByRole("status")).toHaveText(/^[\d.]+ MB$/, { timeout: 60_000 });
    await form.getByLabel("Title").fill("A ball");
    await form.getByRole("radio", { name: "Smaller" }).check();
    await form.getByLabel("Voxels of the longest side").fill("8");
    await form.getByLabel("Voxels of the longest side").blur();
    await expect(form.getByRole("status")).toHaveText(/^[\d.]+ MB$/, { timeout: 60_000 });
    await page.screenshot({ path: "tests/output/page-form.png" });
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      form.getByRole("button", { name: "Save" }).click(),
    ]);
    await expect(form.getByRole("status")).toHaveText("Page saved");
    expect(download.suggestedFilename()).toBe("blob.html");
    const path = await download.path();
    const text = readFileSync(path, "utf8");
    expect(text).toContain("<figcaption>A ball</figcaption>");
    const file = join(mkdtempSync(join(tmpdir(), "voxel-volume-")), "blob.html");
    writeFileSync(file, text);
    const live = await browser.newPage();
    expect((await openLive(live, fileUrl(file))).complaints).toEqual([]);
    expect(await live.evaluate(() => document.querySelector("voxel-volume")?.volume?.dims)).toEqual([
      8, 6, 5,
    ]);
    await live.close();
  },
);
