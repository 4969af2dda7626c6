/** Setting the property `texts`: choices of the panel, and the colour bar. */

import { blob } from "../support/blob.ts";
import { ALL_TEXTS } from "../support/texts.ts";
import { unfold, WIDE } from "./panel.ts";
import { expect, test } from "./viewer.ts";

test.use({ viewport: { width: 760, height: 640 } });

test("identical translations of different texts do not confuse the panel's choices", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii", controls: "", style: WIDE });
  await viewer.set("texts", Object.fromEntries(ALL_TEXTS.map((text) => [text, "…"])));
  await unfold(viewer);
  const choices = viewer.page.locator("voxel-volume-controls input[type=radio]");
  const groups = await choices.evaluateAll((inputs) =>
    inputs.map((input) => (input as HTMLInputElement).checked && (input as HTMLInputElement).name),
  );
  const checked = groups.filter((name) => name !== false);
  expect(checked.length).toBeGreaterThan(6);
  expect(new Set(checked).size).toBe(checked.length);
});

test("the colour bar is translated, also after a later change", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii", colorbar: "" });
  const bar = viewer.page.locator("voxel-volume canvas[part=colorbar]");
  await expect(bar).toHaveAttribute("aria-label", /^Colour bar: \d+ to \d+$/);
  await viewer.set("texts", { "Colour bar: {low} to {high}": "Farben von {low} bis {high}" });
  await expect(bar).toHaveAttribute("aria-label", /^Farben von \d+ bis \d+$/);
  await viewer.set("texts", undefined);
  await expect(bar).toHaveAttribute("aria-label", /^Colour bar: \d+ to \d+$/);
});
