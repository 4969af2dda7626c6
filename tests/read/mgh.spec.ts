/** FreeSurfer's MGH and MGZ: files written by nibabel, and damaged files. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import { concat, gzip, type Scalar, voxels, zip } from "../support/make-volume.ts";
import { readVolume } from "../support/volume-data.ts";
import { expectFixture, fixture, fixturesNamed } from "./fixtures.ts";
import { expectError, read } from "./support.ts";

const CODES: Partial<Record<Scalar, number>> = { uint8: 0, int32: 1, float32: 3, int16: 4, uint16: 10 };

interface MghSpec {
  readonly dims?: readonly number[];
  readonly dtype?: Scalar;
  readonly code?: number;
  readonly version?: number;
}

/** An MGH file from the specification, without directions. */
function mghFile({ dims = [7, 5, 3, 1], dtype = "int16", code, version = 1 }: MghSpec = {}): Uint8Array {
  const view = new DataView(new ArrayBuffer(284));
  [version, ...dims, code ?? CODES[dtype] ?? 0].forEach((value, i) => {
    view.setInt32(4 * i, value);
  });
  const sizes = dims.map((n) => (n > 0 && n < 100 ? n : 1));
  return concat(new Uint8Array(view.buffer), voxels({ dims: sizes, dtype, bigEndian: true }));
}

for (const name of fixturesNamed(/\.mg[hz]$/)) {
  test(`${name}, written by nibabel: values and affine equal nibabel's`, async () => {
    await expectFixture(name);
    const { oriented, unitless } = await read(fixture(name));
    expect(oriented).toBe(name === "unoriented.mgh" ? undefined : true);
    expect(unitless).toBeUndefined();
  });
}

test("every type of voxel, with frames", async () => {
  for (const dtype of Object.keys(CODES) as Scalar[]) {
    const spec = { dims: [4, 3, 2, 3], dtype };
    const all = voxels({ ...spec, bigEndian: true });
    for (const frame of [0, 2]) {
      const volume = await read(fromBytes("a.mgh", mghFile(spec)), { frame });
      expect(volume).toMatchObject({ dims: [4, 3, 2], dtype, littleEndian: false, frames: 3, frame });
      const bytes = all.length / 3;
      expect([...volume.data]).toEqual([...all.subarray(frame * bytes, (frame + 1) * bytes)]);
    }
  }
});

test("recognised by content, in archives by name, and data after the voxels are ignored", async () => {
  const file = concat(mghFile(), new Uint8Array(500).fill(7));
  const expected = [...voxels({ dims: [7, 5, 3], bigEndian: true })];
  for (const source of [
    fromBytes("volume", file),
    fromBytes("a.mgz", await gzip(file)),
    fromBytes("a.mgh.gz", await gzip(file)),
  ]) {
    expect([...(await read(source)).data]).toEqual(expected);
  }
  const archive = fromBytes("a.zip", await zip({ "s/orig.mgz": await gzip(file), "s/readme.txt": file }));
  const { volume, entries } = await readVolume(archive);
  expect([...volume.data]).toEqual(expected);
  expect(entries).toMatchObject([{ path: "s/orig.mgz", format: "mgh" }]);
  expect((await read(archive, { entry: "orig" })).name).toBe("s/orig.mgz");
});

test("damaged headers are refused before memory is allocated", async () => {
  for (const dims of [
    [0, 5, 3, 1],
    [7, -5, 3, 1],
    [7, 5, 3, 0],
  ]) {
    await expectError(read(fromBytes("a.mgh", mghFile({ dims }))), "corrupt-file", "a.mgh", dims.join(" "));
  }
  const huge = [2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1, 1];
  await expectError(read(fromBytes("a.mgh", mghFile({ dims: huge }))), "corrupt-file", "a.mgh");
  const many = mghFile({ dims: [30000, 30000, 3, 1] });
  await expectError(read(fromBytes("a.mgh", many)), "corrupt-file", "30000 x 30000 x 3", "5,400,000,284");
  await expectError(read(fromBytes("a.mgz", await gzip(many))), "corrupt-file", "a.mgz");
  for (const length of [31, 60, 89]) {
    await expectError(read(fromBytes("a.mgh", mghFile().subarray(0, length))), "corrupt-file", "cut off");
  }
  await expectError(read(fromBytes("a.mgh", mghFile().subarray(0, 300))), "corrupt-file", "494", "300");
});

test("types with several numbers, and other versions", async () => {
  for (const code of [2, 5, 6, 7, 11]) {
    await expectError(
      read(fromBytes("a.mgh", mghFile({ code }))),
      "unsupported-format",
      `type ${code}`,
      "mri_convert",
    );
  }
  await expectError(read(fromBytes("a.mgh", mghFile({ version: 2 }))), "unsupported-format", "a.mgh");
});

test("the .mgz among the shared cases", async () => {
  const path = new URL("../../../shared/cases/x_mgz/T1.mgz", import.meta.url);
  test.skip(!existsSync(path), "../shared/cases is not here");
  const volume = await read(fromBytes("T1.mgz", readFileSync(path)));
  expect(volume).toMatchObject({ dims: [5, 4, 3], dtype: "int16", oriented: true, spacing: [1, 1, 1] });
});
