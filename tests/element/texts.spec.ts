/** The property `texts` translates all texts of the element and its panel in every state. */

import { readdirSync, readFileSync } from "node:fs";
import type { Page } from "playwright/test";
import { COLORMAPS } from "../../src/options/colormaps.ts";
import type { Texts } from "../../src/texts.ts";
import { blob } from "../support/blob.ts";
import { VALUES, volume } from "../support/kinds.ts";
import { niftiFile, zip } from "../support/make-volume.ts";
import { ALL_TEXTS, MARKED, withoutMarked } from "../support/texts.ts";
import { unfold, WIDE } from "./panel.ts";
import { expect, test, type Viewer } from "./viewer.ts";

test.use({ viewport: { width: 760, height: 640 } });

/** Words that are not translated: units, axes and directions of the patient, formats and options. */
const DATA = new Set([
  ...["mm", "x", "y", "z", "R", "L", "A", "P", "S", "I", "NIfTI", "Analyze", "NumPy"],
  ...["PNG", "JPG", "WEBP", "SVG", "cm"],
  ...["labels", ...COLORMAPS],
]);
const CORNERS = { scalebar: "", orientation: "" };
const FORMATS = ".nii, .nii.gz, .hdr with .img, .npy, .npz, .zip";
const FILES = /\b(?:many\/)?[a-z]+\.(?:nii|zip)\b|^voxels$/g;

interface Told {
  /** Location of the text: a tag with a part or a class, and an attribute. */
  readonly where: string;
  readonly text: string;
}

/** All texts in the element's shadow roots. */
function told(page: Page): Promise<Told[]> {
  return page.evaluate(() => {
    const found: Told[] = [];
    const spoken = ["title", "aria-label", "aria-valuetext", "aria-roledescription", "placeholder", "alt"];
    const add = (element: Element, name: string, text: string | null) => {
      const { localName, part, className } = element;
      const where = `${localName}[${part.value || className}] ${name}`;
      if (text?.trim()) found.push({ where, text: text.trim().replace(/\s+/g, " ") });
    };
    const visit = (root: ShadowRoot) => {
      for (const element of root.querySelectorAll("*:not(style)")) {
        for (const name of spoken) add(element, name, element.getAttribute(name));
        for (const node of element.childNodes) if (node instanceof Text) add(element, "text", node.data);
        if (element.shadowRoot) visit(element.shadowRoot);
      }
    };
    for (const { shadowRoot } of document.querySelectorAll("voxel-volume")) if (shadowRoot) visit(shadowRoot);
    return found;
  });
}

/** The texts of the element that contain English outside of marks. */
async function english(page: Page): Promise<Told[]> {
  return (await told(page)).filter(({ text }) => {
    if (text === FORMATS) return false;
    const rest = withoutMarked(text).replace(FILES, "");
    return (rest.match(/[\p{L}_]+/gu) ?? []).some((word) => !DATA.has(word) && !/^\d*x\d*$/.test(word));
  });
}

async function expectTranslated(viewer: Viewer, state: string): Promise<void> {
  expect(await english(viewer.page), state).toEqual([]);
  expect((await told(viewer.page)).length, state).toBeGreaterThan(1);
}

/** Shows an element with marked texts, its panel and all groups open. */
async function showAll(viewer: Viewer, src: string, attributes: Record<string, string> = {}): Promise<void> {
  await viewer.add({ controls: "", style: WIDE, ...attributes });
  await viewer.set("texts", MARKED);
  await viewer.attribute("src", `files/${src}`);
  await viewer.outcome();
  await unfold(viewer);
}

async function slice({ page }: Viewer) {
  const canvas = page.locator("voxel-volume-slice canvas");
  await canvas.scrollIntoViewIfNeeded();
  return canvas;
}

test("every text is used by the source", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) =>
    /^(axes|element|options|page|read)\/.*\.ts$/.test(path),
  );
  const source = files.map((path) => readFileSync(`src/${path}`, "utf8")).join("");
  expect(ALL_TEXTS.filter((text) => !source.includes(`"${text}"`))).toEqual([]);
});

