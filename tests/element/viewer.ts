/** Helpers for the element's tests: a page with one <voxel-volume>, its files, its events and its GPU calls. */

import { test as base, expect, type Page } from "playwright/test";
import type { VoxelVolumeElement } from "../../src/index.ts";
import { watch } from "../support/gpu.ts";
import { type Picture, readPng } from "../support/png.ts";
import { type Log, spy } from "./spy.ts";

export { expect };

/** Side of an element in CSS pixels (tests/pages/element.html): on a software GPU, time depends on the pixels. */
const SMALL = 100;
/** Size of the window in CSS pixels, unless a test sets it. */
const SIZE = { width: 640, height: 640 };

export class Viewer {
  /** Served files, by path under /files/. */
  readonly files: Record<string, Uint8Array | string> = {};

  /** Paths of these files that were requested. */
  readonly asked: string[] = [];

  /** Side of the element in CSS pixels, unless its style sets it. */
  side = SMALL;

  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.addInitScript(spy);
    await this.page.route("**/files/**", (route) => {
      const path = new URL(route.request().url()).pathname.replace("/files/", "");
      this.asked.push(path);
      const body = this.files[path];
      return body === undefined
        ? route.fulfill({ status: 404 })
        : route.fulfill({ body: Buffer.from(body), contentType: "application/octet-stream" });
    });
    await this.page.goto("/element.html");
  }

  /** Resets the page to its initial state, but keeps its device, because creating another takes time. */
  async reset(): Promise<void> {
    await this.page.evaluate(() => {
      const { log } = window;
      document.body.replaceChildren();
      for (const style of document.querySelectorAll("head > style:not(:first-of-type)")) style.remove();
      scrollTo(0, 0);
      log.events.length = 0;
      log.buffers.length = 0;
    });
    await this.page.emulateMedia({ colorScheme: null, forcedColors: null, reducedMotion: null });
    await this.page.mouse.move(639, 639);
    for (const path of Object.keys(this.files)) delete this.files[path];
    this.asked.length = 0;
  }

  /** Adds an element with these attributes; resolves with the detail of `load` or the error's code. */
  async add(attributes: Record<string, string>, inner = ""): Promise<unknown> {
    await this.page.evaluate(
      ({ attributes, inner, side }) => {
        const element = document.createElement("voxel-volume");
        if (side) element.style.width = `${side}px`;
        for (const [name, text] of Object.entries(attributes)) element.setAttribute(name, text);
        element.innerHTML = inner;
        for (const type of ["load", "progress", "error", "abort", "camera-change", "device-restored"]) {
          element.addEventListener(type, (event) => {
            const { detail } = event as CustomEvent;
            const { error } = event as ErrorEvent;
            const at = performance.now();
            window.log.events.push({ type, at, detail, code: error?.code, message: error?.message });
          });
        }
        document.body.append(element);
      },
      { attributes, inner, side: this.side !== SMALL && this.side },
    );
    return attributes.src ? this.outcome() : undefined;
  }

  /** Waits for the `load` or `error` that follows the first `after` of them; returns its detail or its code. */
  async outcome(after = 0): Promise<unknown> {
    const found = await this.page.waitForFunction(
      (after) => window.log.events.filter(({ type }) => type === "load" || type === "error")[after],
      after,
    );
    const { detail, code } = await found.jsonValue();
    await this.settled();
    return code ?? detail;
  }

  async events(type: string): Promise<Log["events"]> {
    return this.page.evaluate((type) => window.log.events.filter((event) => event.type === type), type);
  }

  /** Sets a property. */
  async set(name: string, value: unknown): Promise<void> {
    await this.page.evaluate(
      ({ name, value }) => Object.assign(document.querySelector("voxel-volume") as object, { [name]: value }),
      { name, value },
    );
    await this.settled();
  }

  /** Sets an attribute, or removes it. */
  async attribute(name: string, text: string | null): Promise<void> {
    await this.page.evaluate(
      ({ name, text }) => {
        const element = document.querySelector("voxel-volume") as HTMLElement;
        if (text === null) element.removeAttribute(name);
        else element.setAttribute(name, text);
      },
      { name, text },
    );
    await this.settled();
  }

  get<T>(name: string): Promise<T> {
    return this.page.evaluate(
      (name) => (document.querySelector("voxel-volume") as unknown as Record<string, T>)[name],
      name,
    );
  }

  /** Runs `work` in the page, with its element. */
  call<T>(work: (element: VoxelVolumeElement) => T | Promise<T>): Promise<T> {
    return this.page.evaluate(`(${work})(document.querySelector("voxel-volume"))`) as Promise<T>;
  }

  /** Delays the answer for a file until the returned function is called. */
  async hold(path: string, bytes: Uint8Array): Promise<() => void> {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await this.page.route(`**/${path}`, async (route) => {
      await held;
      await route.fulfill({ body: Buffer.from(bytes) }).catch(() => {});
    });
    return release;
  }

  /** Resolves when everything requested has been drawn. */
  async settled(): Promise<void> {
    await this.page.evaluate(async () => {
      const { log } = window;
      const element = document.querySelector("voxel-volume");
      if (element?.loaded) await element.drawn;
      // A camera is at rest after 200 ms, and may then be drawn once more.
      while (log.waiting > 0 || performance.now() - log.last < 60) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
  }

  /** Screenshot of the element. */
  async picture(): Promise<Picture> {
    return readPng(await this.page.locator("voxel-volume").screenshot());
  }

  /** Size of the canvas in pixels. */
  canvasSize(): Promise<number[]> {
    return this.page.evaluate(() => {
      const canvas = document
        .querySelector("voxel-volume")
        ?.shadowRoot?.querySelector<HTMLCanvasElement>("canvas[part=canvas]");
      return [canvas?.width ?? 0, canvas?.height ?? 0];
    });
  }

  /** Text of the error message over the picture. */
  async alert(): Promise<string | undefined> {
    const alerts = await this.page.locator("voxel-volume [role=alert]").allInnerTexts();
    return alerts[0]?.trim();
  }
}

/** A page that the tests of a worker share. */
interface Shared {
  readonly viewer: Viewer;
  readonly complaints: string[];
}

interface Options {
  /** Whether a warning or an error on the console fails the test. */
  readonly quiet: boolean;
  /** Side of the element in CSS pixels: 200 for tests that point at places in the picture. */
  readonly side: number;
}

const options = base.extend<Options>({
  quiet: [true, { option: true }],
  side: [SMALL, { option: true }],
});

/** A test on the page that the tests of a worker share. */
export const test = options.extend<{ viewer: Viewer }, { shared: Shared }>({
  shared: [
    async ({ browser }, use) => {
      const page = await browser.newPage({ baseURL: process.env.TEST_SITE, viewport: SIZE });
      const complaints = watch(page);
      const viewer = new Viewer(page);
      await viewer.open();
      await use({ viewer, complaints });
      await page.close();
    },
    { scope: "worker" },
  ],
  viewer: async ({ quiet, side, viewport, shared: { viewer, complaints } }, use) => {
    complaints.length = 0;
    viewer.side = side;
    await viewer.page.setViewportSize(viewport ?? SIZE);
    await use(viewer);
    await viewer.reset();
    if (quiet) expect(complaints).toEqual([]);
  },
});

/** A test with its own page, because it navigates, patches the page, or needs another kind of screen. */
export const isolated = options.extend<{ viewer: Viewer }>({
  viewer: async ({ quiet, side, page }, use) => {
    const complaints = watch(page);
    const viewer = new Viewer(page);
    viewer.side = side;
    await viewer.open();
    await use(viewer);
    if (quiet) expect(complaints).toEqual([]);
  },
});
