/** The groups "Cut", "Slice" and "File" of the controls, operated like a user would. */

import { palette } from "../../src/options/colormaps.ts";
import { colorEntry, drawnValue, type ValueScale } from "../../src/options/value-scale.ts";
import { BLOB, DIMS } from "../support/blob.ts";
import { analyzeHeader, niftiFile, voxels, zip } from "../support/make-volume.ts";
import { expectDifferent } from "../support/pictures.ts";
import { press, show } from "./panel.ts";
import { expect, test } from "./viewer.ts";

test.use({ viewport: { width: 760, height: 640 } });

test("Cut: crop by voxels, flips, and a clip plane by angles", async ({ viewer }) => {
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
  // A thumb cannot pass the other.
  await press(viewer, panel.getByRole("slider", { name: "Crop y, to" }), "Home");
  await expect(numbers.nth(1)).toHaveText("0–0");
  await expect(panel.getByRole("slider", { name: "Crop y, to" })).toHaveValue("1");

  await panel.getByRole("switch", { name: "x" }).click();
  expect(await viewer.get("flip")).toBe("x");
  await viewer.settled();
  await expect(numbers.first()).toHaveText("0–12");
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
  // At the pole the azimuth is kept.
  await press(viewer, elevation, "ArrowLeft");
  await expect(panel.getByRole("slider", { name: "Azimuth" })).toHaveValue(azimuth);
  await panel.getByRole("switch", { name: "Clip plane" }).click();
  expect(await viewer.get("clip")).toBe("");
});

test("Slice: values as drawn or raw, one voxel per pixel, with the value under the pointer", async ({
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
  // The pixels have the proportions of the voxels.
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

test("File: its contents, images and frames", async ({ viewer }) => {
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
  // Each step reads the file again, while the slider keeps the focus.
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
