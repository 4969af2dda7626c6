/** blend="exact", compared with a compositor that visits every voxel, and with the reference pictures in ../shared. */

import type { OptionTexts } from "../../src/options/options.ts";
import type { Vec3 } from "../../src/volume.ts";
import { composite } from "../support/compositor.ts";
import { expect, test } from "../support/gpu.ts";
import { settingsOf } from "../support/plain-settings.ts";
import { covered } from "../support/png.ts";
import { blended, expectDecibels, noise, volumeFrom } from "./support.ts";

interface Case extends Omit<OptionTexts, "blend"> {
  width?: number;
  height?: number;
}

const CASES: Record<string, Case> = {
  default: {},
  orthographic: { projection: "orthographic" },
  "orthographic-low": { projection: "orthographic", elevation: "-20", azimuth: "77" },
  below: { elevation: "-35", azimuth: "130" },
  front: { elevation: "0", azimuth: "0" },
  side: { elevation: "0", azimuth: "90" },
  top: { elevation: "90", azimuth: "0" },
  bottom: { elevation: "-90", azimuth: "45" },
  "orthographic-front": { projection: "orthographic", elevation: "0", azimuth: "0" },
  "orthographic-side": { projection: "orthographic", elevation: "0", azimuth: "-90" },
  "orthographic-top": { projection: "orthographic", elevation: "90", azimuth: "0" },
  zoom: { zoom: "3" },
  wide: { width: 130, height: 70 },
  tall: { width: 50, height: 120, zoom: "0.7" },
  cube: { aspect: "cube" },
  crop: { crop: "0.2:0.8 0:0.7 0.4:1" },
  clip: { clip: "1 -1 -1 0.4", flip: "xz" },
  explode: { explode: "0.3" },
  "explode-orthographic": { explode: "0.3", projection: "orthographic", aspect: "cube" },
  thin: { opacity: "0.1" },
  near: { distance: "1.2", azimuth: "20" },
  inside: { distance: "0.3", zoom: "2" },
  target: { target: "0.8 0.3 0.1", zoom: "1.5" },
  "target-near": { target: "1.1 0.2 0.6", distance: "0.7", azimuth: "200" },
  "target-orthographic": { target: "-0.2 0.5 0.9", projection: "orthographic" },
  content: { fit: "content" },
  "inside-exploded": { distance: "0.3", zoom: "2", explode: "0.3", azimuth: "200" },
  // The eye is at the centre of the box, which is the border of two voxels on axes with an even number of them.
  "on-border": {
    distance: "0.01",
    zoom: "3",
    aspect: "cube",
    azimuth: "0",
    elevation: "0",
    resolution: "8x6x4",
    opacity: "0.3",
  },
  resized: { resolution: "6x11x4", colormap: "plasma_r" },
};
/** Chosen so that no ray of these cameras passes through an edge between voxels, where either voxel would be right. */
const SPACING: Vec3 = [1, 1.13, 2.07];

for (const [kind, source] of Object.entries({ sparse: noise([9, 7, 5], 0.5), dense: noise([7, 8, 6], 1) })) {
  test(`${kind}: rays give the same picture as visiting every voxel, with and without skipping empty space`, async ({
    gpu,
  }) => {
    const options = { transform: "none", opacity: "0.6" };
    const views = Object.fromEntries(
      Object.entries(CASES).map(([name, view]) => [name, { ...options, ...view }]),
    );
    const volume = { ...volumeFrom(source), spacing: SPACING };
    const rendered = await blended(gpu, volume, views, ["exact", "unskipping", "unstopping"]);
    for (const [name, { exact, unskipping, unstopping }] of rendered) {
      const { width = 96, height = width, ...texts } = views[name];
      const expected = composite(source, settingsOf(texts), width, height, SPACING);
      expect(covered(expected), name).toBeGreaterThan(200);
      expectDecibels(`${kind}-${name}`, exact, expected, 50);
      expectDecibels(`${kind}-${name}-unskipping`, exact, unskipping, Number.POSITIVE_INFINITY);
      expectDecibels(`${kind}-${name}-unstopping`, exact, unstopping, 50);
    }
  });
}

test("skipping large empty space does not change the picture", async ({ gpu }) => {
  const source = noise([60, 50, 70], 0.0005);
  const { default: _, "on-border": __, ...rest } = CASES;
  const views = Object.fromEntries(
    Object.entries(rest).map(([name, view]) => [name, { transform: "none", ...view }]),
  );
  for (const [name, { exact, unskipping }] of await blended(gpu, volumeFrom(source), views, [
    "exact",
    "unskipping",
  ])) {
    expect(covered(exact), name).toBeGreaterThan(5);
    expectDecibels(`${name}-unskipping`, exact, unskipping, Number.POSITIVE_INFINITY);
  }
});
