/** Images that are too large to be read as a whole: levels, overview, boxes, what is fetched and kept. */
import { expect, test } from "playwright/test";
import { readVolume, VolumeFile } from "../../src/read/index.ts";
import type { Vec3 } from "../../src/volume.ts";
import { type Files, folderSource, json, MemoryFolder } from "../support/zarr.ts";
import { expectError } from "./support.ts";

/** Metadata of an array of zeros without chunks, or with those of `files`. */
const array = (shape: readonly number[], chunk = 64, dtype = "|u1") =>
  json({
    zarr_format: 2,
    shape,
    chunks: shape.map(() => chunk),
    dtype,
    compressor: null,
    fill_value: 3,
    order: "C",
    filters: null,
  });

const SPACE = ["z", "y", "x"].map((name) => ({ name, type: "space", unit: "millimeter" }));

interface LevelSpec {
  readonly shape: Vec3;
  readonly scale?: Vec3;
  readonly translation?: Vec3;
}

/** An image of version 0.4, whose levels have no chunks but those in `chunks`. */
function pyramid(levels: readonly LevelSpec[], chunks: Files = {}, dtype?: string): MemoryFolder {
  const datasets = levels.map(({ scale, translation }, i) => ({
    path: `${i}`,
    coordinateTransformations: [
      ...(scale ? [{ type: "scale", scale }] : []),
      ...(translation ? [{ type: "translation", translation }] : []),
    ],
  }));
  const files = levels.map(({ shape }, i) => [`${i}/.zarray`, array(shape, 64, dtype)]);
  const multiscales = [{ version: "0.4", axes: SPACE, datasets }];
  return new MemoryFolder({ ...Object.fromEntries(files), ".zattrs": json({ multiscales }), ...chunks });
}

const cube = (n: number): Vec3 => [n, n, n];
/** Levels whose voxels are twice as wide as those before, and cover the same box. */
const halves = (...sides: number[]): LevelSpec[] =>
  sides.map((n) => {
    const scale = sides[0] / n;
    return { shape: cube(n), scale: cube(2 * scale), translation: cube(scale - 1 + 5) };
  });

/** A chunk of 64^3 bytes whose value tells its position. */
const chunk = (value: (z: number, y: number, x: number) => number) =>
  Uint8Array.from({ length: 64 ** 3 }, (_, i) => value(i >> 12, (i >> 6) & 63, i & 63));

test("levels have sizes and positions in voxels of the first", async () => {
  const { volume, entries } = await readVolume(folderSource(pyramid(halves(512, 256, 128, 64))));
  expect(entries[0].levels).toBe(4);
  expect(volume.spacing).toEqual(cube(2));
  expect(volume.levels.map(({ dims }) => dims)).toEqual([512, 256, 128, 64].map(cube));
  for (const [level, { scale, origin }] of volume.levels.entries()) {
    expect(scale ?? cube(1)).toEqual(cube(2 ** level));
    expect(origin ?? cube(0)).toEqual(cube(0));
  }
});

test("a scale of all levels together says nothing of how they differ", async () => {
  const folder = pyramid([{ shape: cube(512) }, { shape: cube(256) }]);
  const { multiscales } = JSON.parse(new TextDecoder().decode(folder.files[".zattrs"]));
  multiscales[0].coordinateTransformations = [{ type: "scale", scale: [3, 3, 3] }];
  const all = new MemoryFolder({ ...folder.files, ".zattrs": json({ multiscales }) });
  const { volume } = await readVolume(folderSource(all));
  expect(volume.spacing).toEqual(cube(3));
  expect(volume.levels[1]).toEqual({ dims: cube(256), scale: cube(2) });
});

test("without translations, the centres of the first voxels coincide; without scales, the boxes", async () => {
  const levels = halves(512, 256).map(({ shape, scale }) => ({ shape, scale }));
  const { volume } = await readVolume(folderSource(pyramid(levels)));
  expect(volume.levels[1]).toEqual({ dims: cube(256), scale: cube(2), origin: cube(-0.5) });
  const bare = [{ shape: [512, 512, 300] }, { shape: [256, 256, 100] }] as const;
  const other = await readVolume(folderSource(pyramid(bare)));
  expect(other.volume.levels[1]).toEqual({ dims: [100, 256, 256], scale: [3, 2, 2] });
});

test("the overview is the coarsest level with enough voxels, at its place", async () => {
  const folder = pyramid(halves(512, 256, 128, 64, 32), { "3/0.0.0": chunk((z, y, x) => z ^ y ^ x) });
  const progress: number[] = [];
  const { volume } = await readVolume(folderSource(folder), {
    onProgress: ({ loaded, total }) => progress.push(loaded / (total as number)),
  });
  expect(progress).toEqual([1]);
  expect(folder.asked.filter((path) => /\d\.\d/.test(path))).toEqual(["3/0.0.0"]);
  expect(volume.overview).toMatchObject({ level: 3, dims: cube(64), spacing: cube(16), kind: "volume" });
  expect([3, 7, 11].map((i) => volume.overview?.affine[i])).toEqual([12, 12, 12]);
  const bytes = await volume.overview?.read(0, { start: [1, 2, 3], end: [2, 3, 4] });
  expect([...(bytes ?? [])]).toEqual([1 ^ 2 ^ 3]);
  expect(volume.traffic).toEqual({ bytes: folder.traffic.bytes, requests: folder.traffic.requests });
});

