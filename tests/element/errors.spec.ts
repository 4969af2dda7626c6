/** Bad input, missing WebGPU and a lost device: reported by an event and over the picture; the next volume is shown. */

import { BLOB, blob } from "../support/blob.ts";
import { analyzeHeader, niftiHeader, voxels, zip } from "../support/make-volume.ts";
import { expectAlike, expectDifferent } from "../support/pictures.ts";
import { covered } from "../support/png.ts";
import { expect, isolated, test, type Viewer } from "./viewer.ts";

test.describe("bad input", () => {
  // The browser reports a 404 on the console.
  test.use({ quiet: false });

  test("each kind of error has its code and message, and the next valid volume is shown", async ({
    viewer,
  }) => {
    viewer.files["blob.nii"] = blob();
    viewer.files["text.zip"] = "hello, world";
    viewer.files["empty.nii"] = "";
    viewer.files["none.zip"] = await zip({ "README.txt": new TextEncoder().encode("no volume here") });
    viewer.files["short.nii"] = blob().subarray(0, 1000);
    viewer.files["short.hdr"] = analyzeHeader(BLOB);
    viewer.files["short.img"] = voxels(BLOB).subarray(0, 1000);
    viewer.files["lonely.hdr"] = analyzeHeader(BLOB);
    viewer.files["huge.nii"] = niftiHeader({ dims: [32767, 32767, 32767] });
    viewer.files["type.nii"] = blob({ datatype: 4711 });
    await viewer.add({ src: "files/blob.nii" });
    const good = await viewer.picture();
    const bad: Record<string, string> = {
      "missing.nii": "network",
      "lonely.hdr": "entry-not-found",
      "text.zip": "unsupported-format",
      "empty.nii": "corrupt-file",
      "none.zip": "entry-not-found",
      "short.nii": "corrupt-file",
      "short.hdr": "corrupt-file",
      "huge.nii": "(corrupt-file|too-large)",
      "type.nii": "unsupported-format",
    };
    let outcomes = 1;
    for (const [name, code] of Object.entries(bad)) {
      await viewer.attribute("src", `files/${name}`);
      expect(await viewer.outcome(outcomes++), name).toMatch(new RegExp(`^${code}$`));
      const reported = (await viewer.events("error")).at(-1)?.message ?? "";
      expect(reported.length, name).toBeGreaterThan(20);
      expect(await viewer.alert(), name).toBe(reported);
      // The last volume must not be shown under this name.
      const canvas = viewer.page.locator("voxel-volume canvas[part=canvas]");
      await expect(canvas, name).toHaveCSS("opacity", "0");
    }
    await viewer.attribute("src", "files/blob.nii");
    expect(await viewer.outcome(outcomes)).toMatchObject({ name: "blob.nii" });
    expect(await viewer.alert()).toBeUndefined();
    expectAlike("element-after-errors", await viewer.picture(), good, 60);
    expect(await viewer.events("error")).toHaveLength(Object.keys(bad).length);
  });

  test("load() rejects with the event's error; an invalid URL is a network error", async ({ viewer }) => {
    await viewer.add({});
    for (const address of ["http://[", "files/missing.nii"]) {
      const code = await viewer.page.evaluate(
        (address) =>
          document
            .querySelector("voxel-volume")
            ?.load(address)
            .then(
              () => "shown",
              (error) => error.code,
            ),
        address,
      );
      expect(code, address).toBe("network");
    }
    const events = await viewer.events("error");
    expect(events.map(({ code }) => code)).toEqual(["network", "network"]);
    await viewer.attribute("src", "http://[");
    expect(await viewer.outcome(2)).toBe("network");
  });
});

test("while the next volume loads, the last one stays on screen with its own name", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await viewer.page.route("**/slow.nii", async (route) => {
    await held;
    await route.fulfill({ body: Buffer.from(blob()) });
  });
  await viewer.attribute("src", "slow.nii");
  const canvas = viewer.page.locator("voxel-volume canvas[part=canvas]");
  await expect(canvas).toHaveCSS("opacity", "1");
  await expect(viewer.page.locator("voxel-volume [part=status] span")).toHaveText("Preparing…");
  expect([await viewer.get("loaded"), await viewer.get("busy")]).toEqual([false, true]);
  expect(await viewer.get("sourceName")).toBe("blob.nii");
  const before = await viewer.picture();
  await viewer.attribute("colormap", "magma");
  expectDifferent("element-recoloured", await viewer.picture(), before);
  release();
  expect(await viewer.outcome(1)).toMatchObject({ name: "slow.nii" });
  await expect(viewer.page.locator("voxel-volume canvas[part=canvas]")).toHaveCSS("opacity", "1");
  await expect(viewer.page.locator("voxel-volume [part=status]")).toHaveCount(0);
});

