/** A result file with known figures, for tests of code that reads results. */

import { PNG } from "pngjs";
import type { Result, Row } from "../../bench/result.ts";
import { SCHEMA } from "../../bench/result.ts";
import { plan } from "../../bench/scenarios.ts";

/** A picture of one colour, as a data: URL. */
export function picture(level: number, side = 8): string {
  const png = new PNG({ width: side, height: side });
  png.data.fill(255);
  for (let i = 0; i < png.data.length; i += 4) png.data[i] = level;
  return `data:image/png;base64,${PNG.sync.write(png).toString("base64")}`;
}

const SCENARIOS = plan({
  parts: ["resolutions", "synthetic", "turning"],
  dims: [100, 100, 100],
  resolutions: ["25", "50", "native"],
  synthetic: [128, 256],
  blends: ["weighted", "exact"],
  canvas: 64,
  frames: 4,
  view: "full",
});

/** A frame takes as many milliseconds as there are voxels per side, twice that if weighted, times `slower`. */
export function sampleResult(changes: Partial<Result> = {}, slower = 1): Result {
  const rows = SCENARIOS.map((scenario): Row => {
    const side = { "25": 25, "50": 50, native: 100 }[scenario.resolution] ?? 1;
    const seconds = 1;
    switch (scenario.measure) {
      case "grid":
        return {
          ...scenario,
          seconds,
          outcome: {
            dims: [100, 100, 100],
            gridDims: [side, side, side],
            reduced: false,
            filledVoxels: side ** 3 / 2,
            firstPictureMs: 50 * slower,
            pipelineMs: [10 * slower, 10 * slower],
            runs: 4,
            stages: [
              { name: "decode", ms: 2 * slower, bytes: 6e6 },
              { name: "cut", ms: 1 * slower, bytes: 8e6 },
            ],
            heldBytes: 12e6,
            peakBytes: 20e6,
          },
        };
      case "frames": {
        const ms = side * slower * (scenario.blend === "weighted" ? 2 : 1);
        const passes = { mark: 0.25 * ms, accumulate: 0.5 * ms };
        const outcome = { frames: 4, orbits: 2, medians: [ms, ms], p95: 1.1 * ms, gpuMs: 0.75 * ms, passes };
        return { ...scenario, seconds, outcome };
      }
      case "fidelity":
        return {
          ...scenario,
          seconds,
          outcome: {
            dB: side === 100 && scenario.blend === "exact" ? null : side / 2,
            picture: picture(side),
          },
        };
      default:
        return { ...scenario, seconds, failed: "the element <turns> in a browser only" };
    }
  });
  return {
    schema: SCHEMA,
    version: "0.1.0",
    commit: "0123456789abcdef",
    date: "2026-01-02T03:04:05.000Z",
    machine: { os: "linux 6.1 x64", cpu: "Some CPU", cores: 2 },
    backend: { name: "chromium", version: "150.0", adapter: "Some GPU", software: false, timestamps: true },
    input: { name: "head.zip", sha256: "ab".repeat(32), dims: [100, 100, 100], dtype: "int16" },
    copyBandwidth: 1e10,
    compileMs: 12,
    rows,
    article: {
      canvas: 1181,
      version: "3.6.3",
      commandLine: [
        { resolution: "50", blend: "weighted", ms: 2000 * slower },
        { resolution: "native", blend: "weighted", ms: 4000 * slower },
      ],
      matplotlib: [
        { side: 10, ms: 1000 },
        { side: 20, ms: 8000 },
        { side: 50, ms: 100_000, extrapolated: true },
      ],
    },
    seconds: 60,
    ...changes,
  };
}
