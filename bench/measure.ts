/** Runs scenarios on a GPU device with the engine. The same code runs in a browser's page and in Node. */

import { Profiler } from "../src/engine/gpu/profiler.ts";
import { PICTURE_FORMAT, renderPixels } from "../src/engine/read-pixels.ts";
import { Renderer } from "../src/engine/renderer.ts";
import type { OptionTexts } from "../src/options/options.ts";
import type { DrawnSettings } from "../src/options/settings.ts";
import { settingsFor } from "../src/options/settings-for.ts";
import { fromBytes, readVolume } from "../src/read/index.ts";
import type { Volume } from "../src/volume.ts";
import { references } from "./blends.ts";
import { copyBandwidth } from "./copy.ts";
import { decibels, median, quantile } from "./numbers.ts";
import type { FidelityOutcome, FramesOutcome, GridOutcome, Outcome } from "./result.ts";
import type { FidelityScenario, FramesScenario, GridScenario, Scenario } from "./scenarios.ts";
import { gpuTimes, stageWallTimes } from "./stage-times.ts";
import { type StageName, stageBytes, stageTimes } from "./stages.ts";
import { syntheticVolume } from "./synthetic.ts";

/** The file to measure. */
export interface Input {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Encodes opaque RGBA pixels as a PNG in a data: URL. */
export type EncodePng = (pixels: Uint8ClampedArray<ArrayBuffer>, side: number) => Promise<string>;

/** Properties of the device and the input. */
export interface Opened {
  readonly dims: Volume["dims"];
  readonly dtype: string;
  readonly copyBandwidth: number;
  readonly compileMs: number;
  readonly timestamps: boolean;
}

/** Maximum number of runs of the pipeline, enough for a median. */
const RUNS = 10;
const WHITE: DrawnSettings["background"] = [1, 1, 1, 1];

export class Measure {
  readonly #profiler: Profiler | undefined;
  readonly #faults: string[] = [];
  #lost: string | undefined;
  #renderer: Renderer;
  #volume: Volume | undefined;
  /** The last exact picture that was used for comparison. */
  #standard: { key: string; pixels: Uint8ClampedArray } | undefined;

  constructor(
    private readonly device: GPUDevice,
    private readonly input: Input,
    private readonly encodePng: EncodePng,
  ) {
    this.#renderer = this.#freshRenderer();
    this.#profiler = device.features.has("timestamp-query") ? new Profiler(device) : undefined;
    device.addEventListener("uncapturederror", (event) => {
      this.#faults.push((event as GPUUncapturedErrorEvent).error.message);
    });
    device.lost.then(({ message }) => {
      this.#lost = `the graphics device was lost: ${message}`;
    });
  }

  /** Compiles the shaders, reads the input, and measures the copy bandwidth. Call before `run`. */
  async open(): Promise<Opened> {
    const { device } = this;
    const started = performance.now();
    await this.#warmUp();
    const compileMs = performance.now() - started;
    const { dims, dtype } = await this.#load("input");
    const bandwidth = await copyBandwidth(device);
    return { dims, dtype, copyBandwidth: bandwidth, compileMs, timestamps: this.#profiler !== undefined };
  }

  /**
   * Measures one scenario in about `budgetMs`, unless a single frame or run takes longer.
   * @throws Error if the device cannot run it.
   */
  async run(scenario: Scenario, budgetMs: number): Promise<Outcome> {
    this.#faults.length = 0;
    try {
      const outcome = await this.#run(scenario, budgetMs);
      await this.device.queue.onSubmittedWorkDone();
      const fault = this.#lost ?? this.#faults[0];
      if (fault) throw new Error(fault.split("\n")[0]);
      return outcome;
    } catch (error) {
      // The next scenario must not measure incomplete work.
      this.#renderer.destroy();
      this.#renderer = this.#freshRenderer();
      this.#volume = undefined;
      throw error;
    }
  }

  #run(scenario: Scenario, budgetMs: number): Promise<Outcome> {
    switch (scenario.measure) {
      case "grid":
        return this.#grid(scenario, budgetMs);
      case "frames":
        return this.#frames(scenario, budgetMs);
      case "fidelity":
        return this.#fidelity(scenario);
      case "turning":
        throw new Error("the element turns in a browser only");
    }
  }

