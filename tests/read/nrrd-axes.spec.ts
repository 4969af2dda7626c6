/** NRRD: which axes are space, frames and the components of a voxel. */
import { expect, test } from "playwright/test";
import { type NrrdFields, nrrd } from "../support/make-nrrd.ts";
import { concat, voxels } from "../support/make-volume.ts";
import { readVolume } from "../support/volume-data.ts";
import { expectError, read, values } from "./support.ts";

test("kinds: frames first or last, vectors, colours and complex numbers", async () => {
  /** Values of a frame when the frame axis is first or last. */
  const all = voxels({ dims: [3, 7, 5, 2], dtype: "int16" });
  const first = (k: number) =>
    [...Array(70).keys()].flatMap((i) => [...all.subarray((3 * i + k) * 2, (3 * i + k) * 2 + 2)]);
  for (const kind of ["list", "time", "vector", "3-gradient", "normal", "point", "HSV-color", "???"]) {
    const more = kind === "???" ? { "space directions": "none (1,0,0) (0,1,0) (0,0,1)" } : {};
    const source = nrrd({ sizes: "3 7 5 2", kinds: `${kind} domain space domain`, ...more }, all);
    for (const frame of [0, 2]) {
      const volume = await read(source, { frame });
      expect(volume, kind).toMatchObject({ dims: [7, 5, 2], frames: 3, frame });
      expect([...volume.data], kind).toEqual(first(frame));
    }
  }
  const last = nrrd({ sizes: "3 7 5 2", kinds: "domain domain domain time" }, all);
  expect(await values(last, { frame: 1 })).toEqual([...all.subarray(210)]);
  // Two frame axes count as one.
  const two = nrrd({ sizes: "3 7 5 2 2", kinds: "space space space list list" }, concat(all, all));
  const { entries } = await readVolume(two);
  expect(entries[0].frames).toBe(4);
  const flat = nrrd({ sizes: "3 7 10", kinds: "list domain domain" }, all);
  expect(await read(flat, { frame: 1 })).toMatchObject({ dims: [7, 10, 1], frames: 3 });
  const between = nrrd({ sizes: "7 5 3 2", kinds: "space space list space" }, all);
  expect(await read(between, { frame: 1 })).toMatchObject({ dims: [7, 5, 2], frames: 3 });
  expect(await values(between, { frame: 1 })).toEqual([...all.subarray(70, 140), ...all.subarray(280, 350)]);
});

test("components are colours and complex numbers, at any position of their axis", async () => {
  const bytes = voxels({ dims: [3, 7, 5, 2], dtype: "uint8" });
  const planes = Uint8Array.from(bytes, (_, i) => bytes[(i % 70) * 3 + Math.floor(i / 70)]);
  for (const kind of ["RGB-color", "3-color", "rgb-color", "vector", "3-vector"]) {
    const interleaved = nrrd(
      { type: "uchar", sizes: "3 7 5 2", kinds: `${kind} domain domain domain` },
      bytes,
    );
    const apart = nrrd({ type: "uchar", sizes: "7 5 2 3", kinds: `domain domain domain ${kind}` }, planes);
    for (const source of [interleaved, apart]) {
      const { volume, entries } = await readVolume(source, { component: 1 });
      expect(entries, kind).toMatchObject([{ components: "rgb", dims: [7, 5, 2], frames: 1 }]);
      expect([...volume.data], kind).toEqual([...planes.subarray(70, 140)]);
      expect((await read(source)).notes).toHaveLength(1);
    }
  }
  const rgba = nrrd(
    { type: "uchar", sizes: "4 7 5", kinds: "RGBA-color domain domain" },
    new Uint8Array(140),
  );
  expect((await readVolume(rgba)).entries).toMatchObject([{ components: "rgba", dims: [7, 5, 1] }]);
  const complex = nrrd(
    { type: "float", sizes: "2 2 1", kinds: "complex domain domain" },
    voxels({ dims: [4], dtype: "float32", value: (i) => [3, 4, 5, 12][i] }),
  );
  expect([...new Float32Array((await read(complex)).data.slice().buffer)]).toEqual([5, 13]);
  const moving = nrrd(
    { type: "uchar", sizes: "3 7 5 1 2", kinds: "RGB-color domain domain domain time" },
    bytes,
  );
  expect(await read(moving, { component: 0, frame: 1 })).toMatchObject({ dims: [7, 5, 1], frames: 2 });
});

test("four axes without kinds: the one without a direction or spacing is frames, else the last", async () => {
  const all = voxels({ dims: [3, 7, 5, 2] });
  const shape = async (fields: NrrdFields) => {
    const { dims, frames } = await read(nrrd({ sizes: "3 7 5 2", ...fields }, all));
    return [...dims, frames];
  };
  const space = { space: "LPS" };
  expect(await shape({})).toEqual([3, 7, 5, 2]);
  expect(await shape({ ...space, "space directions": "none (1,0,0) (0,1,0) (0,0,1)" })).toEqual([7, 5, 2, 3]);
  expect(await shape({ ...space, "space directions": "(nan,nan,nan) (1,0,0) (0,1,0) (0,0,1)" })).toEqual([
    7, 5, 2, 3,
  ]);
  expect(await shape({ ...space, "space directions": "(1,0,0) (0,1,0) (0,0,1) none" })).toEqual([3, 7, 5, 2]);
  expect(await shape({ spacings: "nan 1 1 1" })).toEqual([7, 5, 2, 3]);
  const time = "(1,0,0,0) (0,2,0,0) (0,0,3,0) (0,0,0,0.5)";
  const moving = await read(
    nrrd(
      {
        sizes: "3 7 5 2",
        space: "left-posterior-superior-time",
        "space directions": time,
        "space origin": "(1,2,3,0)",
      },
      all,
    ),
  );
  expect(moving).toMatchObject({ dims: [3, 7, 5], frames: 2, spacing: [1, 2, 3], oriented: true });
  expect(moving.affine).toEqual([-1, 0, 0, -1, 0, -2, 0, -2, 0, 0, 3, 3, 0, 0, 0, 1]);
});

test("if no kind is spatial, the axes with directions are space, else the first three", async () => {
  const all = voxels({ dims: [3, 7, 5, 2] });
  const fields = { sizes: "3 7 5 2", kinds: "list list list list" };
  expect(await read(nrrd(fields, all))).toMatchObject({ dims: [3, 7, 5], frames: 2 });
  const directions = "none none none (0,2,0)";
  const one = await read(nrrd({ ...fields, space: "RAS", "space directions": directions }, all));
  expect(one).toMatchObject({ dims: [2, 1, 1], frames: 105, spacing: [2, 1, 1] });
});

test("frame axes on both sides of the spatial axes are refused", async () => {
  const source = nrrd({ sizes: "3 7 5 1 2", kinds: "list space space space list" }, voxels({ dims: [210] }));
  await expectError(read(source), "unsupported-format", "a.nrrd", "3 x 7 x 5 x 1 x 2");
});
