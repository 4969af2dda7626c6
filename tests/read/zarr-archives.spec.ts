/** Zarr folders in zip archives, by ranges, and as chosen or dropped files. */
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles, fromUrl } from "../../src/read/index.ts";
import { zip } from "../support/make-volume.ts";
import { RangeSite } from "../support/range-site.ts";
import type { Files } from "../support/zarr.ts";
import { AXES, arrayFiles, imageGroup, sharded } from "../support/zarr-files.ts";
import { expectError, read, values } from "./support.ts";

const site = new RangeSite().serveTests();

/** An image whose values tell the position, with chunks of 2 x 2 x 2 and one that is missing. */
async function image(value = (i: number) => i): Promise<Files> {
  const files = await arrayFiles("0", { shape: [1, 1, 4, 4, 4], chunks: [1, 1, 2, 2, 2], value });
  delete files["0/c/0/0/1/1/1"];
  return { ...files, "zarr.json": imageGroup(AXES, [{ path: "0" }]) };
}

/** The values of `image`: those of the missing chunk are 0. */
const expected = Array.from({ length: 64 }, (_, i) => ((i >> 4) & (i >> 2) & i & 2 ? 0 : i));

const inFolder = (files: Files, folder: string): Files =>
  Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`${folder}/${path}`, bytes]));

test("in zip archives, at the top or in one folder, stored or deflated", async () => {
  const files = await image();
  for (const compression of ["STORE", "DEFLATE"] as const)
    for (const [name, held] of [
      ["image.ozx", files],
      ["image.zarr.zip", files],
      ["image.zip", inFolder(files, "image.zarr")],
    ] as const) {
      const archive = await zip(held, { compression });
      expect(await values(fromBytes(name, archive)), name).toEqual(expected);
      expect(await values(fromFiles([new File([archive], name)])), name).toEqual(expected);
    }
});

test("several Zarr folders in an archive are not one", async () => {
  const files = await image();
  const archive = await zip({ ...inFolder(files, "a"), ...inFolder(files, "b") });
  await expectError(read(fromBytes("two.zip", archive)), "entry-not-found", "Zip that folder by itself");
});

test("over ranges, only what is read is fetched: a request for each file", async () => {
  // Noise does not compress, so that the archive is larger than what is fetched at once.
  const side = 96;
  const value = (i: number) => (Math.imul(i, 2654435761) >>> 13) & 255;
  const array = await arrayFiles("", {
    shape: [side, side, side],
    chunks: [32, 32, 32],
    names: ["z", "y", "x"],
    value,
  });
  site.files["image.ozx"] = await zip(array, { compression: "STORE" });
  const volume = await read(fromUrl(`${site.base}image.ozx`));
  expect(volume.data).toHaveLength(side ** 3);
  expect(volume.data[12345]).toBe(value(12345));
  expect(site.asked.length).toBeLessThan(27 + 6);
  expect(site.sent).toBeLessThan(1.05 * side ** 3);
});

test("shards in archives: parts of stored ones, deflated ones as a whole", async () => {
  const plain = await arrayFiles("", {
    shape: [4, 4, 4],
    chunks: [2, 2, 2],
    names: ["z", "y", "x"],
    value: (i) => i,
  });
  const files = await sharded(plain, "", [2, 2, 2]);
  for (const compression of ["STORE", "DEFLATE"] as const) {
    const archive = await zip(files, { compression });
    expect(await values(fromBytes("image.ozx", archive))).toEqual(Array.from({ length: 64 }, (_, i) => i));
  }
});

test("damage to a file in an archive is noticed", async () => {
  const archive = await zip(await image((i) => 100 + i), { compression: "STORE" });
  const at = archive.findIndex((_, i) => [100, 101, 104, 105].every((byte, k) => archive[i + k] === byte));
  archive[at] ^= 1;
  await expectError(read(fromBytes("image.ozx", archive)), "corrupt-file", "0/c/0/0/0/0/0");
});

test("as files of a folder that was chosen or dropped; no other file is asked for", async () => {
  const files = await image();
  const chosen = (folder: string) =>
    Object.entries(files).map(([path, bytes]) => {
      const file = new File([bytes as Uint8Array<ArrayBuffer>], path.slice(path.lastIndexOf("/") + 1));
      return Object.assign(file, { webkitRelativePath: folder + path });
    });
  const source = fromFiles(chosen("data/image.zarr/"));
  expect(source.name).toBe("image.zarr");
  expect(await values(source)).toEqual(expected);
  const folder = await source.folder?.();
  expect(folder?.paths).toContain("0/zarr.json");
  expect(await folder?.read("0/c/0/0/1/1/1")).toBeUndefined();
  expect([...((await folder?.read("zarr.json", { last: 1 })) ?? [])]).toEqual([125]);
  expect(fromFiles(chosen("")).name).toBe("Zarr");
  // Other files beside the folder are no part of it.
  expect(fromFiles([...chosen("image.zarr/"), new File(["1"], "notes.txt")]).folder).toBeUndefined();
});
