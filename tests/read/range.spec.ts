/** Archives on a server and as local files, read in parts: number of bytes, and faulty servers. */
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles, fromUrl, type Progress } from "../../src/read/index.ts";
import { analyzeHeader, concat, gzip, niftiFile, voxels, zip, zip64 } from "../support/make-volume.ts";
import { RangeSite } from "../support/range-site.ts";
import { readVolume } from "../support/volume-data.ts";
import { expectError, read } from "./support.ts";

/** Hardly compressible. */
const noise = (seed: number) => (i: number) => (Math.imul(i + seed, 1103515245) >>> 13) & 32767;
const spec = (n: number, seed = 0) => ({ dims: [n, n, n], value: noise(seed) });

const site = new RangeSite().serveTests();

/** Two volumes of 0.5 MB; the second is larger. */
async function twoVolumes(options = {}) {
  const files = { "a.nii": niftiFile(spec(60)), "b.nii": niftiFile(spec(64, 5)) };
  return zip(files, options);
}

/** The archive `one`, which contains one file, with copies of that file under names of the same length. */
function multiplied(one: Uint8Array<ArrayBuffer>, names: string[]): Uint8Array {
  const end = new DataView(one.slice(-22).buffer);
  const start = end.getUint32(16, true);
  const entries = names.map((name, i) => {
    const [local, record] = [one.slice(0, start), one.slice(start, -22)];
    Buffer.from(local.buffer).write(name, 30);
    Buffer.from(record.buffer).write(name, 46);
    new DataView(record.buffer).setUint32(42, i * start, true);
    return { local, record };
  });
  end.setUint16(8, names.length, true);
  end.setUint16(10, names.length, true);
  end.setUint32(12, names.length * entries[0].record.length, true);
  end.setUint32(16, names.length * start, true);
  const records = entries.map(({ record }) => record);
  return concat(...entries.map(({ local }) => local), ...records, new Uint8Array(end.buffer));
}

test.describe("a hundred volumes", () => {
  const count = 100;
  const name = (i: number) => `sub-${String(i).padStart(3, "0")}_ses-1_T1w.nii`;
  const side = 80;
  const large = side + 1;

  test("uncompressed: under 10 % more than the chosen one is fetched, and no more of the largest", async () => {
    const body = niftiFile(spec(side));
    const files = Object.fromEntries(Array.from({ length: count }, (_, i) => [name(i), body]));
    files[name(70)] = niftiFile(spec(large, 3));
    site.files["many.zip"] = await zip(files, { compression: "STORE" });
    const { volume, entries } = await readVolume(fromUrl(`${site.base}many.zip`));
    expect(volume).toMatchObject({ name: name(70), dims: [large, large, large] });
    expect(Buffer.from(volume.data).equals(voxels(spec(large, 3)))).toBe(true);
    expect(entries.map(({ path, dims }) => [path, ...dims])).toEqual(
      Array.from({ length: count }, (_, i) => [name(i), ...Array(3).fill(i === 70 ? large : side)]),
    );
    expect(site.sent).toBeLessThan(1.1 * (352 + 2 * large ** 3));
    site.reset();
    expect((await read(fromUrl(`${site.base}many.zip`), { entry: name(31) })).name).toBe(name(31));
    expect(site.sent).toBeLessThan(1.1 * (352 + 2 * side ** 3));
    expect(site.asked.length).toBeLessThan(count + 10);
  });

  for (const gzipped of [false, true]) {
    test(`deflated${gzipped ? ", and gzipped within" : ""}`, async () => {
      const plain = niftiFile(spec(side));
      const extension = gzipped ? ".gz" : "";
      const names = Array.from({ length: count }, (_, i) => name(i) + extension);
      const one = await zip({ [names[0]]: gzipped ? await gzip(plain) : plain });
      site.files["many.zip"] = multiplied(one, names);
      const { volume, entries } = await readVolume(fromUrl(`${site.base}many.zip`), { entry: names[99] });
      expect(entries.map(({ path }) => path)).toEqual(names);
      expect(Buffer.from(volume.data).equals(voxels(spec(side)))).toBe(true);
      expect(site.sent).toBeLessThan(1.1 * one.length);
    });
  }

  test("pairs: only the requested image is fetched", async () => {
    const files: Record<string, Uint8Array> = {};
    for (let i = 0; i < count; i++) {
      files[`f/${i}.hdr`] = analyzeHeader(spec(40));
      files[`f/${i}.img`] = voxels(spec(40));
    }
    files["s/t1.hdr"] = analyzeHeader(spec(96));
    files["s/t1.img"] = voxels(spec(96));
    site.files["pairs.zip"] = await zip(files, { compression: "STORE" });
    const { volume, entries } = await readVolume(fromUrl(`${site.base}pairs.zip`));
    expect(volume.name).toBe("s/t1.hdr");
    expect(Buffer.from(volume.data).equals(voxels(spec(96)))).toBe(true);
    expect(entries).toHaveLength(count + 1);
    expect(site.sent).toBeLessThan(1.1 * 2 * 96 ** 3);
  });
});

