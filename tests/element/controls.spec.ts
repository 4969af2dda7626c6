/** The controls as a person uses them: with mouse, touch and keys, in the real element. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Locator, Page } from "playwright/test";
import type { Viewer as Controlled } from "../../src/element/controls/viewer.ts";
import type { VoxelVolumeElement } from "../../src/index.ts";
import { palette } from "../../src/options/colormaps.ts";
import { colorEntry, drawnValue, type ValueScale } from "../../src/options/value-scale.ts";
import { BLOB, blob, DIMS } from "../support/blob.ts";
import { analyzeHeader, niftiFile, voxels, zip } from "../support/make-volume.ts";
import { expectDifferent } from "../support/pictures.ts";
import { readPng } from "../support/png.ts";
import { expect, test, type Viewer } from "./viewer.ts";

// The element offers what its controls need.
void ((element: VoxelVolumeElement): Controlled => element);

test.use({ viewport: { width: 760, height: 640 } });

const WIDE = "width: 720px; height: 460px; aspect-ratio: auto";

/** An element with controls, its groups of these names unfolded. */
async function show(
  viewer: Viewer,
  groups: string[],
  attributes: Record<string, string> = {},
): Promise<Locator> {
  viewer.files["blob.nii"] ??= blob();
  await viewer.add({ src: "files/blob.nii", controls: "", style: WIDE, ...attributes });
  const panel = viewer.page.locator("voxel-volume-controls");
  await panel.locator(".groups").waitFor();
  await panel.evaluate((element, groups) => {
    for (const details of element.shadowRoot?.querySelectorAll<HTMLDetailsElement>(".groups > details") ?? [])
      details.open = groups.includes(details.querySelector("summary")?.textContent ?? "");
  }, groups);
  await viewer.settled();
  return panel;
}

/** Presses keys on what has the focus. */
async function press(viewer: Viewer, field: Locator, ...keys: string[]): Promise<void> {
  await field.focus();
  for (const key of keys) await viewer.page.keyboard.press(key);
  await viewer.settled();
}

/** Drags from the middle of `from` by so many pixels, in steps. */
async function drag(viewer: Viewer, from: Locator, dx: number): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const box = await from.boundingBox();
  if (!box) throw new Error("nothing to drag");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await viewer.page.mouse.move(x, y);
  await viewer.page.mouse.down();
  await viewer.page.mouse.move(x + dx, y, { steps: 2 });
  await viewer.page.mouse.up();
  await viewer.settled();
}

test("are open beside a wide picture, and fold to a button that keeps the focus", async ({ viewer }) => {
  const panel = await show(viewer, []);
  await expect(panel).toHaveAttribute("open", "");
  await expect(panel.locator(".title")).toContainText("16 × 12 × 10 at 1 × 1 × 1.5 mm");
  const width = () =>
    viewer.page.locator("voxel-volume canvas[part=canvas]").evaluate(({ clientWidth }) => clientWidth);
  expect(await width()).toBe(720 - 304);
  await press(viewer, panel.getByRole("button", { name: "Hide the controls" }), "Enter");
  await expect(panel).not.toHaveAttribute("open");
  await expect(panel.getByRole("radiogroup", { name: "View" })).toBeHidden();
  await expect(panel.getByRole("button", { name: "Show the controls" })).toBeFocused();
  expect(await width()).toBe(720);
  await press(viewer, panel.getByRole("button", { name: "Show the controls" }), "Enter");
  await expect(panel).toHaveAttribute("open", "");
  expect(await width()).toBe(720 - 304);
});

test("a narrow element shows its picture, and its controls when asked to", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii", controls: "", style: "width: 380px" });
  const panel = viewer.page.locator("voxel-volume-controls");
  await expect(panel).not.toHaveAttribute("open");
  await panel.getByRole("button", { name: "Show the controls" }).click();
  const sheet = await panel.boundingBox();
  expect(sheet?.width).toBe(380);
  expect(sheet?.height).toBeLessThanOrEqual(380 * 0.55 + 1);
  await expect(panel.locator(".name")).toBeInViewport();
});

