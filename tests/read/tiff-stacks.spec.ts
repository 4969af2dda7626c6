/** Descriptions and resolutions in TIFF files: lengths, channels, time points, the order of pages. */

import { deflateSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { concat, voxels } from "../support/make-volume.ts";
import { expectError } from "./support.ts";
import { dims, height, notesOf, open, pages, pagesOf, tiff, width } from "./tiff-file.ts";

test.describe("lengths", () => {
  const resolution = { 282: [4], 283: [2] };

  test("from resolutions per inch and per centimetre, but not without a unit", async () => {
    const inch = await open(tiff({ fields: { ...resolution, 296: [2] } }));
    expect(inch.spacing).toEqual([6.35, 12.7, 6.35]);
    expect(notesOf(inch)).toEqual([
      "The distance of the slices is not known: it is taken for the width of a pixel",
    ]);
    expect((await open(tiff({ fields: { ...resolution, 296: [3] } }))).spacing).toEqual([2.5, 5, 2.5]);
    const proportions = await open(tiff({ fields: { ...resolution, 296: [1] } }));
    expect(proportions.spacing).toEqual([0.25, 0.5, 0.25]);
    expect(notesOf(proportions)).toEqual(["The sizes of voxels have no unit: they are taken for mm"]);
    const alike = await open(tiff({ fields: { 282: [4], 283: [4], 296: [1] } }));
    expect(alike).toMatchObject({ unitless: true, spacing: [1, 1, 1] });
    expect(alike.affine).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
  });

  for (const [unit, mm] of Object.entries({
    "\\u00B5m": 1e-3,
    micron: 1e-3,
    um: 1e-3,
    nm: 1e-6,
    mm: 1,
    cm: 10,
    inch: 25.4,
  })) {
    test(`in ImageJ's unit ${unit}`, async () => {
      const description = `ImageJ=1.54f\nimages=3\nslices=3\nunit=${unit}\nspacing=-5\n`;
      const { spacing, affine, unitless } = await open(
        tiff({ fields: { ...resolution, 270: description, 296: [1] } }),
      );
      for (const [axis, length] of [0.25, 0.5, 5].entries()) {
        expect(spacing[axis]).toBeCloseTo(length * mm, 12);
        expect(affine[5 * axis]).toBe(spacing[axis]);
      }
      expect(unitless).toBeUndefined();
    });
  }
});

test.describe("ImageJ", () => {
  const header = (fields: string) => ({ 270: `ImageJ=1.54f\n${fields}` });

  test("stacks with one directory, as beyond 4 GiB: the pixels are contiguous", async () => {
    const fields = header("images=3\nslices=3\n");
    for (const more of [{ directories: "front" }, { directories: "behind", single: true }] as const)
      expect([...(await open(tiff({ fields, ...more }))).data]).toEqual([...concat(...pages)]);
    const bytes = tiff({ fields, directories: "front" });
    await expectError(open(bytes.slice(0, -1)), "corrupt-file", "a.tif is damaged or cut off");
  });

  test("channels, slices and time points: frames are channels, then time points", async () => {
    const [c, z, t] = [2, 3, 2];
    const all = voxels({ dims: [width, height, c * z * t], dtype: "uint8" });
    const planes = pagesOf(all, c * z * t);
    const fields = header(`images=${c * z * t}\nchannels=${c}\nslices=${z}\nframes=${t}\nhyperstack=true\n`);
    for (const more of [{}, { directories: "behind" as const }, { compression: 8, pack: deflateSync }]) {
      const bytes = tiff({ pages: planes, fields, ...more });
      for (let frame = 0; frame < c * t; frame++) {
        const volume = await open(bytes, { frame });
        expect(volume).toMatchObject({ dims: [width, height, z], frames: c * t });
        const wanted = [0, 1, 2].map(
          (slice) => planes[(frame % c) + c * (slice + z * Math.floor(frame / c))],
        );
        expect([...volume.data]).toEqual([...concat(...wanted)]);
        expect(volume.notes).toEqual([
          {
            text: "Frames are {channels} channels of {times} time points",
            values: { channels: c, times: t },
          },
        ]);
      }
    }
  });

  test("time points of one slice are shown as slices", async () => {
    const volume = await open(tiff({ fields: header("images=3\nframes=3\n") }));
    expect(volume).toMatchObject({ dims, frames: 1 });
    expect(notesOf(volume)).toEqual(["Time points are shown as slices"]);
  });

  test("a description of missing pages is ignored", async () => {
    const volume = await open(tiff({ pages: pages.slice(0, 1), fields: header("images=40\nslices=40\n") }));
    expect(volume.dims).toEqual([width, height, 1]);
    expect(notesOf(volume)).toEqual([
      "The description of the file tells of {told} pages, {count} are there: each is shown as a slice",
    ]);
  });
});

test.describe("OME-TIFF", () => {
  const xml = (attributes: string, inner = "<TiffData/>") =>
    `<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0"><Pixels ${attributes}>${inner}</Pixels></Image></OME>`;
  const [c, z, t] = [2, 3, 2];
  const planes = pagesOf(voxels({ dims: [width, height, c * z * t], dtype: "uint8" }), c * z * t);

  for (const order of ["ZCT", "ZTC", "CZT", "CTZ", "TZC", "TCZ"]) {
    test(`pages in the order ${order}`, async () => {
      const sizes: Record<string, number> = { C: c, Z: z, T: t };
      const description = xml(
        `DimensionOrder="XY${order}" SizeC="${c}" SizeZ="${z}" SizeT="${t}" SizeX="11" SizeY="7"`,
      );
      const bytes = tiff({ pages: planes, fields: { 270: description } });
      for (let frame = 0; frame < c * t; frame++) {
        const wanted = [0, 1, 2].map((slice) => {
          const at: Record<string, number> = { Z: slice, C: frame % c, T: Math.floor(frame / c) };
          const [a, b, d] = order;
          return planes[at[a] + sizes[a] * (at[b] + sizes[b] * at[d])];
        });
        const volume = await open(bytes, { frame });
        expect([...volume.data]).toEqual([...concat(...wanted)]);
      }
    });
  }

  test("pages in another order, from TiffData elements", async () => {
    const inner = [2, 0, 1]
      .map((page, slice) => `<TiffData FirstZ="${slice}" IFD="${page}" PlaneCount="1"/>`)
      .join("");
    const fields = { 270: xml('DimensionOrder="XYZCT" SizeZ="3" SizeC="1" SizeT="1"', inner) };
    expect([...(await open(tiff({ fields }))).data]).toEqual([...concat(pages[2], pages[0], pages[1])]);
  });

  test("voxel sizes, in µm if there is no unit", async () => {
    const lengths =
      'PhysicalSizeX="0.5" PhysicalSizeY="500" PhysicalSizeYUnit="nm" PhysicalSizeZ="2" PhysicalSizeZUnit="&#181;m"';
    const { spacing } = await open(tiff({ fields: { 270: xml(`${lengths} SizeZ="3"`) } }));
    for (const [axis, length] of [0.0005, 0.0005, 0.002].entries())
      expect(spacing[axis]).toBeCloseTo(length, 12);
  });

  test("of several files or images, only the pages of this one are read, with a note", async () => {
    const inner = ["a.tif", "b.tif"]
      .map((name, i) => `<TiffData FirstC="${i}"><UUID FileName="${name}">urn:${i}</UUID></TiffData>`)
      .join("");
    const several = await open(tiff({ fields: { 270: xml('SizeZ="3" SizeC="2"', inner) } }));
    expect(several).toMatchObject({ dims, frames: 1 });
    expect(notesOf(several)).toEqual([
      "One of {count} files of an OME-TIFF: its own pages are shown as slices",
    ]);
    const two = xml('SizeZ="2"').replace("</OME>", '<Image><Pixels SizeZ="1"/></Image></OME>');
    const images = await open(tiff({ fields: { 270: two } }));
    expect(images.dims).toEqual([width, height, 2]);
    expect(notesOf(images)).toContain("The first of {count} images of the OME-TIFF is shown");
  });
});

test("MetaMorph's stacks: one directory, and a field with one element per slice", async () => {
  const bytes = tiff({ directories: "front", fields: { 33629: [1, 2, 3] } });
  const volume = await open(bytes);
  expect(volume.dims).toEqual(dims);
  expect([...volume.data]).toEqual([...concat(...pages)]);
});

test("tifffile's shape: the slowest axes are frames", async () => {
  const planes = pagesOf(voxels({ dims: [width, height, 6], dtype: "uint8" }), 6);
  const fields = { 270: `{"shape": [2, 3, ${height}, ${width}]}` };
  for (const single of [false, true]) {
    const bytes = tiff({ pages: planes, fields, single, directories: "behind" });
    const volume = await open(bytes, { frame: 1 });
    expect(volume).toMatchObject({ dims, frames: 2 });
    expect([...volume.data]).toEqual([...concat(...planes.slice(3))]);
  }
});