test("local files: no more is read than from a server", async () => {
  const bytes = await twoVolumes();
  const file = new File([bytes], "two.zip");
  let taken = 0;
  const slice = file.slice.bind(file);
  Object.assign(file, {
    slice(start: number, end: number) {
      taken += Math.min(end, file.size) - start;
      return slice(start, end);
    },
    arrayBuffer: () => Promise.reject(new Error("read whole")),
  });
  expect((await read(fromFiles([file]))).name).toBe("b.nii");
  expect(taken).toBeLessThan(0.6 * bytes.length);
});

test("a server without ranges gets one request", async () => {
  site.files["two.zip"] = await twoVolumes();
  const { length } = site.files["two.zip"];
  const seen: Progress[] = [];
  const { volume } = await readVolume(fromUrl(`${site.base}two.zip?whole`), {
    onProgress: (progress) => seen.push(progress),
  });
  expect(volume.name).toBe("b.nii");
  expect(site.asked).toHaveLength(1);
  expect(site.sent).toBe(length);
  const downloads = seen.filter(({ phase }) => phase === "download");
  expect(downloads.at(-1)).toEqual({ phase: "download", loaded: length, total: length });
});

test("progress counts fetched bytes, and has a total when voxels arrive", async () => {
  site.files["two.zip"] = await twoVolumes();
  const seen: Progress[] = [];
  await readVolume(fromUrl(`${site.base}two.zip`), { onProgress: (progress) => seen.push(progress) });
  const downloads = seen.filter(({ phase }) => phase === "download");
  expect(site.sent).toBeLessThan(0.6 * site.files["two.zip"].length);
  expect(downloads.at(-1)).toEqual({ phase: "download", loaded: site.sent, total: site.sent });
  expect(new Set(downloads.map(({ total }) => total))).toEqual(new Set([undefined, site.sent]));
  const loaded = downloads.map(({ loaded }) => loaded);
  expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
  expect(downloads.filter(({ total }) => total).length).toBeGreaterThan(1);
  expect(seen.at(-1)).toMatchObject({ phase: "inflate", loaded: 352 + 2 * 64 ** 3 });
});

test("small archives, and files that are not archives, are read whole", async () => {
  site.files["small.zip"] = await zip({ "a.nii": niftiFile(spec(20)), "b.nii": niftiFile(spec(24)) });
  const seen: Progress[] = [];
  const onProgress = (progress: Progress) => seen.push(progress);
  await readVolume(fromUrl(`${site.base}small.zip`), { onProgress });
  const { length } = site.files["small.zip"];
  expect(site.asked).toEqual(["GET small.zip bytes=0-1023", `GET small.zip bytes=1024-${length - 1}`]);
  expect(seen.findLast(({ phase }) => phase === "download")).toMatchObject({ loaded: length, total: length });
  site.reset();
  site.files["tiny.zip"] = await zip({ "a.nii": niftiFile({ dims: [4, 3, 2] }) });
  expect(await read(fromUrl(`${site.base}tiny.zip`))).toMatchObject({ dims: [4, 3, 2] });
  expect(site.asked).toHaveLength(1);
  site.files["named.zip"] = niftiFile(spec(64));
  expect((await read(fromUrl(`${site.base}named.zip`))).dims).toEqual([64, 64, 64]);
  site.reset();
  site.files["a.nii"] = niftiFile(spec(64));
  await read(fromUrl(`${site.base}a.nii`));
  expect(site.asked).toEqual(["GET a.nii"]);
});

