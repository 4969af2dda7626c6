/** `render` writes figures: their printed size, several views, texts as text, opened by other programs. */

import { readFileSync } from "node:fs";
import { decode } from "fast-png";
import { blob } from "../support/blob.ts";
import { expect, test } from "../support/cli.ts";
import { decibels, expectAlike, expectDifferent } from "../support/pictures.ts";
import { type Picture, readPng } from "../support/png.ts";
import { isInstalled, output } from "../support/programs.ts";

const THREE = ["--views", "full,cut,diagonal", "--size", "15x5cm", "--axes", "--letters", "a", "--colorbar"];

/** A part of a picture. */
function part({ width, data }: Picture, left: number, top: number, wide: number, high: number): Picture {
  const rows = Array.from({ length: high }, (_, y) => {
    const start = 4 * ((top + y) * width + left);
    return data.subarray(start, start + 4 * wide);
  });
  return { width: wide, height: high, data: Buffer.concat(rows) };
}

test("a PNG states its resolution, and has the pixels of its printed size", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const run = await cli.succeed("render", "blob.nii", "-o", "a.png", "--size", "5cm", "--dpi", "150");
  expect(run.stdout).toContain("a.png: 295x295 (5 x 5 cm at 150 dpi), blob.nii");
  const picture = decode(readFileSync(cli.path("a.png")));
  expect(picture).toMatchObject({ width: 295, height: 295, resolution: { x: 5906, y: 5906, unit: 1 } });
  await cli.succeed("render", "blob.nii", "-o", "b.png", "--size", "295");
  expect(decode(readFileSync(cli.path("b.png"))).resolution).toBeUndefined();
  expect(Buffer.from(readPng(cli.path("b.png")).data).equals(Buffer.from(picture.data as Uint8Array))).toBe(
    true,
  );

  await cli.succeed("render", "blob.nii", "-o", "a.jpg", "--size", "5cm", "--dpi", "150");
  const jpeg = readFileSync(cli.path("a.jpg"));
  expect(jpeg.toString("latin1", 6, 10)).toBe("JFIF");
  expect([jpeg[13], jpeg.readUInt16BE(14), jpeg.readUInt16BE(16)]).toEqual([1, 150, 150]);
});

test("several views lie in a row with one colour bar, and are those of the single views", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const size = ["--size", "600x200"];
  await cli.succeed("render", "blob.nii", "-o", "all.png", "--views", "full,cut,diagonal", ...size);
  const all = readPng(cli.path("all.png"));
  for (const [i, view] of ["full", "cut", "diagonal"].entries()) {
    await cli.succeed("render", "blob.nii", "-o", `${view}.png`, "--view", view, "--size", "200");
    expectAlike(`views-${view}`, part(all, 200 * i, 0, 200, 200), readPng(cli.path(`${view}.png`)), 60);
  }
  await cli.succeed(
    "render",
    "blob.nii",
    "-o",
    "bar.png",
    "--views",
    "full,full,full",
    ...size,
    "--colorbar",
  );
  const bar = readPng(cli.path("bar.png"));
  // The bar is at the right of the last view only.
  const strip = part(bar, 560, 0, 40, 200);
  expect(decibels(strip, part(all, 560, 0, 40, 200))).toBeLessThan(20);
  const first = part(bar, 0, 0, 150, 200);
  expect(decibels(first, part(bar, 0, 0, 150, 200))).toBe(Number.POSITIVE_INFINITY);
  await cli.succeed("render", "blob.nii", "-o", "sides.png", "--views", "front,top", "--size", "400x200");
  const sides = readPng(cli.path("sides.png"));
  await cli.succeed(
    "render",
    "blob.nii",
    "-o",
    "top.png",
    "--elevation",
    "90",
    "--azimuth",
    "270",
    "--size",
    "200",
  );
  expectAlike("view-top", part(sides, 200, 0, 200, 200), readPng(cli.path("top.png")), 60);
});

test("texts follow the background: black on white, white on black", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const draw = async (background: string, ...more: string[]) => {
    await cli.succeed(
      "render",
      "blob.nii",
      "-o",
      "t.png",
      "--size",
      "3cm",
      "--background",
      background,
      ...more,
    );
    return readPng(cli.path("t.png"));
  };
  /** Whether a picture has opaque pixels of this grey level. */
  const isIn = ({ data }: Picture, level: number) =>
    data.some((_, i) => i % 4 === 0 && [0, 1, 2].every((c) => data[i + c] === level) && data[i + 3] === 255);
  const title = ["--title", "A title"];
  expect(isIn(await draw("white"), 0)).toBe(false);
  expect(isIn(await draw("white", ...title), 0)).toBe(true);
  expect(isIn(await draw("black", ...title), 255)).toBe(true);
  expect(isIn(await draw("transparent", ...title), 0)).toBe(true);
});

test("a scale bar that would be wrong is left out, and a line says so", async ({ cli }) => {
  cli.write("flat.nii", blob({ dims: [16, 12, 4] }));
  const size = ["--size", "150", "--scalebar"];
  await cli.succeed("render", "flat.nii", "-o", "a.png", ...size);
  const run = await cli.run("render", "flat.nii", "-o", "a.png", ...size, "--aspect", "cube");
  expect(run.stderr).toContain("no scale bar: in a cube, a length looks different along each axis");
});

