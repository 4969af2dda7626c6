/** Frames of a 4-D volume: read once, shown without a gap, played; and the status while reading. */

import { BLOB, blob, DIMS } from "../support/blob.ts";
import { gzip } from "../support/make-volume.ts";
import { expectDifferent } from "../support/pictures.ts";
import { expect, test } from "./viewer.ts";

test("another frame needs no request, and the old one stays until it is shown", async ({ viewer }) => {
  viewer.files["film.nii.gz"] = await gzip(
    blob({ dims: [...DIMS, 4], value: (i) => BLOB.value(i % 1920) / (1 + Math.floor(i / 1920)) }),
  );
  await viewer.add({ src: "files/film.nii.gz", controls: "", window: "0 1000" });
  const first = await viewer.picture();
  const blank = await viewer.call(async (element) => {
    const canvas = element.shadowRoot?.querySelector("canvas[part=canvas]") as HTMLCanvasElement;
    let blank = 0;
    const look = () => {
      if (canvas.hasAttribute("data-hidden") || element.volume === undefined) blank++;
    };
    const timer = setInterval(look);
    for (let frame = 1; frame < 4; frame++) {
      element.frame = frame;
      await element.drawn;
    }
    clearInterval(timer);
    return blank;
  });
  expect(blank).toBe(0);
  await viewer.settled();
  expectDifferent("loading-frame", await viewer.picture(), first);
  expect(viewer.asked).toEqual(["film.nii.gz"]);
  expect(await viewer.call((element) => element.volume?.frame)).toBe(3);
});

test("frames play, step by key and stop", async ({ viewer }) => {
  viewer.files["film.nii"] = blob({ dims: [...DIMS, 3], value: (i) => BLOB.value(i % 1920) });
  await viewer.add({ src: "files/film.nii", "frame-rate": "20" });
  await viewer.page.locator("voxel-volume canvas[part=canvas]").focus();
  const frame = () => viewer.get<number>("frame");
  const { keyboard } = viewer.page;
  await keyboard.press(",");
  expect(await frame()).toBe(2);
  await keyboard.press(".");
  expect(await frame()).toBe(0);
  await keyboard.press(" ");
  expect(await viewer.get("playing")).toBe(true);
  const seen = await viewer.page.evaluate(async () => {
    const element = document.querySelector("voxel-volume") as Element & { volume?: { frame: number } };
    const seen = new Set<number>();
    const until = performance.now() + 20_000;
    while (seen.size < 3 && performance.now() < until) {
      seen.add(element.volume?.frame ?? -1);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return [...seen].sort();
  });
  expect(seen).toEqual([0, 1, 2]);
  await keyboard.press(" ");
  await viewer.settled();
  const stopped = await frame();
  await viewer.page.waitForTimeout(300);
  expect(await frame()).toBe(stopped);
});

test("the status describes the work until the picture is shown", async ({ viewer }) => {
  viewer.files["a.nii.gz"] = await gzip(blob());
  await viewer.add({});
  const said = await viewer.call(async (element) => {
    const said: string[] = [];
    new MutationObserver(() => {
      const text = element.shadowRoot?.querySelector("[part=status] span")?.textContent ?? "";
      if (text !== said.at(-1)) said.push(text);
    }).observe(element.shadowRoot as ShadowRoot, { childList: true, subtree: true, characterData: true });
    element.src = "files/a.nii.gz";
    await element.drawn;
    await element.updateComplete;
    return said;
  });
  expect(said.filter((text) => /Preparing|Measuring|Drawing/.test(text))).toEqual([
    ...["Preparing…", "Measuring the values…", "Drawing…"],
  ]);
  expect(said.some((text) => text.startsWith("Inflating"))).toBe(true);
  expect(said.at(-1)).toBe("");
});
