/** blend="weighted", compared with exact blending, and its independence of order, size and zoom. */

import { expect, test } from "../support/gpu.ts";
import { decibels } from "../support/pictures.ts";
import type { Picture } from "../support/png.ts";
import type { RenderCase } from "./render-cases.ts";
import { blended, expectDecibels, noise, note, phantom, pictures, volumeFrom } from "./support.ts";

type View = Omit<RenderCase, "blend">;

const BASE = { transform: "none", width: 80 } as const;

const VIEWS: Record<string, View> = {
  default: BASE,
  orthographic: { ...BASE, projection: "orthographic", azimuth: "200" },
  below: { ...BASE, elevation: "-35", azimuth: "130" },
  front: { ...BASE, elevation: "0", azimuth: "0" },
  top: { ...BASE, elevation: "90", azimuth: "0" },
  "thin-10": { ...BASE, opacity: "0.1" },
  "thin-2": { ...BASE, opacity: "0.02" },
  "thin-0.2": { ...BASE, opacity: "0.002" },
  explode: { ...BASE, explode: "0.3", opacity: "0.5" },
  "explode-front": { ...BASE, explode: "0.3", elevation: "0", azimuth: "0" },
  near: { ...BASE, distance: "1.2", azimuth: "20", opacity: "0.3" },
  inside: { ...BASE, distance: "0.3", zoom: "2", opacity: "0.3" },
  target: { ...BASE, target: "0.2 0.7 0.9", zoom: "1.5", opacity: "0.3" },
  "target-beside": { ...BASE, target: "2.2 0.5 0.5", distance: "4", zoom: "0.5", opacity: "0.3" },
  between: { ...BASE, distance: "0.45", zoom: "2", azimuth: "30", elevation: "10" },
};
const SMOOTH = Object.fromEntries(
  ["default", "front", "explode", "inside"].map((name) => [name, { ...VIEWS[name], width: 40, samples: 16 }]),
);

const VOLUMES = {
  sparse: volumeFrom(noise([9, 7, 8], 0.3)),
  dense: volumeFrom(noise([9, 7, 8], 1)),
  phantom: volumeFrom(phantom(12)),
};

for (const [kind, volume] of Object.entries(VOLUMES)) {
  test(`${kind}: as close to exact as faces drawn in exact order`, async ({ gpu }) => {
    const one = await blended(gpu, volume, VIEWS, ["unbounded", "exact", "ordered", "everyFace"]);
    for (const [view, { unbounded, exact, ordered, everyFace }] of one) {
      const floor = decibels(ordered, exact);
      note(`${kind}-${view}-ordered (dB)`, floor);
      // Above 54 dB, the rounding to 8 bits dominates; above 42, with few visible voxels, a single pixel does.
      const most = view === "between" ? 42 : 54;
      expectDecibels(`${kind}-${view}`, unbounded, exact, Math.min(floor - 2, most));
      // Along gaps, the sides of distant voxels are slivers, which rays miss and the rasterizer draws.
      if (view === "explode-front") continue;
      expectDecibels(`${kind}-${view}-every-face`, unbounded, everyFace, 42);
    }
    const smooth = await blended(gpu, volume, SMOOTH, ["unbounded", "exact", "ordered"]);
    for (const [view, { unbounded, exact, ordered }] of smooth) {
      expectDecibels(`${kind}-${view}-samples`, unbounded, exact, Math.min(35, decibels(ordered, exact) - 2));
    }
  });
}

test("if weighting would take too long, voxels are composited in order", async ({ gpu }) => {
  const { default: opaque, "thin-2": thin } = VIEWS;
  const views = { opaque, thin, smooth: { ...thin, width: 40, samples: 4 } };
  const rendered = await blended(gpu, volumeFrom(noise([24, 24, 24], 1)), views, [
    "weighted",
    "unbounded",
    "exact",
  ]);
  for (const [view, { weighted, unbounded, exact }] of rendered) {
    const rays = view !== "opaque";
    // The last bit of sums depends on their order.
    expect(mostApart(weighted, rays ? exact : unbounded), view).toBeLessThanOrEqual(rays ? 0 : 1);
    expect(mostApart(weighted, rays ? unbounded : exact), view).toBeGreaterThan(1);
  }
});

