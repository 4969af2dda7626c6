/** `page`: the size of what it writes, and wrong usage. */

import { existsSync, statSync } from "node:fs";
import { blob } from "../support/blob.ts";
import { expect, test } from "../support/cli.ts";
import { MOST_BESIDE } from "./live-page.ts";

test("one file is at most 2 MB beside its volume, which may be too large for it", async ({ cli }) => {
  cli.write("intensity.nii", blob());
  await cli.succeed("page", "intensity.nii", "-o", "page.html", "--stats", "page.json");
  expect(statSync(cli.path("page.html")).size).toBeLessThan(MOST_BESIDE);
  const run = await cli.run("page", "intensity.nii", "-o", "large.html", "--max-inline", "99");
  expect([run.status, run.stderr.split("\n").at(-2)]).toEqual([
    1,
    expect.stringMatching(
      /^voxel-volume: too-large: The volume takes [\d.]+ MB, more than 0\.000099 MB for one file: save the page as a \.zip/,
    ),
  ]);
  expect(existsSync(cli.path("large.html"))).toBe(false);
});

test("wrong usage is refused before anything is read", async ({ cli }) => {
  for (const [args, message] of [
    [["-o", "page.pdf"], /page\.pdf: the name has to end in \.html, or in \.zip or \//],
    [["-o", "a.html", "--max-inline", "x"], /max-inline "x": expected a size/],
    [["-o", "a.html", "--size", "3"], /page has no option --size/],
    [[], /name the file to write with -o figure\.html/],
  ] as const) {
    const run = await cli.run("page", "none.nii", ...args);
    expect([run.status, run.stderr]).toEqual([2, expect.stringMatching(message)]);
  }
});
