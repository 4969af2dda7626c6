/**
 * Several requests, failures and losses: what is shown in the end, what stays on screen meanwhile, and what is
 * reported.
 */

import { BLOB, blob, DIMS } from "../support/blob.ts";
import { analyzeHeader, gzip, voxels } from "../support/make-volume.ts";
import { expectAlike, expectDifferent } from "../support/pictures.ts";
import { covered } from "../support/png.ts";
import { expect, isolated, test, type Viewer } from "./viewer.ts";

type Element = HTMLElementTagNameMap["voxel-volume"];

/** Drops a file onto the element. */
async function drop(viewer: Viewer, name: string, bytes: Uint8Array): Promise<void> {
  await viewer.page.evaluate(
    ({ name, bytes }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], name));
      const event = { dataTransfer: transfer, bubbles: true, cancelable: true };
      document.querySelector("voxel-volume")?.dispatchEvent(new DragEvent("drop", event));
    },
    { name, bytes: [...bytes] },
  );
}

test("if src, voxels and load() are set in one tick, the last one is shown", async ({ viewer }) => {
  viewer.files["a.nii"] = blob();
  viewer.files["b.nii"] = blob({ dims: [16, 12, 4] });
  await viewer.add({});
  const shown = (work: (element: Element) => void) =>
    viewer.page.evaluate(
      `(async () => {
        const element = document.querySelector("voxel-volume");
        (${work})(element);
        await element.drawn;
        return element.volume.name;
      })()`,
    );
  expect(
    await shown((element) => {
      element.voxels = { dims: [2, 2, 2] };
      element.src = "files/a.nii";
    }),
  ).toBe("a.nii");
  expect(
    await shown((element) => {
      element.src = "files/b.nii";
      element.voxels = { dims: [2, 2, 2] };
    }),
  ).toBe("voxels");
  expect(
    await shown((element) => {
      element.voxels = { dims: [1, 2, 2] };
      element.src = "files/b.nii";
      element.voxels = { dims: [2, 2, 2] };
      element.src = "files/a.nii";
    }),
  ).toBe("a.nii");
  expect(
    await shown((element) => {
      element.src = "files/b.nii";
      element.voxels = { dims: [2, 2, 2] };
      void element.load("files/a.nii");
    }),
  ).toBe("a.nii");
  expect(
    await shown((element) => {
      void element.load("files/a.nii");
      element.src = "files/a.nii";
      element.src = "files/b.nii";
    }),
  ).toBe("b.nii");
  expect(await viewer.events("error")).toEqual([]);
});

test("load() accepts a URL, a file, files, bytes, a buffer and voxels; anything else is an error", async ({
  viewer,
}) => {
  viewer.files["a.nii"] = blob();
  viewer.files["a.nii.gz"] = await gzip(blob());
  viewer.files["b.hdr"] = analyzeHeader(BLOB);
  viewer.files["b.img"] = voxels(BLOB);
  await viewer.add({});
  const names = await viewer.call(async (element) => {
    const bytes = async (name: string) => new Uint8Array(await (await fetch(`files/${name}`)).arrayBuffer());
    const file = async (name: string) => new File([await bytes(name)], name);
    const padded = new Uint8Array([0, ...(await bytes("a.nii"))]);
    const sources = [
      "files/a.nii",
      new URL("files/a.nii", location.href),
      await file("a.nii"),
      [await file("b.img"), await file("b.hdr")],
      await bytes("a.nii.gz"),
      (await bytes("a.nii")).buffer,
      padded.subarray(1),
      { dims: [2, 2, 2] as const },
    ];
    const names: (string | undefined)[] = [];
    for (const source of sources) {
      await element.load(source as string);
      names.push(`${element.volume?.name} ${element.volume?.dims.join("x")}`);
    }
    const wrong = [undefined, null, 7, Symbol("x"), {}, () => {}];
    for (const source of wrong) {
      await element.load(source as never).catch(({ code }) => names.push(code));
    }
    return names;
  });
  const dims = DIMS.join("x");
  expect(names).toEqual([
    ...[`a.nii ${dims}`, `a.nii ${dims}`, `a.nii ${dims}`, `b.hdr ${dims}`],
    ...[`volume ${dims}`, `volume ${dims}`, `volume ${dims}`, "voxels 2x2x2"],
    ...Array(6).fill("invalid-option"),
  ]);
  // A failed load does not affect what is shown.
  expect(await viewer.get("sourceName")).toBe("");
  expect(covered(await viewer.picture())).toBeGreaterThan(1000);
});

