/** Opening files: drops, cancelled loads, quickly changing URLs; and stills and picking. */

import { BLOB, blob, DIMS } from "../support/blob.ts";
import { analyzeHeader, voxels } from "../support/make-volume.ts";
import { expectAlike, expectDifferent } from "../support/pictures.ts";
import { covered, readPng } from "../support/png.ts";
import { expect, test, type Viewer } from "./viewer.ts";

test.use({ side: 200 });

/** Drags files over the element, and drops them if `drop`. */
async function drag(viewer: Viewer, files: Record<string, Uint8Array>, drop: boolean): Promise<void> {
  const contents = Object.entries(files).map(([name, bytes]) => ({ name, bytes: [...bytes] }));
  await viewer.page.evaluate(
    ({ contents, drop }) => {
      const transfer = new DataTransfer();
      for (const { name, bytes } of contents) transfer.items.add(new File([new Uint8Array(bytes)], name));
      const element = document.querySelector("voxel-volume") as HTMLElement;
      for (const type of ["dragenter", "dragover", drop ? "drop" : "dragleave"]) {
        const event = new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true });
        element.dispatchEvent(event);
        if (type === "dragenter") Object.assign(window, { prevented: event.defaultPrevented });
      }
    },
    { contents, drop },
  );
}

test("a dropped pair of files is shown, whatever entry was requested before", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" });
  const before = await viewer.picture();
  await viewer.page.evaluate(() => {
    const element = document.querySelector("voxel-volume") as HTMLElement;
    const transfer = new DataTransfer();
    transfer.items.add(new File([], "b.hdr"));
    element.dispatchEvent(new DragEvent("dragenter", { dataTransfer: transfer, cancelable: true }));
  });
  await expect(viewer.page.locator("voxel-volume [part=drop]")).toBeVisible();
  const other = { ...BLOB, value: (i: number) => i % 16 };
  await viewer.set("frame", 0);
  await drag(viewer, { "b.img": voxels(other), "b.hdr": analyzeHeader(other) }, true);
  await expect(viewer.page.locator("voxel-volume [part=drop]")).toHaveCount(0);
  expect(await viewer.outcome(1)).toMatchObject({ name: "b.hdr", dims: DIMS });
  expectDifferent("element-dropped", await viewer.picture(), before);
  await drag(viewer, { "c.nii": blob() }, false);
  expect(await viewer.events("load")).toHaveLength(2);
});

test("a load is cancelled by its button, and leaves nothing behind", async ({ viewer }) => {
  const { page } = viewer;
  await page.route("**/slow.nii", () => {});
  await viewer.add({});
  const failed = page.waitForEvent("requestfailed");
  await viewer.page.evaluate(() => document.querySelector("voxel-volume")?.setAttribute("src", "slow.nii"));
  await page.getByRole("button", { name: "Cancel" }).click();
  expect((await failed).url()).toContain("slow.nii");
  await viewer.page.evaluate(() => document.querySelector("voxel-volume")?.drawn);
  expect(await viewer.events("abort")).toHaveLength(1);
  expect(await viewer.events("error")).toEqual([]);
  await expect(page.locator("voxel-volume [part=status]")).toHaveText("Loading was cancelled.");
  viewer.files["blob.nii"] = blob();
  await viewer.attribute("src", "files/blob.nii");
  await viewer.outcome();
  await expect(page.locator("voxel-volume [part=status]")).toHaveCount(0);
});

test.describe("missing files", () => {
  // Chromium reports them on the console.
  test.use({ quiet: false });

  test("after twenty quick changes, some to slow or missing files, the last is shown", async ({ viewer }) => {
    for (let i = 0; i < 20; i++) if (i % 3 !== 1) viewer.files[`${i}.nii`] = blob({ dims: [16, 12, 1 + i] });
    await viewer.page.route("**/slow/*", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.fulfill({ body: Buffer.from(blob()) }).catch(() => {});
    });
    await viewer.add({});
    const name = await viewer.page.evaluate(async () => {
      const element = document.querySelector("voxel-volume") as HTMLElementTagNameMap["voxel-volume"];
      for (let i = 0; i < 20; i++) {
        element.src = i % 4 === 2 ? `slow/${i}.nii` : `files/${i}.nii`;
        await new Promise((resolve) => setTimeout(resolve, 7 * (i % 4)));
      }
      element.src = "files/18.nii";
      await element.drawn;
      await new Promise((resolve) => setTimeout(resolve, 500));
      return [element.volume?.name, element.loaded, element.gridDims];
    });
    expect(name).toEqual(["18.nii", true, [16, 12, 19]]);
    expect((await viewer.events("load")).at(-1)?.detail).toMatchObject({ name: "18.nii" });
    expect(await viewer.alert()).toBeUndefined();
  });
});

