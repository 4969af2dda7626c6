/**
 * Builds into dist/ with esbuild:
 * - the library and the command line (index.js, element.js, engine.js, read.js, cli.js), without dependencies, which the
 *   user's bundler adds;
 * - the element with its dependencies, in chunks (voxel-volume.min.js, also for the command line's page) and as one
 *   file (voxel-volume.bundle.js);
 * - python/, the Python package with the notebook's widget, for `pip install dist/python`;
 * - LEGAL.txt with the licences of the bundled libraries, the demo, the sample and the benchmark.
 * `--types` makes what is published: type declarations and the custom elements manifest, no source maps; `--serve` then
 * serves the demo.
 */

import { execFileSync } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import subsetFont from "subset-font";
import { licences } from "./licences.mjs";

const OUT = "dist";
const manifest = JSON.parse(await readFile("package.json", "utf8"));
/** Packages that npm installs together with this one. */
const OTHERS = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
/** Imports shaders as text, without comments and indentation. */
const wgsl = {
  name: "wgsl",
  setup(build) {
    build.onLoad({ filter: /\.wgsl$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const code = text.replace(/\s*\/\/.*/g, "").replace(/\n\s+/g, "\n");
      // Removes spaces around tokens, except around signs, which must not be joined.
      return { contents: code.replace(/ *([{}(),;:=<>*/|&!]) */g, "$1"), loader: "text" };
    });
  },
};
/**
 * Makes dynamically imported modules import the entry, which is always loaded before them. esbuild then keeps everything
 * that the entry needs in one chunk, instead of one chunk for each set of modules that share code, which would compress
 * worse. `entryFor` returns the entry of a module, given its path in src.
 */
