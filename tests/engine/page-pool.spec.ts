/** The pool of pages: pages give way where memory is small, and looks do not disturb changes of the settings. */

import { expect, test } from "../support/gpu.ts";
import { decibels } from "../support/pictures.ts";
import { volumeBy } from "../support/volumes.ts";

const value = (scale: number) => (x: number, y: number, z: number) =>
  Math.round(
    100 + 90 * Math.sin(((x + 0.5) * scale) / 9) * Math.cos(((y + 0.5) * scale + 2 * (z + 0.5) * scale) / 11),
  );
const WHOLE = volumeBy([128, 128, 128], "uint8", value(1));
const OVERVIEW = volumeBy([64, 64, 64], "uint8", value(2));

test("where there are few slots, pages give way, and pictures are those of a large pool", async ({ gpu }) => {
  const [small, large] = await gpu.evaluate(
    async ([whole, overview]) => {
      const { PICTURE_FORMAT, Renderer, device, levelled, renderPixels, settingsFrom } = window.engine;
      const gpu = await device();
      const volume = levelled(whole, overview);
      const results = [];
      for (const budget of [1_600_000, 2 ** 28]) {
        const renderer = new Renderer(gpu, { format: PICTURE_FORMAT, budget });
        const pictures = [];
        const counts = [];
        for (const target of [
          "0.1 0.2 0.3",
          "0.9 0.2 0.7",
          "0.5 0.9 0.1",
          "0.9 0.9 0.9",
          "0.1 0.9 0.9",
          "0.1 0.2 0.3",
        ]) {
          const settings = settingsFrom({ blend: "exact", zoom: "8", target, window: "0 255" }, [1, 1, 1, 1]);
          await renderer.update(volume, settings);
          const pixels = await renderPixels(gpu, renderer, 96, 96, settings);
          pictures.push({ width: 96, height: 96, data: new Uint8Array(pixels.buffer) });
          counts.push(renderer.paged?.counts);
        }
        results.push({ pictures, counts, peak: renderer.memory.peak, budget });
        renderer.destroy();
        if (renderer.memory.bytes > 0) throw new Error("GPU memory was not given back");
      }
      return results;
    },
    [WHOLE, OVERVIEW] as const,
  );
  const pages = 4 ** 3 + 2 ** 3;
  expect(small.counts[0]?.slots).toBeLessThan(pages / 2);
  expect(large.counts[0]?.slots).toBe(pages);
  for (const counts of small.counts) expect(counts?.resident).toBeLessThanOrEqual(counts?.slots ?? 0);
  // More pages came than there are slots.
  expect(large.counts.at(-1)?.resident).toBeGreaterThan(small.counts[0]?.slots ?? 0);
  expect(small.peak).toBeLessThanOrEqual(small.budget);
  for (const [i, picture] of small.pictures.entries())
    expect(decibels(picture, large.pictures[i]), `${i}`).toBeGreaterThan(50);
});

test("looks while the settings change neither fail nor read freed tables", async ({ gpu }) => {
  const failures = await gpu.evaluate(
    async ([whole, overview]) => {
      const { PICTURE_FORMAT, Renderer, device, levelled, settingsFrom } = window.engine;
      const gpu = await device();
      const renderer = new Renderer(gpu, { format: PICTURE_FORMAT, budget: 2 ** 28 });
      const volume = levelled(whole, overview);
      const size = { width: 32, height: 32, offset: [0, 0] as const, scale: 1 };
      const failures: string[] = [];
      for (let high = 150; high < 160; high++) {
        const settings = settingsFrom({ blend: "exact", window: `0 ${high}`, crop: `0:0.${high} 0:1 0:1` });
        let isUpdating = true;
        const updated = renderer.update(volume, settings).finally(() => {
          isUpdating = false;
        });
        while (isUpdating) {
          await renderer.paged?.look(settings, size, false).catch((error) => failures.push(error.message));
          await new Promise((resolve) => setTimeout(resolve));
        }
        await updated;
      }
      renderer.destroy();
      return failures;
    },
    [WHOLE, OVERVIEW] as const,
  );
  expect(failures).toEqual([]);
});

test("more levels than can be drawn are an error", async ({ gpu }) => {
  const message = await gpu.evaluate(
    async ([whole, overview]) => {
      const { PICTURE_FORMAT, Renderer, device, levelled, settingsFrom } = window.engine;
      const renderer = new Renderer(await device(), { format: PICTURE_FORMAT });
      const error = await renderer.update(levelled(whole, overview, 17), settingsFrom({})).then(
        () => undefined,
        (error) => error,
      );
      renderer.destroy();
      return `${error?.code}: ${error?.message}`;
    },
    [WHOLE, OVERVIEW] as const,
  );
  expect(message).toBe(
    "unsupported-format: test has 17 levels down to its overview, more than the 16 that can be drawn.",
  );
});
