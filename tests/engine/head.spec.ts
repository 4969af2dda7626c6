/**
 * Pictures of the head, compared with the references and matplotlib's pictures in ../shared, and weighted with exact.
 */

import { test } from "../support/gpu.ts";
import { goldenPicture, HEAD_IS_HERE, headVolume, matplotlib } from "../support/head.ts";
import type { RenderCase } from "./render-cases.ts";
import { expectDecibels, pictures } from "./support.ts";

test.skip(!HEAD_IS_HERE, "../shared, which has the head, is not here");

const VIEWS = ["full", "cut", "diagonal"];
const ARTICLE = { resolution: "50", aspect: "cube" };

test("exact pictures match the references, at 50, at native resolution, and with 16 samples per pixel", async ({
  gpu,
}) => {
  const shots = VIEWS.flatMap((view): RenderCase[] => [
    { view, ...ARTICLE, blend: "exact", width: 300 },
    { view, ...ARTICLE, blend: "exact", width: 300, samples: 16 },
    { view, blend: "exact", width: 300 },
  ]);
  const rendered = await pictures(gpu, await headVolume(), shots);
  for (const [i, view] of VIEWS.entries()) {
    const [one, many, native] = rendered.slice(3 * i);
    expectDecibels(`${view}-50`, one, goldenPicture(`exact_${view}_50_300px`), 50);
    expectDecibels(`${view}-50-samples`, many, goldenPicture(`exact_${view}_50_300px_4x4`), 45);
    expectDecibels(`${view}-native`, native, goldenPicture(`exact_${view}_native_300px`), 50);
  }
});

for (const view of VIEWS) {
  test(`the ${view} view matches matplotlib's`, async ({ gpu }) => {
    const shot: RenderCase = { view, ...ARTICLE, blend: "exact", width: 1200, samples: 9 };
    const [ours] = await pictures(gpu, await headVolume(), [shot]);
    expectDecibels(`${view}-matplotlib`, ours, matplotlib(view), 38);
  });
}

const BETWEEN = { distance: "0.45", zoom: "2", azimuth: "30", elevation: "10" };

test("weighted blending is close to exact, from outside and from inside", async ({ gpu }) => {
  const cases: Record<string, Omit<RenderCase, "blend"> & { least: number }> = {
    ...Object.fromEntries(VIEWS.map((view) => [`${view}-50`, { view, ...ARTICLE, least: 30 }])),
    ...Object.fromEntries(VIEWS.map((view) => [`${view}-native`, { view, width: 128, least: 30 }])),
    "cut-50-samples": { view: "cut", ...ARTICLE, samples: 16, width: 64, least: 35 },
    "inside-50": { ...ARTICLE, distance: "0.3", zoom: "2", opacity: "0.1", width: 64, least: 45 },
    "inside-native": { distance: "0.3", zoom: "2", opacity: "0.1", width: 64, least: 45 },
    // Faces seen edge-on do not count as facing the eye.
    "between-50": { ...ARTICLE, ...BETWEEN, width: 96, least: 40 },
    "thin-native": { opacity: "0.002", width: 48, least: 45 },
  };
  const shots = Object.values(cases).flatMap(({ least: _, ...shot }): RenderCase[] =>
    (["unbounded", "exact"] as const).map((blend) => ({ width: 192, ...shot, blend })),
  );
  const rendered = await pictures(gpu, await headVolume(), shots);
  for (const [i, [name, { least }]] of Object.entries(cases).entries()) {
    expectDecibels(`weighted-${name}`, rendered[2 * i], rendered[2 * i + 1], least);
  }
});

test("hidden faces of the head make no difference", async ({ gpu }) => {
  const cases: Omit<RenderCase, "blend">[] = [
    { view: "cut", ...ARTICLE },
    { view: "full", ...ARTICLE, opacity: "0.1" },
  ];
  const shots = cases.flatMap((shot): RenderCase[] =>
    (["unbounded", "everyFace"] as const).map((blend) => ({ width: 96, ...shot, blend })),
  );
  const rendered = await pictures(gpu, await headVolume(), shots);
  for (const [i, { view }] of cases.entries()) {
    // The limit is not higher, as a hidden face that a ray only grazes may get the transmittance of the voxel beside
    // it.
    expectDecibels(`${view}-every-face`, rendered[2 * i], rendered[2 * i + 1], 42);
  }
});
