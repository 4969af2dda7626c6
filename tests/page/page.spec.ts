/** `page`: the picture of a live page is the one of `render`, from a disk and from a server, without other requests. */

import { readdirSync, readFileSync } from "node:fs";
import { Viewer } from "../element/viewer.ts";
import { blob } from "../support/blob.ts";
import { type CommandLine, expect, test } from "../support/cli.ts";
import { volume } from "../support/kinds.ts";
import { niftiFile } from "../support/make-volume.ts";
import { npyFile } from "../support/npy.ts";
import { decibels, expectAlike } from "../support/pictures.ts";
import { readPng } from "../support/png.ts";
import { Site } from "../support/site.ts";
import { fileUrl, MOST_BESIDE, openLive, SIDE, screenshot, unzipped } from "./live-page.ts";

const TABLE = '{"10": {"name": "Ten", "color": "#00ff00"}, "30": {"hidden": true}}';

/** A volume with missing values and a value that no float32 has. */
const missing = (i: number) => (i % 7 === 3 ? Number.NaN : 0.1 * (i % 16) + 0.01 * Math.floor(i / 256));

const FILES: Record<string, () => Uint8Array> = {
  "intensity.nii": () => blob(),
  "signed.nii": () => volume("signed"),
  "labels.nii": () => volume("labels"),
  "mask.nii": () => volume("mask", "float32"),
  "missing.nii": () => niftiFile({ dims: [16, 16, 16], dtype: "float64", value: missing }),
  "array.npy": () => {
    const values = Float64Array.from({ length: 8 * 9 * 10 }, (_, i) => (i % 10) + ((i / 90) | 0));
    return npyFile({ descr: "'<f8'", shape: [8, 9, 10] }, new Uint8Array(values.buffer));
  },
};

/** Input, and options of the picture. */
const CASES: Record<string, readonly string[]> = {
  "an intensity, with a view": ["intensity.nii", "--view", "cut"],
  "an intensity from another side": [
    "intensity.nii",
    "--azimuth",
    "-20.5",
    "--zoom",
    "1.4",
    "--flip",
    "",
    "--clip",
    "1 0 0 -0.3",
  ],
  "signed values": ["signed.nii"],
  "labels with a table": ["labels.nii", "--labels", "table.json"],
  "a mask": ["mask.nii"],
  "missing values of 8 bytes": ["missing.nii", "--window", "full", "--transform", "none"],
  "an array without lengths": ["array.npy"],
};

const REDUCED: Record<string, readonly string[]> = {
  "an intensity": ["intensity.nii", "--resolution", "9x8x7"],
  "an intensity, smoothed and cut, with a steep curve": [
    ...[
      "intensity.nii",
      "--resolution",
      "7",
      "--antialias",
      "--contrast",
      "6",
      "--gamma",
      "1.5",
      "--crop",
      "0:0.6 0:1 0:1",
    ],
  ],
  "an intensity without a curve": ["intensity.nii", "--resolution", "9x8x7", "--transform", "none"],
  "signed values": ["signed.nii", "--resolution", "9"],
  "signed values at their threshold": [
    "steps.nii",
    "--resolution",
    "3",
    "--threshold",
    "3",
    "--kind",
    "signed",
  ],
  "labels of which some are gone": ["few.nii", "--resolution", "4", "--labels", "table.json"],
  "a mask": ["mask.nii", "--resolution", "7"],
  "a mask that is gone": ["point.nii", "--resolution", "4"],
  "missing values": ["missing.nii", "--resolution", "10x9x8"],
};

function write(cli: CommandLine): void {
  for (const [name, bytes] of Object.entries(FILES)) cli.write(name, bytes());
  cli.write("table.json", TABLE);
  const cube = (value: (i: number) => number) => niftiFile({ dims: [9, 9, 9], dtype: "int16", value });
  cli.write(
    "steps.nii",
    cube((i) => (i % 9) - 3),
  );
  cli.write(
    "few.nii",
    cube((i) => (i === 364 ? 5 : 10 * (1 + (i % 9 > 4 ? 1 : 0) + (i > 300 ? 2 : 0)))),
  );
  cli.write("point.nii", niftiFile({ dims: [9, 9, 9], dtype: "uint8", value: (i) => Number(i === 0) }));
}