test.describe("properties of any type", () => {
  // The text of these values is fetched as a URL, which the console reports.
  test.use({ quiet: false });

  test("do not break the element", async ({ viewer }) => {
    viewer.files["a.nii"] = blob();
    await viewer.add({ src: "files/a.nii" });
    const outcome = await viewer.call(async (element) => {
      const thrown: string[] = [];
      addEventListener("error", ({ message }) => thrown.push(message));
      addEventListener("unhandledrejection", ({ reason }) => thrown.push(String(reason)));
      const values = [Symbol("s"), Object.create(null), { toString: () => ({}) }, 12n, Number.NaN, [], null];
      const names = [
        ...["alt", "poster", "entry", "labels", "texts", "loading", "reveal", "autoRotateDelay"],
        ...["frameRate", "gestureHandling", "gamma", "view", "crop", "target", "colormap", "src"],
      ];
      const initial = Object.fromEntries(names.map((name) => [name, Reflect.get(element, name)]));
      for (const name of names) {
        for (const value of values) {
          Reflect.set(element, name, value);
          await element.updateComplete.catch(() => {});
        }
        Reflect.set(element, name, initial[name]);
        await element.updateComplete;
      }
      await element.drawn;
      element.alt = "A ball";
      await element.updateComplete;
      return [
        element.volume?.name,
        element.loaded,
        element.shadowRoot?.querySelector("[aria-label='A ball']") !== null,
        thrown,
      ];
    });
    expect(outcome).toEqual(["a.nii", true, true, []]);
  });
});

test.describe("wrong files", () => {
  // Chromium reports a 404 on the console.
  test.use({ quiet: false });

  test("a dropped one leaves the picture, its axes and its name, and shows a message that can be closed", async ({
    viewer,
  }) => {
    viewer.files["a.nii"] = blob();
    await viewer.add({ src: "files/a.nii", axes: "", controls: "", view: "cut" });
    const before = await viewer.picture();
    await drop(viewer, "notes.txt", new TextEncoder().encode("no volume"));
    expect(await viewer.outcome(1)).toBe("unsupported-format");
    expect(await viewer.get("sourceName")).toBe("a.nii");
    expect(await viewer.get("view")).toBe("cut");
    expect(await viewer.alert()).toContain("notes.txt");
    const message = viewer.page.locator("voxel-volume [part=error] p");
    await message.getByRole("button", { name: "Close the message" }).click();
    await expect(message).toHaveCount(0);
    await expect(viewer.page.getByRole("application")).toBeFocused();
    await viewer.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await viewer.settled();
    expectAlike("loading-wrong-file", await viewer.picture(), before, 60);
    // The picture can still be moved, and the next valid file replaces it.
    await viewer.set("azimuth", 100);
    expectDifferent("loading-wrong-file-turned", await viewer.picture(), before);
    await drop(viewer, "b.nii", blob({ dims: [16, 12, 4] }));
    expect(await viewer.outcome(2)).toMatchObject({ name: "b.nii" });
    expect(await viewer.alert()).toBeUndefined();
  });

  test("one set by src removes the last picture and its axes", async ({ viewer }) => {
    viewer.files["a.nii"] = blob();
    await viewer.add({ src: "files/a.nii", axes: "" });
    await viewer.attribute("src", "files/missing.nii");
    expect(await viewer.outcome(1)).toBe("network");
    for (const part of ["canvas", "axes"]) {
      const canvas = viewer.page.locator(`voxel-volume canvas[part=${part}]`);
      expect(await canvas.evaluate((element) => element.hasAttribute("data-hidden")), part).toBe(true);
    }
    expect(await viewer.get("sourceName")).toBe("");
    // The same file again, now that it exists.
    viewer.files["missing.nii"] = blob();
    await viewer.attribute("src", null);
    await viewer.attribute("src", "files/missing.nii");
    expect(await viewer.outcome(2)).toMatchObject({ name: "missing.nii" });
  });

  test("a missing entry or frame keeps the current picture", async ({ viewer }) => {
    viewer.files["film.nii"] = blob({ dims: [...DIMS, 3], value: (i) => BLOB.value(i % 1920) });
    await viewer.add({ src: "files/film.nii" });
    await viewer.attribute("frame", "7");
    expect(await viewer.outcome(1)).toBe("invalid-option");
    expect(await viewer.alert()).toContain("frames 0 to 2");
    expect(covered(await viewer.picture())).toBeGreaterThan(1000);
    await viewer.attribute("frame", "2");
    expect(await viewer.outcome(2)).toMatchObject({ name: "film.nii" });
    expect(viewer.asked).toEqual(["film.nii"]);
  });
});

