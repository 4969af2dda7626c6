/**
 * When promises settle, and what one request leaves for the next: frames, options, focus, and elements outside the
 * page.
 */

import { BLOB, blob, DIMS } from "../support/blob.ts";
import { expectAlike } from "../support/pictures.ts";
import { covered } from "../support/png.ts";
import { expect, isolated, test } from "./viewer.ts";

const film = () => blob({ dims: [...DIMS, 4], value: (i) => BLOB.value(i % 1920) });

test("a frame that was played or stepped to does not apply to the next file", async ({ viewer }) => {
  viewer.files["film.nii"] = film();
  viewer.files["a.nii"] = blob();
  await viewer.add({ src: "files/film.nii", "frame-rate": "20" });
  await viewer.call((element) => element.play());
  await viewer.page.waitForFunction(() => (document.querySelector("voxel-volume")?.frame ?? 0) >= 2);
  await viewer.attribute("src", "files/a.nii");
  await viewer.page.waitForFunction(() => document.querySelector("voxel-volume")?.sourceName === "a.nii");
  expect(await viewer.get("frame")).toBe(0);
  expect(await viewer.events("error")).toEqual([]);
  // While another file is loading, a key does not step the frames of the last one.
  await viewer.call((element) => element.pause());
  await viewer.attribute("src", "files/film.nii");
  await viewer.settled();
  const release = await viewer.hold("slow.nii", blob());
  await viewer.call((element) => {
    Object.assign(window, { loaded: element.load("slow.nii") });
  });
  await viewer.page.locator("voxel-volume canvas[part=canvas]").focus();
  await viewer.page.keyboard.press(".");
  release();
  await viewer.page.evaluate(() => (window as unknown as { loaded: Promise<void> }).loaded);
  expect([await viewer.get("frame"), await viewer.get("sourceName")]).toEqual([0, "slow.nii"]);
});

test("load() waits for a frame that is requested meanwhile", async ({ viewer }) => {
  viewer.files["film.nii"] = film();
  await viewer.add({});
  const shown = await viewer.call(async (element) => {
    const loaded = element.load("files/film.nii");
    element.frame = 2;
    await loaded;
    const failed = element.load("files/film.nii");
    element.frame = 99;
    return [element.volume?.frame, await failed.catch(({ code }) => code)];
  });
  expect(shown).toEqual([2, "invalid-option"]);
});

test("an invalid argument of load() does not affect a load in progress, and cancel() ends it for good", async ({
  viewer,
}) => {
  viewer.files["a.nii"] = blob();
  const release = await viewer.hold("slow.nii", blob());
  await viewer.add({ src: "files/a.nii" });
  const outcome = await viewer.call(async (element) => {
    const loaded = element.load("slow.nii").then(() => "shown");
    const refused = await element.load(42 as never).catch(({ code }) => code);
    Object.assign(window, { loaded });
    return [refused, element.busy, element.sourceName];
  });
  expect(outcome).toEqual(["invalid-option", true, "a.nii"]);
  release();
  expect(await viewer.page.evaluate(() => (window as unknown as { loaded: unknown }).loaded)).toBe("shown");
  const busy = await viewer.page.evaluate(async () => {
    const element = document.createElement("voxel-volume");
    document.body.append(element);
    const loading = element.load("files/a.nii");
    element.cancel();
    await loading;
    await element.updateComplete;
    const { busy } = element;
    element.remove();
    return busy;
  });
  expect(busy).toBe(false);
});

test("open() resets invalid options, and lookAlong() works as soon as a volume is loaded", async ({
  viewer,
}) => {
  viewer.files["a.nii"] = blob();
  await viewer.add({ src: "files/a.nii" });
  const outcome = await viewer.call(async (element) => {
    element.window = "nonsense";
    await element.updateComplete;
    const bytes = await (await fetch("files/a.nii")).arrayBuffer();
    const opened = await element.open([new File([bytes], "b.nii")]).then(
      () => "shown",
      ({ code }) => code,
    );
    const other = document.createElement("voxel-volume");
    document.body.append(other);
    await other.load("files/a.nii");
    await other.lookAlong("top");
    const { elevation } = other;
    other.remove();
    return [opened, element.sourceName, elevation];
  });
  expect(outcome).toEqual(["shown", "b.nii", 90]);
});