test("View: presets, colours, resolution and the rest are properties, and are seen", async ({ viewer }) => {
  const panel = await show(viewer, ["View"], { azimuth: "100" });
  await viewer.set("crop", "0:0.5 0:1 0:1");
  const before = await viewer.picture();
  await panel.getByRole("radio", { name: "Diagonal" }).check();
  await viewer.settled();
  expect(await viewer.get("view")).toBe("diagonal");
  expect([await viewer.get("crop"), await viewer.get("azimuth")]).toEqual([undefined, undefined]);
  expectDifferent("controls-view", await viewer.picture(), before);

  await panel.getByLabel("Colours: viridis").click();
  await panel.getByRole("radio", { name: "magma" }).check();
  expect(await viewer.get("colormap")).toBe("magma");
  await press(viewer, panel.getByRole("radio", { name: "magma" }), "ArrowRight");
  expect(await viewer.get("colormap")).toBe("cividis");
  await panel.getByRole("button", { name: "Reverse the colours" }).click();
  expect(await viewer.get("colormap")).toBe("cividis_r");
  await viewer.set("colormap", "#000 #f00 #fff");
  await panel.getByRole("button", { name: "Reverse the colours" }).click();
  expect(await viewer.get("colormap")).toBe("#fff #f00 #000");

  await panel.getByRole("combobox", { name: "Resolution" }).selectOption("25");
  await viewer.settled();
  expect(await viewer.get("gridDims")).toEqual([25, 25, 25]);
  await panel.getByText("Smooth first").click();
  expect(await viewer.get("antialias")).toBe("true");
  await panel.getByRole("combobox", { name: "Resolution" }).selectOption("Other");
  await panel.getByRole("textbox", { name: "Voxels along x, y and z" }).fill("8x6x5");
  await viewer.page.keyboard.press("Enter");
  await viewer.settled();
  expect(await viewer.get("gridDims")).toEqual([8, 6, 5]);

  for (const [text, name, value] of [
    ["Exact", "blend", "exact"],
    ["Parallel", "projection", "orthographic"],
    ["Cube", "aspect", "cube"],
    ["mm", "axes", "mm"],
    ["Off", "axes", "none"],
  ]) {
    await panel.getByRole("radio", { name: text, exact: true }).check();
    expect(await viewer.get(name), text).toBe(value);
  }
  await panel.getByRole("radio", { name: "Black" }).check();
  const { data } = await viewer.picture();
  expect([...data.subarray(0, 3)]).toEqual([0, 0, 0]);
  await panel.getByRole("radio", { name: "A colour of your own" }).check();
  await panel.getByLabel("Colour of the background").fill("#102030");
  const tinted = await viewer.picture();
  expect([...tinted.data.subarray(0, 3)]).toEqual([16, 32, 48]);
  expect(await viewer.events("error")).toEqual([]);
});

test("Values: each handle of the curve bends it, by pointer and by key", async ({ viewer }) => {
  const panel = await show(viewer, ["Values"]);
  await expect(panel.locator("rect").first()).toBeAttached();
  const start: Record<string, number> = { floor: 0.1, gamma: 0.4, contrast: 2, bias: 0.1 };
  const before = await viewer.picture();
  for (const name of ["bias", "gamma", "floor", "contrast"]) {
    const handle = panel.getByRole("slider", { name, exact: true });
    const middle = async () => {
      const box = await handle.boundingBox();
      return (box?.x ?? 0) + (box?.width ?? 0) / 2;
    };
    const at = await middle();
    await drag(viewer, handle, 30);
    const value = await viewer.get<number>(name);
    expect(value, name).not.toBe(start[name]);
    expect(Math.abs((await middle()) - at - 30), `${name} follows the pointer`).toBeLessThan(2);
    for (const other of Object.keys(start)) {
      if (other !== name) expect(await viewer.get(other), `${other}, ${name} dragged`).toBe(start[other]);
    }
    await expect(handle).toHaveAttribute("aria-valuenow", String(value));
    await expect(panel.getByRole("spinbutton", { name, exact: false })).toHaveValue(String(value));
    await press(viewer, handle, "ArrowUp");
    expect(await viewer.get<number>(name)).toBeGreaterThan(value);
    await viewer.set(name, start[name]);
  }
  await panel.getByRole("slider", { name: "bias" }).focus();
  await press(viewer, panel.getByRole("slider", { name: "bias" }), "End");
  expect(await viewer.get("bias")).toBe(1);
  expectDifferent("controls-bias", await viewer.picture(), before);
});

