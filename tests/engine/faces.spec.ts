/** Drawing only the faces towards the camera, with the alpha of two faces, gives the picture of all six faces. */

import { expect, test } from "../support/gpu.ts";
import { covered } from "../support/png.ts";
import type { RenderCase } from "./render-cases.ts";
import { expectDecibels, noise, pictures, volumeFrom } from "./support.ts";

const CASES: Record<string, Omit<RenderCase, "blend">> = {
  default: {},
  orthographic: { projection: "orthographic", azimuth: "200" },
  below: { elevation: "-35", azimuth: "130" },
  front: { elevation: "0", azimuth: "0" },
  top: { elevation: "90", azimuth: "0" },
  near: { distance: "1.1", azimuth: "20" },
  explode: { explode: "0.3" },
  thin: { opacity: "0.1" },
};

for (const [kind, share] of Object.entries({ sparse: 0.3, dense: 1 })) {
  test(`${kind}: in exact order, three faces per voxel give the same picture as six`, async ({ gpu }) => {
    const shots = Object.values(CASES).flatMap((shot): RenderCase[] =>
      (["ordered", "orderedSix"] as const).map((blend) => ({
        transform: "none",
        width: 160,
        ...shot,
        blend,
      })),
    );
    const rendered = await pictures(gpu, volumeFrom(noise([9, 7, 8], share)), shots);
    for (const [i, name] of Object.keys(CASES).entries()) {
      const [three, six] = rendered.slice(2 * i);
      expect(covered(six)).toBeGreaterThan(2000);
      expectDecibels(`${kind}-${name}`, three, six, 60);
    }
  });
}
