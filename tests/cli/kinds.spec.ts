/**
 * Kinds of volume on the command line: the same in every command, set by option, named by a label table, with a colour
 * bar.
 */

import { readFileSync } from "node:fs";
import { palette } from "../../src/options/colormaps.ts";
import { labelColor } from "../../src/options/labels.ts";
import { blob } from "../support/blob.ts";
import { type CommandLine, expect, test, USING } from "../support/cli.ts";
import { niftiFile } from "../support/make-volume.ts";
import { parseNpy } from "../support/npy.ts";
import { expectAlike, expectDifferent } from "../support/pictures.ts";
import { overWhite, type Picture, pixel, readPng } from "../support/png.ts";
import { ctVolume, labelVolume, maskVolume, signedVolume } from "../support/volumes.ts";

type Made = ReturnType<typeof labelVolume>;

/** The volume as a NIfTI file. */
function nifti(
  { dims, dtype, data }: Made,
  changes: Parameters<typeof niftiFile>[0] | object = {},
): Uint8Array {
  const file = niftiFile({ dims: [...dims], dtype, value: () => 0, ...changes });
  file.set(data, file.length - data.length);
  return file;
}

const VOLUMES: Record<string, Uint8Array> = {
  labels: nifti(labelVolume(5, "int16", 16)),
  mask: nifti(maskVolume("uint8", [0, 255], 16)),
  signed: nifti(signedVolume("float32", 1, 16)),
  intensity: nifti(ctVolume(-1024, 16)),
  constant: niftiFile({ dims: [6, 5, 4], dtype: "int16", value: () => 7 }),
};

/** The kind and settings in the file of `--stats`. */
async function rendered(cli: CommandLine, name: string, ...args: string[]) {
  const run = await cli.run(
    "render",
    `${name}.nii`,
    "-o",
    `${name}.png`,
    "--size",
    "80",
    "--stats",
    `${name}.json`,
    ...args,
  );
  expect(run.status, run.stderr).toBe(0);
  const stats = JSON.parse(readFileSync(cli.path(`${name}.json`), "utf8"));
  return { ...run, stats, picture: readPng(cli.path(`${name}.png`)) };
}

async function told(cli: CommandLine, name: string, ...args: string[]) {
  return JSON.parse((await cli.succeed("info", `${name}.nii`, "--json", ...args)).stdout).appearance;
}

test("info and --stats report the same kind, window, threshold, opacity and shade", async ({ cli }) => {
  for (const [name, bytes] of Object.entries(VOLUMES)) {
    cli.write(`${name}.nii`, bytes);
    const [{ stats, stdout }, appearance] = await Promise.all([rendered(cli, name), told(cli, name)]);
    expect(appearance.kind).toBe(name === "constant" ? "intensity" : name);
    expect(stats).toMatchObject(appearance);
    expect(stdout).toContain(appearance.kindText);
    expect(Object.keys(appearance).sort()).toEqual([
      "kind",
      "kindText",
      "opacity",
      "shade",
      "threshold",
      "window",
    ]);
  }
  const lines = await cli.succeed("info", "signed.nii");
  expect(lines.stdout.trimEnd().split("\n").at(-1)).toMatch(
    /^Signed, window −[\d.]+ to [\d.]+, threshold [\d.]+, opacity 1; values from −[\d.]+ to [\d.]+$/,
  );
  expect((await cli.succeed("info", "labels.nii")).stdout).toContain("Labels: 5 values, opacity ");
});

test("info and --stats report the options that are set", async ({ cli }) => {
  cli.write("intensity.nii", VOLUMES.intensity);
  for (const [args, expected] of [
    [["--window", "40 400"], { kind: "intensity", window: [40, 400] }],
    [["--window", "-160 240", "--opacity", "0.25"], { window: [-160, 240], opacity: 0.25 }],
    [["--kind", "signed", "--threshold", "300"], { kind: "signed", threshold: 300, kindText: "Signed" }],
  ] as const) {
    const [{ stats }, appearance] = await Promise.all([
      rendered(cli, "intensity", ...args),
      told(cli, "intensity", ...args),
    ]);
    expect(appearance).toMatchObject(expected);
    expect(stats).toMatchObject(appearance);
  }
});

