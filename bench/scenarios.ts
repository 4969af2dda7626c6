/** What is measured: the plan of a run, as data that any backend can carry out. */

import type { OptionTexts } from "../src/options/options.ts";
import type { Vec3 } from "../src/volume.ts";

/** Ways of blending: see blends.ts. */
export const BLENDS = [
  ...["weighted", "exact", "unskipped", "plain", "unbounded"],
  ...["published", "by-depth", "by-voxel", "by-anchor"],
] as const;
export type Blend = string;

interface Case {
  /** "input", or "synthetic N" for N a side. */
  readonly volume: string;
  /** What the resolution is called in tables: 50, native, 2x. */
  readonly resolution: string;
  readonly options: OptionTexts;
  /** Pixels a side. */
  readonly canvas: number;
}

/** Bytes to first picture, the stages, and the memory that is held. */
export interface GridScenario extends Case {
  readonly measure: "grid";
}

/** Frames of a full orbit. */
export interface FramesScenario extends Case {
  readonly measure: "frames";
  readonly blend: Blend;
  /** Frames of each of two orbits, at most. */
  readonly frames: number;
}

/** How close to the exact picture. */
export interface FidelityScenario extends Case {
  readonly measure: "fidelity";
  readonly blend: Blend;
  readonly samples: number;
  /** Resolution of the exact picture that is the standard. */
  readonly standard: string;
  /** Whether the picture is kept. */
  readonly picture: boolean;
}

/** Frames a second of the element while it is turned; needs a page. */
export interface TurningScenario extends Case {
  readonly measure: "turning";
  readonly blend: Blend;
}

export type Scenario = GridScenario | FramesScenario | FidelityScenario | TurningScenario;

/** What a run may consist of; the first three make the default. */
export const PARTS = ["resolutions", "synthetic", "article", "blends", "fidelity", "turning"] as const;
export type Part = (typeof PARTS)[number];

/** Of the pictures that are compared: enough to see the difference, small enough to keep. */
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

/** The scenarios of a run, in the order that redoes least. */
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

/** Text of the option `resolution` for what a resolution is called. */
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

/** How the ways of blending compare in time, at native resolution. */
function blends({ canvas, frames }: PlanOptions): Scenario[] {
  return VIEWS.flatMap((view) => {
    const ways = ["weighted", "exact", "unskipped", "plain", ...(view === "full" ? ["published"] : [])];
    const at = { volume: "input", resolution: "native", options: { view }, canvas, frames };
    return ways.map((blend) => ({ ...at, measure: "frames" as const, blend }));
  });
}

const INSIDE: OptionTexts = { distance: "0.45", zoom: "2", azimuth: "30", elevation: "10" };
/** 50 a side as in the article; hard for weighted blending. */
const HARD: OptionTexts[] = [
  { explode: "0.3" },
  { view: "diagonal", projection: "orthographic" },
  INSIDE,
  { opacity: "0.1" },
  { opacity: "0.02" },
];

/** How close each way of blending comes to exact at the same resolution: the tables of docs/transparency.md. */
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

/** What tells a scenario from the others of a run, in words. */
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
