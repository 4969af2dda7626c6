/** Downloads: URLs, progress, failures, and aborting at any stage. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles, fromUrl, type Progress, type Source } from "../../src/read/index.ts";
import { analyzeHeader, gzip, niftiFile, voxels, zip } from "../support/make-volume.ts";
import { readVolume } from "../support/volume-data.ts";
import { expectError, read } from "./support.ts";

const spec = { dims: [64, 64, 64], value: (i: number) => (Math.imul(i, 1103515245) >>> 13) & 32767 };
const size = 64 * 64 * 64 * 2;

/** Reads with progress, checks that it never decreases, and returns the last progress of each phase. */
async function follow(source: Source) {
  const seen: Progress[] = [];
  const { volume } = await readVolume(source, { onProgress: (progress) => seen.push(progress) });
  expect([...volume.data]).toEqual([...voxels(spec)]);
  const phases = Object.fromEntries(
    (["download", "inflate"] as const).map((phase) => {
      const steps = seen.filter((progress) => progress.phase === phase);
      const loaded = steps.map((progress) => progress.loaded);
      expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
      for (const { loaded, total } of steps) expect(loaded).toBeLessThanOrEqual(total ?? loaded);
      return [
        phase,
        { steps: steps.length, totals: [...new Set(steps.map(({ total }) => total))], last: steps.at(-1) },
      ];
    }),
  );
  return phases;
}

test("progress of inflation, gzip and zip", async () => {
  for (const source of [
    fromBytes("a.nii.gz", await gzip(niftiFile(spec))),
    fromBytes("a.zip", await zip({ "a.nii": niftiFile(spec) })),
  ]) {
    const { download, inflate } = await follow(source);
    expect(download.steps).toBe(0);
    expect(inflate.steps).toBeGreaterThan(4);
    expect(inflate.last).toEqual({ phase: "inflate", loaded: size + 352, total: size + 352 });
  }
});

test.describe("from a server", () => {
  let server: Server;
  let base: string;
  const requests: string[] = [];

  test.beforeAll(async () => {
    const files: Record<string, Uint8Array> = {
      "/d/a.nii": niftiFile(spec),
      "/d/a.nii.gz": await gzip(niftiFile(spec)),
      "/d/a%20b.hdr": analyzeHeader(spec),
      "/d/a%20b.img": voxels(spec),
      "/z/a.hdr": analyzeHeader(spec),
      "/z/a.img.gz": await gzip(voxels(spec)),
      "/alone/a.hdr": analyzeHeader(spec),
    };
    server = createServer((request, response) => {
      requests.push(request.url ?? "");
      const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
      const bytes = files[pathname];
      if (!bytes) return response.writeHead(404).end("no such file");
      const headers: Record<string, string | number> = {};
      if (!searchParams.has("chunked")) headers["content-length"] = bytes.length;
      if (searchParams.has("encoded")) headers["content-encoding"] = "gzip";
      response.writeHead(200, headers);
      if (searchParams.has("stall")) return response.write(bytes.subarray(0, 100_000));
      if (searchParams.has("break"))
        return response.write(bytes.subarray(0, 100_000), () => response.destroy());
      response.end(bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  test.afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test("progress of a download, with and without a length", async () => {
    const total = size + 352;
    const { download, inflate } = await follow(fromUrl(`${base}/d/a.nii`));
    expect(download.last).toEqual({ phase: "download", loaded: total, total });
    expect(download.steps).toBeGreaterThan(1);
    expect(inflate.steps).toBe(0);
    const chunked = await follow(fromUrl(`${base}/d/a.nii?chunked`));
    expect(chunked.download.last).toEqual({ phase: "download", loaded: total, total: undefined });
  });

  test("a content encoding is decoded, and its length is not the file's", async () => {
    const { download, inflate } = await follow(fromUrl(`${base}/d/a.nii.gz?encoded`));
    expect(download.last).toEqual({ phase: "download", loaded: size + 352, total: undefined });
    expect(download.totals).toEqual([undefined]);
    expect(inflate.steps).toBe(0);
  });

  test("a pair is one download", async () => {
    const { download } = await follow(fromUrl(`${base}/d/a%20b.hdr?token=1#x`));
    expect(download.last).toEqual({ phase: "download", loaded: size + 348, total: size + 348 });
    expect(requests).toContain("/d/a%20b.img?token=1");
  });

  test("names, and the header found for an image", async () => {
    expect(fromUrl("https://x.org/d/a%20b.nii.gz?v=a/b.c#d").name).toBe("a b.nii.gz");
    expect(fromUrl("a.nii").name).toBe("a.nii");
    expect(fromUrl("data:application/zip;base64,AAAA").name).toBe("data");
    expect((await read(fromUrl(`${base}/d/a%20b.img`))).name).toBe("a b.hdr");
  });

  test("an image that exists only gzipped", async () => {
    const { inflate } = await follow(fromUrl(`${base}/z/a.hdr`));
    expect(inflate.last).toEqual({ phase: "inflate", loaded: size, total: size });
    await follow(fromUrl(`${base}/z/a.img.gz`));
  });

  test("missing files", async () => {
    await expectError(read(fromUrl(`${base}/no.zip`)), "network", `${base}/no.zip`, "404");
    await expectError(read(fromUrl(`${base}/no.img`)), "network", `${base}/no.img`, "404");
    await expectError(read(fromUrl(`${base}/alone/a.hdr`)), "entry-not-found", "a.hdr", ".img", "is missing");
    await expectError(read(fromUrl("http://127.0.0.1:1/a.nii")), "network", "http://127.0.0.1:1/a.nii");
    const error = await expectError(read(fromUrl(`${base}/d/a.nii?break`)), "network", "a.nii?break");
    expect(error.cause).toBeInstanceOf(Error);
  });

  test("aborting a stalled download", async () => {
    const abort = new AbortController();
    const onProgress = () => abort.abort();
    const reading = readVolume(fromUrl(`${base}/d/a.nii?stall`), { signal: abort.signal, onProgress });
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });
});

test("aborting stops inflation", async () => {
  for (const source of [
    fromBytes("a.nii.gz", await gzip(niftiFile(spec))),
    fromBytes("a.zip", await zip({ "a.nii": niftiFile(spec) })),
  ]) {
    const abort = new AbortController();
    let last = 0;
    const reading = readVolume(source, {
      signal: abort.signal,
      onProgress: ({ loaded }) => {
        last = loaded;
        abort.abort(new Error("enough"));
      },
    });
    await expect(reading).rejects.toThrow("enough");
    expect(last).toBeLessThan(size / 2);
  }
});

test("a signal that is already aborted, and one that is aborted by a timer", async () => {
  const file = fromFiles([new File([niftiFile(spec).slice()], "a.nii")]);
  await expect(readVolume(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: "AbortError",
  });
  // Takes so long to inflate that the timer runs only if inflation pauses.
  const long = fromBytes(
    "a.nii.gz",
    await gzip(niftiFile({ dims: [512, 512, 256], dtype: "uint8", value: () => 0 })),
  );
  const before = performance.now();
  const reading = readVolume(long, { signal: AbortSignal.timeout(20) });
  await expect(reading).rejects.toMatchObject({ name: "TimeoutError" });
  expect(performance.now() - before).toBeLessThan(1000);
});
