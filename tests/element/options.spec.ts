/** Every option is an attribute and a property, changes the picture, and repeats no more work than necessary. */

import { OPTION_NAMES, OPTIONS, type OptionName } from "../../src/options/options.ts";
import { blob } from "../support/blob.ts";
import { decibels, expectAlike, expectDifferent } from "../support/pictures.ts";
import { expect, test } from "./viewer.ts";

/** Another value for each option, and the property value that it is parsed to. */
const CHANGES: Record<OptionName, [text: string, property: string | number]> = {
  kind: ["mask", "mask"],
  window: ["400 700", "400 700"],
  threshold: ["600", 600],
  only: ["300-600", "300-600"],
  hide: ["300-600", "300-600"],
  resolution: ["6", "6"],
  antialias: ["", ""],
  aspect: ["cube", "cube"],
  blend: ["exact", "exact"],
  colormap: ["magma", "magma"],
  transform: ["none", "none"],
  floor: ["0.5", 0.5],
  gamma: ["1.5", 1.5],
  contrast: ["1", 1],
  bias: ["-0.1", -0.1],
  opacity: ["0.25", 0.25],
  shade: ["faces", "faces"],
  light: ["45 -20", "45 -20"],
  explode: ["0.5", 0.5],
  flip: ["x", "x"],
  crop: ["0:0.5 0:1 0:1", "0:0.5 0:1 0:1"],
  clip: ["1 0 0 -0.4", "1 0 0 -0.4"],
  view: ["cut", "cut"],
  azimuth: ["-30", -30],
  elevation: ["70", 70],
  zoom: ["1.5", 1.5],
  target: ["0.5 0.5 0.6", "0.5 0.5 0.6"],
  fit: ["article", "article"],
  distance: ["1.5", 1.5],
  projection: ["orthographic", "orthographic"],
  axes: ["mm", "mm"],
  colorbar: ["", ""],
  scalebar: ["", ""],
  orientation: ["", ""],
};
/** Options that have an effect only together with another. */
const WITH: Partial<Record<OptionName, readonly [name: OptionName, text: string]>> = {
  // Smoothing has an effect if the grid is made smaller.
  antialias: ["resolution", "6"],
  threshold: ["kind", "signed"],
  only: ["kind", "labels"],
  hide: ["kind", "labels"],
  light: ["shade", "faces"],
};
/** Options that only affect drawing: the voxels stay the same. */
const DRAWING: OptionName[] = [
  ...(["aspect", "blend", "colormap", "opacity", "shade", "light", "explode"] as const),
  ...(["colorbar", "scalebar", "orientation"] as const),
  ...(["azimuth", "elevation", "zoom", "target", "fit", "distance", "projection", "axes"] as const),
];
const FROM_VIEW: OptionName[] = ["flip", "crop", "clip", "azimuth"];

test("every option changes the picture and back, as attribute and as property", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" });
  const plain = await viewer.picture();
  for (const name of OPTION_NAMES) {
    const fallback = await viewer.get(name);
    if (FROM_VIEW.includes(name)) expect(fallback, name).toBeUndefined();
    else expect(String(fallback), name).toBe(OPTIONS[name].default);
    const other = WITH[name];
    if (other) await viewer.attribute(...other);
    const before = other ? await viewer.picture() : plain;

    const [text, property] = CHANGES[name];
    await viewer.page.evaluate(() => {
      window.log.buffers = [];
    });
    await viewer.attribute(name, text);
    expect(await viewer.get(name), name).toBe(property);
    const changed = await viewer.picture();
    expect(decibels(changed, before), `${name}="${text}": dB`).toBeLessThan(45);
    const made = await viewer.page.evaluate(() => window.log.buffers);
    expect(made.includes("brick table"), `${name} makes the voxels anew`).toBe(!DRAWING.includes(name));

    await viewer.attribute(name, null);
    expect(await viewer.get(name), name).toBe(fallback);
    await viewer.set(name, property);
    expectAlike(`element-${name}`, await viewer.picture(), changed, 60);
    await viewer.set(name, fallback);
    if (other) await viewer.attribute(other[0], null);
  }
  expectAlike("element-plain", await viewer.picture(), plain, 60);
  expect(await viewer.events("error")).toEqual([]);
  expect(await viewer.events("load")).toHaveLength(1);
});

test("a view presets flip, crop, clip, azimuth and the window; explicit options win", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii", view: "diagonal" });
  const diagonal = await viewer.picture();
  for (const [name, text] of [
    ["clip", "1 -1 -1 0.1"],
    ["azimuth", "200"],
    ["fit", "article"],
  ])
    await viewer.attribute(name, text);
  await viewer.attribute("view", null);
  expectAlike("element-diagonal", await viewer.picture(), diagonal, 60);

  await viewer.attribute("view", "cut");
  await viewer.attribute("fit", null);
  await viewer.attribute("clip", null);
  const turned = await viewer.picture();
  await viewer.attribute("azimuth", null);
  const cut = await viewer.picture();
  expectDifferent("element-azimuth-wins", turned, cut);
  await viewer.attribute("crop", "0:1 0:1 0:1");
  const whole = await viewer.picture();
  expectDifferent("element-crop-wins", whole, cut);
  await viewer.attribute("crop", null);
  await viewer.attribute("view", "full");
  expectAlike("element-full", await viewer.picture(), whole, 60);
});

test("an invalid option is reported, and the error is cleared once it is valid", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" });
  const before = await viewer.picture();
  const bad = { opacity: "much", crop: "1:0", colormap: "jett", resolution: "0", view: "back" };
  for (const [i, [name, text]] of Object.entries(bad).entries()) {
    await viewer.attribute(name, text);
    const errors = await viewer.events("error");
    expect(errors.length, name).toBe(i + 1);
    expect(errors[i], name).toMatchObject({ code: "invalid-option" });
    expect(errors[i].message).toContain(`${name} "${text}"`);
    expect(await viewer.alert()).toBe(errors[i].message);
    await viewer.attribute(name, null);
    expect(await viewer.alert()).toBeUndefined();
  }
  expectAlike("element-mended", await viewer.picture(), before, 60);

  // Other changes made meanwhile count, and a new volume does not hide the error.
  await viewer.page.evaluate(() => {
    const element = document.querySelector("voxel-volume") as HTMLElement;
    element.setAttribute("colormap", "jett");
    element.setAttribute("floor", "0.6");
  });
  viewer.files["other.nii"] = blob({ dims: [16, 12, 5] });
  await viewer.attribute("src", "files/other.nii");
  expect(await viewer.alert()).toContain("jett");
  await viewer.attribute("src", "files/blob.nii");
  await viewer.attribute("colormap", null);
  expect(await viewer.alert()).toBeUndefined();
  const after = await viewer.picture();
  expectDifferent("element-floor-kept", after, before);
  await viewer.attribute("floor", null);
  expectAlike("element-floor-gone", await viewer.picture(), before, 60);
});
