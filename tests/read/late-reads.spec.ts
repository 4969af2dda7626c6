/** A volume that is too large for memory continues to read from its file, with the signal of each read. */
import { expect, test } from "playwright/test";
import { fromFiles, fromUrl, VolumeFile } from "../../src/read/index.ts";
import { niftiFile, voxels } from "../support/make-volume.ts";
import { RangeSite } from "../support/range-site.ts";

const spec = { dims: [90, 80, 70], value: (i: number) => i % 30_011 };
const SLICE = 90 * 80 * 2;
const data = voxels(spec);
const slices = (z: number, end: number) => ({ start: [0, 0, z], end: [90, 80, end] }) as const;
const slicesOf = (z: number, end: number) => data.subarray(z * SLICE, end * SLICE);

const site = new RangeSite({ "a.nii": niftiFile(spec) }).serveTests();

const files = {
  url: () => new VolumeFile(fromUrl(`${site.base}a.nii`), { mostInMemory: 1000 }),
  blob: () =>
    new VolumeFile(fromFiles([new File([niftiFile(spec).slice()], "a.nii")]), { mostInMemory: 1000 }),
};

for (const [name, open] of Object.entries(files)) {
  test(`${name}: slices can be read long after the volume was opened`, async () => {
    const { volume } = await open().read();
    for (const [z, end] of [
      [0, 3],
      [60, 70],
      [5, 6],
    ] as const) {
      const bytes = await volume.read(0, slices(z, end));
      expect(Buffer.from(bytes).equals(slicesOf(z, end))).toBe(true);
    }
  });

  test(`${name}: an aborted read rejects with its signal's reason, and other reads continue`, async () => {
    const { volume } = await open().read();
    const reason = new Error("enough");
    await expect(volume.read(0, slices(0, 9), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const abort = new AbortController();
    const [given, other] = [
      volume.read(0, slices(0, 40), { signal: abort.signal }),
      volume.read(0, slices(40, 70)),
    ];
    abort.abort(reason);
    await expect(given).rejects.toBe(reason);
    expect(Buffer.from(await other).equals(slicesOf(40, 70))).toBe(true);
  });

  test(`${name}: another read that ends or is aborted does not end a read, nor report its progress`, async () => {
    const file = open();
    const { volume } = await file.read();
    let reports = 0;
    const abort = new AbortController();
    const again = file.read({ signal: abort.signal, onProgress: () => reports++ });
    const late = volume.read(0, slices(10, 50));
    abort.abort();
    await again.catch(() => {});
    expect(Buffer.from(await late).equals(slicesOf(10, 50))).toBe(true);
    expect(reports).toBe(0);
  });
}

test("only the header and the requested slices are fetched, and no answer stays open", async () => {
  const { volume } = await files.url().read();
  await expect.poll(() => site.open).toBe(0);
  site.reset();
  // Beyond what may have arrived with the header.
  await volume.read(0, slices(40, 42));
  await volume.read(0, slices(69, 70));
  expect(site.asked).toEqual([
    `GET a.nii bytes=${352 + 40 * SLICE}-${352 + 42 * SLICE - 1}`,
    `GET a.nii bytes=${352 + 69 * SLICE}-${352 + 70 * SLICE - 1}`,
  ]);
  expect(site.sent).toBe(3 * SLICE);
});

test("if a server stops supporting ranges, the file is requested once, even if the first reader aborts", async () => {
  const { volume } = await new VolumeFile(fromUrl(`${site.base}a.nii?once`), { mostInMemory: 1000 }).read();
  const abort = new AbortController();
  const first = volume.read(0, slices(40, 49), { signal: abort.signal });
  const second = volume.read(0, slices(49, 60));
  abort.abort();
  await expect(first).rejects.toMatchObject({ name: "AbortError" });
  expect(Buffer.from(await second).equals(slicesOf(49, 60))).toBe(true);
  site.reset();
  expect(Buffer.from(await volume.read(0, slices(20, 21))).equals(slicesOf(20, 21))).toBe(true);
  expect(site.asked).toEqual([]);
});
