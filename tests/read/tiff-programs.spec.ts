/** TIFF files that other programs wrote: see tests/read/fixtures/tiff/make.py. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import { DTYPES } from "../../src/volume.ts";
import { VolumeFile } from "../support/volume-data.ts";
import { expectError } from "./support.ts";
import { little, open } from "./tiff-file.ts";

test.describe("files written by other programs", () => {
  const folder = new URL("fixtures/tiff/", import.meta.url);
  type Expected = {
    dims: number[];
    dtype: keyof typeof DTYPES;
    sha256: string[];
    spacing?: number[];
    components?: number;
    values?: number[];
  };
  const expected: Record<string, Expected> = JSON.parse(
    readFileSync(new URL("expected.json", folder), "utf8"),
  );

  test("all expected files exist", () => {
    const files = readdirSync(folder).filter((name) => name.endsWith(".tif"));
    expect(files.sort()).toEqual([...Object.keys(expected), "group4.tif", "zstandard.tif"].sort());
  });

  for (const [name, { dims, dtype, sha256, spacing, components = 1, values }] of Object.entries(expected)) {
    test(name, async () => {
      const file = new VolumeFile(fromBytes(name, readFileSync(new URL(name, folder))));
      for (const [frame, hash] of sha256.entries()) {
        const parts: Buffer[] = [];
        for (let component = 0; component < components; component++) {
          const { volume } = await file.read({ frame, ...(components > 1 && { component }) });
          expect(volume).toMatchObject({ dims, dtype, frames: sha256.length });
          for (const [axis, length] of (spacing ?? []).entries())
            expect(volume.spacing[axis]).toBeCloseTo(length, 9);
          parts.push(little(volume.data, DTYPES[dtype], volume.littleEndian));
        }
        const together = Buffer.from([...parts[0]].flatMap((_, i) => parts.map((part) => part[i])));
        if (!values) {
          const stored = components > 1 ? together : parts[0];
          expect(createHash("sha256").update(stored).digest("hex")).toBe(hash);
          continue;
        }
        // JPEG decoders differ in rounding, and in how they upsample colours.
        const errors = values.map((value, i) => Math.abs(value - together[i]));
        expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(
          name === "jpeg.tif" ? 0.5 : 3,
        );
      }
    });
  }

  test("other compressions are named, with advice", async () => {
    for (const [name, method] of [
      ["group4.tif", "CCITT Group 4"],
      ["zstandard.tif", "Zstandard"],
    ])
      await expectError(
        open(readFileSync(new URL(name, folder))),
        "unsupported-format",
        method,
        "Save it again",
      );
  });

  const stack = new URL("../../../shared/cases/x_tiff/stack.tif", import.meta.url);
  test("a stack that failed in the past", async () => {
    test.skip(!existsSync(stack), "../shared/cases/x_tiff is not here");
    expect((await open(readFileSync(stack))).dims.slice(0, 2)).toEqual([5, 4]);
  });
});
