/** `view`: serves only the volume on localhost, shows it, and ends with Ctrl+C. */

import type { Page } from "playwright/test";
import { BLOB, blob } from "../support/blob.ts";
import { type CommandLine, expect, test } from "../support/cli.ts";
import { watch } from "../support/gpu.ts";
import { analyzeHeader, niftiFile, voxels, zip } from "../support/make-volume.ts";
import { covered, readPng } from "../support/png.ts";

/** Starts `view`; returns its process and its URL once it has printed that. */
async function start(cli: CommandLine, ...args: string[]) {
  const child = cli.start("view", ...args);
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once("data", (chunk) => resolve(String(chunk)));
    child.once("exit", (status) => reject(new Error(`view ended with ${status}`)));
  });
  const url = /http:\S+/.exec(line)?.[0] ?? "";
  const exit = new Promise<NodeJS.Signals | number | null>((resolve) => {
    child.removeAllListeners("exit").once("exit", (status, signal) => resolve(signal ?? status));
  });
  return { child, line, url, exit };
}

async function loaded(page: Page): Promise<void> {
  await page.waitForFunction(() => document.title.endsWith("voxel-volume") && document.title.length > 12);
}

test("shows a pair with the given options, and ends with Ctrl+C", async ({ cli, page }) => {
  cli.write("head.hdr", analyzeHeader(BLOB));
  cli.write("head.img", voxels(BLOB));
  const { child, line, url, exit } = await start(cli, "head.hdr", "--view", "cut", "--azimuth", "-30");
  try {
    expect(line).toMatch(
      /^head\.hdr is shown at http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/viewer\.html \(Ctrl\+C ends it\)\n$/,
    );
    const complaints = watch(page);
    await page.goto(url);
    await loaded(page);
    expect(await page.title()).toBe("head.hdr – voxel-volume");
    const viewer = page.locator("voxel-volume");
    await expect(viewer).toHaveAttribute("view", "cut");
    await expect(viewer).toHaveAttribute("azimuth", "-30");
    expect(covered(readPng(await page.screenshot()))).toBeGreaterThan(640 * 640 * 0.1);
    expect(complaints).toEqual([]);
  } finally {
    child.kill("SIGINT");
  }
  expect(["SIGINT", 0, 130]).toContain(await exit);
  await expect(fetch(url)).rejects.toThrow();
});

test("the panel shows and saves a picture and a film", async ({ cli, page }) => {
  const { child, url, exit } = await start(cli, cli.write("blob.nii", blob()), "--blend", "exact");
  try {
    const complaints = watch(page);
    await page.setViewportSize({ width: 720, height: 480 });
    await page.goto(url);
    await loaded(page);
    await page.locator("voxel-volume-controls").getByRole("button", { name: "Save" }).click();
    const preview = page.locator("voxel-volume-picture-form").getByRole("img");
    await expect
      .poll(() => preview.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
    await page.getByRole("radio", { name: "Film" }).check({ force: true });
    const form = page.locator("voxel-volume-film-form");
    for (const [name, text] of Object.entries({
      Width: "64",
      Height: "48",
      Seconds: "1",
      "Frame rate": "4",
    })) {
      await form.getByLabel(name, { exact: true }).fill(text);
      await form.getByLabel(name, { exact: true }).press("Tab");
    }
    const saved = page.waitForEvent("download");
    await form.getByRole("button", { name: "Make the film" }).click();
    expect((await saved).suggestedFilename()).toBe("blob.mp4");
    const video = form.locator("video");
    await expect.poll(() => video.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBe(64);
    expect(complaints).toEqual([]);
  } finally {
    child.kill("SIGINT");
  }
  await exit;
});

test("its pages run no code of other sites, and only what they need of the package is served", async ({
  cli,
}) => {
  const { child, url, exit } = await start(cli, cli.write("blob.nii", blob()));
  try {
    const policy = (await fetch(url)).headers.get("content-security-policy")?.split("; ");
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]),
    );
    expect(policy?.join()).not.toContain("unsafe");
    for (const name of ["viewer.js", "viewer.css", "voxel-volume.min.js"])
      expect((await fetch(new URL(name, url))).status, name).toBe(200);
    for (const name of ["cli.js", "index.js", "viewer.js.map", "sample/attention.zip", "chunks/", "output"])
      expect((await fetch(new URL(name, url))).status, name).toBe(404);
  } finally {
    child.kill("SIGINT");
    await exit;
  }
});

test("opens a file whose name needs quoting, at the requested port", async ({ cli, page }) => {
  const name = cli.write("a b&c=ü%#.nii", blob());
  const free = await start(cli, name);
  free.child.kill("SIGINT");
  await free.exit;
  const { port, pathname } = new URL(free.url);
  const { child, url, exit } = await start(cli, name, "--port", port);
  expect(new URL(url).port).toBe(port);
  expect(new URL(url).pathname, "another secret").not.toBe(pathname);
  await page.goto(url);
  await loaded(page);
  expect(await page.title()).toBe(`${name} – voxel-volume`);
  const taken = await cli.run("view", name, "--port", port);
  expect(taken.status).toBe(2);
  expect(taken.stderr).toMatch(/^voxel-volume: invalid-option: port \d+ is in use.*\n$/);
  child.kill("SIGINT");
  await exit;
});

test("reads no more of an archive than is shown", async ({ cli, page }) => {
  const value = (i: number) => (Math.imul(i, 1103515245) >>> 13) & 32767;
  const volumes = { "a.nii": niftiFile({ dims: [46, 46, 46], value }), "b.nii": niftiFile({ ...BLOB }) };
  const bytes = await zip({ ...volumes, "c.nii": niftiFile({ dims: [45, 46, 46], value }) });
  const { child, url, exit } = await start(cli, cli.write("two.zip", bytes), "--entry", "b.nii");
  try {
    let sent = 0;
    page.on("response", async (response) => {
      if (response.url().includes("/input/")) sent += Number(await response.headerValue("content-length"));
    });
    await page.goto(url);
    await loaded(page);
    expect(await page.title()).toContain("b.nii");
    await expect.poll(() => sent).toBeGreaterThan(1000);
    expect(sent).toBeLessThan(0.2 * bytes.length);
  } finally {
    child.kill("SIGINT");
    await exit;
  }
});
