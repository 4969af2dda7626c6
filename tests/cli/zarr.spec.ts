/** OME-Zarr as input: folders on disk and URLs, of which only what is needed is read. */

import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { test as base, type CommandLine, expect, USING } from "../support/cli.ts";
import { npyFile, parseNpy } from "../support/npy.ts";
import { readPng } from "../support/png.ts";
import { channelFiles, fieldFiles, writeFolder } from "../support/zarr-folder.ts";
import { ZarrSite, type ZarrSiteOptions } from "../support/zarr-site.ts";

/** A volume that is read whole, and one of which only the coarsest level is read. */
const SMALL: ZarrSiteOptions = { side: 128, chunk: 32, levels: 2, version: 2, codec: "zstd" };
const LARGE: ZarrSiteOptions = { side: 1024, version: 2 };
const LEVELS = "levels 1024x1024x1024, 512x512x512, 256x256x256, 128x128x128";

const test = base.extend<{ open: (options: ZarrSiteOptions) => Promise<ZarrSite> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright requires the pattern.
  open: async ({}, use) => {
    const sites: ZarrSite[] = [];
    await use(async (options) => {
      const site = new ZarrSite(options);
      sites.push(site);
      await site.start();
      return site;
    });
    for (const site of sites) site.close();
  },
});
test.beforeEach(({ cli }) => {
  cli.env.VOXEL_VOLUME_CACHE = cli.path("cache");
});

/** Expects a run to fail with one line. */
async function fails(cli: CommandLine, args: string[], line: RegExp, status = 1): Promise<void> {
  const run = await cli.run(...args);
  expect(run.stderr.replace(USING, "")).toMatch(line);
  expect(run.stderr.replace(USING, "").length).toBeLessThan(340);
  expect(run.status).toBe(status);
}

test("info of a URL reads the coarsest level, and downloads nothing else", async ({ cli, open }) => {
  const site = await open({ ...LARGE, version: 3 });
  const { url } = site;
  for (const address of [url, url.slice(0, -1), `${url}zarr.json`]) {
    site.reset();
    const { stdout } = await cli.succeed("info", address);
    expect(stdout).toContain("field.ome.zarr: 1024 x 1024 x 1024, 0.001 x 0.001 x 0.001 mm, uint8, zarr");
    expect(stdout).toContain(LEVELS);
    expect(stdout).toMatch(/values from 0 to \d+, judged by level 3\n$/);
    expect(site.chunks.filter((path) => !path.startsWith("3/"))).toEqual([]);
    expect(site.sent).toBeLessThan(128 ** 3 + 10_000);
  }
  expect(existsSync(cli.path("cache"))).toBe(false);
  const { volume } = JSON.parse((await cli.succeed("info", url, "--json")).stdout);
  expect(volume).toMatchObject({ dims: [1024, 1024, 1024], statisticsLevel: 3, spacing: [1e-3, 1e-3, 1e-3] });
  expect(volume.levels).toHaveLength(4);
  expect(volume).not.toHaveProperty("overview");
});

test("info of a folder on disk does the same as of its URL", async ({ cli, open }) => {
  const site = await open(LARGE);
  writeFolder(cli.path("field.ome.zarr"), await fieldFiles(site.zarr, 3));
  const folder = await cli.succeed("info", "field.ome.zarr");
  expect(folder.stdout).toContain(LEVELS);
  expect(folder.stdout).toBe((await cli.succeed("info", site.url)).stdout);
});

test("a picture of a URL is that of the folder, decoded in the page's worker", async ({ cli, open }) => {
  const site = await open(SMALL);
  writeFolder(cli.path("field.ome.zarr"), await fieldFiles(site.zarr));
  const options = ["--size", "120", "--resolution", "64", "--stats", "stats.json"];
  await cli.succeed("render", site.url, "-o", "url.png", ...options);
  const stats = JSON.parse(readFileSync(cli.path("stats.json"), "utf8"));
  expect(stats).toMatchObject({ volume: "field.ome.zarr", dims: [128, 128, 128], levels: [[128, 128, 128]] });
  expect(stats.bytesFetched).toBe(site.sent);
  await cli.succeed("render", "field.ome.zarr", "-o", "folder.png", ...options);
  const again = JSON.parse(readFileSync(cli.path("stats.json"), "utf8"));
  expect(again.bytesFetched).toBe(stats.bytesFetched);
  expect(readPng(cli.path("url.png")).data).toEqual(readPng(cli.path("folder.png")).data);
  expect(stats.filledVoxels).toBeGreaterThan(50_000);
});

test("--stats tells the bytes of every input", async ({ cli }) => {
  cli.write("a.npy", npy(8, 8, 8));
  await cli.succeed("render", "a.npy", "-o", "a.png", "--size", "40", "--stats", "stats.json");
  const { bytesFetched, levels } = JSON.parse(readFileSync(cli.path("stats.json"), "utf8"));
  expect([bytesFetched, levels]).toEqual([npy(8, 8, 8).length, [[8, 8, 8]]]);
});

/** A NumPy array of bytes. */
function npy(...shape: number[]): Uint8Array {
  const bytes = new Uint8Array(shape.reduce((product, n) => product * n)).map((_, i) => (i * 7919) >> 5);
  return npyFile({ descr: "'|u1'", shape }, bytes);
}

