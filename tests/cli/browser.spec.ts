/** Starting the browser: in its sandbox if possible, and with time limits. */

import { chmodSync, readFileSync } from "node:fs";
import { findBrowser, openHeadless } from "../../src/cli/browser.ts";
import { blob } from "../support/blob.ts";
import { type CommandLine, expect, test, USING } from "../support/cli.ts";

test.use({ startsBrowser: true });

const SITE = process.env.TEST_SITE ?? "";
const BROWSER = process.env.TEST_BROWSER ?? "";

/** Writes an executable program to the test's folder. */
function program(cli: CommandLine, name: string, text: string): string {
  const path = cli.path(cli.write(name, `#!/bin/sh\n${text}\n`));
  chmodSync(path, 0o755);
  return path;
}

test.describe("the sandbox", () => {
  const { getuid } = process;
  test.afterEach(() => {
    process.getuid = getuid;
  });

  test("is tried first; the browser runs without it only if it cannot start, and says why", async ({
    cli,
  }) => {
    process.getuid = () => 1000;
    const log = cli.path("log");
    const fake = program(
      cli,
      "chromium",
      `case "$*" in
  *--no-sandbox*) echo without >> ${log}; exec ${BROWSER} "$@";;
  *) echo with >> ${log}; echo "FATAL: No usable sandbox! Update your kernel" >&2; exit 1;;
esac`,
    );
    const browser = await openHeadless(`${SITE}/headless.html`, fake);
    await browser.close();
    expect(readFileSync(log, "utf8")).toBe("with\nwithout\n");
    expect(browser.withoutSandbox).toBe("it cannot start on this system");
  });

  test("is kept if the browser fails for another reason", async ({ cli }) => {
    process.getuid = () => 1000;
    const log = cli.path("log");
    const fake = program(cli, "chromium", `echo started "$*" >> ${log}; exit 1`);
    await expect(openHeadless(SITE, fake)).rejects.toMatchObject({ code: "webgpu-unavailable" });
    expect(readFileSync(log, "utf8")).not.toContain("--no-sandbox");
  });

  test("is not tried as root, where it cannot start", async ({ cli }) => {
    test.skip(process.platform !== "linux", "only Linux has a root without a sandbox");
    process.getuid = () => 0;
    const log = cli.path("log");
    const fake = program(cli, "chromium", `echo "$*" >> ${log}; exit 1`);
    await expect(openHeadless(SITE, fake)).rejects.toMatchObject({ code: "webgpu-unavailable" });
    const starts = readFileSync(log, "utf8").trim().split("\n");
    for (const start of starts) expect(start).toContain("--no-sandbox");
  });
});

test("as root, the command says that the sandbox is missing", async ({ cli }) => {
  test.skip(process.getuid?.() !== 0, "the browser has its sandbox");
  cli.write("blob.nii", blob());
  const { stderr } = await cli.succeed("render", "blob.nii", "-o", "a.png", "--size", "50");
  expect(stderr).toMatch(/^voxel-volume: the browser runs without its sandbox: it cannot start for root\n/);
  expect(stderr).toMatch(USING);
});

test("a program that is not a browser is reported in one line, within a time limit", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const text = cli.write("text", "not a program");
  chmodSync(cli.path(text), 0o755);
  for (const path of ["/bin/true", cli.folder, cli.path(text), "nowhere/chrome"]) {
    const run = await cli.run("render", "blob.nii", "-o", "a.png", "--browser", path);
    expect(run.stderr, path).toMatch(/^voxel-volume: webgpu-unavailable: The browser .{10,}\n$/);
    expect(run.stderr, path).toContain(path);
    expect(run.status, path).toBe(1);
  }
  expect(cli.files()).toEqual(["blob.nii", "text"]);
});

test("a browser that hangs is stopped", async ({ cli }) => {
  const fake = program(cli, "chromium", "exec sleep 600");
  const started = performance.now();
  await expect(openHeadless(SITE, fake, { patienceMs: 700 })).rejects.toThrow(
    /has not started in 0\.7 s: .*--browser/,
  );
  expect(performance.now() - started).toBeLessThan(20_000);
});

test("a page that never answers is stopped", async () => {
  const started = performance.now();
  await expect(openHeadless("data:text/html,nothing", BROWSER, { patienceMs: 3000 })).rejects.toMatchObject({
    code: "webgpu-unavailable",
  });
  expect(performance.now() - started).toBeLessThan(30_000);
});

test("a folder is not accepted as a browser", ({ cli }) => {
  expect(() => findBrowser(cli.folder)).toThrow(/is not there or is not a program$/);
  expect(findBrowser(BROWSER)).toBe(BROWSER);
});

test.describe("a browser that runs already", () => {
  test.use({ startsBrowser: false });

  test("draws the same picture as one that is started, and goes on running", async ({ cli, devTools }) => {
    cli.write("blob.nii", blob());
    const args = ["render", "blob.nii", "--size", "50", "-o"];
    await cli.succeed(...args, "started.png", "--browser", BROWSER);
    for (const name of ["a.png", "b.png"]) await cli.succeed(...args, name, "--browser", devTools);
    expect(cli.files()).toEqual(["a.png", "b.png", "blob.nii", "started.png"]);
    for (const name of ["a.png", "b.png"]) {
      expect(readFileSync(cli.path(name)).equals(readFileSync(cli.path("started.png"))), name).toBe(true);
    }
    const pages = (await (await fetch(`${devTools}/json`)).json()) as { type: string; url: string }[];
    expect(pages.filter(({ url }) => url.includes("headless.html"))).toEqual([]);
  });

  test("that does not answer is told in a line", async ({ cli }) => {
    cli.write("blob.nii", blob());
    const run = await cli.run("render", "blob.nii", "-o", "a.png", "--browser", "http://127.0.0.1:9");
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/^voxel-volume: webgpu-unavailable: No browser answers at http:\S+ .*\n$/);
    expect(cli.files()).toEqual(["blob.nii"]);
  });
});
