/** The widget of notebooks: from Python to the page and back, in the way of anywidget's contract. */

import { expect, test } from "../support/notebook.ts";

test.use({ viewport: { width: 400, height: 320 } });

const CORNER = { x: 3, y: 3 };

test("traits change the picture, and gestures and the panel change the traits", async ({
  notebook,
  page,
}) => {
  await notebook.run(
    `w = voxel_volume.show(a, view="cut", window=(100, 900), height=300, **{"frame-rate": 2})`,
  );
  await notebook.show("w");
  expect(
    await notebook.call(({ view, window, controls, frameRate }) => [view, window, controls, frameRate]),
  ).toEqual(["cut", "100 900", true, 2]);

  await notebook.run(
    `w.opacity = 0.5; w.crop = ((0, 0.5), None, (0, 1)); w.colormap = ["#000", "#f00"]; w.window = None`,
  );
  const { opacity, crop, colormap, window } = (await notebook.call(({ settings }) => settings)) as never;
  expect([opacity, crop, colormap, window]).toEqual([
    0.5,
    [
      [0, 0.5],
      [0, 1],
      [0, 1],
    ],
    "#000 #f00",
    null,
  ]);

  await page.mouse.move(200, 150);
  await page.mouse.down();
  await page.mouse.move(230, 160, { steps: 3 });
  await page.mouse.up();
  // 270 degrees across the picture, 300 pixels high.
  await notebook.expect("[round(w.azimuth, 3), round(w.elevation, 3)]", [320 - 27, 30 + 9]);
  await notebook.call((element) => {
    Object.assign(element, {
      target: "0.5 0.5 0.25",
      zoom: 2,
      colormap: "magma",
      crop: "0:1 0:1 0:0.5",
      flip: "xz",
    });
  });
  await notebook.expect("[w.target, w.zoom, w.colormap, w.crop, w.flip]", [
    ...[[0.5, 0.5, 0.25], 2, "magma"],
    ...[
      [
        [0, 1],
        [0, 1],
        [0, 0.5],
      ],
      "xz",
    ],
  ]);
});

test("a click picks a voxel, a drag does not", async ({ notebook, page }) => {
  await notebook.run("w = voxel_volume.show(a, np.diag([2, 2, 3, 1]), controls=False, height=300)");
  await notebook.run("w.observe(lambda change: seen.append(change['new']), 'picked'); seen = []");
  await notebook.show("w");
  await page.mouse.click(200, 150);
  await notebook.expect("len(seen)", 1);
  await notebook.expect("a[w.picked['index']] == w.picked['value'] > 0", true);
  await notebook.expect(
    "[i * s for i, s in zip(w.picked['index'], (2, 2, 3))] == list(w.picked['mm'])",
    true,
  );
  await page.mouse.click(CORNER.x, CORNER.y);
  await notebook.expect("seen[1:]", [null]);
  await page.mouse.move(185, 150);
  await page.mouse.down();
  await page.mouse.move(200, 150, { steps: 3 });
  await page.mouse.up();
  await notebook.expect("w.azimuth < 320", true);
  await page.mouse.click(CORNER.x, CORNER.y);
  await page.mouse.click(200, 150);
  await notebook.expect("w.picked is not None", true);
  expect(await notebook.run("len(seen)")).toBe(3);
});

test("an option that is invalid is told, and how it was before is kept", async ({ notebook }) => {
  await notebook.run("w = voxel_volume.show(a, height=100)");
  await notebook.show("w");
  await notebook.run("w.opacity = 2");
  await notebook.expect("w.error", 'opacity "2": expected auto, or a number from 0 to 1');
  await notebook.run("w.opacity = 0.5");
  await notebook.expect("w.error", "");
});

test("two views of a widget stay the same, and a removed one listens no more", async ({ notebook, page }) => {
  await notebook.run("w = voxel_volume.show(a, width=100, height=100, controls=False)");
  await notebook.show("w");
  const listeners = () => page.evaluate(() => [...window.host.models.values()][0].listeners);
  const before = await listeners();
  await notebook.show("w");
  await notebook.call((element) => {
    element.zoom = 3;
  });
  await notebook.expect("w.zoom", 3);
  expect(await page.evaluate(() => document.querySelector("voxel-volume")?.zoom)).toBe(3);
  await page.evaluate(() => window.remove());
  expect(await listeners()).toBe(before);
  expect(await page.locator("voxel-volume").count()).toBe(1);
});

test("frames, labels and another volume", async ({ notebook, page }) => {
  await notebook.run(`
parts = (np.arange(20)[:, None, None] // 7 * np.ones(a.shape)).astype("int16")
frames = np.stack([0 * parts, parts, 2 * parts], axis=-1)
w = voxel_volume.show(frames, frame=1, labels={1: "Left", 2: {"name": "Right", "color": "#f00"}}, width=200, height=200)
w.controls = False`);
  await notebook.show("w");
  await page.mouse.click(100, 100);
  await notebook.expect("w.picked['label']['name'] == {1: 'Left', 2: 'Right'}[w.picked['value']]", true);
  await notebook.run("w.frame = 2");
  await notebook.drawn();
  expect(await notebook.call(({ profile }) => profile?.max)).toBe(4);
  await notebook.run("w.load(a[:, :, ::-1])");
  await expect
    .poll(() => notebook.call(({ profile }) => profile?.max), { timeout: 60_000 })
    .toBeGreaterThan(500);
});

test("the widget follows the notebook's dark background, and keeps keys that it handles", async ({
  notebook,
  page,
}) => {
  await page.evaluate(() => {
    document.body.style.background = "#111";
    document.addEventListener("keydown", ({ key }) => document.body.setAttribute("data-key", key));
  });
  await notebook.run("w = voxel_volume.show(a, width=100, height=100, controls=False)");
  await notebook.show("w");
  expect(await notebook.call(({ style }) => style.colorScheme)).toBe("dark");
  await notebook.call(({ shadowRoot }) => shadowRoot?.querySelector("canvas")?.focus());
  await page.keyboard.press("ArrowLeft");
  await notebook.expect("w.azimuth", 330);
  expect(await page.locator("body").getAttribute("data-key")).toBeNull();
  await page.keyboard.press("Control+s");
  expect(await page.locator("body").getAttribute("data-key")).toBe("s");
});

test("without WebGPU the page shows the projection that Python has made", async ({ notebook, page }) => {
  await page.evaluate(() => Object.defineProperty(navigator, "gpu", { value: undefined }));
  await notebook.run("w = voxel_volume.show(a, width=300, height=300)");
  await notebook.show("w");
  await expect(page.getByAltText("Volume, projected in Python")).toBeVisible();
  await notebook.expect("'WebGPU' in w.error", true);
});
