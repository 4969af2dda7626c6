/** The page that a browser opens first. It finds the adapter, and starts WebGPU and WebGL before anything is timed. */

import type { HeadlessPage } from "../../../src/cli/headless.ts";

const probe: HeadlessPage["probe"] = async () => {
  try {
    const adapter = await navigator.gpu?.requestAdapter();
    if (!adapter) throw new Error("no WebGPU adapter");
    (await adapter.requestDevice()).destroy();
    if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no WebGL 2");
    const { description, vendor, architecture, isFallbackAdapter } = adapter.info;
    return { adapter: description || `${vendor} ${architecture}`, fallback: isFallbackAdapter };
  } catch (error) {
    return { error: (error as Error).message };
  }
};

Object.assign(globalThis, { voxelVolume: { probe } });
