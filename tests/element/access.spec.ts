/** The panel by keyboard: number of tab stops, arrow keys and Escape; and its texts for cuts and lengths. */

import type { Page } from "playwright/test";
import type { DrawnSettings } from "../../src/options/settings.ts";
import { niftiFile } from "../support/make-volume.ts";
import { press, show, violations } from "./panel.ts";
import { expect, test, type Viewer } from "./viewer.ts";

test.use({ viewport: { width: 760, height: 640 } });

/** Groups that are initially open. */
const DEFAULT = ["View", "Values"];
const LABELS = 60;

/** Cubes with labels 1 to 60. */
function labels(): Uint8Array {
  const value = (i: number) => 1 + ((Math.floor((i % 20) / 4) + 5 * Math.floor(i / 80)) % LABELS);
  return niftiFile({ dims: [20, 16, 12], dtype: "uint8", intent: 1002, value });
}

/** Adds a button after the element. */
async function addButton(viewer: Viewer): Promise<void> {
  await viewer.page.evaluate(() =>
    document.body.append(Object.assign(document.createElement("button"), { id: "after" })),
  );
}

/** Name of the focused element: its label, its text, or its id in the page. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    const label = (active as HTMLInputElement | null)?.labels?.[0]?.textContent?.trim();
    return active?.getAttribute("aria-label") ?? (label || active?.textContent?.trim() || active?.id || "");
  });
}

/** Number of Tab presses from the picture to the button after the element. */
async function tabStops(viewer: Viewer): Promise<number> {
  await viewer.page.locator("voxel-volume canvas[part=canvas]").focus();
  for (let stops = 0; stops < 200; stops++) {
    await viewer.page.keyboard.press("Tab");
    if ((await focused(viewer.page)) === "after") return stops;
  }
  return Infinity;
}

test("a panel for intensities has few tab stops, two keys skip it, and the toolbar is one tab stop", async ({
  viewer,
}) => {
  const { page } = viewer;
  const panel = await show(viewer, DEFAULT);
  await addButton(viewer);
  const stops = await tabStops(viewer);
  test.info().annotations.push({ type: "Tab stops, intensity", description: `${stops}` });
  expect(stops).toBeLessThanOrEqual(45);

  const skip = panel.getByRole("button", { name: "Skip the controls" });
  const isSeen = () => skip.evaluate((button) => getComputedStyle(button).clipPath === "none");
  expect(await isSeen()).toBe(false);
  await page.locator("voxel-volume canvas[part=canvas]").focus();
  await page.keyboard.press("Tab");
  await expect(skip).toBeFocused();
  expect(await isSeen()).toBe(true);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("after");

  const tools = panel.getByRole("toolbar", { name: "Actions" });
  await panel.getByRole("button", { name: "Hide the controls" }).focus();
  const expectFocus = async (key: string, name: string) => {
    await page.keyboard.press(key);
    expect(await focused(page), key).toBe(name);
  };
  await expectFocus("Tab", "Open a file");
  await expectFocus("ArrowLeft", "Open a file");
  await expectFocus("ArrowRight", "Save");
  await expectFocus("End", "Full screen");
  await expectFocus("Home", "Open a file");
  await expectFocus("ArrowRight", "Save");
  await expectFocus("Tab", "View");
  await expectFocus("Shift+Tab", "Save");
  await expect(tools.locator("[tabindex='0']")).toHaveCount(1);
});

test("a list of 60 labels is one tab stop, in which arrow keys reach every label and button", async ({
  viewer,
}) => {
  const { page } = viewer;
  viewer.files["labels.nii"] = labels();
  const panel = await show(viewer, DEFAULT, { src: "files/labels.nii", alt: "Cubes" });
  const grid = panel.getByRole("grid", { name: "Labels" });
  await expect(grid.getByRole("row")).toHaveCount(LABELS);
  await addButton(viewer);
  const stops = await tabStops(viewer);
  test.info().annotations.push({ type: "Tab stops, labels", description: `${stops}` });
  expect(stops).toBeLessThanOrEqual(45);

  await panel.getByRole("searchbox", { name: "Search labels" }).focus();
  const keys = [
    ["Tab", "1"],
    ["ArrowDown", "2"],
    ["ArrowRight", "Show 2 alone"],
    ["ArrowDown", "Show 3 alone"],
    ["ArrowLeft", "3"],
    ["End", "60"],
    ["ArrowDown", "60"],
    ["Home", "1"],
    ["ArrowDown", "2"],
    ["Tab", "Opacity"],
    ["Shift+Tab", "2"],
  ];
  for (const [key, name] of keys) {
    await page.keyboard.press(key);
    expect(await focused(page), key).toBe(name);
  }
  await page.keyboard.press("Space");
  await viewer.settled();
  expect(await viewer.get("hide")).toBe("2");
  expect(await focused(page)).toBe("2");

  // Escape clears the search first; a search result is a tab stop too.
  const search = panel.getByRole("searchbox", { name: "Search labels" });
  await search.fill("17");
  await expect(grid.getByRole("row")).toHaveCount(1);
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("17");
  await search.fill("none such");
  await expect(grid).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  await search.press("Escape");
  await expect(search).toHaveValue("");
  await expect(panel).toHaveAttribute("open", "");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page), colorScheme).toEqual([]);
  }
  await search.press("Escape");
  await expect(panel).not.toHaveAttribute("open");
});

