/** The server of a known field, read with zarrita, which the project's reader uses too. */

import { expect, test } from "playwright/test";
import { FetchStore, get, open, root, slice, type Array as ZarrArray } from "zarrita";
import { crc32c } from "../../demo/large/shard.ts";
import type { FieldZarr, FieldZarrOptions } from "../../demo/large/zarr.ts";
import { ZarrSite, type ZarrSiteOptions } from "../support/zarr-site.ts";

const SMALL: FieldZarrOptions = { side: 128, chunk: 32, levels: 3 };

async function withSite(options: ZarrSiteOptions, work: (site: ZarrSite) => Promise<void>): Promise<void> {
  const site = new ZarrSite(options);
  await site.start();
  try {
    await work(site);
  } finally {
    site.close();
  }
}

/** Compares a box of a level, as zarrita reads it, with the field. */
async function expectField(site: ZarrSite, level: number, [start, end]: readonly (readonly number[])[]) {
  const store = new FetchStore(site.url, { useSuffixRequest: true });
  const array = (await open(root(store).resolve(`${level}`), { kind: "array" })) as ZarrArray<"uint8">;
  const chunk = await get(
    array,
    [0, 1, 2].map((i) => slice(start[2 - i], end[2 - i])),
  );
  expect([...chunk.data]).toEqual(stored(site.zarr, level, start, end));
}

function stored(zarr: FieldZarr, level: number, start: readonly number[], end: readonly number[]): number[] {
  const values: number[] = [];
  for (let z = start[2]; z < end[2]; z++)
    for (let y = start[1]; y < end[1]; y++)
      for (let x = start[0]; x < end[0]; x++) values.push(zarr.stored(level, x, y, z));
  return values;
}

const CASES: Record<string, FieldZarrOptions> = {
  "Zarr 3": { ...SMALL, version: 3 },
  "Zarr 2": { ...SMALL, version: 2 },
  "Zarr 2 with gzip": { ...SMALL, version: 2, codec: "gzip" },
  "Zarr 3 with zstd, uint16": { ...SMALL, codec: "zstd", dtype: "uint16" },
  "shards of 2": { ...SMALL, shard: 2 },
  "shards of 4 with gzip": { ...SMALL, chunk: 16, shard: 4, codec: "gzip" },
  "float32, anisotropic": {
    side: [100, 90, 50],
    chunk: 32,
    dtype: "float32",
    factors: [
      [1, 1, 1],
      [2, 2, 1],
    ],
    translations: false,
  },
};

for (const [name, options] of Object.entries(CASES)) {
  test(`chunks have the values of the field: ${name}`, async () => {
    await withSite(options, async (site) => {
      const { dims } = site.zarr.level(1).grid;
      const box = [dims.map((n) => Math.floor(n / 3)), dims.map((n) => Math.floor(n / 3) + 20)];
      await expectField(site, 1, box);
      await expectField(site, 0, [dims.map((n) => n - 3), dims.map((n) => n)]);
      // The corner is outside the object.
      await expectField(site, 0, [
        [0, 0, 0],
        [2, 2, 2],
      ]);
      expect(stored(site.zarr, 1, box[0], box[1]).filter((v) => v > 0).length).toBeGreaterThan(100);
    });
  });
}

test("a shard is read by ranges: one for its index, one for each chunk", async () => {
  await withSite({ ...SMALL, shard: 2 }, async (site) => {
    await expectField(site, 0, [
      [40, 40, 40],
      [42, 42, 42],
    ]);
    const size = 32 ** 3;
    expect(site.asked.slice(-2)).toEqual([
      `GET 0/c/0/0/0 bytes=-${8 * 16 + 4}`,
      `GET 0/c/0/0/0 bytes=${7 * size}-${8 * size - 1}`,
    ]);
    expect(site.sent).toBeLessThan(size + 4096);
  });
});

test("empty chunks are absent, unless the site says otherwise", async () => {
  const corner = { ...SMALL, side: 256 };
  await withSite(corner, async ({ url }) => expect((await fetch(`${url}0/c/0/0/0`)).status).toBe(404));
  await withSite({ ...corner, absent: () => false }, async ({ url }) => {
    const bytes = new Uint8Array(await (await fetch(`${url}0/c/0/0/0`)).arrayBuffer());
    expect([bytes.length, bytes.some((v) => v > 0)]).toEqual([32 ** 3, false]);
  });
});

test("levels are averages of the finer ones, up to the rounding and the curvature of shells", async () => {
  const { zarr } = new ZarrSite(SMALL);
  let difference = 0;
  for (let i = 0; i < 64; i++) {
    const at = [i, (i * 29) % 64, (i * 43) % 64] as const;
    const fine = stored(
      zarr,
      0,
      at.map((p) => 2 * p),
      at.map((p) => 2 * p + 2),
    );
    difference += Math.abs(zarr.stored(1, ...at) - fine.reduce((sum, v) => sum + v, 0) / 8) / 64;
  }
  expect(difference).toBeLessThan(4);
});

test("failures, latency and aborted requests are counted", async () => {
  const failing = (_: string, attempt: number) =>
    ([503, "break", undefined] as const)[Math.min(attempt, 3) - 1];
  await withSite({ ...SMALL, latencyMs: 100, failing }, async (site) => {
    const path = `${site.url}0/c/1/1/1`;
    expect((await fetch(path)).status).toBe(503);
    await expect(fetch(path).then((answer) => answer.arrayBuffer())).rejects.toThrow();
    expect((await (await fetch(path)).arrayBuffer()).byteLength).toBe(32 ** 3);
    expect(site.aborted).toBe(0);
    const over = new AbortController();
    const given = fetch(path, { signal: over.signal });
    const other = fetch(path, { method: "HEAD" });
    setTimeout(() => over.abort(), 50);
    await expect(given).rejects.toThrow();
    expect((await other).headers.get("content-length")).toBe(`${32 ** 3}`);
    await expect.poll(() => [site.aborted, site.open, site.mostOpen]).toEqual([1, 0, 2]);
    expect(site.chunks).toEqual(Array(5).fill("0/c/1/1/1"));
  });
});

test("the checksum of shard indexes is CRC-32C", () => {
  expect(crc32c(new TextEncoder().encode("123456789"))).toBe(0xe3069283);
});
