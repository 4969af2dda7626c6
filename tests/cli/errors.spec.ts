/** Errors are one clear line with an exit status, and leave no file behind. */

import { mkdirSync, readFileSync } from "node:fs";
import { BLOB, blob } from "../support/blob.ts";
import { type CommandLine, expect, test, USING } from "../support/cli.ts";
import { analyzeHeader, niftiHeader, voxels, zip } from "../support/make-volume.ts";

/** Expects the run to fail with one line of this code that contains all `words`, and to leave the folder unchanged. */
async function fails(cli: CommandLine, args: string[], code: string, ...words: string[]): Promise<void> {
  const before = cli.files();
  const run = await cli.run(...args);
  const told = run.stderr.replace(USING, "");
  const command = args.join(" ");
  expect(told, command).toMatch(new RegExp(`^voxel-volume: ${code}: .{10,}\n$`));
  for (const word of words) expect(told, command).toContain(word);
  expect(run.status, command).toBe(code === "invalid-option" ? 2 : 1);
  expect(run.stdout, command).toBe("");
  expect(cli.files(), command).toEqual(before);
}

test("files with wrong contents", async ({ cli }) => {
  const whole = voxels(BLOB);
  cli.write("empty.nii", "");
  cli.write("text.zip", "hello, world");
  cli.write("none.zip", await zip({ "README.txt": new TextEncoder().encode("no volume here") }));
  cli.write("short.hdr", analyzeHeader(BLOB));
  cli.write("short.img", whole.subarray(0, whole.length - 100));
  cli.write("huge.nii", niftiHeader({ dims: [32767, 32767, 32767] }));
  cli.write("type.nii", blob({ datatype: 4711 }));
  cli.write("lonely.hdr", analyzeHeader(BLOB));
  cli.write("out.png", "an older picture");
  const cases: [input: string, code: string, ...words: string[]][] = [
    ["empty.nii", "corrupt-file", "empty.nii", "empty"],
    ["text.zip", "unsupported-format", "text.zip"],
    ["none.zip", "entry-not-found", "none.zip"],
    ["short.hdr", "corrupt-file", "short.img"],
    ["huge.nii", "(corrupt-file|too-large)", "huge.nii"],
    ["type.nii", "unsupported-format", "type.nii", "4711"],
  ];
  for (const [input, code, ...words] of cases) await fails(cli, ["info", input], code, ...words);
  const render = (input: string) => ["render", input, "-o", "out.png", "--size", "50"];
  for (let i = 0; i < cases.length; i += 2) {
    // Two at a time, but their files are checked together: a temporary file of one run is no leftover of the other.
    await Promise.all(
      cases.slice(i, i + 2).map(async ([input, code, ...words]) => {
        const run = await cli.run(...render(input));
        expect(run.stderr.replace(USING, "")).toMatch(new RegExp(`^voxel-volume: ${code}: .{10,}\n$`));
        for (const word of words) expect(run.stderr).toContain(word);
        expect(run).toMatchObject({ status: 1, stdout: "" });
      }),
    );
  }
  await fails(cli, ["export", "short.hdr", "--stage", "raw", "-o", "raw.npy"], "corrupt-file", "short.img");
  await fails(cli, render("lonely.hdr"), "(entry-not-found|network)", "lonely");
  expect(readFileSync(cli.path("out.png"), "utf8")).toBe("an older picture");
  expect(cli.files().filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("invalid command lines fail before anything is started", async ({ cli }) => {
  cli.write("blob.nii", blob());
  cli.write("volume.png", blob());
  const render = ["render", "blob.nii", "-o", "a.png"];
  const wrong: [args: string[], ...words: string[]][] = [
    [["paint", "blob.nii"], "paint", "render"],
    [["constructor", "blob.nii"], "constructor"],
    [["--json"], "command"],
    [["render"], "INPUT"],
    [["render", "blob.nii"], "-o"],
    [["render", "blob.nii", "-o", "nowhere/a.png"], "nowhere/a.png", "folder"],
    [["render", "blob.nii", "-o", "."], "film", "--turntable"],
    [["render", "blob.nii", "-o", "blob.nii"], "blob.nii", ".png"],
    [[...render, "other.nii"], "other.nii"],
    [[...render, "--brightness", "3"], "--brightness"],
    [[...render, "--stage", "raw"], "--stage"],
    [[...render, "--size", "big"], "size", "big"],
    [[...render, "--size", "99999"], "16384"],
    [[...render, "--samples", "3"], "samples", "square"],
    [[...render, "--stats", "nowhere/a.json"], "nowhere/a.json"],
    [[...render, "--view", "back"], "view", "full"],
    [[...render, "--opacity", "2"], "opacity", "0 to 1"],
    [[...render, "--colormap", "jett"], "colormap", "viridis"],
    [[...render, "--colormap", "#000"], "colormap", "two or more"],
    [[...render, "--frame", "one"], "frame", "whole number"],
    [[...render, "--frame", ""], "frame"],
    [[...render, "--axes", "cm"], "axes", "cm", "mm"],
    [[...render, "--stats", "a.png"], "different"],
    [["render", "volume.png", "-o", "volume.png"], "different"],
    [["view", "blob.nii", "--frame", "-1"], "frame"],
    [["export", "blob.nii", "-o", "a.npy"], "stage", "raw"],
    [["export", "blob.nii", "-o", "a.npy", "--stage", "cooked"], "cooked"],
    [["view", "blob.nii", "--port", "web"], "port"],
  ];
  for (let i = 0; i < wrong.length; i += 2) {
    await Promise.all(
      wrong.slice(i, i + 2).map(([args, ...words]) => fails(cli, args, "invalid-option", ...words)),
    );
  }
});

test("missing files, entries and folders", async ({ cli }) => {
  cli.write("blob.nii", blob());
  cli.write("browser", "not a program");
  const render = ["render", "blob.nii", "-o", "a.png"];
  await fails(cli, ["render", "missing.nii", "-o", "a.png"], "entry-not-found", "missing.nii");
  mkdirSync(cli.path("empty"));
  await fails(cli, ["info", "empty"], "unsupported-format", "empty", "no files");
  await fails(cli, ["info", "http://"], "network", "http://");
  await fails(cli, ["info", "http://localhost:1/a.nii"], "network", "http://localhost:1/a.nii");
  await fails(cli, [...render, "--browser", "nowhere/chrome"], "webgpu-unavailable", "nowhere/chrome");
  await fails(cli, [...render, "--browser", "browser"], "webgpu-unavailable", "browser");
  await fails(cli, [...render, "--browser", process.execPath], "webgpu-unavailable", process.execPath);
  await fails(cli, [...render, "--background", "mud"], "invalid-option", "mud");
  await fails(cli, [...render, "--entry", "other.nii"], "entry-not-found", "other.nii");
  await fails(cli, [...render, "--frame", "3"], "invalid-option", "frame");
});

test("help and version are not errors", async ({ cli }) => {
  for (const args of [[], ["--help"], ["render", "--help"]]) {
    const { stdout } = await cli.succeed(...args);
    for (const word of ["render", "export", "info", "view", "--colormap", "--stats"])
      expect(stdout).toContain(word);
    for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThan(140);
  }
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  expect((await cli.succeed("--version")).stdout).toBe(`${version}\n`);
});
