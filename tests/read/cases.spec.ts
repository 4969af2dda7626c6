/** Files from public bug reports, in ../shared/cases: what is read, and which error is reported. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "playwright/test";
import type { ErrorCode } from "../../src/errors.ts";
import { fromBytes, fromFiles, fromUrls, type Source } from "../../src/read/index.ts";
import { DTYPES } from "../../src/volume.ts";
import { inCOrder } from "../support/npy.ts";
import { RangeSite } from "../support/range-site.ts";
import { readVolume } from "../support/volume-data.ts";
import { expectError } from "./support.ts";

const CASES = "../shared/cases";

interface Case {
  readonly name: string;
  /** Path in the folder of the cases. */
  readonly file: string;
  readonly dims?: readonly number[];
  readonly dtype?: string;
  readonly slope: number;
  readonly intercept: number;
  readonly sha1_of_C_order?: string;
}

/** Expected values besides dimensions and bytes. */
const VOLUMES: Readonly<Record<string, Record<string, unknown>>> = {
  n_pixdim_vs_sform: { spacing: [0.5, 0.5, 3] },
  n_rgb24: { notes: [{ text: "Colours are shown as their luminance" }], dtype: "uint8" },
  n_complex64: { notes: [{ text: "Complex numbers are shown as their magnitude" }], dtype: "float32" },
  npy_5d: { dims: [5, 4, 3], frames: 1 },
  npy_4d_lead1: { dims: [5, 4, 3], frames: 1 },
  npy_rgb: { dims: [6, 5, 4], frames: 1, notes: [{ text: "Colours are shown as their luminance" }] },
};
const ERRORS: Readonly<Record<string, readonly [ErrorCode, ...string[]]>> = {
  gz_badcrc: ["corrupt-file", "a.nii.gz"],
  n_lfs: ["unsupported-format", "Git LFS", "git lfs pull"],
  a_noimg: ["entry-not-found", ".img", "missing"],
  npy_objdict: ["unsupported-format", "a.item()", "allow_pickle=True"],
  // Only the beginning of a file.
  x_dicom: ["corrupt-file", "DICOM"],
  x_vti: ["unsupported-format", "VTK"],
};

test.describe("the cases of ../shared", () => {
  test.skip(!existsSync(`${CASES}/cases.json`), "there is no ../shared");
  const cases: Case[] = existsSync(`${CASES}/cases.json`)
    ? JSON.parse(readFileSync(`${CASES}/cases.json`, "utf8"))
    : [];

  /** The case as a source: from memory, from dropped files and from a server. */
  function* sourcesOf(
    file: string,
    files: Record<string, Uint8Array>,
    url: string,
  ): Generator<[kind: string, source: Source]> {
    const { [basename(file)]: bytes, ...siblings } = files;
    yield ["memory", fromBytes(basename(file), bytes, siblings)];
    yield [
      "files",
      fromFiles(
        Object.entries(files).map(([name, bytes]) => new File([bytes as Uint8Array<ArrayBuffer>], name)),
      ),
    ];
    const order = [basename(file), ...Object.keys(siblings)];
    yield ["server", fromUrls(order.map((name) => url + name))];
  }

  for (const one of cases) {
    const { name, dims, dtype } = one;
    const error = ERRORS[name];
    const what = error ? `refused as ${error[0]}` : "read";
    test(`${name}: ${what}, from memory, from files and from a server`, async () => {
      const folder = join(CASES, dirname(one.file));
      const names = readdirSync(folder);
      const files = Object.fromEntries(
        names.map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]),
      );
      const site = new RangeSite(files);
      try {
        for (const [kind, source] of sourcesOf(one.file, files, await site.start())) {
          if (error) {
            await expectError(readVolume(source), ...error);
            continue;
          }
          const { volume } = await readVolume(source);
          const size = DTYPES[volume.dtype];
          expect(volume.data.length, kind).toBe(size * volume.dims.reduce((n, side) => n * side, 1));
          expect(volume, kind).toMatchObject(VOLUMES[name] ?? {});
          expect(volume.slope, kind).toBeCloseTo(one.slope, 15);
          if (!dims || !one.sha1_of_C_order) continue;
          expect(volume.dims, kind).toEqual(dims);
          expect(`${volume.dtype[0]}${size}`, kind).toBe(dtype?.slice(1));
          const stored = inCOrder(volume.data, size, [...volume.dims]);
          expect(createHash("sha1").update(stored).digest("hex"), kind).toBe(one.sha1_of_C_order);
        }
      } finally {
        site.close();
      }
    });
  }
});