test("Values: typing, sliding, switching off and resetting", async ({ viewer }) => {
  const panel = await show(viewer, ["Values"]);
  const gamma = panel.getByRole("spinbutton", { name: "Gamma" });
  await gamma.fill("0.8");
  await viewer.page.keyboard.press("Enter");
  expect(await viewer.get("gamma")).toBe(0.8);
  await gamma.fill("-3");
  await viewer.page.keyboard.press("Enter");
  expect(await viewer.get("gamma")).toBe(0.01);
  await expect(gamma).toHaveValue("0.01");
  await gamma.fill("");
  await viewer.page.keyboard.press("Tab");
  await expect(gamma).toHaveValue("0.01");

  await press(viewer, panel.getByRole("slider", { name: "Opacity" }), "Home", "ArrowRight");
  expect(await viewer.get("opacity")).toBe(0.01);
  await drag(viewer, panel.getByRole("slider", { name: "Explode" }), 40);
  expect(await viewer.get("explode")).not.toBe(0);

  await panel.getByText("Transform").click();
  await viewer.settled();
  expect(await viewer.get("transform")).toBe("none");
  await expect(panel.getByRole("slider", { name: "bias" })).toHaveCount(0);
  await expect(gamma).toBeDisabled();
  await panel.getByRole("button", { name: "Reset values" }).click();
  await viewer.settled();
  const values = await Promise.all(
    ["transform", "gamma", "opacity", "explode"].map((name) => viewer.get(name)),
  );
  expect(values).toEqual(["article", 0.4, "auto", 0]);
  await expect(panel.getByRole("button", { name: "Reset values" })).toBeDisabled();
});

test("Cut: crops by voxels, flips, and a plane by angles", async ({ viewer }) => {
  const panel = await show(viewer, ["Cut"]);
  const numbers = panel.locator(".numbers");
  await expect(numbers).toHaveText(["0–15", "0–11", "0–9"]);
  await press(viewer, panel.getByRole("slider", { name: "Crop x, from" }), ...Array(3).fill("ArrowRight"));
  await press(viewer, panel.getByRole("slider", { name: "Crop z, to" }), "ArrowLeft");
  expect(await viewer.get("crop")).toBe("0.1875:1 0:1 0:0.9");
  await expect(numbers).toHaveText(["3–15", "0–11", "0–8"]);
  await expect(panel.getByRole("slider", { name: "Crop x, from" })).toHaveAttribute(
    "aria-valuetext",
    "voxel 3",
  );
  // A thumb does not pass the other.
  await press(viewer, panel.getByRole("slider", { name: "Crop y, to" }), "Home");
  await expect(numbers.nth(1)).toHaveText("0–0");
  await expect(panel.getByRole("slider", { name: "Crop y, to" })).toHaveValue("1");

  await panel.getByRole("switch", { name: "x" }).click();
  expect(await viewer.get("flip")).toBe("x");
  await viewer.settled();
  await expect(numbers.first()).toHaveText("12–0");
  await panel.getByRole("button", { name: "Reset cuts" }).click();
  expect(await viewer.get("flip")).toBeUndefined();

  await viewer.settled();
  const whole = await viewer.picture();
  await panel.getByRole("button", { name: "Face the camera" }).click();
  await viewer.settled();
  expectDifferent("controls-clip", await viewer.picture(), whole);
  const elevation = panel.getByRole("slider", { name: "Elevation" });
  const azimuth = await panel.getByRole("slider", { name: "Azimuth" }).inputValue();
  await press(viewer, elevation, "End");
  expect(await viewer.get("clip")).toBe("0 0 1 -0.5");
  await press(viewer, panel.getByRole("slider", { name: "Depth" }), "Home");
  expect(await viewer.get("clip")).toBe("0 0 1 0");
  // At the pole the azimuth is not forgotten.
  await press(viewer, elevation, "ArrowLeft");
  await expect(panel.getByRole("slider", { name: "Azimuth" })).toHaveValue(azimuth);
  await panel.getByRole("switch", { name: "Clip plane" }).click();
  expect(await viewer.get("clip")).toBe("");
});