test("an invalid window or kind is a usage error", async ({ cli }) => {
  cli.write("intensity.nii", VOLUMES.intensity);
  for (const args of [
    ["--window", "400 40"],
    ["--window", "narrow"],
    ["--kind", "label"],
  ]) {
    const run = await cli.run("info", "intensity.nii", ...args);
    expect(run).toMatchObject({ status: 2, stdout: "" });
    expect(run.stderr).toMatch(/^voxel-volume: invalid-option: (window|kind) ".*": expected .+\n$/);
  }
});

test("--labels names and colours labels; an invalid table is a usage error", async ({ cli }) => {
  cli.write("labels.nii", VOLUMES.labels);
  cli.write(
    "lut.txt",
    "# No. Name R G B A\n1 Left-Hippocampus 255 0 0 0\n2 b 255 0 0 0\n3 c 255 0 0 0\n4 d 255 0 0 0\n5 e 255 0 0 0\n",
  );
  cli.write("bad.txt", "not a table");
  const [plain, red] = [
    await rendered(cli, "labels", "--shade", "none", "--opacity", "1"),
    await rendered(cli, "labels", "--shade", "none", "--opacity", "1", "--labels", "lut.txt"),
  ];
  expect(colorsOf(red.picture)).toEqual(["255,0,0", "255,255,255"]);
  const five = [0, 1, 2, 3, 4].map((i) => labelColor(i).join());
  expect(colorsOf(plain.picture).filter((color) => !five.includes(color))).toEqual(["255,255,255"]);
  expect(colorsOf(plain.picture).length).toBeGreaterThan(3);
  const only = await rendered(cli, "labels", "--only", "1", "--shade", "none", "--opacity", "1");
  expect(colorsOf(only.picture)).toEqual([five[0], "255,255,255"].sort());
  expect(only.stats.filledVoxels).toBeLessThan(plain.stats.filledVoxels / 2);
  const bad = await cli.run("render", "labels.nii", "-o", "a.png", "--labels", "bad.txt");
  expect(bad).toMatchObject({ status: 2, stdout: "" });
  expect(bad.stderr).toMatch(/^voxel-volume: invalid-option: labels: line 1 of bad\.txt .+\n$/);
});

