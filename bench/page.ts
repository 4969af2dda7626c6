/** The page of the backend "chromium": device, rotating element, and PNG pictures. */

import "../src/index.ts";
import { probe } from "../src/cli/headless.ts";
import { requestDevice } from "../src/engine/gpu/device.ts";
import { canvasPng } from "./canvas-png.ts";
import { Measure, type Opened } from "./measure.ts";
import type { Outcome, TurningOutcome } from "./result.ts";
import type { Scenario, TurningScenario } from "./scenarios.ts";

const TURNING_MS = 5000;

let measure: Measure;
let input: string;

async function open(url: string, name: string): Promise<Opened> {
  input = url;
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  measure = new Measure(await requestDevice(navigator.gpu), { name, bytes }, canvasPng);
  return measure.open();
}

async function run(scenario: Scenario, budgetMs: number): Promise<Outcome> {
  return scenario.measure === "turning" ? turn(scenario) : measure.run(scenario, budgetMs);
}

/** Rotates an element as fast as it draws. */
async function turn({ options, blend, canvas: size }: TurningScenario): Promise<TurningOutcome> {
  const element = document.createElement("voxel-volume");
  element.style.cssText = `width: ${size}px; height: ${size}px`;
  for (const [name, text] of Object.entries({ ...options, blend, src: input }))
    element.setAttribute(name, text);
  const loaded = new Promise((resolve) => element.addEventListener("load", resolve, { once: true }));
  document.body.append(element);
  await loaded;
  const canvas = element.shadowRoot?.querySelector("canvas") as HTMLCanvasElement;
  const context = canvas.getContext("webgpu") as GPUCanvasContext;
  const draw = context.getCurrentTexture.bind(context);
  let drawn = 0;
  context.getCurrentTexture = () => {
    drawn++;
    return draw();
  };
  const began = performance.now();
  for (let azimuth = 320; performance.now() - began < TURNING_MS; azimuth++) {
    element.azimuth = azimuth;
    await new Promise(requestAnimationFrame);
  }
  const framesPerSecond = (1000 * drawn) / (performance.now() - began);
  const movingSize = canvas.width;
  element.remove();
  return { framesPerSecond, movingSize };
}

/** Functions of the page that browser.ts calls. */
export interface BenchPage {
  open: typeof open;
  run: typeof run;
}

// The command line's launcher asks every page for its adapter.
Object.assign(globalThis, { bench: { open, run } satisfies BenchPage, voxelVolume: { probe } });