test("comments, also long ones and those that look like an end; ZIP64; bytes after the end", async () => {
  const files = { "a.nii": niftiFile(spec(60)), "b.nii": niftiFile(spec(64, 5)) };
  const end = String.fromCharCode(0x50, 0x4b, 5, 6);
  const whole = await zip(files);
  const archives = {
    "short.zip": await zip(files, { comment: "measured by hand" }),
    "long.zip": await zip(files, { comment: "long ".repeat(8000) }),
    "sly.zip": await zip(files, { comment: `${end}${"\0".repeat(18)} and on` }),
    "wide.zip": await zip64(files),
    "behind.zip": new Uint8Array([...whole, ...Array(100).fill(7)]),
  };
  for (const [name, bytes] of Object.entries(archives)) {
    site.files[name] = bytes;
    for (const source of [fromBytes(name, bytes), fromUrl(site.base + name)]) {
      site.reset();
      const { volume, entries } = await readVolume(source);
      expect(
        entries.map(({ path }) => path),
        name,
      ).toEqual(["a.nii", "b.nii"]);
      expect(Buffer.from(volume.data).equals(voxels(spec(64, 5))), name).toBe(true);
      expect(site.sent).toBeLessThan(0.8 * bytes.length);
    }
  }
});

test("faulty servers still give the correct volume", async () => {
  site.files["two.zip"] = await twoVolumes();
  for (const oddity of ["hidden", "once", "shifted", "encoded"]) {
    site.reset();
    const volume = await read(fromUrl(`${site.base}two.zip?${oddity}`));
    expect(Buffer.from(volume.data).equals(voxels(spec(64, 5))), oddity).toBe(true);
    expect(site.sent, oddity).toBeLessThan(2.1 * site.files["two.zip"].length);
  }
});

test("a file that changes during reading, and a connection that ends early: network", async () => {
  site.files["two.zip"] = await twoVolumes();
  for (const oddity of ["changed", "grown"]) {
    await expectError(read(fromUrl(`${site.base}two.zip?${oddity}`)), "network", "two.zip", "has changed");
  }
  await expectError(read(fromUrl(`${site.base}two.zip?short`)), "network", "two.zip", "ended early");
  await expectError(read(fromUrl(`${site.base}two.zip?break`)), "network", "two.zip", "100 bytes");
  await expectError(read(fromUrl(`${site.base}none.zip`)), "network", "none.zip", "404");
  site.files["empty.zip"] = new Uint8Array();
  await expectError(read(fromUrl(`${site.base}empty.zip`)), "corrupt-file", "empty.zip", "empty");
  const lying = site.files["two.zip"].slice();
  const view = new DataView(lying.buffer);
  // Byte 42 of the directory's first record is the offset of the file's local header.
  view.setUint32(view.getUint32(lying.length - 6, true) + 42, lying.length + 5, true);
  site.files["lying.zip"] = lying;
  expect((await read(fromUrl(`${site.base}lying.zip`))).name).toBe("b.nii");
  const beyond = read(fromUrl(`${site.base}lying.zip`), { entry: "a.nii" });
  await expectError(beyond, "corrupt-file", "a.nii", "not where its directory says");
  site.files["cut.zip"] = site.files["two.zip"].subarray(0, 600_000);
  await expectError(read(fromUrl(`${site.base}cut.zip`)), "corrupt-file", "cut.zip");
});

test("an aborted load leaves no open request", async () => {
  site.files["two.zip"] = await twoVolumes();
  const abort = new AbortController();
  const reading = readVolume(fromUrl(`${site.base}two.zip?stall`), { signal: abort.signal });
  await expect.poll(() => site.open).toBe(1);
  await expect.poll(() => site.sent).toBeGreaterThan(1024);
  abort.abort(new Error("enough"));
  await expect(reading).rejects.toThrow("enough");
  await expect.poll(() => site.open).toBe(0);
});

test("from another origin: in parts if the server exposes them, else whole; never a preflight", async ({
  page,
}) => {
  site.files["two.zip"] = await twoVolumes();
  const { length } = site.files["two.zip"];
  await page.goto("/element.html");
  for (const [query, most] of [
    ["expose", 0.6 * length],
    // Chromium requests the cached beginning again before it requests the whole file.
    ["", length + 2048],
  ] as const) {
    site.reset();
    const name = await page.evaluate(async (url) => {
      const library = "/voxel-volume.min.js";
      const { fromUrl, readVolume } = (await import(library)) as typeof import("../../src/index.ts");
      return (await readVolume(fromUrl(url))).volume.name;
    }, `${site.base}two.zip?${query}`);
    expect(name).toBe("b.nii");
    expect(site.asked.filter((request) => !request.startsWith("GET"))).toEqual([]);
    expect(site.sent).toBeLessThanOrEqual(most);
  }
});

test("invalid URLs and files are refused", async () => {
  const refused = expect.objectContaining({ name: "VoxelVolumeError", code: "invalid-option" });
  for (const url of [undefined, null, "", 5, {}]) expect(() => fromUrl(url as string)).toThrow(refused);
  for (const file of [undefined, "a.nii", new Blob([])]) {
    expect(() => fromFiles([file as File])).toThrow(refused);
  }
});
