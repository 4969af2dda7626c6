/** Stills of the notebook's widget: those that the page sends, and those of a notebook that is saved. */

import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { mergeTests } from "playwright/test";
import { test as commandLine } from "../support/cli.ts";
import { expect, test as notebookTest } from "../support/notebook.ts";
import { decibels, expectAlike } from "../support/pictures.ts";
import { covered, type Picture, readPng } from "../support/png.ts";

const test = mergeTests(notebookTest, commandLine);
test.use({ viewport: { width: 400, height: 320 } });

const LEAST_DECIBELS = 50;
const PENDING =
  "RuntimeError: The page is drawing this picture: call to_png() with the same arguments in the next cell";

/** Whether the page has answered the last request for a still. */
const ANSWERED = "list(w._asked.values())[0] is not None";

/** A cell that saves the array and the picture that a widget gives now, as Jupyter saves a cell's output. */
const SAVE = `
import base64, json
def bundle(w):
    data, metadata = w._repr_mimebundle_()
    output = {"output_type": "display_data", "data": data, "metadata": metadata}
    cell = {"cell_type": "code", "id": "a", "execution_count": 1, "metadata": {}, "source": "w", "outputs": [output]}
    saved = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    try:
        import nbformat
        nbformat.validate(saved)
    except ImportError:
        pass
    return json.dumps(saved)
def png(w, **options):
    return base64.b64encode(w.to_png(**options)).decode()
`;

/** The picture in a saved notebook. */
function pictureIn(saved: string): Picture {
  const [{ data }] = JSON.parse(saved).cells[0].outputs;
  expect(Object.keys(data)).toContain("application/vnd.jupyter.widget-view+json");
  expect(data["text/plain"]).toBe("VolumeWidget(20 x 16 x 12 int16)");
  return readPng(Buffer.from(data["image/png"], "base64"));
}

const decoded = (text: string) => readPng(Buffer.from(text, "base64"));

test("the page's picture is that of the command line for the same array", async ({ notebook, cli }) => {
  await notebook.run(SAVE);
  await notebook.run(`np.save(${JSON.stringify(cli.path("a.npy"))}, a)`);
  await notebook.run(
    `w = voxel_volume.show(a, opacity=0.7, axes=True, elevation=20, controls=False, height=300)`,
  );
  await notebook.show("w");
  await notebook.expect("w.still.size", [400, 300]);
  const ours = decoded(await notebook.run("png(w)"));
  const options = ["--size", "400x300", "--samples", "4", "--background", "white"];
  await cli.succeed(
    "render",
    "a.npy",
    "-o",
    "a.png",
    ...options,
    "--opacity",
    "0.7",
    "--axes",
    "voxels",
    "--elevation",
    "20",
  );
  expectAlike("notebook", ours, readPng(readFileSync(cli.path("a.png"))), LEAST_DECIBELS);
});

test("a saved notebook has a picture: NumPy's before the page has drawn, then the page's", async ({
  notebook,
}) => {
  await notebook.run(SAVE);
  await notebook.run("w = voxel_volume.show(a, height=300, controls=False)");
  const before = pictureIn(await notebook.run("bundle(w)"));
  expect(covered(before, 30) / (before.width * before.height)).toBeGreaterThan(0.3);
  await notebook.show("w");
  await notebook.expect("w.still is not None", true);
  const after = pictureIn(await notebook.run("bundle(w)"));
  expect([after.width, after.height]).toEqual([400, 300]);
  expect(covered(after, 30) / (after.width * after.height)).toBeGreaterThan(0.2);
});

test("another size is asked of the page, and is there in the next cell", async ({ notebook }) => {
  await notebook.run(SAVE);
  await notebook.run("w = voxel_volume.show(a, height=300, controls=False)");
  await expect(notebook.run("w.to_png()")).rejects.toThrow(
    "There is no picture yet: show the widget in a cell",
  );
  await notebook.show("w");
  await notebook.expect("w.still is not None", true);
  const cell = `png(w, width=160, height=120, background="black")`;
  await expect(notebook.run(cell)).rejects.toThrow(PENDING);
  await notebook.expect(ANSWERED, true);
  const small = decoded(await notebook.run(cell));
  expect([small.width, small.height, ...small.data.subarray(0, 4)]).toEqual([160, 120, 0, 0, 0, 255]);

  const figure = `png(w, size="4x2cm", dpi=100, views=["full", "cut"], samples=1)`;
  await expect(notebook.run(figure)).rejects.toThrow(PENDING);
  await notebook.expect(ANSWERED, true);
  expect(decoded(await notebook.run(figure)).width).toBe(157);
  await expect(notebook.run("w.to_png(dip=100)")).rejects.toThrow(
    "TypeError: Unknown argument 'dip' of to_png",
  );

  // A picture from before a change is not taken for the present one.
  await expect(notebook.run("w.opacity = 0.2; w.to_png()")).rejects.toThrow(PENDING);
  await notebook.expect("w._still_revision == w._revision", true);
  const faint = decoded(await notebook.run("png(w)"));
  const first = pictureIn(await notebook.run("bundle(w)"));
  expect(decibels(faint, first)).toBe(Number.POSITIVE_INFINITY);
  await expect(notebook.run(`png(w, background="no colour")`)).rejects.toThrow(PENDING);
  await notebook.expect(ANSWERED, true);
  await expect(notebook.run(`png(w, background="no colour")`)).rejects.toThrow('background "no colour"');
});

test.describe("with the command line installed", () => {
  const bin = mkdtempSync(join(tmpdir(), "voxel-volume-bin-"));
  test.use({
    env: async ({ devTools }, use) => {
      const program = join(bin, "voxel-volume");
      writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${resolve("dist/cli.js")}" "$@"\n`);
      chmodSync(program, 0o755);
      await use({ PATH: `${bin}:${process.env.PATH}`, VOXEL_VOLUME_BROWSER: devTools });
    },
  });
  test.afterAll(() => rmSync(bin, { recursive: true, force: true }));

  test("it draws pictures without a page", async ({ notebook, cli }) => {
    await notebook.run(SAVE);
    await notebook.run(
      `w = voxel_volume.show(a, (1, 1, 2), view="cut", window=(100, 900), antialias=True, frame_rate=2, labels={1: "One"})`,
    );
    const path = cli.path("python.png");
    await notebook.run(`still = w.to_png(${JSON.stringify(path)}, width=160, height=120)`);
    await notebook.expect("[still.size, still == w.to_png(width=160, height=120)]", [[160, 120], true]);
    await notebook.run(
      `two = w.to_png(size="4x2cm", dpi=100, views=["full", "cut"], letters="a", samples=1)`,
    );
    await notebook.expect("[two.size, b'pHYs' in two]", [[157, 79], true]);
    await notebook.run(`open(${JSON.stringify(cli.path("a.nii"))}, "wb").write(w._data)`);
    await cli.succeed(
      ...["render", "a.nii", "-o", "a.png", "--size", "160x120", "--samples", "4", "--background", "white"],
      ...["--view", "cut", "--window", "100 900", "--antialias"],
    );
    expectAlike("notebook-cli", readPng(path), readPng(cli.path("a.png")), LEAST_DECIBELS);
    await expect(notebook.run("w.zoom = -1; w.to_png()")).rejects.toThrow(
      /RuntimeError: voxel-volume: .*zoom "-1"/,
    );
  });
});