test("Slice: values as drawn or raw, pixel by voxel, with the value under the pointer", async ({
  viewer,
}) => {
  const panel = await show(viewer, ["Slice"]);
  const canvas = panel.locator("voxel-volume-slice canvas");
  const { value } = BLOB;
  const all = Array.from({ length: 16 * 12 * 10 }, (_, i) => value(i));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const colors = palette("viridis");
  const pixels = () =>
    canvas.evaluate((element: HTMLCanvasElement) => {
      const { width, height } = element;
      const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
      copy?.drawImage(element, 0, 0);
      const data = copy?.getImageData(0, 0, width, height).data.buffer;
      return { width, height, pixels: [...new Uint32Array(data as ArrayBuffer)] };
    });
  await expect(canvas).toHaveAttribute("aria-label", "Slice z = 5 of blob.nii");
  const expectColors = async (colorOf: (value: number) => number) => {
    const shown = await pixels();
    expect([shown.width, shown.height]).toEqual([16, 12]);
    for (const [i, color] of shown.pixels.entries()) {
      const [x, y] = [i % 16, 11 - Math.floor(i / 16)];
      expect(color).toBe(colorOf(value((5 * 12 + y) * 16 + x)));
    }
  };
  const scale = await viewer.get<ValueScale>("scale");
  await expectColors((value) => {
    const { color, alpha } = drawnValue(scale, value);
    return alpha > 0 ? colors[colorEntry(color)] : 0;
  });
  await expect(panel.locator("voxel-volume-slice .bar")).not.toContainText("raw");
  await panel.getByRole("radio", { name: "Raw values" }).check();
  await expectColors((value) => colors[colorEntry((value - low) / (high - low))]);
  await expect(panel.locator("voxel-volume-slice .bar")).toContainText("raw");
  // The pixels are as wide and high as the voxels.
  await panel.getByRole("radio", { name: "y", exact: true }).check();
  await press(viewer, panel.getByRole("slider", { name: "y =" }), "ArrowRight");
  await expect(canvas).toHaveAttribute("aria-label", "Slice y = 7 of blob.nii");
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error("no slice");
  expect(box.width / box.height).toBeCloseTo(16 / 15, 2);
  // Column 4 from the left, row 3 from below.
  await viewer.page.mouse.move(box.x + (4.5 / 16) * box.width, box.y + (1 - 3.5 / 10) * box.height);
  await expect(panel.locator(".readout")).toContainText("x 4, y 7, z 3 ·");
  await expect(panel.locator(".readout")).toContainText(`· ${value((3 * 12 + 7) * 16 + 4)}`);
});

