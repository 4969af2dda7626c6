/** The groups "View" and "Values" of the controls, operated like a user would. */

import { expectDifferent } from "../support/pictures.ts";
import { drag, press, show } from "./panel.ts";
import { expect, test } from "./viewer.ts";

test.use({ viewport: { width: 760, height: 640 } });

test("View: presets, colours, resolution and the rest set properties and change the picture", async ({
  viewer,
}) => {
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

test("Values: each handle bends the curve, by pointer and by key", async ({ viewer }) => {
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

test("Values: number fields, sliders, switches and reset", async ({ viewer }) => {
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
