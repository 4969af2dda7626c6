/** The plan of a run: what to measure, as data for any backend. */

import type { OptionTexts } from "../src/options/options.ts";
import type { Vec3 } from "../src/volume.ts";

/** Values of `blend`: see blends.ts. */
export const BLENDS = [
  ...["weighted", "exact", "unskipped", "plain", "unbounded"],
  ...["published", "by-depth", "by-voxel", "by-anchor"],
] as const;
export type Blend = string;

interface Case {
  /** "input", or "synthetic N" for N voxels per side. */
  readonly volume: string;
  /** Name of the resolution in tables: 50, native, 2x. */
  readonly resolution: string;
  readonly options: OptionTexts;
  /** Pixels per side. */
  readonly canvas: number;
}

/** Measures the time to the first picture, the stages, and the memory held. */
export interface GridScenario extends Case {
  readonly measure: "grid";
}

/** Measures the frames of full orbits. */
export interface FramesScenario extends Case {
  readonly measure: "frames";
  readonly blend: Blend;
  /** Maximum number of frames in each of two orbits. */
  readonly frames: number;
}

/** Measures how close the picture comes to the exact one. */
export interface FidelityScenario extends Case {
  readonly measure: "fidelity";
  readonly blend: Blend;
  readonly samples: number;
  /** Resolution of the exact picture to compare with. */
  readonly standard: string;
  /** Picture of the frame, if true, kept in the result. */
  readonly picture: boolean;
}

/** Measures the frame rate of the element while it rotates; needs a page. */
export interface TurningScenario extends Case {
  readonly measure: "turning";
  readonly blend: Blend;
}

export type Scenario = GridScenario | FramesScenario | FidelityScenario | TurningScenario;

/** The parts of a run. By default, the first three. */
export const PARTS = ["resolutions", "synthetic", "article", "blends", "fidelity", "turning"] as const;
export type Part = (typeof PARTS)[number];

/** Side of compared pictures: large enough to see differences, small enough to store. */
const PICTURE = 320;

export interface PlanOptions {
  readonly parts: readonly Part[];
  readonly dims: Vec3;
  readonly resolutions: readonly string[];
  readonly synthetic: readonly number[];
  readonly blends: readonly Blend[];
  readonly canvas: number;
  readonly frames: number;
  readonly view: string;
}

/** The scenarios of a run, in an order that repeats little work. */
export function plan(options: PlanOptions): Scenario[] {
  const parts: Record<Part, (options: PlanOptions) => Scenario[]> = {
    resolutions,
    synthetic,
    article: () => [],
    blends,
    fidelity,
    turning,
  };
  return PARTS.filter((part) => options.parts.includes(part)).flatMap((part) => parts[part](options));
}

/** Value of the option `resolution` for the name of a resolution. */
function optionOf(resolution: string, dims: Vec3): string {
  const [, factor] = /^(\d+)x$/.exec(resolution) ?? [];
  return factor ? dims.map((n) => Number(factor) * n).join("x") : resolution;
}

function resolutions({ resolutions, dims, blends, canvas, frames, view }: PlanOptions): Scenario[] {
  return resolutions.flatMap((resolution) => {
    const options = { view, resolution: optionOf(resolution, dims) };
    const at = { volume: "input", resolution, options, canvas };
    return [
      { ...at, measure: "grid" as const },
      ...blends.map((blend) => ({ ...at, measure: "frames" as const, blend, frames })),
      ...blends.map((blend) => ({
        ...at,
        measure: "fidelity" as const,
        blend,
        canvas: Math.min(canvas, PICTURE),
        samples: 1,
        standard: "native",
        picture: true,
      })),
    ];
  });
}

function synthetic({ synthetic, blends, canvas, frames, view }: PlanOptions): Scenario[] {
  return synthetic.flatMap((side) => {
    const at = { volume: `synthetic ${side}`, resolution: "native", options: { view }, canvas };
    return [
      { ...at, measure: "grid" as const },
      ...blends.map((blend) => ({ ...at, measure: "frames" as const, blend, frames })),
    ];
  });
}

const VIEWS = ["full", "cut", "diagonal"];

/** Compares the times of the blends at native resolution. */
function blends({ canvas, frames }: PlanOptions): Scenario[] {
  return VIEWS.flatMap((view) => {
    const ways = ["weighted", "exact", "unskipped", "plain", ...(view === "full" ? ["published"] : [])];
    const at = { volume: "input", resolution: "native", options: { view }, canvas, frames };
    return ways.map((blend) => ({ ...at, measure: "frames" as const, blend }));
  });
}

const INSIDE: OptionTexts = { distance: "0.45", zoom: "2", azimuth: "30", elevation: "10" };
/** Cases at 50 voxels per side, as in the article, that are hard for weighted blending. */
const HARD: OptionTexts[] = [
  { explode: "0.3" },
  { view: "diagonal", projection: "orthographic" },
  INSIDE,
  { opacity: "0.1" },
  { opacity: "0.02" },
];

/** Fidelity of each blend against exact blending at the same resolution: the tables of docs/transparency.md. */
function fidelity(): Scenario[] {
  const against = (blend: Blend, resolution: string, options: OptionTexts): Scenario[] =>
    [1, 16].map((samples) => ({
      measure: "fidelity",
      volume: "input",
      resolution,
      options: { ...options, resolution },
      canvas: 300,
      blend,
      samples,
      standard: resolution,
      picture: false,
    }));
  const ways = ["published", "by-depth", "by-voxel", "by-anchor", "weighted"];
  return [
    ...VIEWS.flatMap((view) => [
      ...ways.flatMap((way) => against(way, "50", { view, aspect: "cube" })),
      ...against("unbounded", "native", { view }),
    ]),
    ...HARD.flatMap((hard) => against("unbounded", "50", { view: "cut", ...hard })),
  ];
}

function turning({ canvas }: PlanOptions): Scenario[] {
  return ["weighted", "exact"].map((blend) => ({
    measure: "turning",
    volume: "input",
    resolution: "native",
    options: { view: "full" },
    canvas,
    blend,
  }));
}

/** Describes how a scenario differs from the others of a run. */
export function nameOf(scenario: Scenario): string {
  const { measure, volume, resolution, options } = scenario;
  const extra = Object.entries(options)
    .filter(([name]) => name !== "resolution" && name !== "view")
    .map(([name, text]) => `${name}=${text}`);
  const blend = scenario.measure === "grid" ? [] : [scenario.blend];
  const samples =
    scenario.measure === "fidelity" && scenario.samples > 1 ? [`${scenario.samples} samples`] : [];
  return [measure, volume, resolution, options.view ?? "", ...blend, ...extra, ...samples]
    .filter(Boolean)
    .join(" ");
}