  async #grid(scenario: GridScenario, budgetMs: number): Promise<GridOutcome> {
    this.#renderer.destroy();
    this.#volume = undefined;
    const made = scenario.volume === "input" ? undefined : this.#synthetic(scenario.volume);
    const started = performance.now();
    const volume = made ?? (await this.#load("input"));
    this.#volume = volume;
    const settings = await settingsOf(scenario.options, volume);
    this.#renderer = this.#freshRenderer();
    await this.#renderer.update(volume, settings);
    const { texture, draw } = this.#target(scenario.canvas);
    await draw(settings);
    await this.device.queue.onSubmittedWorkDone();
    const firstPictureMs = performance.now() - started;
    const { bytes: heldBytes, peak: peakBytes } = this.#renderer.memory;
    texture.destroy();
    await this.#profiler?.read();
    const { grid, pipeline } = this.#renderer;
    const { walls, stages } = await this.#pipelineTimes(volume, settings, budgetMs);
    const wanted = settings.resolution === "native" ? volume.dims : settings.resolution;
    const bytes = stageBytes(volume, pipeline.sourceDims, grid.dims);
    const half = Math.ceil(walls.length / 2);
    const halves = [walls.slice(0, half), walls.length > 1 ? walls.slice(half) : walls];
    return {
      dims: volume.dims,
      gridDims: grid.dims,
      reduced: wanted.some((n, axis) => n !== grid.dims[axis]),
      filledVoxels: await this.#renderer.countFilled(),
      firstPictureMs,
      pipelineMs: [median(halves[0]), median(halves[1])],
      runs: walls.length,
      stages: Object.entries(stages)
        .map(([name, ms]) => ({ name, ms, bytes: bytes[name as StageName] }))
        .filter((stage) => stage.bytes > 0),
      heldBytes,
      peakBytes,
    };
  }