test("toBlob() saves the picture in any size, smooth, on any background, with its axes", async ({
  viewer,
}) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii", blend: "exact" });
  const still = async (options: object) => {
    const bytes = await viewer.page.evaluate(async (options) => {
      const blob = await document.querySelector("voxel-volume")?.toBlob(options);
      return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer())];
    }, options);
    return readPng(Buffer.from(bytes));
  };
  const shown = await viewer.picture();
  const same = await still({});
  expect([same.width, same.height]).toEqual([200, 200]);
  expect(same.data[3]).toBe(0);
  expectAlike("blob-same", same, shown, 45);
  expectAlike("blob-white", await still({ background: "white" }), shown, 45);
  const large = await still({ width: 320, samples: 16, background: "#f00" });
  expect([large.width, large.height]).toEqual([320, 320]);
  expect([...large.data.subarray(0, 4)]).toEqual([255, 0, 0, 255]);
  await viewer.attribute("axes", "mm");
  const withAxes = await still({ width: 320, background: "white" });
  expect(covered(withAxes)).toBeGreaterThan(1.5 * covered(await still({ width: 10, height: 10 })));
  // The page's axes are in its own font and colour.
  expectAlike("blob-axes", await still({ background: "white" }), await viewer.picture(), 20);

  const code = (options: object) =>
    viewer.page.evaluate(
      (options) =>
        document
          .querySelector("voxel-volume")
          ?.toBlob(options)
          .then(
            () => "",
            (e) => e.code,
          ),
      options,
    );
  expect(await code({ samples: 5 })).toBe("invalid-option");
  expect(await code({ background: "nocolor" })).toBe("invalid-option");
  expect(await code({ type: "image/tiff" })).toBe("invalid-option");
  expect(await code({ width: -3 })).toBe("invalid-option");
  expect(await code({ width: 1e6, height: 10 })).toBe("too-large");
  await viewer.attribute("src", null);
  expect(await code({})).toBe("invalid-option");
});

test("toBlob() works off screen, during rotation, and just after the element moved in the page", async ({
  viewer,
}) => {
  viewer.files["blob.nii"] = blob();
  await viewer.page.evaluate(() => {
    document.body.innerHTML = '<div style="height: 3000px"></div>';
  });
  await viewer.add({ src: "files/blob.nii", "auto-rotate-delay": "0" });
  const pictures = await viewer.page.evaluate(async () => {
    const element = document.querySelector("voxel-volume") as HTMLElementTagNameMap["voxel-volume"];
    const png = async () => [...new Uint8Array(await (await element.toBlob()).arrayBuffer())];
    const whole = await png();
    element.crop = "0:0.5 0:1 0:1";
    const cropped = await png();
    element.remove();
    document.body.append(element);
    const moved = await png();
    scrollTo(0, 3000);
    element.autoRotate = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
    const turned = await png();
    await element.drawn;
    return { whole, cropped, moved, turned };
  });
  const [whole, cropped, moved, turned] = Object.values(pictures).map((png) => readPng(Buffer.from(png)));
  expectDifferent("blob-cropped", cropped, whole);
  // A new renderer may use ray casting where the first used sorted faces: equal except for rounding.
  expectAlike("blob-moved", moved, cropped, 60);
  expectDifferent("blob-turned", turned, moved);
  expect(await viewer.call(async (element) => (await element.histogram(4)).length)).toBe(4);
});

test("the last load wins over earlier ones: load() after src, late cancel(); src may be a URL", async ({
  viewer,
}) => {
  viewer.files["a.nii"] = blob();
  viewer.files["b.nii"] = blob({ dims: [16, 12, 4] });
  await viewer.add({});
  const shown = await viewer.page.evaluate(async () => {
    const element = document.querySelector("voxel-volume") as HTMLElementTagNameMap["voxel-volume"];
    element.src = "files/a.nii";
    await element.load("files/b.nii");
    const names = [element.volume?.name];
    element.src = new URL("files/a.nii", location.href) as unknown as string;
    await element.drawn;
    names.push(element.volume?.name);
    const loading = element.load("files/b.nii");
    while (element.volume?.name !== "b.nii") await new Promise((resolve) => setTimeout(resolve));
    element.cancel();
    await loading;
    await element.drawn;
    return [...names, element.loaded, element.busy, element.volume?.name];
  });
  // The last picture stays.
  expect(shown).toEqual(["b.nii", "a.nii", false, false, "a.nii"]);
  expect(await viewer.events("abort")).toHaveLength(1);
  await expect(viewer.page.locator("voxel-volume [part=status]")).toHaveCount(0);
});

test("pick() returns the voxel that is visible at a point", async ({ viewer }) => {
  // Each voxel's value is its index; only the lowest layer of the box is filled, x to the right, y up.
  const value = (i: number) => i + 1;
  viewer.files["ramp.nii"] = blob({ dims: [8, 4, 1], spacing: [1, 1, 1], dtype: "int16", value });
  const seen = {
    fit: "article",
    transform: "none",
    elevation: "90",
    azimuth: "-90",
    projection: "orthographic",
  };
  await viewer.add({ src: "files/ramp.nii", aspect: "physical", ...seen });
  const pick = (x: number, y: number) =>
    viewer.page.evaluate(([x, y]) => document.querySelector("voxel-volume")?.pick(x, y), [x, y]);
  // The box's centre is slightly up and to the right of the window's; a voxel is 200 / 1.85 / 8 pixels wide.
  const [centre, side] = [[100 + (0.025 / 1.85) * 200, 100 - (0.025 / 1.85) * 200], 200 / 1.85 / 8];
  const at = (i: number, j: number) => pick(centre[0] + (i - 3.5) * side, centre[1] - (j - 1.5) * side);
  for (const [i, j] of [
    [1, 0],
    [7, 3],
    [4, 2],
  ]) {
    expect(await at(i, j)).toMatchObject({ index: [i, j, 0], value: 1 + i + 8 * j });
  }
  expect(await pick(2, 2)).toBeUndefined();
  await viewer.attribute("flip", "x");
  expect(await at(1, 0)).toMatchObject({ index: [6, 0, 0] });
  await viewer.attribute("crop", "0.5:1 0:1 0:1");
  expect(await at(6, 1)).toMatchObject({ index: [1, 1, 0] });
  await viewer.attribute("controls", "");
  await viewer.page.mouse.move(centre[0] + 2.5 * side, centre[1] - 0.5 * side);
  await expect(viewer.page.locator("voxel-volume [part=readout]")).toContainText("x 1, y 2, z 0");
});