/** The picture that `render` makes. */
async function rendered(cli: CommandLine, options: readonly string[]) {
  const run = await cli.run(
    "render",
    ...options,
    "-o",
    "render.png",
    "--size",
    String(SIDE),
    "--blend",
    "exact",
  );
  expect(run.status).toBe(0);
  return readPng(cli.path("render.png"));
}

for (const [group, cases] of Object.entries({ whole: CASES, resized: REDUCED })) {
  for (const [name, options] of Object.entries(cases)) {
    test(`${group}: a page from a disk shows ${name} as render does`, async ({ cli, page }) => {
      write(cli);
      const run = await cli.run("page", ...options, "-o", "page.html", "--blend", "exact");
      expect([run.status, run.stdout]).toEqual([0, expect.stringMatching(/^page\.html: [\d.]+ MB\n$/)]);
      const live = await openLive(page, fileUrl(cli.path("page.html")));
      expect([live.asked, live.complaints]).toEqual([[], []]);
      const name = `page-${group}-${options[0]}-${options.length}`;
      expectAlike(name, live.picture, await rendered(cli, options), 50);
    });
  }
}

test("axes and colour bar are those of the element, with the same texts", async ({ cli, page, browser }) => {
  write(cli);
  await cli.succeed(
    "page",
    "intensity.nii",
    "-o",
    "page.html",
    "--axes",
    "mm",
    "--colorbar",
    "--blend",
    "exact",
  );
  const { picture } = await openLive(page, fileUrl(cli.path("page.html")));
  const viewer = new Viewer(await browser.newPage({ baseURL: process.env.TEST_SITE }));
  viewer.side = SIDE;
  await viewer.open();
  viewer.files["intensity.nii"] = blob();
  await viewer.add({ src: "files/intensity.nii", axes: "mm", colorbar: "", blend: "exact" });
  // The picture is drawn again, at full quality, when the colour bar has taken its strip.
  const fit = () => viewer.picture().then((shown) => decibels(picture, shown));
  await expect.poll(fit, { timeout: 10_000 }).toBeGreaterThanOrEqual(50);
  await viewer.page.close();
});

test("values of a resized page are in data units, on the colour bar and under the pointer", async ({
  cli,
  page,
}) => {
  write(cli);
  await cli.succeed("page", "intensity.nii", "-o", "page.html", "--resolution", "9x8x7", "--blend", "exact");
  await openLive(page, fileUrl(cli.path("page.html")));
  const found = await page.evaluate(async () => {
    const element = document.querySelector("voxel-volume");
    const picked = await element?.pick(100, 100);
    return {
      window: element?.scale?.window,
      value: picked?.value,
      mm: picked?.mm,
      dims: element?.volume?.dims,
    };
  });
  expect(found.dims).toEqual([9, 8, 7]);
  expect(found.window?.[1]).toBeGreaterThan(800);
  expect(found.value).toBeGreaterThan(200);
  expect(found.value).toBeLessThan(1100);
  expect(found.mm?.every((mm) => mm >= 0 && mm < 16)).toBe(true);
});