  /** Wall times of complete runs of the pipeline, and the median time of each stage. */
  async #pipelineTimes(volume: Volume, settings: DrawnSettings, budgetMs: number) {
    const until = performance.now() + budgetMs;
    const walls: number[] = [];
    const times: Record<string, number>[] = [];
    do {
      const started = performance.now();
      // A new object counts as a new volume, so all stages run.
      await this.#renderer.update({ ...volume }, settings, this.#profiler);
      walls.push(performance.now() - started);
      times.push(
        this.#profiler
          ? stageTimes(await this.#profiler.read())
          : await stageWallTimes(this.#renderer, volume, walls[walls.length - 1], settings),
      );
    } while (walls.length < RUNS && performance.now() + walls[0] < until);
    const stages = Object.keys(times[0]).map((name) => [name, median(times.map((one) => one[name]))]);
    return { walls, stages: Object.fromEntries(stages) as Record<string, number> };
  }

  async #frames(scenario: FramesScenario, budgetMs: number): Promise<FramesOutcome> {
    const { blend, canvas } = scenario;
    const settings = await this.#prepare(scenario, scenario.options, blend);
    const { texture, draw } = this.#target(canvas);
    const until = performance.now() + budgetMs;
    let taken = 0;
    const time = async (azimuth: number) => {
      // The camera is slightly different in each frame; otherwise the visible faces would be reused.
      const camera = { ...settings.camera, azimuth: azimuth + 1e-6 * ++taken };
      const started = performance.now();
      await draw({ ...settings, camera });
      await this.device.queue.onSubmittedWorkDone();
      const ms = performance.now() - started;
      return { ms, passes: (await this.#profiler?.read()) ?? [] };
    };
    // The first frame allocates memory, so it is not counted if there is time for two more.
    const first = await time(settings.camera.azimuth);
    const left = until - performance.now();
    const frames = Math.max(1, Math.min(scenario.frames, Math.floor(left / (2 * first.ms))));
    const orbit = async () => {
      const times: Awaited<ReturnType<typeof time>>[] = [];
      for (let i = 0; i < frames; i++) times.push(await time(settings.camera.azimuth + (360 * i) / frames));
      return times;
    };
    const orbits =
      left >= 2 * first.ms
        ? [await orbit(), await orbit()]
        : left >= first.ms
          ? [[first], [await time(settings.camera.azimuth)]]
          : [[first]];
    const visible = blend === "weighted" ? await this.#renderer.readVisible() : {};
    texture.destroy();
    const all = orbits.flat();
    return {
      frames,
      orbits: orbits.length,
      medians: orbits.map((orbit) => median(orbit.map(({ ms }) => ms))),
      p95: quantile(
        all.map(({ ms }) => ms),
        0.95,
      ),
      ...(this.#profiler && gpuTimes(all.map(({ passes }) => passes))),
      ...visible,
    };
  }

  async #fidelity(scenario: FidelityScenario): Promise<FidelityOutcome> {
    const { options, blend, canvas, samples, standard } = scenario;
    const picture = async (texts: OptionTexts, blend: string) => {
      const settings = await this.#prepare(scenario, texts, blend);
      return renderPixels(this.device, this.#renderer, canvas, canvas, settings, { samples });
    };
    const exact = { ...options, resolution: standard };
    const key = JSON.stringify([scenario.volume, exact, canvas, samples]);
    if (this.#standard?.key !== key) this.#standard = { key, pixels: await picture(exact, "exact") };
    const pixels = await picture(options, blend);
    const dB = decibels(pixels, this.#standard.pixels);
    return {
      dB: Number.isFinite(dB) ? dB : null,
      ...(scenario.picture && { picture: await this.encodePng(pixels, canvas) }),
    };
  }

  /** The settings of a scenario. Also computes its voxels. */
  async #prepare(scenario: Scenario, texts: OptionTexts, blend: string): Promise<DrawnSettings> {
    if (scenario.volume !== this.#volume?.name) {
      this.#volume = undefined;
      this.#volume =
        scenario.volume === "input" ? await this.#load("input") : this.#synthetic(scenario.volume);
    }
    const settings = { ...(await settingsOf(texts, this.#volume)), blend: blend as DrawnSettings["blend"] };
    await this.#renderer.update(this.#volume, settings);
    return settings;
  }

  /** A texture, and a function that draws into it. */
  #target(side: number) {
    const texture = this.device.createTexture({
      label: "frame",
      size: [side, side],
      format: PICTURE_FORMAT,
      usage: GPUTextureUsage.RENDER_ATTACHMENT,
    });
    const view = texture.createView();
    const draw = (settings: DrawnSettings) =>
      this.#renderer.frame(view, side, side, settings, { profiler: this.#profiler });
    return { texture, draw };
  }

  #freshRenderer(): Renderer {
    return new Renderer(this.device, { format: PICTURE_FORMAT, blenders: references });
  }

  /** Draws a few voxels in every way that is measured by default, which compiles the shaders. */
  async #warmUp(): Promise<void> {
    const volume = syntheticVolume(4);
    const { texture, draw } = this.#target(16);
    for (const blend of ["weighted", "exact"] as const) {
      const settings = { ...(await settingsOf({ resolution: "5" }, volume)), blend };
      await this.#renderer.update(volume, settings);
      await draw(settings);
    }
    await this.device.queue.onSubmittedWorkDone();
    await this.#profiler?.read();
    texture.destroy();
  }

  /** Reads the input again. Its name is always "input". */
  async #load(name: "input"): Promise<Volume> {
    const { volume } = await readVolume(fromBytes(this.input.name, this.input.bytes));
    return { ...volume, name };
  }

  #synthetic(name: string): Volume {
    return { ...syntheticVolume(Number(name.replace("synthetic ", ""))), name };
  }
}

/** The settings with which a volume is drawn. */
function settingsOf(texts: OptionTexts, volume: Volume): Promise<DrawnSettings> {
  return settingsFor(volume, { fit: "article", ...texts }, { background: WHITE });
}
