/** Files that other programs wrote, and their contents according to these programs: see fixtures/make.py. */
import { readdirSync, readFileSync } from "node:fs";
import { expect } from "playwright/test";
import { fromBytes, type Source } from "../../src/read/index.ts";
import { scalarsIn } from "../../src/scalars.ts";
import type { Dtype } from "../../src/volume.ts";
import { read } from "./support.ts";

const FOLDER = new URL("fixtures/", import.meta.url);

interface Expected {
  readonly dims: readonly number[];
  readonly frames: number;
  readonly dtype: Dtype;
  readonly affine: readonly number[] | null;
  readonly values: readonly number[];
}

const EXPECTED: Readonly<Record<string, Expected>> = JSON.parse(
  readFileSync(new URL("expected.json", FOLDER), "utf8"),
);

/** Names of the fixtures that match a pattern. */
export function fixturesNamed(pattern: RegExp): string[] {
  return Object.keys(EXPECTED).filter((name) => pattern.test(name));
}

/** A fixture, with all others beside it. */
export function fixture(name: string): Source {
  const files = Object.fromEntries(
    readdirSync(FOLDER, { withFileTypes: true })
      .filter((file) => file.isFile())
      .map(({ name }) => [name, readFileSync(new URL(name, FOLDER))]),
  );
  return fromBytes(name, files[name], files);
}

/**
 * Reads all frames of a fixture (for colours, the first component) and compares them with the other program's values.
 */
export async function expectFixture(name: string, component?: number) {
  const { dims, frames, dtype, affine, values } = EXPECTED[name];
  const count = values.length / frames;
  for (let frame = 0; frame < frames; frame++) {
    const volume = await read(fixture(name), { frame, component });
    expect(volume, name).toMatchObject({ dims, frames, frame, dtype });
    affine?.forEach((value, i) => {
      expect(volume.affine[i], `${name}, affine ${i}`).toBeCloseTo(value, 4);
    });
    const scalar = scalarsIn(volume.data, volume.dtype, volume.littleEndian);
    const found = Array.from({ length: count }, (_, i) => scalar(i));
    expect(found, `${name}, frame ${frame}`).toEqual(values.slice(frame * count, (frame + 1) * count));
  }
}