test("an opened file is shown whole, whatever was set for the previous one", async ({ viewer }) => {
  viewer.files["a.nii"] = blob();
  await viewer.add({ src: "files/a.nii", view: "cut", window: "100 700", colormap: "magma", zoom: "1.5" });
  await drop(viewer, "b.nii", blob());
  await viewer.outcome(1);
  await viewer.settled();
  const names = ["view", "crop", "flip", "clip", "window", "zoom", "colormap"];
  expect(await Promise.all(names.map((name) => viewer.get(name)))).toEqual([
    ...["", undefined, undefined, undefined, "auto", 1, "magma"],
  ]);
  const opened = await viewer.picture();
  await viewer.page.evaluate(() => document.querySelector("voxel-volume")?.remove());
  await viewer.add({ colormap: "magma", src: "files/a.nii" });
  await viewer.outcome(2);
  expectAlike("loading-opened", opened, await viewer.picture(), 60);
});

isolated.describe("a device that is lost while a file loads", () => {
  // Chromium warns about it on the console.
  isolated.use({ quiet: false });

  isolated(
    "keeps the element busy, drawn pending and cancel() working, and the volume is shown",
    async ({ viewer }) => {
      const release = await viewer.hold("slow.nii*", blob());
      await viewer.add({});
      await viewer.call((element) => {
        Object.assign(window, { drawn: false });
        element.src = "slow.nii";
        void element.drawn.then(() => Object.assign(window, { drawn: true }));
      });
      await viewer.page.waitForFunction(() => window.log.devices.length === 1);
      await viewer.page.evaluate(() => window.log.devices[0].destroy());
      await viewer.page.waitForTimeout(300);
      const state = () =>
        viewer.page.evaluate(() => [
          document.querySelector("voxel-volume")?.busy,
          (window as unknown as { drawn: boolean }).drawn,
        ]);
      expect(await state()).toEqual([true, false]);
      expect(await viewer.alert()).toBeUndefined();
      await viewer.call((element) => element.cancel());
      await viewer.page.waitForFunction(() => (window as unknown as { drawn: boolean }).drawn);
      expect(await state()).toEqual([false, true]);
      expect(await viewer.events("abort")).toHaveLength(1);
      await viewer.call((element) => element.setAttribute("src", "slow.nii?again"));
      await viewer.page.evaluate(() => window.log.devices.at(-1)?.destroy());
      release();
      expect(await viewer.outcome()).toMatchObject({ name: "slow.nii" });
      expect(covered(await viewer.picture())).toBeGreaterThan(1000);
      expect(await viewer.events("error")).toEqual([]);
    },
  );

  isolated("restores the last picture, and then shows the next", async ({ viewer }) => {
    viewer.files["a.nii"] = blob();
    await viewer.add({ src: "files/a.nii" });
    const before = await viewer.picture();
    const release = await viewer.hold("slow.nii*", blob({ dims: [16, 12, 4] }));
    await viewer.call((element) => element.setAttribute("src", "slow.nii"));
    await viewer.page.evaluate(() => window.log.devices.at(-1)?.destroy());
    await viewer.page.waitForFunction(() => window.log.events.some(({ type }) => type === "device-restored"));
    expect(await viewer.get("busy")).toBe(true);
    await viewer.page.waitForTimeout(500);
    const canvas = viewer.page.locator("voxel-volume canvas[part=canvas]");
    await expect(canvas).toHaveCSS("opacity", "1");
    release();
    await viewer.page.waitForFunction(() => document.querySelector("voxel-volume")?.loaded);
    await viewer.settled();
    expectDifferent("loading-lost-next", await viewer.picture(), before);
    expect((await viewer.events("load")).map(({ detail }) => (detail as { name: string }).name)).toEqual([
      ...["a.nii", "slow.nii"],
    ]);
  });
});
