/** Output files: complete under their name or absent, and never written through what exists. */

import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { Readable } from "node:stream";
import { OutputFile, targetOf } from "../../src/cli/output-file.ts";
import { blob } from "../support/blob.ts";
import { type CommandLine, expect, test, USING } from "../support/cli.ts";

/** Writes `text` like the command does. */
async function write(path: string, text: string): Promise<void> {
  const output = await OutputFile.open(targetOf(path, "OUT.png"));
  try {
    await output.write(Readable.from([text]));
    await output.commit();
  } finally {
    await output.discard();
  }
}

/** The error message for a target that cannot be written. */
function refusal(path: string): string {
  try {
    targetOf(path, "OUT.png");
    return "";
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`;
  }
}

test("a link is replaced, and its target is not changed", async ({ cli }) => {
  cli.write("precious.txt", "precious");
  chmodSync(cli.path("precious.txt"), 0o400);
  for (const [link, target] of [
    ["a.png", "precious.txt"],
    ["b.png", "nowhere.txt"],
  ]) {
    symlinkSync(cli.path(target), cli.path(link));
    await write(cli.path(link), "picture");
    const written = lstatSync(cli.path(link));
    expect(written.isSymbolicLink()).toBe(false);
    expect(written.mode & 0o200, "permissions of a new file").toBe(0o200);
    expect(readFileSync(cli.path(link), "utf8")).toBe("picture");
  }
  expect(readFileSync(cli.path("precious.txt"), "utf8")).toBe("precious");
  expect(cli.files()).toEqual(["a.png", "b.png", "precious.txt"]);
});

test("a replaced file keeps its permissions, and stays until the new one is complete", async ({ cli }) => {
  const path = cli.path(cli.write("a.png", "old"));
  chmodSync(path, 0o600);
  const output = await OutputFile.open(targetOf(path, "OUT.png"));
  await output.write("new");
  expect(readFileSync(path, "utf8")).toBe("old");
  const [temporary] = cli.files().filter((name) => name !== "a.png");
  expect(temporary).toMatch(/^\.a\.png\.[\da-f]{16}\.tmp$/);
  await output.commit();
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(cli.files()).toEqual(["a.png"]);
  const other = await OutputFile.open(targetOf(path, "OUT.png"));
  await other.write("never");
  await other.discard();
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(cli.files()).toEqual(["a.png"]);
});

test("a target that cannot be written is refused before the work, in one line", ({ cli }) => {
  mkdirSync(cli.path("folder"));
  cli.write("read-only.png", "kept");
  chmodSync(cli.path("read-only.png"), 0o444);
  symlinkSync(cli.path("folder"), cli.path("link.png"));
  const cases: [path: string, ...words: string[]][] = [
    ["", "-o OUT.png"],
    [cli.path("read-only.png"), "read-only.png is read-only", "chmod"],
    [cli.path("folder"), "is there and is not a file"],
    [cli.path("link.png"), "is there and is not a file"],
    [cli.path("nowhere/a.png"), "the folder of", "does not exist"],
    [cli.path("read-only.png/a.png"), "the folder of", "does not exist"],
    [cli.path(`${"long".repeat(75)}.png`), "is too long"],
  ];
  for (const [path, ...words] of cases) {
    const told = refusal(path);
    expect(told, path).toMatch(/^invalid-option: .{10,300}$/);
    for (const word of words) expect(told, path).toContain(word);
  }
  expect(readFileSync(cli.path("read-only.png"), "utf8")).toBe("kept");
});

test("devices are written in place", async ({ cli }) => {
  symlinkSync("/dev/null", cli.path("null.png"));
  await write("/dev/null", "picture");
  await write(cli.path("null.png"), "picture");
  expect(readlinkSync(cli.path("null.png"))).toBe("/dev/null");
  expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
  await expect(write("/dev/full", "picture")).rejects.toThrow(/^there is no space left for \/dev\/full: /);
});

/** Runs `render` with a small volume. */
function render(cli: CommandLine, ...args: string[]) {
  cli.write("blob.nii", blob());
  return cli.run("render", "blob.nii", "--size", "60", ...args);
}

test("standard output receives only the picture", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const child = cli.start("render", "blob.nii", "--size", "60", "-o", "-");
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk) => chunks.push(chunk));
  await new Promise((resolve) => child.on("close", resolve));
  const piped = Buffer.concat(chunks);
  expect(piped.subarray(1, 4).toString()).toBe("PNG");
  expect(piped.subarray(-8, -4).toString()).toBe("IEND");
  const { stdout } = await render(cli, "-o", "a.png", "--stats", "/dev/stdout");
  expect(JSON.parse(stdout)).toMatchObject({ volume: "blob.nii" });
  expect(piped.equals(readFileSync(cli.path("a.png")))).toBe(true);
});

test("a full disk is reported in one line, and neither file is left", async ({ cli }) => {
  const run = await render(cli, "-o", "a.png", "--stats", "/dev/full");
  expect(run.stderr.replace(USING, "")).toMatch(
    /^voxel-volume: too-large: there is no space left for \/dev\/full: .+\n$/,
  );
  expect(run).toMatchObject({ status: 1, stdout: "" });
  expect(cli.files()).toEqual(["blob.nii"]);
});

test("a signal at any moment leaves no file behind", async ({ cli }) => {
  cli.write("blob.nii", blob());
  writeFileSync(cli.path("a.png"), "old");
  for (const [signal, status, moment] of [
    ["SIGINT", 130, "the browser starts"],
    ["SIGTERM", 143, "the picture is drawn"],
    ["SIGHUP", 129, "the picture is drawn"],
  ] as const) {
    const child = cli.start("render", "blob.nii", "-o", "a.png", "--size", "3000", "--samples", "16");
    const exit = new Promise((resolve) => child.on("exit", resolve));
    if (moment === "the picture is drawn")
      await new Promise((resolve) => child.stderr?.once("data", resolve));
    else await expect(() => expect(cli.files()).toHaveLength(3)).toPass();
    child.kill(signal);
    expect(await exit, signal).toBe(status);
    expect(cli.files(), signal).toEqual(["a.png", "blob.nii"]);
  }
  expect(readFileSync(cli.path("a.png"), "utf8")).toBe("old");
});
