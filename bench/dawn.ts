/** Backend "dawn": the same scenarios in Node, with the npm package webgpu if it is installed. */

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { PNG } from "pngjs";
import { adapterName } from "../src/engine/gpu/adapter-name.ts";
import { requestDevice } from "../src/engine/gpu/device.ts";
import type { Backend } from "./backend.ts";
import { type EncodePng, Measure } from "./measure.ts";

const MISSING = `The backend "dawn" needs the npm package webgpu, which is not installed: \`npm install --no-save webgpu\` here, or in another folder that --dawn FOLDER names.`;
const NO_ADAPTER =
  "Dawn has found no graphics adapter: a Vulkan driver is needed (libvulkan.so.1 in the library path; VK_ICD_FILENAMES can name a driver), Metal or Direct3D 12.";

/** Timestamps with nanosecond resolution, for passes that take microseconds. */
const FLAGS = ["disable-dawn-features=timestamp_quantization"];

interface Dawn {
  create(flags: string[]): GPU;
  globals: Record<string, unknown>;
}

/** Path of the package's module, resolved from `folder` or from this project; undefined if it is not installed. */
export function findDawn(folder = process.cwd()): string | undefined {
  try {
    return createRequire(join(resolve(folder), "any.js")).resolve("webgpu");
  } catch {
    return undefined;
  }
}

/** If Dawn's instance is garbage-collected, the process crashes, so references are kept here. */
const kept: GPU[] = [];

/** @throws Error that says what is missing. */
export async function openDawn(input: string, folder?: string): Promise<Backend> {
  const path = findDawn(folder);
  if (!path) throw new Error(MISSING);
  const { create, globals } = (await import(pathToFileURL(path).href)) as Dawn;
  Object.assign(globalThis, globals);
  const gpu = create(FLAGS);
  kept.push(gpu);
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error(NO_ADAPTER);
  const device = await requestDevice(gpu);
  takeDataViews(device.queue);
  const bytes = new Uint8Array(await readFile(input));
  const measure = new Measure(device, { name: basename(input), bytes }, nodePng);
  const opened = await measure.open();
  const name = adapterName(device);
  return {
    about: {
      name: "dawn",
      version: JSON.parse(readFileSync(join(dirname(path), "package.json"), "utf8")).version,
      adapter: name,
      software: device.adapterInfo.isFallbackAdapter || /swiftshader|llvmpipe/i.test(name),
    },
    opened,
    run: (scenario, budgetMs) => measure.run(scenario, budgetMs),
    async close() {
      device.destroy();
    },
  };
}

/** The package accepts all views of a buffer except DataView. */
function takeDataViews(queue: GPUQueue): void {
  const write = queue.writeBuffer.bind(queue) as (...args: unknown[]) => undefined;
  queue.writeBuffer = (buffer: GPUBuffer, offset: number, data: unknown, ...part: unknown[]) =>
    write(
      buffer,
      offset,
      data instanceof DataView ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : data,
      ...part,
    );
}

const nodePng: EncodePng = async (pixels, side) => {
  const png = new PNG({ width: side, height: side });
  png.data.set(pixels);
  return `data:image/png;base64,${PNG.sync.write(png).toString("base64")}`;
};
