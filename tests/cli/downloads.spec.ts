/** URLs as input: what is cached and for how long, and how misbehaving servers are handled. */

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { BLOB, blob } from "../support/blob.ts";
import { test as base, type CommandLine, expect, USING } from "../support/cli.ts";
import { DownloadSite } from "../support/download-site.ts";
import { analyzeHeader, voxels, zip } from "../support/make-volume.ts";

const LOGIN = new TextEncoder().encode(
  "<!doctype html><html><head><title>Sign in to continue</title></head></html>",
);
const OTHER = blob({ dims: [5, 4, 3] });

const test = base.extend<{ site: DownloadSite; url: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright requires the pattern.
  site: async ({}, use) => {
    const site = new DownloadSite();
    await use(site);
    site.close();
  },
  url: async ({ site }, use) => use(await site.open()),
});
test.beforeEach(({ cli }) => {
  cli.env.VOXEL_VOLUME_CACHE = cli.path("cache");
});

/** All files in the cache, by name. */
function cached(cli: CommandLine): string[] {
  if (!existsSync(cli.path("cache"))) return [];
  const paths = readdirSync(cli.path("cache"), { recursive: true, encoding: "utf8" });
  return paths
    .filter((path) => statSync(join(cli.path("cache"), path)).isFile())
    .map((path) => path.split("/").pop() ?? "")
    .sort();
}

/** Expects `info` to fail with one line of this code, and the cache to stay empty. */
async function fails(cli: CommandLine, args: string[], code: string, ...words: string[]): Promise<void> {
  const run = await cli.run("info", ...args);
  expect(run.stderr).toMatch(new RegExp(`^voxel-volume: ${code}: .+\n$`));
  for (const word of words) expect(run.stderr).toContain(word);
  expect(run).toMatchObject({ status: code === "invalid-option" ? 2 : 1, stdout: "" });
  expect(cached(cli)).toEqual([]);
}

test("a pair is downloaded together, and requested again only if it has changed", async ({
  cli,
  site,
  url,
}) => {
  site.file("a/head.hdr", analyzeHeader(BLOB), { ETag: '"1"' });
  site.file("a/head.img", voxels(BLOB), { "Last-Modified": "Mon, 06 Jan 2025 10:00:00 GMT" });
  const first = await cli.succeed("info", `${url}a/head.hdr`);
  expect(first.stdout).toContain("head.hdr: 16 x 12 x 10");
  expect(site.asked.splice(0)).toEqual(["a/head.hdr 200", "a/head.img 200"]);
  expect((await cli.succeed("info", `${url}a/head.hdr`)).stdout).toBe(first.stdout);
  expect(site.asked.splice(0)).toEqual(["a/head.hdr 304", "a/head.img 304"]);
  await cli.succeed("info", `${url}a/head.hdr`, "--refresh");
  expect(site.asked.splice(0)).toEqual(["a/head.hdr 200", "a/head.img 200"]);
  // A file of the same name at another URL is another file.
  const other = await cli.run("info", `${url}b/head.hdr`);
  expect(other.status).toBe(1);
  expect(other.stderr).toMatch(/^voxel-volume: network: .+b\/head\.hdr could not be downloaded: 404.*\n$/);
});

test("a file that has changed, or has no date, is downloaded again", async ({ cli, site, url }) => {
  site.file("a.nii", blob(), { ETag: '"1"' });
  await cli.succeed("info", `${url}a.nii`);
  site.file("a.nii", OTHER, { ETag: '"2"' });
  expect((await cli.succeed("info", `${url}a.nii`)).stdout).toContain("5 x 4 x 3");
  site.file("b.nii", blob());
  await cli.succeed("info", `${url}b.nii`);
  site.file("b.nii", OTHER);
  expect((await cli.succeed("info", `${url}b.nii`)).stdout).toContain("5 x 4 x 3");
});

test("without an answer, the cached file is used with a message; a file that is gone is an error", async ({
  cli,
  site,
  url,
}) => {
  site.file("a.nii", blob(), { ETag: '"1"' });
  await cli.succeed("info", `${url}a.nii`);
  site.handlers["a.nii"] = (_, response) => void response.writeHead(503).end();
  const told =
    /^voxel-volume: using what was downloaded on \d{4}-\d\d-\d\d: 127\.0\.0\.1:\d+ does not answer \(.+\)\n$/;
  const busy = await cli.run("info", `${url}a.nii`);
  expect(busy.stderr).toMatch(told);
  expect(busy.stdout).toContain("16 x 12 x 10");
  site.close();
  const offline = await cli.run("info", `${url}a.nii`);
  expect(offline.stderr).toMatch(told);
  expect(offline.stdout).toContain("16 x 12 x 10");
  await site.open();
  delete site.handlers["a.nii"];
  const gone = await cli.run("info", `${url}a.nii`);
  expect(gone.stderr).toMatch(/^voxel-volume: network: .+a\.nii could not be downloaded: 404.*\n$/);
});