test("an SVG has texts as text, its printed size, and the picture of the PNG", async ({ cli, page }) => {
  cli.write("blob.nii", blob());
  const options = [...THREE, "--title", "Ball & <box>\u0001 −5 µm"];
  await cli.succeed("render", "blob.nii", "-o", "a.png", ...options);
  await cli.succeed("render", "blob.nii", "-o", "a.svg", ...options);
  const svg = readFileSync(cli.path("a.svg"), "utf8");
  const found = await page.evaluate(async (svg) => {
    const { documentElement: root } = new DOMParser().parseFromString(svg, "image/svg+xml");
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    await image.decode();
    return {
      texts: [...root.querySelectorAll("text")].map(({ textContent }) => textContent),
      images: root.querySelectorAll("image").length,
      size: [root.getAttribute("width"), root.getAttribute("height")],
      shown: [image.naturalWidth, image.naturalHeight],
    };
  }, svg);
  expect(found.texts).toEqual(expect.arrayContaining(["a", "b", "c", "x", "z", "Ball & <box> −5 µm"]));
  expect(found.images).toBe(3);
  expect(found.size.map((side) => Number.parseFloat(side ?? "").toFixed(2))).toEqual(["5.91", "1.97"]);
  expect(found.shown).toEqual([567, 189]);
  if (isInstalled("rsvg-convert")) {
    output("rsvg-convert", "-d", "300", "-p", "300", cli.path("a.svg"), "-o", cli.path("rsvg.png"));
    expectAlike("figure-rsvg", readPng(cli.path("rsvg.png")), readPng(cli.path("a.png")), 40);
  } else test.info().annotations.push({ type: "skipped", description: "no rsvg-convert to compare with" });
});

test("a PDF is one page of the printed size, with texts as text and the picture of the PNG", async ({
  cli,
}) => {
  cli.write("blob.nii", blob());
  await cli.succeed("render", "blob.nii", "-o", "a.pdf", ...THREE);
  const pdf = readFileSync(cli.path("a.pdf"));
  expect(pdf.toString("latin1", 0, 5)).toBe("%PDF-");
  test.skip(!isInstalled("pdftotext"), "needs poppler-utils to open the PDF");
  expect(output("pdfinfo", cli.path("a.pdf"))).toMatch(/Pages: +1\n[\s\S]*Page size: +425.28 x 141.84 pts/);
  expect(output("pdftotext", cli.path("a.pdf"), "-").split(/\s+/)).toEqual(
    expect.arrayContaining(["a", "b", "c", "x", "z"]),
  );
  expect(output("pdffonts", cli.path("a.pdf"))).toContain("DejaVuSans");
  // Poppler fits letters to pixels, so the picture is compared without texts.
  await cli.succeed("render", "blob.nii", "-o", "plain.pdf", "--size", "2cm", "--background", "#204060");
  await cli.succeed("render", "blob.nii", "-o", "plain.png", "--size", "2cm", "--background", "#204060");
  output("pdftocairo", "-r", "300", "-png", "-singlefile", cli.path("plain.pdf"), cli.path("poppler"));
  expectAlike("figure-poppler", readPng(cli.path("poppler.png")), readPng(cli.path("plain.png")), 40);
});

test("names, sizes, views and letters that make no sense are refused before anything is drawn", async ({
  cli,
}) => {
  cli.write("blob.nii", blob());
  for (const [args, message] of [
    [["-o", "a.bmp"], /a\.bmp: the name has to end in one of \.png, \.jpg, .*\.pdf/],
    [["-o", "a"], /a: the name has to end in/],
    [["-o", "a.png", "--size", "12km"], /size "12km": expected pixels/],
    [["-o", "a.png", "--dpi", "many"], /dpi "many"/],
    [["-o", "a.png", "--views", "cut,side"], /views "cut,side": expected up to 16 of full, cut/],
    [["-o", "a.png", "--letters", "1"], /letters "1"/],
  ] as const) {
    const run = await cli.run("render", "blob.nii", ...args);
    expect(run.stderr).toMatch(message);
    expect(run.status).toBe(2);
  }
  expect(cli.files()).toEqual(["blob.nii"]);
});

test("views whose values have other colours have colour bars of their own", async ({ cli }) => {
  // Within the crop of the cut view, values are lower, so its colours end lower.
  cli.write("blob.nii", blob());
  const bar = ["--window", "full", "--colorbar", "--size", "400x200"];
  await cli.succeed("render", "blob.nii", "-o", "same.png", "--views", "full,full", ...bar);
  await cli.succeed(
    "render",
    "blob.nii",
    "-o",
    "own.png",
    "--views",
    "full,cut",
    ...bar,
    "--crop",
    "0:0.2 0:1 0:1",
  );
  expectDifferent("bars", readPng(cli.path("same.png")), readPng(cli.path("own.png")));
});