/** The colours in a picture, except those on edges. */
function colorsOf(picture: Picture): string[] {
  const { width, height } = picture;
  const counts = new Map<string, number>();
  for (let i = 0; i < width * height; i++) {
    const color = pixel(picture, i % width, Math.floor(i / width))
      .slice(0, 3)
      .join();
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  return [...counts.keys()].sort();
}

test("rgba of labels contains their colours; hidden labels are transparent", async ({ cli }) => {
  const volume = labelVolume(5, "int32", 8);
  cli.write("labels.nii", nifti(volume));
  await cli.succeed(
    "export",
    "labels.nii",
    "--stage",
    "rgba",
    "-o",
    "a.npy",
    "--opacity",
    "1",
    "--hide",
    "2",
  );
  const { shape, data } = parseNpy(new Uint8Array(readFileSync(cli.path("a.npy"))));
  expect(shape).toEqual([8, 8, 8, 4]);
  const labels = new Int32Array(volume.data.slice().buffer);
  const present = [...new Set(labels)].filter((label) => label > 0).sort((a, b) => a - b);
  for (let i = 0; i < 512; i++) {
    const [x, y, z] = [Math.floor(i / 64), Math.floor(i / 8) % 8, i % 8];
    const label = labels[x + 8 * (y + 8 * z)];
    const rgba = [...data.subarray(4 * i, 4 * i + 4)];
    if (label === 0 || label === 2) expect(rgba[3]).toBe(0);
    else expect(rgba).toEqual([...labelColor(present.indexOf(label)), 255]);
  }
});

test("--colorbar keeps the size, makes room beside the volume and draws the bar with its ticks", async ({
  cli,
}) => {
  cli.write("blob.nii", blob());
  const draw = async (name: string, ...args: string[]) => {
    await cli.succeed("render", "blob.nii", "-o", `${name}.png`, "--size", "300x240", ...args);
    return readPng(cli.path(`${name}.png`));
  };
  const [plain, bar] = await Promise.all([draw("plain"), draw("bar", "--colorbar")]);
  const [dark, none] = await Promise.all([
    draw("dark", "--colorbar", "--background", "#000"),
    draw("none", "--colorbar", "--background", "transparent"),
  ]);
  for (const picture of [bar, dark, none]) expect([picture.width, picture.height]).toEqual([300, 240]);
  expectDifferent("cli-bar", bar, plain);
  // Columns of the strip have more than a hundred colours, from viridis' last at the top to its first at the bottom.
  const strip = columnsOf(bar).filter(({ colors }) => colors.length > 100);
  expect(strip.length).toBeGreaterThan(8);
  expect(strip.length).toBeLessThan(30);
  expect(strip[0].x).toBeGreaterThan(200);
  const map = [...palette("viridis")].map((color) =>
    [color & 255, (color >>> 8) & 255, (color >>> 16) & 255].join(),
  );
  const rows = strip[5].colors.map((color) => map.indexOf(color)).filter((entry) => entry >= 0);
  expect(rows.length).toBeGreaterThan(150);
  expect(rows.every((entry, i) => i === 0 || entry <= rows[i - 1])).toBe(true);
  expect([rows[0] > 252, (rows.at(-1) ?? 255) < 3]).toEqual([true, true]);
  // Texts to the right of the bar, in a contrasting colour.
  const ink = (picture: Picture, isInk: (level: number) => boolean) => {
    let count = 0;
    for (let x = strip.at(-1)?.x ?? 0; x < 300; x++) {
      for (let y = 0; y < 240; y++) {
        const [r, g, b, a] = pixel(picture, x, y);
        if (a > 200 && r === g && g === b && isInk(r)) count++;
      }
    }
    return count;
  };
  expect(ink(bar, (level) => level < 100)).toBeGreaterThan(60);
  expect(ink(dark, (level) => level > 155)).toBeGreaterThan(60);
  expect(pixel(none, 0, 0)).toEqual([0, 0, 0, 0]);
  expectAlike("cli-bar-transparent", overWhite(none), bar, 35);
});

/** The colours down each column of pixels, without white and repetitions. */
function columnsOf(picture: Picture): { x: number; colors: string[] }[] {
  return Array.from({ length: picture.width }, (_, x) => {
    const column = Array.from({ length: picture.height }, (_, y) => pixel(picture, x, y).slice(0, 3).join());
    return { x, colors: column.filter((color, i) => color !== "255,255,255" && color !== column[i - 1]) };
  });
}

test("--colorbar of labels draws a legend with the table's colours", async ({ cli }) => {
  cli.write("labels.nii", VOLUMES.labels);
  cli.write("lut.csv", "index,name,color\n1,Left-Hippocampus,#ff00ff\n2,Right-Hippocampus,#00ff00\n");
  await cli.succeed(
    ...["render", "labels.nii", "-o", "a.png", "--size", "300x240", "--colorbar", "--labels", "lut.csv"],
    ...["--only", "1-2", "--shade", "none", "--opacity", "1"],
  );
  const picture = readPng(cli.path("a.png"));
  const rows = Array.from({ length: 240 }, (_, y) => y).filter((y) =>
    ["255,0,255", "0,255,0"].some((color) => {
      const at = Array.from({ length: 80 }, (_, x) =>
        pixel(picture, 150 + x, y)
          .slice(0, 3)
          .join(),
      );
      return at.filter((other) => other === color).length > 8;
    }),
  );
  expect(rows.length, "two patches of a line's height").toBeGreaterThan(14);
  expect(colorsOf(picture)).toEqual(expect.arrayContaining(["0,255,0", "255,0,255"]));
});

test("a notice on standard error explains an almost empty picture, which is still written", async ({
  cli,
}) => {
  cli.write("constant.nii", VOLUMES.constant);
  cli.write("labels.nii", VOLUMES.labels);
  const notice = ({ stderr }: { stderr: string }) => stderr.replace(USING, "");
  const constant = await rendered(cli, "constant");
  expect(notice(constant)).toMatch(/^voxel-volume: Every value is 7: there is nothing to tell apart\. .+\n$/);
  expect(constant.stats.notice).toMatch(/^Every value is 7/);
  const hidden = await rendered(cli, "labels", "--only", "99");
  expect(notice(hidden)).toBe("voxel-volume: No voxel is filled: show more labels, or zoom in\n");
  const plain = await rendered(cli, "labels");
  expect([notice(plain), plain.stats.notice]).toEqual(["", undefined]);
});
