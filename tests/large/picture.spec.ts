/** Pictures of a volume of 2048 x 2048 x 2048 voxels that is streamed, compared with an oracle. */

import { readFileSync } from "node:fs";
import type { OptionTexts } from "../../src/options/options.ts";
import { ARTICLE_TRANSFORM } from "../../src/options/settings.ts";
import { settingsFor } from "../../src/options/settings-for.ts";
import { wholeScale } from "../../src/options/value-scale.ts";
import { fromUrl, readVolume } from "../../src/read/index.ts";
import { profileOf } from "../../src/values/profile.ts";
import { expect, test } from "../support/cli.ts";
import { levelPicture } from "../support/level-oracle.ts";
import { decibels } from "../support/pictures.ts";
import { readPng, writePng } from "../support/png.ts";
import { ZarrSite, type ZarrSiteOptions } from "../support/zarr-site.ts";
import "../support/all-colormaps.ts";

/** Pixels per side. Larger pictures take minutes on a software GPU. */
const SIDE = Number(process.env.TEST_LARGE_SIDE ?? 128);
const BUDGET = 256 * 2 ** 20;
const FIELD = { side: 2048, chunk: 64, levels: 5 } as const;

/** From outside, from beside, and close enough to need level 0. */
const CAMERAS: Record<string, OptionTexts> = {
  outside: {},
  beside: { azimuth: "10", elevation: "-20", zoom: "2.2", opacity: "0.1" },
  close: { azimuth: "200", elevation: "40", zoom: "24", target: "0.35 0.3 0.62", opacity: "0.3" },
};

const SERVERS: Record<string, ZarrSiteOptions> = {
  "Zarr 2": { ...FIELD, version: 2 },
  "Zarr 3 in shards, with latency": { ...FIELD, version: 3, shard: 4, latencyMs: 20 },
  "Zarr 2 with gzip, latency and failures": {
    ...FIELD,
    version: 2,
    codec: "gzip",
    latencyMs: 200,
    failing: (path, attempt) =>
      attempt === 1 && hash(path) % 5 === 0 ? [503, "break" as const][hash(path) % 2] : undefined,
  },
};

const hash = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);

for (const [i, [server, options]] of Object.entries(SERVERS).entries()) {
  // Each server with another camera, or with all where there is time.
  const cameras = Object.entries(CAMERAS).filter((_, k) => process.env.TEST_LARGE_SIDE || k === i);
  for (const [name, camera] of cameras) {
    test(`a picture from ${name} equals the oracle: ${server}`, async ({ cli }) => {
      test.slow();
      const site = new ZarrSite(options);
      await site.start();
      try {
        const flags = Object.entries(camera).flatMap(([name, value]) => [`--${name}`, `${value}`]);
        const size = ["--size", `${SIDE}`, "--gpu-memory", "256MiB", "--stats", "s.json", "-o", "p.png"];
        const { status, stderr } = await cli.run("render", site.url, ...size, ...flags);
        expect(status, stderr).toBe(0);
        const stats = JSON.parse(readFileSync(cli.path("s.json"), "utf8"));
        expect(stats.gpuBytes).toBeLessThanOrEqual(BUDGET);
        expect(stats.bytesFetched).toBeGreaterThan(0);
        const { volume } = await readVolume(fromUrl(site.url));
        const texts: OptionTexts = { blend: "exact", ...camera };
        const settings = await settingsFor(volume, texts);
        const { levels } = await profileOf(volume);
        const { kind, threshold, window } = settings;
        const scale = wholeScale(levels, { kind, threshold, transform: ARTICLE_TRANSFORM, window });
        const expected = levelPicture({
          levels: volume.levels,
          spacing: volume.spacing,
          value: (level, x, y, z) => site.zarr.stored(level, x, y, z),
          scale,
          settings,
          width: SIDE,
          height: SIDE,
        });
        const drawn = readPng(cli.path("p.png"));
        const db = decibels(drawn, expected);
        if (process.env.TEST_LARGE_SIDE || db < 35) {
          console.log(name, server, db, stats.bytesFetched, stats.gpuBytes, stats.level);
          writePng(`tests/output/large/${name}-drawn.png`, drawn);
          writePng(`tests/output/large/${name}-oracle.png`, expected);
        }
        expect(db).toBeGreaterThan(35);
      } finally {
        site.close();
      }
    });
  }
}
