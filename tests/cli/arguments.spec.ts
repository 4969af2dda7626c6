/** Arguments: misspelt ones get a suggestion, and none is ignored. */

import { readArguments } from "../../src/cli/arguments.ts";
import { inputOptions } from "../../src/cli/options.ts";
import { expect, test } from "../support/cli.ts";

/** The error message for invalid arguments. */
function refusal(...argv: string[]): string {
  try {
    readArguments(argv);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

test("a misspelt command or option gets a suggestion", () => {
  const cases: [argv: string[], suggestion: string][] = [
    [["rendr", "a.nii"], 'there is no command "rendr": did you mean render?'],
    [["exprot", "a.nii"], 'there is no command "exprot": did you mean export?'],
    [["paint", "a.nii"], 'there is no command "paint": render, export, page, info, view or setup'],
    [["info", "a.nii", "--azimut", "3"], "there is no option --azimut: did you mean --azimuth?"],
    [["info", "a.nii", "--colourmap=jet"], "there is no option --colourmap: did you mean --colormap?"],
    [["info", "a.nii", "--color-map", "jet"], "there is no option --color-map: did you mean --colormap?"],
    [["render", "a.nii", "--ouptut", "a.png"], "there is no option --ouptut: did you mean --output?"],
    [["render", "a.nii", "--brightness", "3"], "there is no option --brightness"],
    [["render", "a.nii", "-x"], "there is no option --x"],
  ];
  for (const [argv, suggestion] of cases) expect(refusal(...argv), argv.join(" ")).toBe(suggestion);
});

test("repeated, empty and superfluous arguments are errors", () => {
  const cases: [argv: string[], word: string][] = [
    [["render", "a.nii", "--size", "3", "--size", "4"], "--size is given twice"],
    [["render", "a.nii", "-o", "a.png", "--output=b.png"], "--output is given twice"],
    [["render", "a.nii", "--entry", ""], "--entry needs a value"],
    [["render", "a.nii", "--browser="], "--browser needs a value"],
    [["render", "a.nii", "--size"], "'--size <value>' argument missing"],
    [["info", "a.nii", "--json=yes"], "'--json' does not take an argument"],
    [["info", ""], "info needs an INPUT"],
    [["info", "a.nii", "b.nii"], '"b.nii" is too many'],
    [["setup", "a.nii"], '"a.nii" is too many'],
    [["info", "a.nii", "-o", "a.png"], "info has no option --output"],
    [["setup", "--refresh"], "setup has no option --refresh"],
    [["constructor", "a.nii"], "there is no command"],
  ];
  for (const [argv, word] of cases) expect(refusal(...argv), argv.join(" ")).toContain(word);
});

test("-- ends the options, and values may begin with a minus", () => {
  expect(readArguments(["info", "--", "-strange.nii"])).toMatchObject({
    command: "info",
    input: "-strange.nii",
  });
  expect(readArguments(["info", "--axes", "--", "--axes"]).input).toBe("--axes");
  const { values } = readArguments([
    "render",
    "a.nii",
    "--azimuth",
    "-40",
    "-o",
    "-",
    "--flip",
    "",
    "--axes",
  ]);
  expect(values).toMatchObject({ azimuth: "-40", output: "-", flip: "", axes: "voxels" });
});

test("download limits have units", () => {
  const most = (text: string) => inputOptions({ "max-download": text }).maxBytes;
  expect(["500", "1kb", "500MB", "1.5 GB", "2TB"].map(most)).toEqual([500, 1e3, 5e8, 1.5e9, 2e12]);
  expect(inputOptions({})).toMatchObject({ maxBytes: 4e9, timeout: 30, refresh: false });
  for (const text of ["0", "-1MB", "MB", "1 PB", "1e3"])
    expect(() => most(text), text).toThrow("expected a size");
});