test("Escape and a click elsewhere close the list of colour maps; Escape elsewhere closes the panel", async ({
  viewer,
}) => {
  const { page } = viewer;
  const panel = await show(viewer, DEFAULT);
  const colours = panel.getByLabel("Colours: viridis");
  const list = panel.getByRole("radiogroup", { name: "Colours" });
  await press(viewer, colours, "Enter");
  await expect(list).toBeVisible();
  await press(viewer, list.getByRole("radio", { name: "auto" }), "Escape");
  await expect(list).toBeHidden();
  await expect(colours).toBeFocused();
  await expect(panel).toHaveAttribute("open", "");

  await colours.click();
  await list.getByRole("radio", { name: "magma" }).check();
  await expect(list).toBeVisible();
  await panel.getByRole("radio", { name: "Exact" }).click();
  await expect(list).toBeHidden();
  expect(await viewer.get("blend"), "the click is not lost").toBe("exact");
  await panel.locator(".picker summary").click();
  await page.locator("voxel-volume canvas[part=canvas]").click();
  await expect(list).toBeHidden();

  // Escape in an open menu does not close the panel.
  await panel.getByRole("combobox", { name: "Resolution" }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await expect(panel).toHaveAttribute("open", "");
  await press(viewer, panel.getByRole("slider", { name: "Opacity" }), "Escape");
  await expect(panel).not.toHaveAttribute("open");
  await expect(panel.getByRole("button", { name: "Show the controls" })).toBeFocused();
});

test("Cut: numbers count the file's voxels from low to high, also when flipped; Reset cuts removes all cuts", async ({
  viewer,
}) => {
  const { page } = viewer;
  const panel = await show(viewer, ["Cut"], { view: "cut" });
  const numbers = panel.locator(".numbers");
  await expect(numbers).toHaveText(["0–10", "0–11", "0–4"]);
  const [from, to] = ["from", "to"].map((end) => panel.getByRole("slider", { name: `Crop y, ${end}` }));
  await press(viewer, to, ...Array(4).fill("ArrowLeft"));
  await press(viewer, from, "ArrowRight");
  // The flipped box begins with the last voxel.
  expect(await viewer.get("crop")).toBe("0:0.7 0.3333:0.9167 0:0.5");
  await expect(numbers.nth(1)).toHaveText("1–7");
  await expect(from).toHaveAttribute("aria-valuetext", "voxel 1");
  await expect(to).toHaveAttribute("aria-valuetext", "voxel 7");

  const reset = panel.getByRole("button", { name: "Reset cuts" });
  const settings = () => viewer.get<DrawnSettings>("settings");
  for (const [view, keys] of [
    ["cut", ["ArrowLeft", "ArrowUp"]],
    ["diagonal", []],
    ["full", ["ArrowRight"]],
  ] as const) {
    await viewer.set("view", view);
    await press(viewer, page.locator("voxel-volume canvas[part=canvas]"), ...keys);
    const { camera } = await settings();
    await expect(reset).toBeEnabled();
    await reset.click();
    await viewer.settled();
    const after = await settings();
    const whole = [0, 1];
    expect(after, view).toMatchObject({
      flip: [false, false, false],
      crop: [whole, whole, whole],
      clip: null,
    });
    // The camera now fits the whole volume.
    const { azimuth, elevation, zoom } = camera;
    expect(after.camera, view).toMatchObject({ azimuth, elevation, zoom, fit: "content" });
    expect(await viewer.get("view")).toBe("");
    await expect(reset).toBeDisabled();
    await expect(numbers).toHaveText(["0–15", "0–11", "0–9"]);
  }
  await viewer.set("clip", "0 0 1 -0.5");
  await expect(reset).toBeEnabled();
});

test("a volume without lengths is described in voxels only", async ({ viewer }) => {
  const panel = await show(viewer, ["View", "File"], { axes: "mm" });
  await expect(panel.locator(".title")).toContainText("mm");
  await expect(panel.locator("dl")).toContainText("mm");
  await panel.evaluate((panel) => {
    const element = document.querySelector("voxel-volume");
    const volume = { ...element?.volume, unitless: true };
    Object.defineProperty(element, "volume", { get: () => volume });
    (panel as HTMLElement & { requestUpdate(): void }).requestUpdate();
  });
  await expect(panel.locator(".title")).toContainText("16 × 12 × 10");
  await expect(panel.locator(".title")).not.toContainText("mm");
  await expect(panel.locator("dl")).not.toContainText("mm");
  await expect(panel.getByRole("radio", { name: "mm" })).toHaveCount(0);
  await expect(
    panel.getByRole("radiogroup", { name: "Axes" }).getByRole("radio", { name: "Voxels" }),
  ).toBeChecked();
});
