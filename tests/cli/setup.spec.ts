/** `setup`: installs playwright-core and a browser if they are missing, once. */

import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { delimiter } from "node:path";
import { blob } from "../support/blob.ts";
import { type CommandLine, expect, test } from "../support/cli.ts";

test.use({ startsBrowser: true });

/** Copies the command line to the test's folder, where playwright-core cannot be resolved. */
function install(cli: CommandLine): void {
  mkdirSync(cli.path("app/node_modules"), { recursive: true });
  cpSync("dist", cli.path("app/dist"), {
    recursive: true,
    filter: (path) => !/dist\/(bench|demo|sample)/.test(path),
  });
  cpSync("package.json", cli.path("app/package.json"));
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  for (const name of Object.keys(dependencies)) {
    symlinkSync(`${process.cwd()}/node_modules/${name}`, cli.path(`app/node_modules/${name}`));
  }
  cli.program = cli.path("app/dist/cli.js");
  mkdirSync(cli.path("bin"));
  symlinkSync(process.execPath, cli.path("bin/node"));
  cli.env = {
    PATH: [cli.path("bin"), "/usr/bin", "/bin"].join(delimiter),
    VOXEL_VOLUME_CACHE: cli.path("cache"),
  };
}

/** Replaces `npm` by a script of the test. */
function fakeNpm(cli: CommandLine, text: string): void {
  cli.write("bin/npm", `#!/bin/sh\necho "$*" >> ${cli.path("npm.log")}\n${text}\n`);
  chmodSync(cli.path("bin/npm"), 0o755);
}

test("without playwright-core, info works, and render says how to install it; setup installs it once", async ({
  cli,
}) => {
  install(cli);
  cli.write("blob.nii", blob());
  expect((await cli.run("info", "blob.nii")).stdout).toContain("16 x 12 x 10");
  const render = ["render", "blob.nii", "-o", "a.png", "--size", "50"];
  const without = await cli.run(...render);
  expect(without.stderr).toMatch(
    /^voxel-volume: webgpu-unavailable: .*npx voxel-volume setup.*playwright-core\n$/,
  );
  expect(without.status).toBe(1);
  // A folder that was downloaded may bring code of this name along: it is never run.
  cli.cwd = cli.path("downloaded");
  mkdirSync(cli.path("downloaded/node_modules/playwright-core"), { recursive: true });
  cli.write("downloaded/node_modules/playwright-core/index.js", 'require("fs").writeFileSync("ran", "");');
  cli.write("downloaded/blob.nii", blob());
  expect(await cli.run(...render)).toEqual(without);
  expect(existsSync(cli.path("downloaded/ran"))).toBe(false);
  cli.cwd = cli.folder;

  const package_ = `${process.cwd()}/node_modules/playwright-core`;
  fakeNpm(cli, `mkdir -p "$3/node_modules" && ln -s ${package_} "$3/node_modules/playwright-core"`);
  const setup = await cli.run("setup");
  expect(setup).toMatchObject({ status: 0, stderr: "" });
  expect(setup.stdout).toMatch(/^installed playwright-core@\S+ in .*cache\/tools\na browser is there: .+\n$/);
  const asked = readFileSync(cli.path("npm.log"), "utf8");
  expect(asked).toMatch(/^install --prefix \S+cache\/tools --ignore-scripts .*playwright-core@\^1\S*\n$/);

  const again = await cli.run("setup");
  expect(again.stdout).toMatch(/^playwright-core is there: .+\na browser is there: .+\n$/);
  expect(readFileSync(cli.path("npm.log"), "utf8")).toBe(asked);
  expect((await cli.run(...render)).status).toBe(0);
});

test("without a browser, setup installs Chromium", async ({ cli }) => {
  test.skip(process.platform !== "linux", "elsewhere, browsers are found outside the PATH, too");
  install(cli);
  const core = cli.path("cache/tools/node_modules/playwright-core");
  mkdirSync(core, { recursive: true, mode: 0o700 });
  const index = `exports.chromium = { executablePath: () => ${JSON.stringify(cli.path("chromium"))} };`;
  cli.write("cache/tools/node_modules/playwright-core/index.js", index);
  const install_ = `require("fs").writeFileSync(${JSON.stringify(cli.path("chromium"))}, process.argv.slice(2).join(" "), { mode: 0o755 });`;
  cli.write("cache/tools/node_modules/playwright-core/cli.js", install_);
  // No program on the PATH is a browser.
  cli.env = { ...cli.env, VOXEL_VOLUME_BROWSER: "", PATH: cli.path("bin") };
  const setup = await cli.run("setup");
  expect(setup).toMatchObject({ status: 0, stderr: "" });
  expect(setup.stdout).toMatch(/^playwright-core is there: .+\ninstalled Chromium: .+chromium\n$/);
  expect(readFileSync(cli.path("chromium"), "utf8")).toBe("install chromium");
});

test("if npm fails, its message is reported in one line", async ({ cli }) => {
  install(cli);
  fakeNpm(
    cli,
    'echo "npm error code ENOTFOUND" >&2; echo "npm error network the registry is not reachable" >&2; exit 1',
  );
  expect(await cli.run("setup")).toEqual({
    status: 1,
    stdout: "",
    stderr: "voxel-volume: network: npm failed: network the registry is not reachable\n",
  });
  fakeNpm(cli, "exit 0");
  expect((await cli.run("setup")).stderr).toMatch(
    /^voxel-volume: network: npm has not installed playwright-core.+\n$/,
  );
});