test("a zip works from a static server, and opened from a disk it shows the still and says why", async ({
  cli,
  page,
  browser,
}) => {
  write(cli);
  const options = ["intensity.nii", "--view", "diagonal", "--title", 'A "blob" & <more>'];
  await cli.succeed("page", ...options, "-o", "page.zip", "--blend", "exact", "--controls");
  const files = await unzipped(cli.path("page.zip"));
  const names = ["LEGAL.txt", "index.html", "intensity.nii.gz", "poster.webp", "voxel-volume.bundle.js"];
  expect(Object.keys(files).sort()).toEqual(names);
  const beside = names
    .filter((name) => !name.endsWith(".gz"))
    .reduce((sum, name) => sum + files[name].length, 0);
  expect(beside).toBeLessThan(MOST_BESIDE);

  const site = new Site(files);
  const url = await site.open();
  const live = await openLive(page, `${url}index.html`);
  expect(live.asked.map((asked) => asked.replace(url, "")).sort()).toEqual([
    "intensity.nii.gz",
    "poster.webp",
    "voxel-volume.bundle.js",
  ]);
  expect(live.complaints).toEqual([]);
  expect(await page.title()).toBe('A "blob" & <more>');
  await expect(page.locator("figcaption")).toHaveText('A "blob" & <more>');
  await expect(page.locator("#disk")).toBeHidden();
  expect(await page.evaluate(() => document.querySelector("voxel-volume")?.state?.src)).toBe(
    "intensity.nii.gz",
  );
  site.close();

  await cli.succeed("page", ...options, "-o", "folder/", "--blend", "exact", "--controls");
  expect(readdirSync(cli.path("folder")).sort()).toEqual(names);
  for (const name of names)
    expect(readFileSync(cli.path(`folder/${name}`)).equals(files[name]), name).toBe(true);
  const disk = await browser.newPage({ viewport: { width: SIDE, height: 2 * SIDE } });
  await disk.goto(fileUrl(cli.path("folder/index.html")));
  await expect(disk.locator("#disk")).toHaveText(/^To turn the picture, open this page from a web server/);
  expect(await disk.locator("img").evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1024);
  await disk.close();
});

test("without JavaScript a page shows the still, as it does without WebGPU with the reason", async ({
  cli,
  browser,
}) => {
  write(cli);
  await cli.succeed("page", "intensity.nii", "-o", "page.html", "--alt", "A ball", "--blend", "exact");
  const whole = await rendered(cli, ["intensity.nii"]);
  const size = { width: SIDE, height: SIDE };
  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: size });
  const still = await plain.newPage();
  await still.goto(fileUrl(cli.path("page.html")));
  await expect(still.getByRole("img", { name: "A ball" })).toBeVisible();
  await plain.close();

  const without = await browser.newPage({ viewport: size });
  await without.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "gpu"));
  await without.goto(fileUrl(cli.path("page.html")));
  await expect(without.locator("voxel-volume [role=alert]")).toContainText("WebGPU");
  await without.evaluate(() => {
    const error = document.querySelector("voxel-volume")?.shadowRoot?.querySelector("[part=error]");
    (error as HTMLElement).style.visibility = "hidden";
  });
  expectAlike("page-still", await screenshot(without), whole, 28);
  await without.close();
});

test("the page fits its window, and follows the reader's colour scheme", async ({ cli, browser }) => {
  write(cli);
  await cli.succeed("page", "intensity.nii", "-o", "page.html", "--axes", "mm", "--title", "Title");
  await cli.succeed("page", "intensity.nii", "-o", "black.html", "--axes", "mm", "--background", "black");
  for (const [colorScheme, body] of [
    ["light", "rgb(255, 255, 255)"],
    ["dark", "rgb(18, 18, 18)"],
  ] as const) {
    const viewport = { width: 320, height: 480 };
    const page = await browser.newPage({ colorScheme, viewport, javaScriptEnabled: false });
    await page.goto(fileUrl(cli.path("page.html")));
    const box = await page
      .locator("html")
      .evaluate(({ scrollWidth, scrollHeight }) => [scrollWidth, scrollHeight]);
    expect(box).toEqual([320, 480]);
    const { data } = await screenshot(page);
    expect(`rgb(${data.slice(0, 3).join(", ")})`).toBe(body);
    const inks = data.filter((_, i) => i % 4 === 0);
    const darkest = inks.reduce((least, ink) => Math.min(least, ink));
    expect(colorScheme === "light" ? darkest < 60 : inks.filter((ink) => ink > 200).length > 50).toBe(true);
    await page.goto(fileUrl(cli.path("black.html")));
    await expect(page.locator("voxel-volume")).toHaveCSS("background-color", "rgb(0, 0, 0)");
    await expect(page.locator("voxel-volume")).toHaveCSS("color-scheme", "dark");
    await page.close();
  }
});