test("File: what is in it, its images and its frames", async ({ viewer }) => {
  const small = { ...BLOB, dims: [4, 3, 2], value: (i: number) => 10 * i };
  const film = { ...BLOB, dims: [...DIMS, 3], value: (i: number) => BLOB.value(i % 1920) };
  viewer.files["two.zip"] = await zip({
    "a/small.hdr": analyzeHeader(small),
    "a/small.img": voxels(small),
    "a/b/film.nii": niftiFile(film),
  });
  const panel = await show(viewer, ["File"], { src: "files/two.zip" });
  await expect(panel.locator("dl")).toContainText("16 × 12 × 10");
  await expect(panel.locator("dl")).toContainText("int16, little-endian");
  await expect(panel.locator("dl")).toContainText("NIfTI-1");
  // Each step reads the file again, and the slider stays in hand.
  const frame = panel.getByRole("slider", { name: "Frame" });
  await frame.focus();
  await viewer.page.keyboard.press("ArrowRight");
  await viewer.settled();
  await viewer.page.keyboard.press("ArrowRight");
  await viewer.settled();
  expect(await viewer.get("frame")).toBe(2);
  await press(viewer, frame, "Home");
  await press(viewer, frame, "End");
  await viewer.outcome(1);
  expect(await viewer.get("frame")).toBe(2);
  const loads = (await viewer.events("load")).length;
  const images = panel.getByRole("combobox", { name: "Image in the file" });
  await expect(images.locator("option")).toHaveText(["small.hdr (4 × 3 × 2)", "b/film.nii (16 × 12 × 10)"]);
  await images.selectOption({ index: 0 });
  expect(await viewer.outcome(loads)).toMatchObject({ name: "a/small.hdr", dims: [4, 3, 2] });
  expect([await viewer.get("entry"), await viewer.get("frame")]).toEqual(["a/small.hdr", 0]);
  await expect(panel.getByRole("slider", { name: "Frame" })).toHaveCount(0);
});

