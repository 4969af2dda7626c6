/** Bundles a page of the benchmark that imports modules of the engine, from this checkout or another. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import type { Plugin } from "esbuild";

/** Earlier paths of modules that pages import. */
const FORMERLY: Record<string, string> = {
  "src/engine/gpu/device.ts": "src/engine/device.ts",
  "src/engine/read-pixels.ts": "src/engine/picture.ts",
  "src/options/options.ts": "src/view/options.ts",
};

/** Imports shaders as text without comments, as build.mjs does. */
const wgsl: Plugin = {
  name: "wgsl",
  setup(build) {
    build.onLoad({ filter: /\.wgsl$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      return { contents: text.replace(/\s*\/\/.*/g, "").replace(/\n\s+/g, "\n"), loader: "text" };
    });
  },
};

/** Plugin that resolves imports of pages in `bench` from `src` in the checkout `tree` instead of `root`. */
const sourcesOf = (root: string, tree: string): Plugin => ({
  name: "sources",
  setup(build) {
    build.onResolve({ filter: /\/src\// }, ({ path, resolveDir }) => {
      if (relative(join(root, "bench"), resolveDir).startsWith("..")) return undefined;
      const wanted = relative(root, resolve(resolveDir, path)).replaceAll(sep, "/");
      const found = [wanted, FORMERLY[wanted]].find((name) => name && existsSync(join(tree, name)));
      return found ? { path: join(tree, found) } : { errors: [{ text: `${tree} has no ${wanted}` }] };
    });
  },
});

export interface EngineBundle {
  /** This checkout, and the checkout that contains the engine. */
  readonly root: string;
  readonly tree: string;
  /** The page's script. */
  readonly entry: string;
  readonly outfile: string;
  /** A node_modules folder for packages that are missing in this checkout. */
  readonly packages?: string;
}

export async function bundleWithEngine(bundle: EngineBundle): Promise<void> {
  const { root, tree, entry, outfile, packages } = bundle;
  const { build } = await import("esbuild");
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    nodePaths: packages ? [packages] : [],
    plugins: [sourcesOf(root, tree), wgsl],
    logLevel: "silent",
  });
}
