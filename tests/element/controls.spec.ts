/** The controls as a whole, in the real element, operated by mouse, touch and keys. */

import type { Viewer as Controlled } from "../../src/element/controls/viewer.ts";
import type { VoxelVolumeElement } from "../../src/index.ts";
import { blob } from "../support/blob.ts";
import { readPng } from "../support/png.ts";
import { ALL, press, show, violations } from "./panel.ts";
import { expect, isolated, test } from "./viewer.ts";

// Compile-time check: the element has what the controls need.
void ((element: VoxelVolumeElement): Controlled => element);

test.use({ viewport: { width: 760, height: 640 } });

test("controls are open beside a wide picture, and close to a button that keeps the focus", async ({
  viewer,
}) => {
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

test("controls are initially closed in a narrow element, which shows its picture", async ({ viewer }) => {
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

test("the header's buttons open, save, copy and reset", async ({ viewer }) => {
  await viewer.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const panel = await show(viewer, [], { view: "cut", zoom: "1" });
  await viewer.set("gamma", 0.7);
  await panel.getByRole("button", { name: "Copy the HTML of this view" }).click();
  await expect(panel.getByRole("status")).toHaveText("HTML copied");
  expect(await viewer.page.evaluate(() => navigator.clipboard.readText())).toBe(
    '<voxel-volume src="files/blob.nii" view="cut" gamma="0.7" controls></voxel-volume>',
  );

  await panel.getByRole("button", { name: "Save", exact: true }).click();
  const [download] = await Promise.all([
    viewer.page.waitForEvent("download"),
    viewer.page.locator("voxel-volume-picture-form").getByRole("button", { name: "Save" }).click(),
  ]);
  await viewer.page.keyboard.press("Escape");
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

test("axe reports no violations, light or dark", async ({ viewer }) => {
  const panel = await show(viewer, ALL, { alt: "A ball", view: "diagonal", resolution: "9", axes: "mm" });
  await panel.getByLabel("Colours: viridis").click();
  for (const colorScheme of ["light", "dark"] as const) {
    await viewer.page.emulateMedia({ colorScheme });
    expect(await violations(viewer.page), colorScheme).toEqual([]);
  }
});

isolated.describe("under a content security policy", () => {
  isolated("without inline styles, the controls work", async ({ viewer }) => {
    await viewer.page.route("**/element.html", async (route) => {
      const response = await route.fetch();
      const policy = "default-src 'self'; style-src 'self'; img-src 'self' data: blob:";
      // Remove the page's own inline style sheet.
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
});

isolated.describe("on a phone", () => {
  isolated.use({ viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true });

  isolated("all controls can be touched, and axe reports no violations", async ({ viewer }) => {
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
    // A finger that lands beside the thumb still takes it.
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