test("a small image is read as a whole; one without a small level as its coarsest", async () => {
  const small = await readVolume(folderSource(pyramid(halves(256, 128))));
  expect(small.volume.levels).toEqual([{ dims: cube(256) }]);
  expect(small.volume.overview).toBeUndefined();
  const large = pyramid([
    { shape: [2048, 1024, 1024], scale: [1, 1, 1] },
    { shape: [512, 512, 512], scale: [4, 2, 2] },
  ]);
  const { volume } = await readVolume(folderSource(large), {});
  expect(volume).toMatchObject({ dims: cube(512), spacing: [2, 2, 4], levels: [{ dims: cube(512) }] });
  expect(volume.notes).toEqual([expect.objectContaining({ values: { count: 2 } })]);
});

test("an image with one level is read in parts if it is too large for memory", async () => {
  const folder = pyramid([{ shape: [64, 128, 128] }], { "0/0.1.0": chunk((z) => z) });
  const { volume } = await new VolumeFile(folderSource(folder), { mostInMemory: 2 ** 19 }).read();
  expect(volume.levels).toEqual([{ dims: [128, 128, 64] }]);
  expect(volume.overview).toBeUndefined();
  const slices = await volume.read(0, { start: [0, 0, 5], end: [128, 128, 7] });
  expect([slices.length, slices[0], slices[64 * 128], slices[64 * 128 + 64]]).toEqual([
    2 * 128 ** 2,
    3,
    5,
    3,
  ]);
});

test.describe("boxes of a level", () => {
  test("over several chunks, and at the edge of the array", async () => {
    const chunks = {
      "0/0.0.0": chunk((z, y, x) => (z + y + x) & 127),
      "0/0.0.1": chunk((z, y, x) => 128 + ((z + y + x) & 127)),
      "0/7.7.7": chunk((z) => z),
    };
    const levels: LevelSpec[] = [{ shape: [500, 500, 500], scale: cube(1) }, ...halves(512, 64).slice(1)];
    const { volume } = await readVolume(folderSource(pyramid(levels, chunks)));
    const read = async (start: Vec3, end: Vec3) => [...(await volume.read(0, { start, end }))];
    expect(await read([62, 1, 2], [66, 2, 3])).toEqual([65, 66, 128 + 3, 128 + 4]);
    expect(await read([63, 63, 63], [64, 65, 65])).toEqual([(63 * 3) & 127, 3, 3, 3]);
    expect(await read([498, 499, 498], [500, 500, 500])).toEqual([50, 50, 51, 51]);
    for (const [level, end] of [
      [0, [501, 1, 1]],
      [2, [1, 1, 1]],
      [1, [65, 1, 1]],
    ] as const)
      await expect(volume.read(level, { start: [0, 0, 0], end })).rejects.toThrow(RangeError);
  });

  test("a chunk is fetched once for all readers, and kept; a missing one is not asked for again", async () => {
    const folder = pyramid(halves(512, 64), { "0/1.1.1": chunk(() => 9) });
    const { volume } = await readVolume(folderSource(folder));
    const before = folder.asked.length;
    const box = { start: cube(60), end: cube(70) };
    const both = await Promise.all([volume.read(0, box), volume.read(0, box)]);
    expect(both[0]).toEqual(both[1]);
    expect(folder.asked.slice(before).toSorted()).toHaveLength(8);
    await volume.read(0, box);
    await volume.read(0, { start: cube(1), end: cube(2) });
    expect(folder.asked).toHaveLength(before + 8);
  });

  test("an aborted read rejects with its reason, and does not disturb others", async () => {
    const { volume } = await readVolume(
      folderSource(pyramid(halves(512, 64), { "0/1.1.1": chunk(() => 9) })),
    );
    const box = { start: cube(60), end: cube(70) };
    const [first, second] = [new AbortController(), new AbortController()];
    const reads = [first, second].map(({ signal }) => volume.read(0, box, { signal }));
    first.abort("gone");
    await expect(reads[0]).rejects.toBe("gone");
    expect((await reads[1]).at(-1)).toBe(9);
    await expect(volume.read(0, box, { signal: first.signal })).rejects.toBe("gone");
  });

  test("a damaged chunk fails alone", async () => {
    const folder = pyramid(halves(512, 64), {
      "0/1.1.1": chunk(() => 9).slice(1),
      "0/2.2.2": chunk(() => 8),
    });
    const { volume } = await readVolume(folderSource(folder));
    const at = (n: number) => volume.read(0, { start: cube(n), end: cube(n + 1) });
    await expectError(at(64), "corrupt-file", "0: its chunk (1, 1, 1) is damaged", "262143 voxels");
    expect([...(await at(128))]).toEqual([8]);
    folder.files["0/1.1.1"] = chunk(() => 9);
    expect([...(await at(64))]).toEqual([9]);
  });
});
