/** `info`: lists the volumes of a file. */

import { BLOB, blob, DIMS, SPACING } from "../support/blob.ts";
import { expect, test } from "../support/cli.ts";
import { analyzeHeader, gzip, voxels, zip } from "../support/make-volume.ts";

test("lists all volumes, for people and as JSON", async ({ cli }) => {
  const small = { ...BLOB, dims: [4, 3, 2], dtype: "uint8" as const };
  const series = blob({ dims: [5, 4, 3, 7], dtype: "float32", bigEndian: true });
  const files = {
    "scans/head.hdr": analyzeHeader(BLOB),
    "scans/head.img": voxels(BLOB),
    "scans/small.hdr": analyzeHeader(small),
    "scans/small.img": voxels(small),
    "series.nii.gz": await gzip(series),
    "README.txt": new TextEncoder().encode("not a volume"),
  };
  cli.write("all.zip", await zip(files));
  const text = await cli.succeed("info", "all.zip");
  expect(text.stderr).toBe("");
  expect(text.stdout.trimEnd().split("\n").sort()).toEqual([
    "Intensity, window 300 to 875, opacity 1; values from 0 to 875",
    "scans/head.hdr: 16 x 12 x 10, 1 x 1 x 1.5 mm, int16, analyze  <- drawn by default",
    "scans/small.hdr: 4 x 3 x 2, 1 x 1 x 1.5 mm, uint8, analyze",
    expect.stringMatching(
      /^series\.nii(\.gz)?: 5 x 4 x 3, 7 frames, 1 x 1 x 1\.5 mm, float32, big-endian, nifti1$/,
    ),
  ]);
  const { volume, entries } = JSON.parse((await cli.succeed("info", "all.zip", "--json")).stdout);
  expect(volume).toMatchObject({ name: "scans/head.hdr", dims: DIMS, spacing: SPACING, dtype: "int16" });
  expect(volume).not.toHaveProperty("data");
  expect(entries.map(({ dims }: { dims: number[] }) => dims)).toEqual(
    expect.arrayContaining([DIMS, [4, 3, 2], [5, 4, 3]]),
  );
});

test("accepts a pair by either name, plain or gzipped NIfTI", async ({ cli }) => {
  cli.write("head.hdr", analyzeHeader(BLOB));
  cli.write("head.img", voxels(BLOB));
  cli.write("one.nii", blob());
  cli.write("two.nii.gz", await gzip(blob()));
  for (const name of ["head.hdr", "head.img", "one.nii", "two.nii.gz"]) {
    const { stdout } = await cli.succeed("info", name);
    expect(stdout, name).toContain(": 16 x 12 x 10, 1 x 1 x 1.5 mm, int16, ");
    expect(stdout.split("\n"), name).toHaveLength(3);
  }
});