const oneChunk = (entryFor) => ({
  name: "one-chunk",
  async setup(build) {
    const lazy = await lazyModules();
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (!lazy.has(path)) return;
      const text = await readFile(path, "utf8");
      const entry = entryFor(relative("src", path).replaceAll(sep, "/"));
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
/** Imports style sheets without comments and the spaces that they do not need. */
const css = {
  name: "css",
  setup(build) {
    build.onLoad({ filter: /styles\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text
        .replace(/\/\*[\s\S]*?\*\//g, "")
        .replace(/\n\s+/g, "\n")
        .replace(/\s*([{};,])\s*/g, "$1")
        .replace(/: /g, ":")
        .replace(/;}/g, "}");
      return { contents, loader: "ts" };
    });
  },
};
/** Omits decoders of geotiff that are never called: of its decoders, only JPEG is used. */
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
/**
 * Makes the builds with chunks share the decoders of Zarr's chunks, which are large: they import the files that `decoders`
 * builds. All modules that import them are in dist/chunks.
 */
const sharedDecoders = {
  name: "shared-decoders",
  setup(build) {
    build.onResolve({ filter: /^numcodecs\// }, ({ path, kind }) =>
      kind === "dynamic-import"
        ? { path: `${path.replace("numcodecs", ".")}.js`, external: true }
        : undefined,
    );
  },
};
/**
 * Leaves out of a build of one file what it cannot load when needed: decoders of Zarr's chunks, which would be most of
 * it, and workers, which are other files.
 */
const oneFile = {
  name: "one-file",
  setup(build) {
    build.onResolve({ filter: /^numcodecs\/|\/start-worker\.ts$/ }, ({ path }) => ({
      path,
      namespace: "left-out",
    }));
    build.onLoad({ filter: /./, namespace: "left-out" }, () => ({ contents: "export default undefined;" }));
  },
};
/** Imports fonts as base64 text, reduced to the characters of figures: Latin, Greek, Cyrillic and signs of formulas. */
const font = {
  name: "font",
  setup(build) {
    const range = (first, last) =>
      Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join("");
    const plain = range(0x20, 0x7e);
    const all = [
      ...[plain, range(0xa0, 0x17f), range(0x370, 0x3ff), range(0x400, 0x45f), range(0x2010, 0x2027)],
      ...[range(0x2030, 0x203a), range(0x2070, 0x209c), "€™ℓ←↑→↓↔−∕∘√∞≈≠≤≥∂∆∇∈∑∏∫⋅"],
    ].join("");
    build.onLoad({ filter: /\.woff2$/ }, async ({ path }) => {
      const characters = path.includes("-700-") ? plain : all;
      const contents = await subsetFont(await readFile(path), characters, { targetFormat: "woff2" });
      return { contents, loader: "base64" };
    });
  },
};
const plugins = [wgsl, css, font, unusedDecoders];
const shared = {
  bundle: true,
  format: "esm",
  target: "es2022",
  // Not in the published package: source maps would be half its size, and its sources are not included.
  sourcemap: !process.argv.includes("--types"),
  legalComments: "none",
  metafile: true,
  plugins,
  logLevel: "warning",
};
/** Puts modules that are loaded on demand in dist/chunks. */
const inChunks = (entryFor) => ({
  ...shared,
  plugins: [...plugins, sharedDecoders, oneChunk(entryFor)],
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  outdir: OUT,
});
/** The library and the command line. Dependencies are not bundled. */
const library = {
  ...inChunks((path) => {
    if (path.startsWith("read/")) return "src/read/index.ts";
    return /^(engine|options|values|voxels)\//.test(path) ? "src/engine/index.ts" : "src/element/index.ts";
  }),
  entryPoints: {
    index: "src/index.ts",
    element: "src/element/index.ts",
    engine: "src/engine/index.ts",
    read: "src/read/index.ts",
    cli: "src/cli/main.ts",
  },
  external: ["node:*", ...OTHERS.flatMap((name) => [name, `${name}/*`])],
};
/** Scripts for pages without a bundler, with all dependencies: the element, and the page of the command line. */
const pages = {
  ...inChunks(() => "src/element/index.ts"),
  entryPoints: { "voxel-volume.min": "src/index.ts", headless: "src/cli/headless.ts" },
  minify: true,
};
/** Decoders of Zarr's chunks, and the worker that uses them, beside the chunks that import or start them. */
const decoders = {
  ...shared,
  plugins: [sharedDecoders],
  entryPoints: {
    "decode-worker": "src/read/zarr/decode-worker.ts",
    ...Object.fromEntries(["blosc", "lz4", "zstd"].map((name) => [name, `numcodecs/${name}`])),
  },
  outdir: `${OUT}/chunks`,
  minify: true,
};
const bundle = {
  ...shared,
  plugins: [...plugins, oneFile],
  entryPoints: { "voxel-volume.bundle": "src/index.ts" },
  outdir: OUT,
  minify: true,
  banner: { js: `/* voxel-volume ${manifest.version}, MIT; licences of the libraries in it: LEGAL.txt */` },
};
/** The script of the notebook's widget, in the folder of the Python package. */
const PYTHON = `${OUT}/python`;
const widget = {
  ...shared,
  entryPoints: ["src/notebook/widget.ts"],
  plugins: [...plugins, oneFile],
  outfile: `${PYTHON}/voxel_volume/static/widget.js`,
  minify: true,
  sourcemap: false,
};
/** Settings for the repository's own Node programs. */
const node = { platform: "node", packages: "external" };
const bench = { ...shared, loader: { ".css": "text" }, outdir: `${OUT}/bench` };

/** Makes declarations import .js paths, as Node.js requires, and rewrites typed arrays for TypeScript before 5.7. */
async function makeTypesPortable(folder) {
  for (const file of await readdir(folder, { recursive: true })) {
    if (!file.endsWith(".d.ts")) continue;
    const path = `${folder}/${file}`;
    const text = await readFile(path, "utf8");
    const portable = text
      .replace(/((?:from|import\() ?"\.[^"]*)\.ts"/g, '$1.js"')
      .replace(/\b(\w+Array)<ArrayBuffer>/g, 'ReturnType<$1Constructor["of"]>');
    await writeFile(path, portable);
  }
}

/** Completes the Python package, which `pip install dist/python` installs. */
async function buildPythonPackage() {
  const isSource = (path) => /\/(notebook|voxel_volume)$|\.(py|toml|md|typed)$/.test(path);
  await cp("src/notebook", PYTHON, { recursive: true, filter: isSource });
  const project = await readFile(`${PYTHON}/pyproject.toml`, "utf8");
  await writeFile(
    `${PYTHON}/pyproject.toml`,
    project.replace('version = "0.0.0"', `version = "${manifest.version}"`),
  );
  await cp("LICENSE", `${PYTHON}/LICENSE`);
  await cp(`${OUT}/LEGAL.txt`, `${PYTHON}/LEGAL.txt`);
  const { elementTable } = await import(pathToFileURL(`${OUT}/notebook/element-table.js`).href);
  await writeFile(`${PYTHON}/voxel_volume/element.json`, elementTable());
}

await rm(OUT, { recursive: true, force: true });
await mkdir(`${OUT}/sample`, { recursive: true });
const published = [library, pages, decoders, bundle, widget].map((options) => esbuild.build(options));
await Promise.all([
  ...published,
  esbuild.build({
    ...bench,
    ...node,
    entryPoints: ["bench/main.ts", "bench/compare.ts", "bench/commits.ts", "bench/large.ts"],
  }),
  esbuild.build({ ...bench, entryPoints: { page: "bench/page.ts", demo: "demo/bench.ts" } }),
  esbuild.build({
    ...shared,
    ...node,
    entryPoints: {
      "sample/archive": "demo/sample/archive.ts",
      "large/server": "demo/large/server.ts",
      "notebook/element-table": "src/notebook/element-table.ts",
    },
    outdir: OUT,
  }),
]);
const metafiles = (await Promise.all(published)).map(({ metafile }) => metafile);
await writeFile(`${OUT}/LEGAL.txt`, await licences(metafiles));
await writeFile(`${OUT}/metafiles.json`, JSON.stringify(metafiles));
for (const page of ["viewer.html", "viewer.js", "viewer.css", "headless.html"])
  await cp(`src/cli/${page}`, `${OUT}/${page}`);
for (const file of ["page.html", "matplotlib.py", "report.css"])
  await cp(`bench/${file}`, `${OUT}/bench/${file}`);
await cp("demo", `${OUT}/demo`, { recursive: true, filter: (path) => !/sample|\/large$|\.ts$/.test(path) });
const { sampleZip } = await import(pathToFileURL(`${OUT}/sample/archive.js`).href);
await writeFile(`${OUT}/sample/attention.zip`, await sampleZip());
await buildPythonPackage();

if (process.argv.includes("--types")) {
  execFileSync("npx", ["tsc", "-p", "tsconfig.types.json"], { stdio: "inherit" });
  await makeTypesPortable(`${OUT}/types`);
  execFileSync("npx", ["cem", "analyze", "--outdir", OUT], { stdio: "inherit" });
}
if (process.argv.includes("--serve")) {
  const { serveDemo } = await import(pathToFileURL(`${OUT}/large/server.js`).href);
  console.log(`voxel-volume demo: ${(await serveDemo(OUT)).url}demo/`);
}