isolated.describe("without WebGPU", () => {
  isolated(
    "the element reports it, shows its fallback content and cancels the download",
    async ({ viewer }) => {
      // A request that is never answered.
      await viewer.page.route("**/slow.nii", () => {});
      const aborted = viewer.page.waitForEvent("requestfailed");
      await viewer.page.addInitScript(() => {
        Reflect.deleteProperty(Navigator.prototype, "gpu");
      });
      await viewer.page.reload();
      await viewer.add({ src: "slow.nii" }, "<p id=instead>A picture of a ball</p>");
      expect((await aborted).url()).toContain("slow.nii");
      expect(await viewer.events("error")).toMatchObject([{ code: "webgpu-unavailable" }]);
      expect(await viewer.alert()).toContain("This browser has no WebGPU");
      await expect(viewer.page.locator("#instead")).toBeVisible();
      // The rest of the page and the element keep working.
      await viewer.attribute("colormap", "magma");
      await viewer.page.evaluate(() => document.querySelector("voxel-volume")?.resetCamera());
      await viewer.page.evaluate(() => document.querySelector("voxel-volume")?.remove());
      expect(await viewer.events("error")).toHaveLength(1);
    },
  );
});

test("the fallback content and the picture are not shown together", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" }, "<p id=instead>A picture of a ball</p>");
  await expect(viewer.page.locator("#instead")).toBeHidden();
});

/** Resolves when the picture is back after this number of device losses. */
async function restored({ page }: Viewer, losses: number): Promise<void> {
  await page.waitForFunction(
    (losses) => window.log.events.filter(({ type }) => type === "device-restored").length === losses,
    losses,
  );
}

isolated.describe("a lost device", () => {
  // Chromium warns about it on the console.
  isolated.use({ quiet: false });

  isolated("is reported once, and the same picture comes back", async ({ viewer }) => {
    viewer.files["blob.nii"] = blob();
    await viewer.add({ src: "files/blob.nii", view: "cut" });
    const before = await viewer.picture();
    for (const round of [1, 2]) {
      await viewer.page.evaluate(() => window.log.devices.at(-1)?.destroy());
      await restored(viewer, round);
      await viewer.settled();
      expect(await viewer.events("error")).toHaveLength(round);
      expect((await viewer.events("error"))[round - 1]).toMatchObject({ code: "device-lost" });
      expect(await viewer.events("device-restored")).toHaveLength(round);
      expect(await viewer.alert()).toBeUndefined();
      expectAlike(`element-lost-${round}`, await viewer.picture(), before, 60);
    }
    expect(await viewer.events("load")).toHaveLength(1);
  });

  isolated("is restored after eight losses in a row, and after a burst of them", async ({ viewer }) => {
    viewer.files["blob.nii"] = blob();
    await viewer.add({ src: "files/blob.nii", blend: "exact" });
    const before = await viewer.picture();
    for (let round = 1; round <= 8; round++) {
      await viewer.page.evaluate(() => window.log.devices.at(-1)?.destroy());
      await restored(viewer, round);
    }
    expectAlike("element-lost-in-a-row", await viewer.picture(), before, 60);
    // Lose every device as soon as it is created, at any point of the work.
    await viewer.page.evaluate(async () => {
      for (let lost = 0; lost < 6; lost++) {
        const { length } = window.log.devices;
        window.log.devices[length - 1].destroy();
        while (window.log.devices.length === length)
          await new Promise((resolve) => setTimeout(resolve, lost));
      }
    });
    await viewer.settled();
    expectAlike("element-lost-in-a-burst", await viewer.picture(), before, 60);
    expect(await viewer.alert()).toBeUndefined();
    const codes = (await viewer.events("error")).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(8);
    expect(new Set(codes)).toEqual(new Set(["device-lost"]));
    expect(await viewer.events("load")).toHaveLength(1);
  });

  isolated("is not restored for ever if it is lost again before a picture is shown", async ({ viewer }) => {
    viewer.files["blob.nii"] = blob();
    await viewer.page.addInitScript(() => {
      const original = GPUAdapter.prototype.requestDevice;
      GPUAdapter.prototype.requestDevice = async function (...args) {
        const device = await original.apply(this, args);
        const create = device.createBuffer;
        device.createBuffer = (descriptor) => {
          if (descriptor.label === "brick table") device.destroy();
          return create.call(device, descriptor);
        };
        return device;
      };
    });
    await viewer.page.reload();
    await viewer.add({ src: "files/blob.nii" });
    await viewer.page.waitForTimeout(500);
    expect(await viewer.alert()).toContain("lost");
    expect(await viewer.page.evaluate(() => window.log.devices.length)).toBe(1);
    expect(covered(await viewer.picture())).toBeGreaterThan(0);
  });
});