test("a login page is reported and not cached; the real file is, when it comes later", async ({
  cli,
  site,
  url,
}) => {
  site.file("a.nii", LOGIN, { "Content-Type": "text/html", ETag: '"1"' });
  await fails(cli, [`${url}a.nii`], "unsupported-format", "login", "Sign in to continue");
  const render = await cli.run("render", `${url}a.nii`, "-o", "a.png");
  expect(render.stderr.replace(USING, "")).toMatch(/^voxel-volume: unsupported-format: .*login.*\n$/);
  expect(cached(cli)).toEqual([]);
  site.file("a.nii", blob(), { ETag: '"1"' });
  expect((await cli.succeed("info", `${url}a.nii`)).stdout).toContain("16 x 12 x 10");
  expect(cached(cli)).toEqual(["a.nii", "kept.json"]);
  // A login page that replaces a cached file leaves nothing behind.
  site.file("a.nii", LOGIN, { ETag: '"2"' });
  expect((await cli.run("info", `${url}a.nii`)).stderr).toContain("login");
  expect(cached(cli)).toEqual(["a.nii", "kept.json"]);
});

test("an archive is cached although it lacks the requested entry", async ({ cli, site, url }) => {
  site.file("a.zip", await zip({ "one.nii": blob() }), { ETag: '"1"' });
  const run = await cli.run("info", `${url}a.zip`, "--entry", "two.nii");
  expect(run.stderr).toMatch(/^voxel-volume: entry-not-found: .+\n$/);
  expect(cached(cli)).toEqual(["a.zip", "kept.json"]);
});

test("damaged and incomplete files are not cached", async ({ cli, site, url }) => {
  const bytes = blob();
  site.file("short.nii", bytes.subarray(0, 1000));
  await fails(cli, [`${url}short.nii`], "corrupt-file", "short.nii");
  site.handlers["broken.nii"] = (_, response) => {
    response.setHeader("Content-Length", bytes.length);
    response.write(bytes.subarray(0, 1000), () => response.destroy());
  };
  await fails(cli, [`${url}broken.nii`], "network", "broken.nii");
});

test("endless downloads and downloads beyond the limit are stopped", async ({ cli, site, url }) => {
  site.handlers["endless.nii"] = (_, response) => {
    const chunk = new Uint8Array(1 << 16);
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", more);
    more();
  };
  await fails(
    cli,
    [`${url}endless.nii`, "--max-download", "3MB"],
    "too-large",
    "more than 3 MB",
    "--max-download",
  );
  let sent = false;
  site.handlers["large.nii"] = (_, response) => {
    response.setHeader("Content-Length", 5e12);
    sent = response.write("x");
  };
  await fails(cli, [`${url}large.nii`], "too-large", "more than 4000 MB", "--max-download 5001GB");
  expect(sent).toBe(true);
});

test("servers that do not answer, or stall, are given up after the timeout", async ({ cli, site, url }) => {
  site.handlers["silent.nii"] = () => {};
  await fails(cli, [`${url}silent.nii`, "--timeout", "0.3"], "network", "nothing for 0.3 s", "--timeout");
  site.handlers["stalled.nii"] = (_, response) => void response.write("half");
  await fails(cli, [`${url}stalled.nii`, "--timeout", "0.3"], "network", "nothing for 0.3 s");
  site.handlers["loop.nii"] = (_, response) => void response.writeHead(302, { Location: "/loop.nii" }).end();
  await fails(cli, [`${url}loop.nii`], "network", "redirect");
  await fails(cli, [`${url}a.nii`, "--timeout", "soon"], "invalid-option", "timeout", "seconds");
  await fails(cli, [`${url}a.nii`, "--max-download", "much"], "invalid-option", "max-download", "500MB");
});