test("--channel chooses the channel, for every command", async ({ cli }) => {
  const values = Uint8Array.from({ length: 2 * 4 * 5 * 6 }, (_, i) => i + 10);
  writeFolder(cli.path("two.zarr"), channelFiles([2, 4, 5, 6], values));
  for (const channel of [0, 1]) {
    await cli.succeed("export", "two.zarr", "--stage", "raw", "--channel", `${channel}`, "-o", "out.npy");
    const { shape, data } = parseNpy(new Uint8Array(readFileSync(cli.path("out.npy"))));
    expect(shape).toEqual([6, 5, 4]);
    const at = (x: number, y: number, z: number) => values[((channel * 4 + z) * 5 + y) * 6 + x];
    expect([data[0], data[1], data[4], data[119]]).toEqual([
      at(0, 0, 0),
      at(0, 0, 1),
      at(0, 1, 0),
      at(5, 4, 3),
    ]);
  }
  const info = await cli.succeed("info", "two.zarr", "--channel", "1");
  expect(info.stdout).toContain("values from 130 to 249");
  await fails(
    cli,
    ["info", "two.zarr", "--channel", "2"],
    /^voxel-volume: invalid-option: Channel 2 .*0 to 1/,
    2,
  );
  await fails(cli, ["info", "two.zarr", "--channel", "-1"], /^voxel-volume: invalid-option: channel "-1"/, 2);
  await fails(
    cli,
    ["render", "two.zarr", "--channel", "2", "-o", "a.png"],
    /^voxel-volume: invalid-option: Channel 2 .*0 to 1/,
    2,
  );
});

test("limits hold for all files of a URL together, and errors name its own address", async ({
  cli,
  open,
}) => {
  const site = await open(LARGE);
  await fails(
    cli,
    ["info", site.url, "--max-download", "1MB"],
    /^voxel-volume: too-large: More than 1 MB .*field\.ome\.zarr\/.*--max-download 2GB allows more\n$/,
  );
  expect(site.sent).toBeLessThan(4e6);
  await fails(
    cli,
    ["render", site.url, "--max-download", "1MB", "-o", "a.png"],
    /^voxel-volume: too-large: More than 1 MB /,
  );
  expect(existsSync(cli.path("a.png"))).toBe(false);
  site.failing = () => 503;
  await fails(cli, ["info", site.url], new RegExp(`^voxel-volume: network: ${site.url}.*503`));
  site.failing = undefined;
  site.latencyMs = 3000;
  await fails(
    cli,
    ["info", site.url, "--timeout", "0.5"],
    /^voxel-volume: network: .*sent nothing for 0\.5 s: --timeout SECONDS waits longer/,
  );
  await fails(cli, ["info", site.url.replace("field", "%2e")], /^voxel-volume: entry-not-found: /);
});

test("parts that cannot be read are told, with their own address", async ({ cli, open }) => {
  const site = await open({ ...LARGE, failing: (path) => (/^[0-2]\/\d/.test(path) ? 400 : undefined) });
  const { stderr } = await cli.run("render", site.url, "-o", "a.png", "--size", "200", "--zoom", "4");
  const [line, ...others] = stderr.split("\n").filter((one) => one.includes("lacks parts"));
  expect(line).toMatch(
    /^voxel-volume: The picture lacks parts of the volume, .*: http:.*\/\d\/\d.* HTTP 400/,
  );
  expect(line).toContain(site.url);
  expect(line.length).toBeLessThan(300);
  expect(others).toEqual([]);
});

test("a folder without metadata of Zarr is a folder of files", async ({ cli }) => {
  writeFolder(cli.path("scans.zarr"), { "a.npy": npy(8, 8, 8) });
  expect((await cli.succeed("info", "scans.zarr")).stdout).toContain("a.npy: 8 x 8 x 8");
});

test("an output inside the Zarr is refused", async ({ cli }) => {
  writeFolder(cli.path("two.zarr"), channelFiles([1, 4, 5, 6], new Uint8Array(120).fill(1)));
  mkdirSync(cli.path("out"));
  for (const output of ["two.zarr/a.png", "two.zarr/0/0.0.0.0"])
    await fails(
      cli,
      ["render", "two.zarr", "-o", output.endsWith(".png") ? output : "a.png", "--stats", output],
      /^voxel-volume: invalid-option: input, output and stats have to be different files\n$/,
      2,
    );
});

test("--gpu-memory is a size, and what does not fit is drawn coarser", async ({ cli }) => {
  await fails(
    cli,
    ["render", "a.npy", "--gpu-memory", "much", "-o", "a.png"],
    /^voxel-volume: invalid-option: gpu-memory "much": expected a size/,
    2,
  );
  cli.write("large.npy", npy(256, 128, 128));
  const run = await cli.run("render", "large.npy", "-o", "a.png", "--size", "60", "--gpu-memory", "1MiB");
  expect(run.stderr).toContain("the most that fits this GPU");
  expect(run.status).toBe(0);
});

test("a resolution is not told as a limit of the GPU", async ({ cli, open }) => {
  const { url } = await open({ ...LARGE, side: 512 });
  const run = await cli.run("render", url, "-o", "a.png", "--size", "60", "--resolution", "100");
  expect(run.stderr).not.toContain("the most that fits");
  expect(run.status).toBe(0);
});

test("links that lead out of a Zarr are not read", async ({ cli }) => {
  const values = Uint8Array.from({ length: 240 }, (_, i) => i);
  writeFolder(cli.path("two.zarr"), channelFiles([2, 4, 5, 6], values));
  writeFolder(cli.path("other"), { chunk: values.subarray(120) });
  rmSync(cli.path("two.zarr/0/1.0.0.0"));
  symlinkSync(cli.path("other/chunk"), cli.path("two.zarr/0/1.0.0.0"));
  expect((await cli.succeed("info", "two.zarr")).stdout).toContain("values from 0 to 119");
  // An absent chunk is filled with 0.
  expect((await cli.run("info", "two.zarr", "--channel", "1")).stderr).toContain("Every value is 0");
});