test("intensities: the panel, its messages, the slice and the camera are translated", async ({ viewer }) => {
  const { page } = viewer;
  viewer.files["blob.nii"] = blob({ slope: 2 });
  const style = `${WIDE}; background: #123456`;
  await showAll(viewer, "blob.nii", { style, view: "diagonal", resolution: "9", axes: "mm", ...CORNERS });
  const canvas = await slice(viewer);
  await expectTranslated(viewer, "all groups");
  const said = (await told(page)).map(({ text }) => text);
  const some = [
    "⟦Reset the camera⟧",
    "⟦Crop x, from⟧",
    "⟦voxel 0⟧",
    "⟦Slice z = 5 of blob.nii⟧",
    "⟦Scale bar: 5 mm⟧",
  ];
  expect(said).toEqual(expect.arrayContaining(some));
  await page.locator("voxel-volume-slice input[value=raw]").check();
  await expectTranslated(viewer, "raw values");
  await canvas.hover();
  await expect(page.locator("voxel-volume-slice .readout")).toContainText("mm");
  await expectTranslated(viewer, "a voxel of the slice");
  for (const handle of ["floor", "low", "high"]) {
    await page.locator(`voxel-volume-curve [data-handle=${handle}]`).focus();
    await expect(page.locator("voxel-volume-curve output")).toHaveText(/^⟦(floor|from|to)/);
  }
  await expectTranslated(viewer, "a handle");
  await page.locator("voxel-volume-controls .tools button").first().click();
  const form = page.locator("voxel-volume-picture-form");
  await form.getByLabel("⟦Unit⟧").selectOption("cm");
  await form.getByLabel("⟦Views⟧").selectOption({ index: 1 });
  await expect(form.getByRole("status")).toHaveText(/^⟦\d+ × \d+ pixels: .* cm at 300 dpi⟧$/);
  await expectTranslated(viewer, "the save dialog");
  await page.keyboard.press("Escape");

  await viewer.page.locator("voxel-volume canvas[part=canvas]").focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator("voxel-volume .spoken")).toHaveText(/^⟦Seen from azimuth \d+°, .*⟧$/);
  await page.keyboard.press("+");
  await expect(page.locator("voxel-volume .spoken")).toHaveText(/^⟦Seen .*, zoom 1\.2⟧$/);
  await page.locator("voxel-volume-controls .fold").click();
  await expectTranslated(viewer, "the panel folded");
});

test("labels, a mask and signed values: lists, names of kinds and missing values are translated", async ({
  viewer,
}) => {
  const { page } = viewer;
  const value = (i: number) => Math.floor(i / 4) % 120;
  const missing = (i: number) => (Math.abs(VALUES.signed(i)) < 0.5 ? Number.NaN : VALUES.signed(i));
  viewer.files["labels.nii"] = niftiFile({ dims: [20, 16, 12], dtype: "uint8", intent: 1002, value });
  viewer.files["mask.nii"] = volume("mask");
  viewer.files["signed.nii"] = niftiFile({ dims: [16, 16, 16], dtype: "float32", value: missing });
  await showAll(viewer, "labels.nii");
  await expect(page.locator("voxel-volume-controls .entry")).toHaveCount(100);
  await expectTranslated(viewer, "many labels");
  await viewer.set("hide", "3");
  await expect(page.getByText("⟦118 of 119 shown⟧")).toBeVisible();
  await page.locator("voxel-volume-controls .search").fill("none such");
  await expect(page.getByText("⟦No label matches⟧")).toBeVisible();
  await expectTranslated(viewer, "no label found");

  for (const [i, name] of ["mask.nii", "signed.nii"].entries()) {
    await viewer.attribute("src", `files/${name}`);
    await viewer.outcome(i + 1);
    await unfold(viewer);
    await expectTranslated(viewer, name);
  }
  await (await slice(viewer)).hover();
  await expect(page.locator("voxel-volume-slice .readout")).toHaveText(/mm · ⟦missing⟧$/);
  await expectTranslated(viewer, "a missing voxel");
});

test("frames, several images and explicit voxels: their panels are translated", async ({ viewer }) => {
  viewer.files["many.zip"] = await zip({
    "many/one.nii": blob({ dims: [16, 12, 10, 3] }),
    "many/two.nii": blob(),
  });
  await showAll(viewer, "many.zip");
  await expect(viewer.page.locator("voxel-volume-controls dl")).toContainText("⟦Opened⟧");
  await expectTranslated(viewer, "frames");
  const said = (await told(viewer.page)).map(({ text }) => text);
  expect(said).toEqual(expect.arrayContaining(["⟦Play the frames⟧", "⟦4 a second⟧", "⟦Image in the file⟧"]));
  await viewer.set("voxels", { dims: [2, 2, 2], rgba: "rebeccapurple" });
  await viewer.outcome(1);
  await unfold(viewer);
  await expectTranslated(viewer, "explicit voxels");
});

