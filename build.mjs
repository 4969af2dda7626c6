/**
 * Builds the package into dist/ with esbuild: the library (index.js, its packages left to the user's bundler), the
 * same with everything in it (voxel-volume.min.js), the command line, its page, the demo, the sample and the benchmark.
 * `--types` makes what is published: type declarations and the custom elements manifest, no source maps; `--serve` then
 * serves the demo.
 */

import { execFileSync } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

const OUT = "dist";
/** Shaders as text, without what is there for their readers. */
const wgsl = {
  name: "wgsl",
  setup(build) {
    build.onLoad({ filter: /\.wgsl$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const code = text.replace(/\s*\/\/.*/g, "").replace(/\n\s+/g, "\n");
      // Spaces that no token needs; signs may stand beside each other.
      return { contents: code.replace(/ *([{}(),;:=<>*/|&!]) */g, "$1"), loader: "text" };
    });
  },
};
/**
 * What is fetched later imports the entry, too. So esbuild keeps all that the entry needs in one chunk, instead of one for
 * each set of parts that share a module: they would compress worse.
 */
const oneChunk = (entry) => ({
  name: "one-chunk",
  async setup(build) {
    const lazy = await lazyModules();
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (!lazy.has(path)) return;
      const text = await readFile(path, "utf8");
      return { contents: `${text}\nimport ${JSON.stringify(resolve(entry))};\n`, loader: "ts" };
    });
  },
});
/** Paths of the modules that others import dynamically. */
async function lazyModules() {
  const lazy = new Set();
  for (const file of await readdir("src", { recursive: true })) {
    if (!file.endsWith(".ts")) continue;
    const path = resolve("src", file);
    const text = await readFile(path, "utf8");
    for (const [, name] of text.matchAll(/import\("(\.[^"]+\.ts)"\)/g))
      lazy.add(resolve(dirname(path), name));
  }
  return lazy;
}
/** Style sheets without comments and indentation. */
const css = {
  name: "css",
  setup(build) {
    build.onLoad({ filter: /styles\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      return { contents: text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\n\s+/g, "\n"), loader: "ts" };
    });
  },
};
/** Decoders of geotiff that no TIFF is handed to: only its JPEG is used. */
const unusedDecoders = {
  name: "unused-decoders",
  setup(build) {
    build.onResolve(
      { filter: /^\.\/(raw|lzw|deflate|packbits|lerc|zstd|webimage)\.js$/ },
      ({ path, importer }) =>
        /geotiff\W.*\Wcompression\W/.test(importer) ? { path, namespace: "unused" } : undefined,
    );
    build.onLoad({ filter: /./, namespace: "unused" }, () => ({ contents: "export default undefined;" }));
  },
};
const shared = {
  bundle: true,
  format: "esm",
  target: "es2022",
  // What is published goes without: a map half the package's size, of sources that are not in it.
  sourcemap: !process.argv.includes("--types"),
  plugins: [wgsl, css, unusedDecoders],
  logLevel: "warning",
};
/** What a page loads. */
const page = (name, entry) => ({
  ...shared,
  plugins: [wgsl, css, unusedDecoders, oneChunk(entry)],
  entryPoints: { [name]: entry },
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  outdir: OUT,
});
const bench = { ...shared, loader: { ".css": "text" }, outdir: `${OUT}/bench` };

await rm(OUT, { recursive: true, force: true });
await mkdir(`${OUT}/sample`, { recursive: true });
await Promise.all([
  esbuild.build({ ...page("index", "src/index.ts"), packages: "external" }),
  esbuild.build({ ...page("voxel-volume.min", "src/index.ts"), minify: true, legalComments: "linked" }),
  esbuild.build({ ...page("headless", "src/cli/headless.ts"), minify: true }),
  esbuild.build({
    ...shared,
    entryPoints: { cli: "src/cli/main.ts" },
    outdir: OUT,
    platform: "node",
    packages: "external",
  }),
  esbuild.build({
    ...bench,
    entryPoints: ["bench/main.ts", "bench/compare.ts", "bench/commits.ts"],
    platform: "node",
    packages: "external",
  }),
  esbuild.build({ ...bench, entryPoints: { page: "bench/page.ts", demo: "demo/bench.ts" } }),
  esbuild.build({
    ...shared,
    entryPoints: ["demo/sample/archive.ts"],
    outfile: `${OUT}/sample/archive.js`,
    platform: "node",
    packages: "external",
  }),
]);
for (const page of ["viewer.html", "viewer.js", "viewer.css", "headless.html"])
  await cp(`src/cli/${page}`, `${OUT}/${page}`);
for (const file of ["page.html", "matplotlib.py", "report.css"])
  await cp(`bench/${file}`, `${OUT}/bench/${file}`);
await cp("demo", `${OUT}/demo`, { recursive: true, filter: (path) => !/sample|\.ts$/.test(path) });
const { sampleZip } = await import(pathToFileURL(`${OUT}/sample/archive.js`).href);
await writeFile(`${OUT}/sample/attention.zip`, await sampleZip());

if (process.argv.includes("--types")) {
  execFileSync("npx", ["tsc", "-p", "tsconfig.types.json"], { stdio: "inherit" });
  execFileSync("npx", ["cem", "analyze", "--outdir", OUT], { stdio: "inherit" });
}
if (process.argv.includes("--serve")) {
  const context = await esbuild.context({});
  const { port } = await context.serve({ servedir: OUT, host: "127.0.0.1" });
  console.log(`voxel-volume demo: http://localhost:${port}/demo/`);
}