test("the order of the faces does not matter", async ({ gpu }) => {
  const { default: opaque, inside, explode } = VIEWS;
  const rendered = await blended(gpu, VOLUMES.dense, { opaque, inside, explode }, ["everyFace", "shuffled"]);
  for (const [view, { everyFace, shuffled }] of rendered) {
    expect(mostApart(everyFace, shuffled), view).toBeLessThanOrEqual(1);
  }
});

/** The largest difference of two levels. */
function mostApart(a: Picture, b: Picture): number {
  return a.data.reduce((most, level, i) => Math.max(most, Math.abs(level - b.data[i])), 0);
}

test("half floats can hold the sums on devices without float blending", async ({ gpu }) => {
  const shots = [BASE, { ...BASE, opacity: "0.1" }].flatMap((view): RenderCase[] =>
    (["weighted", "exact"] as const).map((blend) => ({ ...view, blend })),
  );
  const [full, fullExact, thin, thinExact] = await pictures(gpu, VOLUMES.phantom, shots, true);
  expectDecibels("float16", full, fullExact, 30);
  expectDecibels("float16-thin", thin, thinExact, 30);
});

/** Every `step`-th pixel, starting at (`left`, `top`). */
function picked(from: Picture, size: number, step: number, left: number, top: number): Picture {
  const data = new Uint8Array(size * size * 4);
  for (let j = 0; j < size; j++)
    for (let i = 0; i < size; i++) {
      const at = 4 * ((top + j * step) * from.width + left + i * step);
      data.set(from.data.subarray(at, at + 4), 4 * (j * size + i));
    }
  return { width: size, height: size, data };
}

test("a point of the picture depends neither on the picture's size nor on the zoom", async ({ gpu }) => {
  const view = { ...BASE, opacity: "0.3", width: 74 };
  const views = { small: view, large: { ...view, width: 222 }, zoomed: { ...view, zoom: "3" } };
  const rendered = await blended(gpu, VOLUMES.phantom, views, ["weighted", "exact", "ordered"]);
  const of = (blend: "weighted" | "exact" | "ordered") => {
    const [small, large, zoomed] = [...rendered.values()].map((pictures) => pictures[blend]);
    // The middle one of each 3 x 3 pixels. The zoomed window starts at 2/3 of 0.95 and 0.9 of 1.85 from the other's
    // corner.
    return {
      size: [picked(large, 74, 3, 1, 1), small],
      zoom: [picked(large, 74, 1, 76, 72), zoomed],
    } as const;
  };
  const [weighted, exact, ordered] = [of("weighted"), of("exact"), of("ordered")];
  for (const change of ["size", "zoom"] as const) {
    expectDecibels(`exact-${change}`, ...exact[change], 50);
    // As similar as the edges of rasterized faces allow.
    expectDecibels(`weighted-${change}`, ...weighted[change], Math.min(decibels(...ordered[change]), 60) - 2);
  }
});

test("a turn of one degree changes the picture as little as it changes the exact one", async ({ gpu }) => {
  const turn = Array.from({ length: 8 }, (_, i) => [`${i}`, { ...BASE, azimuth: `${320 + i}`, width: 128 }]);
  const volume = volumeFrom(phantom(24));
  const frames = [...(await blended(gpu, volume, Object.fromEntries(turn), ["weighted", "exact"])).values()];
  for (const [i, { weighted, exact }] of frames.slice(1).entries()) {
    const steady = decibels(exact, frames[i].exact);
    const ours = decibels(weighted, frames[i].weighted);
    note(`turn ${i + 1}: weighted over exact (dB)`, ours - steady);
    expect(ours, `frame ${i + 1}`).toBeGreaterThan(steady - 1);
  }
});
