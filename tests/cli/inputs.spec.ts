/** Inputs: files beside the input, folders, and errors that are the same for every command. */

import { mkdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { BLOB } from "../support/blob.ts";
import { expect, test, USING } from "../support/cli.ts";
import { analyzeHeader, voxels } from "../support/make-volume.ts";
import { parseNpy } from "../support/npy.ts";

const NRRD = `NRRD0004
type: short
dimension: 3
sizes: 16 12 10
endian: little
encoding: raw
spacings: 1 1 1.5
`;

test("a header finds the voxel files that it names, in a subfolder and in several files", async ({ cli }) => {
  mkdirSync(cli.path("data"));
  const bytes = voxels(BLOB);
  cli.write("data/blob.raw", bytes);
  cli.write("below.nhdr", `${NRRD}data file: data/blob.raw\n\n`);
  const slice = bytes.length / 10;
  for (let z = 0; z < 10; z++)
    cli.write(`z${String(z).padStart(2, "0")}.raw`, bytes.subarray(z * slice, (z + 1) * slice));
  cli.write("slices.nhdr", `${NRRD}data file: z%02d.raw 0 9 1\n\n`);
  for (const name of ["below.nhdr", "slices.nhdr"]) {
    const info = await cli.run("info", name);
    expect(info, name).toMatchObject({ status: 0, stderr: "" });
    expect(info.stdout).toContain(`${name}: 16 x 12 x 10, 1 x 1 x 1.5 mm, int16, nrrd`);
  }
  const run = await cli.run("export", "below.nhdr", "--stage", "raw", "-o", "a.npy");
  expect(run.status, run.stderr).toBe(0);
  const { shape, data } = parseNpy(new Uint8Array(readFileSync(cli.path("a.npy"))));
  expect(shape).toEqual([16, 12, 10]);
  expect(data[(6 * 12 + 5) * 10 + 4]).toBe(new Int16Array(bytes.buffer)[(4 * 12 + 5) * 16 + 6]);
});

test("a folder is an input, with extensions in any case; so is a file: address", async ({ cli }) => {
  mkdirSync(cli.path("scan"));
  cli.write("scan/notes.txt", "x".repeat(9999));
  cli.write("scan/.hidden.nii", "no volume");
  cli.write("scan/Head.hdr", analyzeHeader(BLOB));
  cli.write("scan/Head.IMG", voxels(BLOB));
  for (const input of ["scan", "scan/Head.hdr", pathToFileURL(cli.path("scan/Head.hdr")).href]) {
    const info = await cli.run("info", input);
    expect(info.stderr, input).toBe("");
    expect(info.stdout, input).toContain("Head.hdr: 16 x 12 x 10");
  }
  const run = await cli.run("render", "scan", "-o", "scan.png", "--size", "60");
  expect(run.status, run.stderr).toBe(0);
  // The target of a link that leads out of the folder is not part of the input.
  cli.write("outside.nii", "x".repeat(9999));
  symlinkSync(cli.path("outside.nii"), cli.path("scan/Link.nii"));
  expect((await cli.run("info", "scan")).stdout).toContain("Head.hdr: 16 x 12 x 10");
  mkdirSync(cli.path("nothing"));
  const empty = await cli.run("info", "nothing");
  expect(empty).toMatchObject({ status: 1, stdout: "" });
  expect(empty.stderr).toMatch(/^voxel-volume: unsupported-format: .*nothing.*\n$/);
});

test("every command reports a missing image in the same way", async ({ cli }) => {
  cli.write("a.hdr", analyzeHeader(BLOB));
  cli.write("b.img", voxels(BLOB));
  renameSync(cli.path("b.img"), cli.path("other.img"));
  const told = new Set<string>();
  for (const args of [
    ["info", "a.hdr"],
    ["render", "a.hdr", "-o", "a.png"],
    ["export", "a.hdr", "--stage", "raw", "-o", "a.npy"],
  ]) {
    const run = await cli.run(...args);
    expect(run.status, args[0]).toBe(1);
    told.add(run.stderr.replace(USING, ""));
  }
  expect([...told]).toEqual([
    expect.stringMatching(/^voxel-volume: entry-not-found: a\.hdr .*\.img.*missing.*\n$/),
  ]);
});