test("the header's buttons open, save, copy and reset", async ({ viewer, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const panel = await show(viewer, [], { view: "cut" });
  await viewer.set("gamma", 0.7);
  await panel.getByRole("button", { name: "Copy the HTML of this view" }).click();
  await expect(panel.getByRole("status")).toHaveText("HTML copied");
  expect(await viewer.page.evaluate(() => navigator.clipboard.readText())).toBe(
    '<voxel-volume src="files/blob.nii" view="cut" gamma="0.7" controls></voxel-volume>',
  );

  const [download] = await Promise.all([
    viewer.page.waitForEvent("download"),
    panel.getByRole("button", { name: "Save the picture as PNG" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("blob.png");
  expect(readPng(await download.path()).width).toBe((await viewer.canvasSize())[0]);

  await viewer.page.locator("voxel-volume canvas[part=canvas]").focus();
  await viewer.page.keyboard.press("ArrowLeft");
  await viewer.settled();
  expect(await viewer.get("azimuth")).not.toBeUndefined();
  await panel.getByRole("button", { name: "Reset the camera" }).click();
  await viewer.settled();
  expect(await viewer.get("azimuth")).toBeUndefined();

  const other = Buffer.from(blob({ dims: [8, 12, 10] }));
  const file = { name: "other.nii", mimeType: "", buffer: other };
  await panel.getByLabel("Open a file").setInputFiles([file]);
  expect(await viewer.outcome(1)).toMatchObject({ name: "other.nii", dims: [8, 12, 10] });
  await expect(panel.locator(".name")).toHaveText("other.nii");
});

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ALL = ["View", "Values", "Cut", "Slice", "File"];

/** What axe finds wrong within the element. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(context: string): Promise<{ violations: Violation[] }> };
    };
    const { violations } = await axe.run("voxel-volume");
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

test("axe finds nothing wrong, light or dark", async ({ viewer }) => {
  const panel = await show(viewer, ALL, { alt: "A ball", view: "diagonal", resolution: "9", axes: "mm" });
  await panel.getByLabel("Colours: viridis").click();
  for (const colorScheme of ["light", "dark"] as const) {
    await viewer.page.emulateMedia({ colorScheme });
    expect(await violations(viewer.page), colorScheme).toEqual([]);
  }
});

test("a policy against inline styles is kept", async ({ viewer }) => {
  await viewer.page.route("**/element.html", async (route) => {
    const response = await route.fetch();
    const policy = "default-src 'self'; style-src 'self'; img-src 'self' data: blob:";
    // Without the page's own style sheet, which is inline.
    const body = (await response.text()).replace(/<style>.*<\/style>/s, "");
    await route.fulfill({
      response,
      body,
      headers: { ...response.headers(), "content-security-policy": policy },
    });
  });
  await viewer.page.reload();
  await viewer.page.evaluate(() => {
    window.addEventListener("securitypolicyviolation", ({ violatedDirective }) => {
      window.log.events.push({ type: "policy", at: performance.now(), message: violatedDirective });
    });
  });
  viewer.files["blob.nii"] = blob();
  await viewer.page.evaluate(() => {
    const element = document.createElement("voxel-volume");
    Object.assign(element.style, { width: "720px", height: "300px", aspectRatio: "auto" });
    element.setAttribute("controls", "");
    element.setAttribute("src", "files/blob.nii");
    document.body.append(element);
  });
  const panel = viewer.page.locator("voxel-volume-controls");
  await expect(panel.locator("rect").first()).toBeAttached();
  await viewer.settled();
  await panel.getByText("Slice", { exact: true }).click();
  await expect(panel.locator("voxel-volume-slice canvas")).toBeVisible();
  const handle = panel.getByRole("slider", { name: "bias", exact: true });
  expect(await handle.evaluate((element: HTMLElement) => element.style.bottom)).toBe("50%");
  expect(await viewer.events("policy")).toEqual([]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true });

  test("all can be touched, and axe finds nothing wrong", async ({ viewer }) => {
    viewer.files["blob.nii"] = blob();
    const style = "width: 390px; height: 700px; aspect-ratio: auto";
    await viewer.add({ src: "files/blob.nii", controls: "", alt: "A ball", style });
    const panel = viewer.page.locator("voxel-volume-controls");
    await panel.getByRole("button", { name: "Show the controls" }).tap();
    await expect(panel.locator("rect").first()).toBeAttached();
    await panel.evaluate((element) => {
      for (const details of element.shadowRoot?.querySelectorAll("details") ?? []) details.open = true;
    });
    await viewer.settled();
    const small = await panel.evaluate((element) => {
      const roots = [element, ...(element.shadowRoot?.querySelectorAll("voxel-volume-slice") ?? [])];
      const targets = roots.flatMap(({ shadowRoot }) => [
        ...(shadowRoot?.querySelectorAll<HTMLElement>("button, select, summary, label, input") ?? []),
      ]);
      return targets
        .filter((target) => !target.closest("label") || target.matches("label"))
        .filter((target) => target.getBoundingClientRect().height < 40)
        .map((target) => target.outerHTML);
    });
    expect(small).toEqual([]);
    const sides = await panel.evaluate((element) => {
      const groups = element.shadowRoot?.querySelector(".groups");
      return [groups?.scrollWidth, groups?.clientWidth];
    });
    expect(sides[0], "nothing sticks out").toBe(sides[1]);
    // A finger that lands beside the thumb takes it all the same.
    const crop = panel.getByRole("slider", { name: "Crop x, from" });
    await crop.scrollIntoViewIfNeeded();
    const box = await crop.boundingBox();
    const [x, y] = [(box?.x ?? 0) + 22, (box?.y ?? 0) + (box?.height ?? 0) / 2];
    const client = await viewer.page.context().newCDPSession(viewer.page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", at?: number) =>
      client.send("Input.dispatchTouchEvent", { type, touchPoints: at === undefined ? [] : [{ x: at, y }] });
    await touch("touchStart", x + 15);
    for (const dx of [25, 45, 75]) await touch("touchMove", x + dx);
    await touch("touchEnd");
    await viewer.settled();
    expect(await viewer.get("crop")).toMatch(/^0\.[2-7]\d*:1 0:1 0:1$/);

    await panel.getByRole("radio", { name: "Exact" }).tap();
    expect(await viewer.get("blend")).toBe("exact");
    expect(await violations(viewer.page)).toEqual([]);
  });
});
