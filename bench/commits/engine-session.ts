/** One page with the engines of both trees, for measurements that the command line cannot make. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type HeadlessBrowser, openHeadless } from "../../src/cli/browser.ts";
import { inputOf } from "../../src/cli/input.ts";
import { trustedPages } from "../../src/cli/pages.ts";
import { type LocalServer, serve } from "../../src/cli/server.ts";
import type { OptionTexts } from "../../src/options/options.ts";
import { bundleWithEngine } from "../engine-bundle.ts";
import { TREES, type TreeName } from "./rows.ts";

const PAGE = `<!doctype html>
<meta charset="utf-8" />
<title>Two engines</title>
<link rel="icon" href="data:," />
<script type="module" src="probe.js"></script>
<script type="module">
  import * as other from "./other.js";
  import * as own from "./own.js";
  globalThis.clocks = { other, own };
</script>
`;

/** Builds the page of both engines in the folder `site`. */
export async function makeEnginePage(
  site: string,
  root: string,
  folders: Readonly<Record<TreeName, string>>,
): Promise<void> {
  const pages = join(root, "bench");
  for (const tree of TREES) {
    const entry = join(pages, "commits/pages/engine-clock.ts");
    await bundleWithEngine({ root, tree: folders[tree], entry, outfile: join(site, `${tree}.js`) });
  }
  const entry = join(pages, "peers/pages/probe.ts");
  await bundleWithEngine({ root, tree: root, entry, outfile: join(site, "probe.js") });
  await writeFile(join(site, "page.html"), PAGE);
}

type Clock = typeof import("./pages/engine-clock.ts");
type Clocks = Record<string, Record<string, (...args: unknown[]) => unknown>>;

/** The page in a browser. A failing case closes it, and the next case restarts it. */
export class EngineSession {
  #running: HeadlessBrowser | undefined;
  #shown = "";
  /** The adapter of the last page. */
  adapter = "none";

  private constructor(
    private readonly server: LocalServer,
    private readonly size: number,
    private readonly browser: string | undefined,
  ) {}

  static async open(site: string, input: string, size: number, browser?: string): Promise<EngineSession> {
    return new EngineSession(await serve(trustedPages(site), await inputOf(input)), size, browser);
  }

  /** Makes both engines show INPUT ("native"), or the site's file `large.nii`. */
  async show(volume: "native" | "large"): Promise<void> {
    this.#running ??= await openHeadless(`${this.server.url}page.html`, this.browser);
    this.adapter = this.#running.adapter;
    if (this.#shown === volume) return;
    this.#shown = "";
    const path = volume === "native" ? this.server.input[0] : "large.nii";
    for (const tree of TREES) await this.#call(tree, "open", `${this.server.url}${path}`, this.size);
    this.#shown = volume;
  }

  /** Milliseconds until the GPU has drawn a frame. */
  frame(tree: TreeName, texts: OptionTexts): Promise<number> {
    return this.#call(tree, "frame", texts);
  }

  /** Milliseconds until the GPU has computed the voxels and drawn them. */
  update(tree: TreeName, texts: OptionTexts): Promise<number> {
    return this.#call(tree, "update", texts);
  }

  #call<K extends keyof Clock>(tree: TreeName, name: K, ...args: Parameters<Clock[K]>) {
    const page = (this.#running as HeadlessBrowser).page;
    return page.evaluate(
      ([tree, name, args]) => (globalThis as unknown as { clocks: Clocks }).clocks[tree][name](...args),
      [tree, name, args] as [string, string, unknown[]],
    ) as ReturnType<Clock[K]>;
  }

  async restart(): Promise<void> {
    await this.#running?.close();
    this.#running = undefined;
    this.#shown = "";
  }

  async close(): Promise<void> {
    await this.restart();
    this.server.close();
  }
}