test("empty, loading, cancelled, failed, with a notice or a hint: overlays of the picture are translated", async ({
  viewer,
}) => {
  const { page } = viewer;
  const part = (name: string) => page.locator(`voxel-volume [part~=${name}]`);
  viewer.files["blob.nii"] = blob();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/held.nii", async (route) => {
    await held;
    await route.fulfill({ body: Buffer.from(blob()) }).catch(() => {});
  });
  await viewer.add({ controls: "", style: "width: 400px" });
  await viewer.set("texts", MARKED);
  await expect(part("status")).toContainText("⟦choose a file⟧");
  await expectTranslated(viewer, "empty");
  await viewer.page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([], "b.nii"));
    document
      .querySelector("voxel-volume")
      ?.dispatchEvent(new DragEvent("dragenter", { dataTransfer, cancelable: true }));
  });
  await expect(part("drop")).toBeVisible();
  await expectTranslated(viewer, "drop");
  await viewer.page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([], "b.nii"));
    document.querySelector("voxel-volume")?.dispatchEvent(new DragEvent("dragleave", { dataTransfer }));
  });

  await page.evaluate(() => document.querySelector("voxel-volume")?.setAttribute("src", "files/held.nii"));
  await expect(part("cancel")).toHaveText("⟦Cancel⟧");
  await expectTranslated(viewer, "loading");
  await part("cancel").click();
  await expect(part("status")).toContainText("⟦Loading was cancelled.⟧");
  await expectTranslated(viewer, "cancelled");
  release();
  await page.unroute("**/held.nii");

  await viewer.attribute("src", "files/blob.nii");
  await viewer.outcome();
  for (const [name, text] of [
    ["opacity", "0"],
    ["window", "5000 6000"],
    ["crop", "0.4:0.5 0.4:0.5 0.4:0.5"],
  ]) {
    await viewer.attribute(name, text);
    await expect(part("notice")).toHaveText(/^⟦.*⟧$/);
    await expectTranslated(viewer, `notice of ${name}`);
    if (name === "opacity") await viewer.attribute(name, null);
  }
  await viewer.attribute("window", "none such");
  const message = await viewer.alert();
  expect(message).toMatch(/^window /);
  await viewer.set("texts", { ...MARKED, "error.invalid-option": "⟦Nein⟧ ({message}) ⟦Nein⟧" });
  expect(await viewer.alert()).toBe(`⟦Nein⟧ (${message}) ⟦Nein⟧`);
  expect(await part("dismiss").getAttribute("title")).toBe("⟦Close the message⟧");
  await viewer.attribute("window", null);

  await viewer.attribute("style", "width: 400px; height: 400px; margin-bottom: 2000px");
  await page.mouse.move(100, 100);
  await page.mouse.wheel(0, 50);
  await expect(part("hint")).toHaveText(/^⟦Hold .* to zoom .*⟧$/);
  await expectTranslated(viewer, "hint");
});

test("a new object changes every text at once; texts that it lacks are English", async ({ viewer }) => {
  const { page } = viewer;
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii", controls: "", style: WIDE });
  await unfold(viewer);
  await slice(viewer);
  await viewer.attribute("opacity", "0");
  await page.locator("voxel-volume canvas[part=canvas]").focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator("voxel-volume [part=notice]")).toHaveText(/^Nothing is seen/);
  const before = await told(page);
  expect(before.filter(({ text }) => /[⟦⟧]/.test(text))).toEqual([]);
  await viewer.set("texts", MARKED);
  await expectTranslated(viewer, "changed");
  const strip = ({ where, text }: Told) => ({ where, text: text.replace(/[⟦⟧]/g, "") });
  expect((await told(page)).map(strip)).toEqual(before);
  expect(await viewer.get("notice")).toMatch(/^⟦Nothing is seen/);

  await viewer.set("texts", { Opacity: "Deckkraft" } satisfies Texts);
  const partly = await told(page);
  expect(partly.filter(({ text }) => text === "Deckkraft").length).toBeGreaterThan(1);
  expect(partly.map(({ text }) => text.replace("Deckkraft", "Opacity"))).toEqual(
    before.map(({ text }) => text),
  );
  await viewer.set("texts", null);
  expect(await told(page)).toEqual(before);
});
