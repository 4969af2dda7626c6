/**
 * `npm run bench:large`: what an orbit around a volume fetches, by the side of the volume. Each volume is the demo's field
 * as OME-Zarr, which the demo's server makes and counts. `--help` lists the options.
 */

import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { FIELD, serveDemo } from "../demo/large/server.ts";
import { type HeadlessBrowser, openHeadless } from "../src/cli/browser.ts";
import type { VoxelVolumeElement } from "../src/element/index.ts";

const USAGE = `npm run bench:large -- [options]

  --sides 512,1024,2048,4096   voxels along each axis
  --size 800                   canvas, in pixels a side
  --views 36                   of the orbit
  --view cut                   full, cut or diagonal
  --gpu-memory 256MiB          the most GPU memory that is used
  --browser PATH               Chrome or Chromium to use (also $VOXEL_VOLUME_BROWSER)
`;

interface LargeOptions {
  readonly sides: readonly number[];
  readonly size: number;
  readonly views: number;
  readonly view: string;
  readonly gpuMemory: string;
  readonly browser: string | undefined;
}

/** Result of an orbit: what it has fetched, and its time. */
interface Orbit {
  readonly side: number;
  /** Until the first picture, until it is complete, after the orbit and after another one: bytes. */
  readonly first: number;
  readonly rest: number;
  readonly orbit: number;
  readonly again: number;
  readonly requests: number;
  readonly seconds: number;
}

/** dist, once built. */
const DIST = resolve(dirname(fileURLToPath(import.meta.url)), "..");
/** Milliseconds without a request after which nothing more is fetched. */
const QUIET_MS = 500;

function parse(args: string[]): LargeOptions | undefined {
  const text = (value: string) => ({ type: "string" as const, default: value });
  const { values } = parseArgs({
    args,
    options: {
      help: { type: "boolean" },
      sides: text("512,1024,2048,4096"),
      size: text("800"),
      views: text("36"),
      view: text("cut"),
      "gpu-memory": text("256MiB"),
      browser: { type: "string" },
    },
  });
  if (values.help) return undefined;
  const whole = (name: string, value: string) => {
    if (!/^[1-9]\d{0,4}$/.test(value)) throw new Error(`--${name} "${value}": expected a whole number`);
    return Number(value);
  };
  return {
    sides: values.sides.split(",").map((side) => whole("sides", side)),
    size: whole("size", values.size),
    views: whole("views", values.views),
    view: values.view,
    gpuMemory: values["gpu-memory"],
    browser: values.browser ?? process.env.VOXEL_VOLUME_BROWSER,
  };
}

async function main(): Promise<void> {
  const options = parse(process.argv.slice(2));
  if (!options) return console.log(USAGE);
  const { size, views, view, gpuMemory } = options;
  console.log(`${views} views of ${size} x ${size} pixels, view ${view}, ${gpuMemory} of GPU memory; MB`);
  console.log("side   first picture   at rest   orbit   second orbit   requests   seconds");
  for (const side of options.sides) {
    const { first, rest, orbit, again, requests, seconds } = await measure(side, options);
    const mb = [first, rest, orbit, again].map((bytes) => (bytes / 1e6).toFixed(1));
    const columns = [`${side}`.padEnd(4), ...mb, `${requests}`, seconds.toFixed(0)];
    console.log(columns.map((text, i) => text.padStart([4, 16, 10, 8, 15, 11, 10][i])).join(""));
  }
}

async function measure(side: number, options: LargeOptions): Promise<Orbit> {
  const server = await serveDemo(DIST, side);
  const { counts } = server;
  let browser: HeadlessBrowser | undefined;
  try {
    browser = await openHeadless(`${server.url}headless.html`, options.browser);
    const { page } = browser;
    await page.setViewportSize({ width: options.size, height: options.size });
    await page.goto(`${server.url}demo/one-tag.html`);
    const started = performance.now();
    await page.evaluate(show, { src: FIELD, view: options.view, gpuMemory: options.gpuMemory });
    const first = counts.bytes;
    await quiet(counts);
    const rest = counts.bytes;
    const turn = async () => {
      for (let i = 0; i < options.views; i++) {
        await page.evaluate(turnTo, (360 * i) / options.views);
        await quiet(counts);
      }
      return counts.bytes;
    };
    const orbit = await turn();
    const [requests, seconds] = [counts.requests, (performance.now() - started) / 1000];
    return { side, first, rest, orbit, again: (await turn()) - orbit, requests, seconds };
  } finally {
    await browser?.close();
    server.close();
  }
}

/** Resolves when nothing has been asked for in a while. */
async function quiet(counts: { readonly requests: number; readonly open: number }): Promise<void> {
  for (let before = -1; before !== counts.requests || counts.open > 0; ) {
    before = counts.requests;
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
}

/** Runs in the page: fills it with an element; resolves with the first picture. */
async function show({ src, view, gpuMemory }: Record<"src" | "view" | "gpuMemory", string>): Promise<void> {
  await customElements.whenDefined("voxel-volume");
  const element = document.createElement("voxel-volume");
  const style = "position: fixed; inset: 0; width: 100vw; height: 100vh; aspect-ratio: auto";
  const texts = { view, "gpu-memory": gpuMemory, transform: "none", fit: "content", style, src };
  for (const [name, text] of Object.entries(texts)) element.setAttribute(name, text);
  const shown = new Promise<void>((resolve, reject) => {
    element.addEventListener("load", () => resolve());
    element.addEventListener("error", ({ message }) => reject(new Error(message)));
  });
  document.body.replaceChildren(element);
  await shown;
}

/** Runs in the page: turns the camera; resolves when the picture is drawn. */
async function turnTo(azimuth: number): Promise<void> {
  const element = document.querySelector("voxel-volume") as VoxelVolumeElement;
  element.azimuth = azimuth;
  await element.drawn;
}

main().catch((error: Error) => {
  console.error(error.message.split("\n")[0]);
  process.exitCode = 1;
});