test("drawn waits for a picture with new labels after the element was moved, and settles outside the page", async ({
  viewer,
}) => {
  viewer.files["a.nii"] = blob();
  viewer.files["labels.csv"] = "index,name,color\n1,One,#ff0000\n";
  await viewer.add({ src: "files/a.nii" });
  const before = await viewer.picture();
  await viewer.call(async (element) => {
    element.remove();
    document.body.append(element);
    await element.drawn;
  });
  expect(covered(await viewer.picture())).toBeGreaterThan(1000);
  expectAlike("settling-moved", await viewer.picture(), before, 60);
  const named = await viewer.call(async (element) => {
    element.kind = "mask";
    element.labels = "files/labels.csv";
    await element.drawn;
    return element.settings?.labels !== null;
  });
  expect(named).toBe(true);
  const ended = await viewer.call(async (element) => {
    element.src = "files/a.nii?other";
    while (element.sourceName !== "a.nii" || !element.busy) await new Promise((done) => setTimeout(done));
    element.remove();
    return Promise.race([
      element.drawn.then(() => "ended"),
      new Promise((resolve) => setTimeout(() => resolve("waits"), 2000)),
    ]);
  });
  expect(ended).toBe("ended");
});

test("a dismissed message about an option stays dismissed; the focus returns to the picture", async ({
  viewer,
}) => {
  viewer.files["a.nii"] = blob();
  await viewer.add({ src: "files/a.nii" });
  await viewer.set("gamma", "bad");
  await viewer.page.getByRole("button", { name: "Close the message" }).click();
  await viewer.set("azimuth", 10);
  expect(await viewer.alert()).toBeUndefined();
  await viewer.set("gamma", 0.4);
  await viewer.hold("slow.nii", blob());
  await viewer.attribute("src", "slow.nii");
  await viewer.page.getByRole("button", { name: "Cancel" }).click();
  await expect(viewer.page.getByRole("application")).toBeFocused();
});

test("files dragged over the element and away leave no frame, though elements under them were removed", async ({
  viewer,
}) => {
  viewer.files["a.nii"] = blob();
  await viewer.add({ src: "files/a.nii" });
  const over = viewer.page.locator("voxel-volume [part=drop]");
  const drag = (type: string) =>
    viewer.page.evaluate((type) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([], "b.nii"));
      const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
      document.querySelector("voxel-volume")?.dispatchEvent(event);
    }, type);
  // A part that is removed after dragenter gets no dragleave.
  await drag("dragenter");
  await drag("dragenter");
  await expect(over).toBeVisible();
  await viewer.set("disableDrop", true);
  await drag("dragleave");
  await expect(over).toHaveCount(0);
});

isolated.describe("without WebGPU", () => {
  isolated("the fallback content cannot be dismissed", async ({ viewer }) => {
    await viewer.page.addInitScript(() => {
      Reflect.deleteProperty(Navigator.prototype, "gpu");
    });
    await viewer.page.reload();
    viewer.files["a.nii"] = blob();
    await viewer.add({ src: "files/a.nii" }, "<p id=instead>A picture of a ball</p>");
    await expect(viewer.page.locator("#instead")).toBeVisible();
    await expect(viewer.page.getByRole("button", { name: "Close the message" })).toHaveCount(0);
  });
});

isolated.describe("a volume that caused a device loss", () => {
  // Chromium warns about it on the console.
  isolated.use({ quiet: false });

  isolated("is not drawn again when the camera moves", async ({ viewer }) => {
    viewer.files["a.nii"] = blob();
    viewer.files["b.nii"] = blob({ dims: [16, 12, 4] });
    await viewer.add({ src: "files/a.nii" });
    const code = await viewer.call(async (element) => {
      const loaded = element.load("files/b.nii").then(
        () => "shown",
        ({ code }) => code,
      );
      while (element.volume?.name !== "b.nii") await new Promise((done) => setTimeout(done));
      window.log.devices.at(-1)?.destroy();
      return loaded;
    });
    expect(code).toBe("device-lost");
    await viewer.page.waitForFunction(() => window.log.events.some(({ type }) => type === "device-restored"));
    await viewer.set("azimuth", 33);
    await viewer.settled();
    expect([await viewer.get("sourceName"), (await viewer.events("load")).length]).toEqual(["a.nii", 1]);
  });
});
