/** `render --axes`: the box with ticks and labels behind the volume, which is not changed. */

import { blob } from "../support/blob.ts";
import { type CommandLine, expect, test } from "../support/cli.ts";
import { expectAlike } from "../support/pictures.ts";
import { overWhite, type Picture, pixel, readPng } from "../support/png.ts";

const SIZE = 240;

/** Renders with the article's window, which axes do not change. */
async function render(cli: CommandLine, name: string, ...args: string[]): Promise<Picture> {
  const window = ["--size", String(SIZE), "--fit", "article"];
  await cli.succeed("render", "blob.nii", "-o", `${name}.png`, ...window, ...args);
  return readPng(cli.path(`${name}.png`));
}

/** Whether a pixel differs between two pictures by more than rounding, in any channel. */
function differs(a: Picture, b: Picture, i: number): boolean {
  return [0, 1, 2, 3].some((c) => Math.abs(a.data[4 * i + c] - b.data[4 * i + c]) > 2);
}

test("axes are drawn behind the volume, on the background", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const [bare, plain] = await Promise.all([
    render(cli, "bare", "--background", "transparent"),
    render(cli, "plain"),
  ]);
  const [voxels, mm] = await Promise.all([
    render(cli, "voxels", "--axes"),
    render(cli, "mm", "--axes", "mm"),
  ]);
  const pixels = Array.from({ length: SIZE * SIZE }, (_, i) => i);
  const changed = pixels.filter((i) => differs(voxels, plain, i));
  expect(changed.length, "panes, grid and labels").toBeGreaterThan(0.1 * SIZE * SIZE);
  const opaque = pixels.filter((i) => bare.data[4 * i + 3] === 255);
  expect(opaque.length).toBeGreaterThan(100);
  expect(opaque.filter((i) => differs(voxels, plain, i))).toEqual([]);

  // Ink: black lines and labels outside the volume, some of which differ in mm.
  const ink = (picture: Picture) =>
    pixels.filter(
      (i) => bare.data[4 * i + 3] === 0 && picture.data[4 * i] < 90 && picture.data[4 * i + 1] < 90,
    );
  expect(ink(plain)).toEqual([]);
  expect(ink(voxels).length).toBeGreaterThan(150);
  expect(ink(mm)).not.toEqual(ink(voxels));
});

test("the ink contrasts with the background, which may be transparent", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const [dark, none] = await Promise.all([
    render(cli, "dark", "--axes", "--background", "#102030"),
    render(cli, "none", "--background", "transparent", "--axes"),
  ]);
  const lightest = Math.max(...dark.data.filter((_, i) => i % 4 === 0));
  expect(lightest, "white text").toBeGreaterThan(200);
  expect(pixel(dark, 0, 0)).toEqual([16, 32, 48, 255]);
  expect(pixel(none, 0, 0)).toEqual([0, 0, 0, 0]);
  expectAlike("cli-axes-transparent", overWhite(none), await render(cli, "white", "--axes=voxels"), 40);
});
