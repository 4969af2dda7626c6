/** The benchmark's page: compares resolutions in the visitor's browser and shows the report. */

import { type Backend, runAll } from "../bench/backend.ts";
import { canvasPng } from "../bench/canvas-png.ts";
import { Measure } from "../bench/measure.ts";
import { reportBody } from "../bench/report.ts";
import { type Result, SCHEMA } from "../bench/result.ts";
import { nameOf, plan } from "../bench/scenarios.ts";
import manifest from "../package.json" with { type: "json" };
import { adapterName } from "../src/engine/gpu/adapter-name.ts";
import { requestDevice } from "../src/engine/gpu/device.ts";

const SAMPLE = "../sample/attention.zip";
const RESOLUTIONS = ["25", "50", "75", "100", "native", "2x"];
const FRAMES = 24;

const find = <T extends HTMLElement>(selector: string) => document.querySelector(selector) as T;
const form = find<HTMLFormElement>("form");
const button = find<HTMLButtonElement>("form button");
const status = find<HTMLElement>(".progress");
const bar = find<HTMLProgressElement>("progress");
const report = find<HTMLElement>(".report");
const download = find<HTMLAnchorElement>(".download");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  report.hidden = download.hidden = true;
  try {
    show(await compare(new FormData(form)));
  } catch (error) {
    status.textContent = (error as Error).message;
  } finally {
    button.disabled = false;
    bar.hidden = true;
  }
});

async function compare(wanted: FormData): Promise<Result> {
  const started = performance.now();
  status.textContent = "Reading the volume, compiling shaders";
  const input = await chosen(wanted.get("file") as File);
  const device = await requestDevice(navigator.gpu);
  try {
    const measure = new Measure(device, input, canvasPng);
    const opened = await measure.open();
    const { dims, dtype, copyBandwidth, compileMs, timestamps } = opened;
    const canvas = Number(wanted.get("canvas"));
    const scenarios = plan({
      parts: ["resolutions"],
      ...{ dims, canvas, resolutions: RESOLUTIONS, blends: ["weighted", "exact"] },
      ...{ synthetic: [], frames: FRAMES, view: "full" },
    });
    bar.max = scenarios.length;
    bar.value = 0;
    bar.hidden = false;
    const backend: Pick<Backend, "run"> = {
      run: async (scenario, budget) => {
        status.textContent = `Measuring ${nameOf(scenario)}`;
        // Lets the text appear before the GPU is busy.
        await new Promise(requestAnimationFrame);
        return measure.run(scenario, budget);
      },
    };
    const deadline = performance.now() + 1000 * Number(wanted.get("seconds"));
    const rows = await runAll(backend, scenarios, deadline, (_, i) => {
      bar.value = i + 1;
    });
    return {
      schema: SCHEMA,
      version: manifest.version,
      commit: "unknown",
      date: new Date().toISOString(),
      machine: { os: navigator.platform, cpu: "unknown kind", cores: navigator.hardwareConcurrency },
      backend: {
        name: "browser",
        version: navigator.userAgent,
        adapter: adapterName(device),
        software: device.adapterInfo.isFallbackAdapter,
        timestamps,
      },
      input: { name: input.name, sha256: await sha256(input.bytes), dims, dtype },
      copyBandwidth,
      compileMs,
      rows,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    device.destroy();
  }
}

function show(result: Result): void {
  status.textContent = "";
  report.innerHTML = reportBody(result);
  report.hidden = download.hidden = false;
  URL.revokeObjectURL(download.href);
  download.href = URL.createObjectURL(new Blob([JSON.stringify(result)], { type: "application/json" }));
}

/** The chosen file, or the sample. */
async function chosen(file: File) {
  if (file.size > 0) return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  const response = await fetch(SAMPLE);
  if (!response.ok) throw new Error(`The sample is not there: ${response.status}`);
  return { name: "attention.zip", bytes: new Uint8Array(await response.arrayBuffer()) };
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