isolated.describe("a GPU error", () => {
  isolated("is reported by the element that caused it", async ({ viewer }) => {
    viewer.files["blob.nii"] = blob();
    await viewer.add({ src: "files/blob.nii" });
    await viewer.page.evaluate(() => {
      const [device] = window.log.devices;
      const pop = device.popErrorScope.bind(device);
      device.popErrorScope = async () => {
        device.popErrorScope = pop;
        await pop();
        return new GPUOutOfMemoryError("no memory left");
      };
    });
    await viewer.set("zoom", 1.1);
    expect(await viewer.events("error")).toMatchObject([{ code: "out-of-memory" }]);
    expect(await viewer.alert()).toContain("no memory left");
    await viewer.set("resolution", "8");
    expect(await viewer.alert()).toBeUndefined();
  });
});

isolated.describe("a failed GPU allocation", () => {
  // Chromium warns about it on the console.
  isolated.use({ quiet: false });

  const BUFFERS = [
    "palette",
    "frame",
    "field",
    "brick ranges",
    "slab",
    "histogram",
    "brick table",
    "read back",
  ];
  const PICTURE = ["band", "draw arguments", "visible bricks", "transmittance"];

  isolated(
    "is an error, never an empty picture that counts as drawn, and the next change recovers",
    async ({ viewer }) => {
      viewer.files["blob.nii"] = blob();
      await viewer.add({ src: "files/blob.nii", window: "full", colormap: "magma" });
      const expected = await viewer.picture();
      const told: Record<string, unknown> = {};
      for (const label of [...BUFFERS, ...PICTURE, "pool", "sums"]) {
        await viewer.page.evaluate((refused) => {
          document.querySelector("voxel-volume")?.remove();
          window.log.events.length = 0;
          let left = 1;
          for (const name of ["createBuffer", "createTexture"] as const) {
            const create = GPUDevice.prototype[name] as (descriptor: GPUObjectDescriptorBase) => never;
            const refusing = function (this: GPUDevice, descriptor: { label?: string; usage: number }) {
              // Usage 0 is an error that the GPU process reports later, like a lack of memory.
              return create.call(
                this,
                descriptor.label === refused && left-- > 0 ? { ...descriptor, usage: 0 } : descriptor,
              );
            };
            Object.assign(GPUDevice.prototype, { [name]: refusing });
          }
        }, label);
        await viewer.add({ src: "files/blob.nii", window: "full" });
        await viewer.settled();
        const errors = await viewer.events("error");
        told[label] = errors.map(({ code }) => code);
        if (errors.length === 0) expect(covered(await viewer.picture()), label).toBeGreaterThan(100);
        await viewer.set("colormap", "magma");
        await viewer.settled();
        expect(await viewer.alert(), label).toBeUndefined();
        // If there is no memory for weighted blending, ray casting replaces it.
        expectAlike(`element-refused-${label}`, await viewer.picture(), expected, 40);
      }
      for (const codes of Object.values(told)) expect([[], ["out-of-memory"]]).toContainEqual(codes);
      expect(told["brick ranges"]).toEqual(["out-of-memory"]);
      expect(told.pool).toEqual(["out-of-memory"]);
    },
  );
});
