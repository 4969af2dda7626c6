/** The film that the arguments ask for: films and pictures are not mistaken for each other. */

import { mkdirSync } from "node:fs";
import { readArguments } from "../../src/cli/arguments.ts";
import { filmJob } from "../../src/cli/film-job.ts";
import { pictureOptions } from "../../src/cli/options.ts";
import { folderTargetOf } from "../../src/cli/output-folder.ts";
import { expect, test } from "../support/cli.ts";

const TURN = ["--turntable", "90"];

function job(...args: string[]) {
  const { values } = readArguments(["render", "a.nii", ...args]);
  return filmJob(values, pictureOptions(values));
}

/** The error message of `work`. */
function refusal(work: () => unknown): string {
  try {
    work();
    return "";
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`;
  }
}

test("the format is that of the output's name", async ({ cli }) => {
  mkdirSync(cli.path("there"));
  const formats = ["a.mp4", "A.WEBM", "a.b.gif", "frames.zip", "frames/", cli.path("there")];
  expect(formats.map((name) => job("-o", name, ...TURN)?.format)).toEqual([
    ...["mp4", "webm", "gif", "zip", "folder", "folder"],
  ]);
  expect(job("-o", "a.png")).toBe(undefined);
  expect(job("-o", "-")).toBe(undefined);
});

test("from and to may be repeated, and other values are numbers", () => {
  const ends = ["--from", "opacity=0", "--from", "crop=0:1 0:1 0:0.5", "--to=zoom=2"];
  expect(
    job("-o", "a.gif", ...ends, "--turntable", "-90", "--fps", "12.5", "--frames", "0-3")?.motion,
  ).toEqual({
    turntable: -90,
    from: { opacity: "0", crop: "0:1 0:1 0:0.5" },
    to: { zoom: "2" },
    frames: "0-3",
    fps: 12.5,
    seconds: undefined,
  });
});

test("what makes no sense is refused with advice", () => {
  const cases: [args: string[], word: string][] = [
    [["-o", "a.mp4"], "a.mp4 is for a film: say what moves, as --turntable 360"],
    [["-o", "frames/"], "frames/ is for a film: say what moves"],
    [["-o", "a.mp4", "--fps", "9"], "a.mp4 is for a film: say what moves"],
    [["-o", "a.png", "--fps", "9"], "--fps is for a film: say what moves"],
    [["-o", "a.png", ...TURN], "--turntable makes a film, which a.png cannot hold: name it .mp4, .webm"],
    [["-o", "-", ...TURN], "--turntable makes a film, which - cannot hold"],
    [TURN, "name the film to write with -o OUT.mp4"],
    [["-o", "a.mp4", "--turntable", "fast"], 'turntable "fast": expected a number'],
    [["-o", "a.mp4", "--turntable", "0"], "nothing moves in this film"],
    [["-o", "a.mp4", "--to", "opacity"], 'to "opacity": expected an option and its value, as opacity=0'],
    [["-o", "a.mp4", "--to", "opacity=1", "--to", "opacity=0"], "--to opacity is given twice"],
    [["-o", "a.mp4", "--to", "flip=x"], "flip cannot change during a film"],
    [["-o", "a.mp4", "--to", "opacity=3"], 'opacity "3": expected auto, or a number from 0 to 1'],
    [["-o", "a.mp4", ...TURN, ...TURN], "--turntable is given twice"],
    [["-o", "a.mp4", "--frame", "1", "--frames", "all"], "--frame and --frames: which one counts?"],
  ];
  for (const [args, word] of cases) {
    const message = refusal(() => job(...args));
    expect(message, args.join(" ")).toContain(`invalid-option: ${word}`);
    expect(message.length).toBeLessThan(300);
  }
});

test("a folder is new, or empty", async ({ cli }) => {
  mkdirSync(cli.path("full"));
  mkdirSync(cli.path("empty"));
  cli.write("full/precious.txt", "precious");
  const cases: [name: string, word: string][] = [
    ["full", "is not empty: name a new one"],
    ["full/precious.txt/", "is there and is not a folder"],
    ["missing/frames/", "does not exist"],
  ];
  for (const [name, word] of cases)
    expect(
      refusal(() => folderTargetOf(cli.path(name))),
      name,
    ).toContain(word);
  expect(folderTargetOf(cli.path("empty/"))).toMatchObject({ path: cli.path("empty"), exists: true });
  expect(folderTargetOf(cli.path("new/"))).toMatchObject({ path: cli.path("new"), exists: false });
});
