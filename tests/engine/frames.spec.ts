/** Repeated frames create no GPU objects, and no camera angle shows specks, holes or seams. */

import { expect, test } from "../support/gpu.ts";
import { field } from "../support/oracle.ts";
import { outlineErrors } from "../support/pictures.ts";
import type { Picture } from "../support/png.ts";
import { blended, noise, volumeFrom } from "./support.ts";

test("orbiting creates no GPU objects", async ({ gpu }) => {
  const made = await gpu.evaluate(
    async (volume) => {
      const { PICTURE_FORMAT, Renderer, freshDevice, settingsFrom } = window.engine;
      const gpu = await freshDevice();
      const made: string[] = [];
      const methods = Object.getOwnPropertyNames(GPUDevice.prototype) as (keyof GPUDevice)[];
      for (const name of methods) {
        if (!name.startsWith("create") || name === "createCommandEncoder") continue;
        const create = gpu[name] as (...args: unknown[]) => unknown;
        Object.assign(gpu, {
          [name]: (...args: unknown[]) => {
            made.push(name);
            return create.apply(gpu, args);
          },
        });
      }
      const renderer = new Renderer(gpu, { format: PICTURE_FORMAT });
      const size = [64, 64];
      const target = gpu.createTexture({
        size,
        format: PICTURE_FORMAT,
        usage: GPUTextureUsage.RENDER_ATTACHMENT,
      });
      const perFrame: Record<string, string[]> = {};
      for (const blend of ["weighted", "exact"]) {
        for (const samples of [1, 4]) {
          for (let i = 0; i < 5; i++) {
            const settings = settingsFrom(
              { blend, azimuth: `${10 * i}`, opacity: `${1 - i / 10}` },
              [1, 1, 1, 1],
            );
            if (i === 0) await renderer.update(volume, settings);
            if (i === 0) await renderer.ready(settings.blend, samples);
            made.length = 0;
            await renderer.frame(target.createView(), 64, 64, settings, { samples });
            perFrame[`${blend}, ${samples} samples, frame ${i + 1}`] = [...made];
          }
        }
      }
      await gpu.queue.onSubmittedWorkDone();
      gpu.destroy();
      return perFrame;
    },
    volumeFrom(noise([9, 7, 5], 0.5)),
  );
  expect(made["weighted, 1 samples, frame 1"], "the count counts").toContain("createTexture");
  const later = Object.entries(made).filter(([frame]) => !frame.endsWith("frame 1"));
  expect(later.length).toBe(16);
  expect(later.filter(([, names]) => names.length > 0)).toEqual([]);
});

const YELLOW = [253, 231, 37];

/** Pixels that are not yellow, within the precision of 8 bits of premultiplied alpha. */
function offColor({ width, data }: Picture): string[] {
  const specks: string[] = [];
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3];
    const most = 1 + Math.ceil(127.5 / alpha);
    if (alpha > 0 && YELLOW.some((level, c) => Math.abs(level - data[i + c]) > most)) {
      specks.push(`${(i / 4) % width}, ${Math.floor(i / 4 / width)}: ${data.subarray(i, i + 4)}`);
    }
  }
  return specks;
}

test("a ball of one colour has that colour and no holes, from all directions", async ({ gpu }) => {
  const ball = field([14, 13, 12], (x, y, z) => (Math.hypot(x - 6, y - 6, z - 6) < 5.7 ? 1 : 0));
  const cameras = Array.from({ length: 40 }, (_, i) => ({
    azimuth: `${(i * 137.5) % 360}`,
    elevation: `${[0, 90, -90, 45, 30][i] ?? Math.round(-90 + (180 * i) / 39)}`,
    projection: i % 4 === 3 ? "orthographic" : "perspective",
    opacity: i % 2 ? "0.2" : "1",
    explode: i % 5 === 4 ? "0.3" : "0",
  }));
  const views = cameras.map((camera) => [
    JSON.stringify(camera),
    { ...camera, transform: "none", width: 80, background: [0, 0, 0, 0] as const },
  ]);
  for (const [view, { weighted, exact }] of await blended(gpu, volumeFrom(ball), Object.fromEntries(views), [
    "weighted",
    "exact",
  ])) {
    expect(weighted.data.filter((_, i) => i % 4 === 3 && weighted.data[i] > 0).length).toBeGreaterThan(300);
    expect(offColor(weighted), view).toEqual([]);
    expect(offColor(exact), view).toEqual([]);
    expect(outlineErrors(weighted, exact), view).toBe(0);
  }
});
