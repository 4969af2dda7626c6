/** `render` of films: the frames are those of the pictures, and a film is there as a whole or not at all. */

import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { BLOB, blob, DIMS } from "../support/blob.ts";
import { type CommandLine, expect, test, USING } from "../support/cli.ts";
import { decoded, has, pngsIn, unzipped } from "../support/films.ts";
import { decibels, expectAlike } from "../support/pictures.ts";
import { type Picture, readPng } from "../support/png.ts";

const SMALL = ["--size", "96x64"];
/** A film of 6 frames, its first and its third one as options of pictures, and the azimuth of its last one. */
const TURN = ["--turntable", "180", "--from", "zoom=1", "--to", "zoom=2", "--fps", "6", "--seconds", "1"];
const THIRD = ["--azimuth", "392", "--zoom", "1.4"];

async function picture(cli: CommandLine, ...options: string[]): Promise<Picture> {
  await cli.succeed("render", "blob.nii", "-o", "still.png", ...SMALL, ...options);
  return readPng(cli.path("still.png"));
}

/** A 4-D file: the blob, fainter in each frame. */
const fourFrames = () =>
  blob({ dims: [...DIMS, 4], value: (i) => BLOB.value(i % 1920) / (1 + Math.floor(i / 1920)) });

test("the frames in a folder are the pictures with the same options", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const run = await cli.succeed(
    ...["render", "blob.nii", "-o", "frames/", ...SMALL, ...TURN, "--axes", "--stats", "a.json"],
  );
  expect(run.stdout).toMatch(/^frames\/: 96x64, 6 frames in 1 s, PNG, blob\.nii, Intensity, \d+ voxels\n$/);
  expect(readdirSync(cli.path("frames")).sort()).toEqual(
    ["1", "2", "3", "4", "5", "6"].map((n) => `frame-000${n}.png`),
  );
  expect(cli.files()).toEqual(["a.json", "blob.nii", "frames"]);
  const frames = pngsIn(cli.path("frames"));
  expectAlike("film-first", frames[0], await picture(cli, "--axes"), 60);
  expectAlike("film-third", frames[2], await picture(cli, "--axes", ...THIRD), 60);
  expectAlike("film-last", frames[5], await picture(cli, "--axes", "--azimuth", "500", "--zoom", "2"), 60);
  const stats = JSON.parse(readFileSync(cli.path("a.json"), "utf8"));
  expect(stats).toMatchObject({ frames: 6, fps: 6, seconds: 1, codec: "PNG", size: [96, 64], dims: DIMS });
  expect(stats.frameMs).toBeGreaterThan(0);
});

test("films are opened by ffmpeg and unzip, with every frame", async ({ cli }) => {
  test.skip(!has("ffmpeg") || !has("unzip"), "ffmpeg or unzip is not installed");
  cli.write("blob.nii", blob());
  const still = await picture(cli, ...THIRD);
  const other = await picture(cli);
  const least: Record<string, number> = { "a.mp4": 26, "a.webm": 26, "a.gif": 34, "a.zip": 60 };
  for (const [name, decibelsLeast] of Object.entries(least)) {
    const run = await cli.run("render", "blob.nii", "-o", name, ...SMALL, ...TURN);
    expect(run.status, run.stderr).toBe(0);
    const frames = name === "a.zip" ? unzipped(cli.path(name)) : decoded(cli.path(name));
    expect(frames.length, name).toBe(6);
    expectAlike(`film-${name}`, frames[2], still, decibelsLeast);
    expect(decibels(frames[2], other), `${name}: the picture moves`).toBeLessThan(20);
  }
});

test("the frames of a 4-D file play in the window of the first one, while the camera turns", async ({
  cli,
}) => {
  cli.write("blob.nii", fourFrames());
  const film = ["--frames", "1-3", "--turntable", "60", "--fps", "6", "--seconds", "1"];
  await cli.succeed("render", "blob.nii", "-o", "frames/", ...SMALL, ...film, "--window", "0 700");
  const frames = pngsIn(cli.path("frames"));
  expect(frames.length).toBe(6);
  const still = await picture(cli, "--frame", "3", "--azimuth", "380", "--window", "0 700");
  expectAlike("film-4d", frames[5], still, 60);
  await cli.succeed(
    "render",
    "blob.nii",
    "-o",
    "auto/",
    "--size",
    "64",
    "--frames",
    "all",
    "--seconds",
    "1",
    "--fps",
    "4",
  );
  const [first, , , last] = pngsIn(cli.path("auto"));
  const sum = ({ data }: Picture) => data.reduce((sum, level) => sum + level, 0);
  expect(sum(last), "fainter frames are paler").toBeGreaterThan(1.02 * sum(first));
});

test("what a format cannot have is changed and reported", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const film = [
    "--turntable",
    "90",
    "--fps",
    "8",
    "--seconds",
    "0.5",
    "--size",
    "65x63",
    "--background",
    "transparent",
  ];
  const told = async (name: string) => {
    const run = await cli.run("render", "blob.nii", "-o", name, ...film);
    expect(run.status, run.stderr).toBe(0);
    return `${run.stdout}${run.stderr.replace(USING, "")}`;
  };
  const webm = await told("a.webm");
  expect(webm).toContain("a.webm: 66x64, 4 frames in 0.5 s, VP9");
  expect(webm).toContain("webm needs even sides: drawn at 66x64\n");
  expect(webm).toContain("webm has no transparency: drawn on white");
  const gif = await told("a.gif");
  expect(gif).toContain("a.gif: 65x63, 4 frames");
  expect(gif).toContain("its frames take 12 or 13 of them, 8 a second on average\n");
  await cli.succeed("render", "blob.nii", "-o", "clear/", ...film);
  const [first] = pngsIn(cli.path("clear"));
  expect([first.width, first.height, first.data[3]]).toEqual([65, 63, 0]);
});

test("a film that the page refuses leaves nothing", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const fast = await cli.run("render", "blob.nii", "-o", "a.gif", "--turntable", "90", "--fps", "60");
  expect(fast.stderr).toContain("fps 60: a GIF has at most 50 frames a second");
  const still = await cli.run("render", "blob.nii", "-o", "frames/", "--frames", "all");
  expect(still.stderr).toContain("frames: the file has only one frame");
  expect([fast.status, still.status]).toEqual([2, 2]);
  expect(cli.files()).toEqual(["blob.nii"]);
});

test("an empty folder is filled; a signal leaves nothing", async ({ cli }) => {
  cli.write("blob.nii", blob());
  mkdirSync(cli.path("frames"), { mode: 0o700 });
  await cli.succeed("render", "blob.nii", "-o", "frames", ...SMALL, ...TURN);
  expect(readdirSync(cli.path("frames")).length).toBe(6);
  expect(statSync(cli.path("frames")).mode & 0o777).toBe(0o700);
  const long = ["--turntable", "360", "--seconds", "600", ...SMALL];
  for (const name of ["more/", "a.webm"]) {
    const child = cli.start("render", "blob.nii", "-o", name, ...long);
    const isBegun = () => {
      const folder = cli.files().find((file) => file.startsWith(".more"));
      return name === "a.webm"
        ? cli.files().some((file) => file.startsWith(".a.webm"))
        : folder && readdirSync(cli.path(folder)).length > 2;
    };
    await expect.poll(isBegun, { timeout: 30_000 }).toBeTruthy();
    child.kill("SIGINT");
    const [status] = await once(child, "exit");
    expect(status).toBe(130);
    expect(cli.files()).toEqual(["blob.nii", "frames"]);
    expect(existsSync(cli.path(name))).toBe(false);
  }
});
