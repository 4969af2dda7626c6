/** ChunkCache: one download for all readers, aborted with the last of them, and a limit of bytes. */
import { expect, test } from "playwright/test";
import { type Chunk, ChunkCache } from "../../src/read/zarr/chunk-cache.ts";

const chunkOf = (bytes: number): Chunk => ({ data: new Uint8Array(bytes), shape: [bytes], stride: [1] });

/** A download that is finished by hand. */
function download() {
  let resolve: (chunk: Chunk) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<Chunk>((...settle) => {
    [resolve, reject] = settle;
  });
  const signals: AbortSignal[] = [];
  const load = (signal: AbortSignal) => {
    signals.push(signal);
    return promise;
  };
  return {
    load,
    resolve: (chunk: Chunk) => resolve(chunk),
    reject: (error: Error) => reject(error),
    signals,
  };
}

test("readers of one chunk share its download, which is aborted only with the last", async () => {
  const cache = new ChunkCache(100);
  const { load, resolve, signals } = download();
  const [one, two] = [new AbortController(), new AbortController()];
  const reads = [one, two].map(({ signal }) => cache.get("a", load, signal));
  expect(signals).toHaveLength(1);
  one.abort("one");
  await expect(reads[0]).rejects.toBe("one");
  expect(signals[0].aborted).toBe(false);
  const again = cache.get("a", load);
  two.abort("two");
  await expect(reads[1]).rejects.toBe("two");
  expect(signals[0].aborted).toBe(false);
  resolve(chunkOf(1));
  expect((await again).data).toHaveLength(1);
  expect(signals).toHaveLength(1);
});

test("after the last reader has left, the next starts another download", async () => {
  const cache = new ChunkCache(100);
  const [first, second] = [download(), download()];
  const controller = new AbortController();
  const read = cache.get("a", first.load, controller.signal);
  controller.abort("gone");
  await expect(read).rejects.toBe("gone");
  expect(first.signals[0].aborted).toBe(true);
  const other = cache.get("a", second.load);
  // What arrives late from the first is not kept.
  first.resolve(chunkOf(7));
  second.resolve(chunkOf(2));
  expect((await other).data).toHaveLength(2);
  expect(cache.bytes).toBe(2);
});

test("a failure reaches all readers, and is not kept", async () => {
  const cache = new ChunkCache(100);
  const { load, reject } = download();
  const reads = [cache.get("a", load), cache.get("a", load)];
  reject(new Error("broken"));
  for (const read of reads) await expect(read).rejects.toThrow("broken");
  expect((await cache.get("a", async () => chunkOf(3))).data).toHaveLength(3);
});

test("beyond the limit, chunks that were not used for longest are dropped", async () => {
  const cache = new ChunkCache(10);
  const loaded: string[] = [];
  const get = (key: string, bytes = 4) =>
    cache.get(key, async () => {
      loaded.push(key);
      return chunkOf(bytes);
    });
  for (const key of ["a", "b", "a", "c", "a", "b"]) await get(key);
  expect(loaded).toEqual(["a", "b", "c", "b"]);
  await get("large", 11);
  expect(cache.bytes).toBe(0);
  cache.clear();
  await get("a");
  expect(cache.bytes).toBe(4);
});
