/** Notices: one line with a solution if little or nothing is visible, otherwise none. */

import { expect, test } from "playwright/test";
import { KINDS } from "../../src/options/kinds.ts";
import { type Filled, noticeOf } from "../../src/options/notice.ts";
import { ARTICLE_TRANSFORM, type DrawnSettings } from "../../src/options/settings.ts";
import { profileOf } from "../../src/values/profile.ts";
import { rowOf } from "../support/volumes.ts";

const ROW = Array.from({ length: 1000 }, (_, i) => i % 7);

async function notice(
  filled: Partial<Filled>,
  settings: Partial<Pick<DrawnSettings, "kind" | "transform" | "opacity">> = {},
  row: readonly number[] = ROW,
) {
  return noticeOf(
    { kind: "intensity", transform: ARTICLE_TRANSFORM, opacity: 1, ...settings },
    await profileOf(rowOf(row, "float32")),
    { filled: 500, voxels: row.length, isCut: false, ...filled },
  );
}

test("there is no notice if a good part of the voxels is filled", async () => {
  for (const kind of KINDS) {
    for (const filled of [1, 2, 500, 990]) expect(await notice({ filled }, { kind })).toBeUndefined();
  }
});

test("a constant volume has a notice with its value, unless a part of it is visible", async () => {
  const same = await notice({ filled: 0 }, {}, [-3, -3, -3]);
  expect(same).toBe(
    "Every value is −3: there is nothing to tell apart. Is it the right file, entry and frame?",
  );
  expect(await notice({ filled: 3 }, { kind: "mask" }, [1, 1, 1]), "all filled by hand").toMatch(
    /^Every value is 1/,
  );
  expect(await notice({ filled: 2 }, { kind: "mask" }, [1, NaN, 1])).toBeUndefined();
});

test("a volume without any value has a notice", async () => {
  expect(await notice({ filled: 0 }, {}, [NaN, Infinity])).toBe(
    "No voxel has a value: all are missing (NaN or infinite)",
  );
});

test("too few, no or all filled voxels have a notice with the solution for their kind", async () => {
  const solutions: Record<DrawnSettings["kind"], readonly [few: RegExp, all: RegExp]> = {
    intensity: [
      /narrow the window, or lower floor and bias$/,
      /Raise the window's low end, lower opacity, or crop$/,
    ],
    signed: [/lower the threshold$/, /Raise the threshold, or crop$/],
    labels: [/show more labels, or zoom in$/, /Hide some labels, or crop$/],
    mask: [/zoom in, or crop$/, /Crop, or set kind to intensity$/],
  };
  for (const kind of KINDS) {
    const [few, all] = solutions[kind];
    const none = await notice({ filled: 0 }, { kind });
    expect(none).toMatch(/^No voxel is filled: /);
    expect(none).toMatch(few);
    const rare = await notice({ filled: 7, voxels: 10_000 }, { kind });
    expect(rare).toMatch(/^Only 0\.07 % of the voxels are filled: /);
    expect(rare).toMatch(few);
    const solid = await notice({ filled: 1000 }, { kind });
    expect(solid).toMatch(/^All voxels are filled: what is inside is hidden\. /);
    expect(solid).toMatch(all);
  }
  expect(await notice({ filled: 0 }, { transform: null })).toMatch(/: narrow the window$/);
});

test("a cut that leaves little is part of the solution", async () => {
  expect(await notice({ filled: 0, isCut: true })).toMatch(
    /^No voxel is filled: widen crop and clip, or narrow/,
  );
  expect(await notice({ filled: 0 })).not.toContain("crop");
});

test("an opacity of 0 has its own notice", async () => {
  expect(await notice({}, { opacity: 0 })).toBe("Nothing is seen: opacity is 0. Set opacity to 1");
});

test("every notice is one line", async () => {
  const made = await Promise.all([
    ...KINDS.flatMap((kind) => [0, 1, 10_000].map((filled) => notice({ filled, voxels: 10_000 }, { kind }))),
    notice({ filled: 0 }, {}, [2, 2]),
    notice({}, { opacity: 0 }),
  ]);
  for (const line of made) expect(line).toMatch(/^[^\n]{20,130}$/);
});