test("files planted in the cache are neither used nor followed", async ({ cli, site, url }) => {
  site.file("a.nii", blob(), { ETag: '"1"' });
  await cli.succeed("info", `${url}a.nii`);
  const downloads = cli.path("cache/downloads");
  const [entry] = readdirSync(downloads);
  const folder = join(downloads, entry);
  const description = join(folder, "kept.json");
  cli.write("secret.nii", OTHER);
  const kept = JSON.parse(readFileSync(description, "utf8"));
  // Other files with the names of downloads in progress.
  for (const name of ["a.nii", "a.nii.part", `a.nii.${process.pid}.part`])
    symlinkSync(cli.path("secret.nii"), join(folder, name));
  const planted = [
    { ...kept, path: "../../.." },
    { ...kept, path: "download-planted" },
    { ...kept, files: [{ ...kept.files[0], name: "../../../../secret.nii" }] },
    "not an object",
  ];
  mkdirSync(join(folder, "download-planted"));
  symlinkSync(cli.path("secret.nii"), join(folder, "download-planted/a.nii"));
  for (const description_ of planted) {
    writeFileSync(description, JSON.stringify(description_));
    const { stdout } = await cli.succeed("info", `${url}a.nii`);
    expect(stdout, JSON.stringify(description_)).toContain("16 x 12 x 10");
  }
  expect(readFileSync(cli.path("secret.nii")).equals(Buffer.from(OTHER))).toBe(true);
});

test("the cache is private to the user, and leftovers are removed after a day", async ({
  cli,
  site,
  url,
}) => {
  site.file("a.nii", blob(), { ETag: '"1"' });
  await cli.succeed("info", `${url}a.nii`);
  const downloads = cli.path("cache/downloads");
  const [entry] = readdirSync(downloads);
  expect(entry).toMatch(/^[\da-f]{32}$/);
  for (const path of [cli.path("cache"), downloads, join(downloads, entry)])
    expect(statSync(path).mode & 0o777, path).toBe(0o700);
  const [fresh, old] = ["fresh", "old"].map((name) => join(downloads, entry, `download-${name}`));
  for (const path of [fresh, old]) mkdirSync(path);
  // Files of another program, in case the cache's folder existed before.
  const foreign = [join(downloads, "papers"), join(downloads, entry, "paper.pdf")];
  for (const path of foreign) mkdirSync(path);
  mkdirSync(join(foreign[0], "download-old"));
  for (const path of [old, ...foreign, join(foreign[0], "download-old")]) utimesSync(path, 0, 0);
  await cli.succeed("info", `${url}a.nii`);
  expect([existsSync(fresh), existsSync(old)]).toEqual([true, false]);
  for (const path of [...foreign, join(foreign[0], "download-old")])
    expect(existsSync(path), path).toBe(true);
  expect(cached(cli)).toEqual(["a.nii", "kept.json"]);
});

test("a cache that cannot be used is skipped, with a message", async ({ cli, site, url }) => {
  site.file("a.nii", blob(), { ETag: '"1"' });
  const told = /^voxel-volume: the download is not kept, for the cache cannot be used: .+\n$/;
  cli.env.TMPDIR = cli.path("tmp");
  mkdirSync(cli.path("tmp"));
  cli.write("cache", "a file");
  const run = await cli.run("info", `${url}a.nii`);
  expect(run.stderr).toMatch(told);
  expect(run.stdout).toContain("16 x 12 x 10");
  expect(cli.files()).toEqual(["cache", "tmp"]);
  expect(readdirSync(cli.path("tmp"))).toEqual([]);
  // A folder in which others could plant files.
  cli.env.VOXEL_VOLUME_CACHE = cli.path("open");
  mkdirSync(cli.path("open/downloads"), { recursive: true });
  chmodSync(cli.path("open/downloads"), 0o777);
  expect((await cli.run("info", `${url}a.nii`)).stderr).toMatch(told);
});

test("Ctrl+C during a download leaves no files", async ({ cli, site, url }) => {
  for (const [signal, status] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    const started = new Promise<void>((resolve) => {
      site.handlers["slow.nii"] = (_, response) => response.write("half", () => setTimeout(resolve, 200));
    });
    const child = cli.start("info", `${url}slow.nii`);
    const exit = new Promise((resolve) => child.on("exit", resolve));
    await started;
    child.kill(signal);
    expect(await exit, signal).toBe(status);
    expect(cached(cli), signal).toEqual([]);
  }
});

test("a label table is cached only if it is valid", async ({ cli, site, url }) => {
  cli.write("a.nii", blob());
  site.file("labels.csv", LOGIN, { ETag: '"1"' });
  const args = ["render", "a.nii", "-o", "a.png", "--labels", `${url}labels.csv`, "--browser", "/bin/true"];
  expect((await cli.run(...args)).stderr).toMatch(/^voxel-volume: (?!webgpu).+\n$/);
  expect(cached(cli)).toEqual([]);
  site.file("labels.csv", new TextEncoder().encode("value,name,color\n1,one,#ff0000\n"), { ETag: '"1"' });
  expect((await cli.run(...args)).stderr).toMatch(/^voxel-volume: webgpu-unavailable: .+\n$/);
  expect(cached(cli)).toEqual(["kept.json", "labels.csv"]);
});
