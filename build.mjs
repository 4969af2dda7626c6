/**
 * Builds the package into dist/ with esbuild: the library and the command line (index.js, element.js, engine.js, read.js,
 * cli.js; packages that others use, too, are left to the user's bundler), the element with everything in it, in chunks
 * (voxel-volume.min.js, with the command line's page) and as one file (voxel-volume.bundle.js), what LEGAL.txt says of the
 * libraries in them, the demo, the sample and the benchmark.
 * `--types` makes what is published: type declarations and the custom elements manifest, no source maps; `--serve` then
 * serves the demo.
 */

import { execFileSync } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { licences } from "./licences.mjs";

const OUT = "dist";
const manifest = JSON.parse(await readFile("package.json", "utf8"));
/** Packages that npm installs beside this one. */
const OTHERS = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
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
 * What is fetched later imports the entry that is sure to be there by then. So esbuild keeps all that the entry needs in one
 * chunk, instead of one for each set of parts that share a module: they would compress worse. `entryFor` gives the entry of
 * a module by its path in src.
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
const plugins = [wgsl, css, unusedDecoders];
const shared = {
  bundle: true,
  format: "esm",
  target: "es2022",
  // What is published goes without: a map half the package's size, of sources that are not in it.
  sourcemap: !process.argv.includes("--types"),
  legalComments: "none",
  metafile: true,
  plugins,
  logLevel: "warning",
};
/** Modules that are fetched when they are needed, in dist/chunks. */
const inChunks = (entryFor) => ({
  ...shared,
  plugins: [...plugins, oneChunk(entryFor)],
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  outdir: OUT,
});
/** The library and the command line. The packages that others use, too, are left to them. */
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
/** What pages load as it is, with everything in it: the element, and the page that the command line drives. */
const pages = {
  ...inChunks(() => "src/element/index.ts"),
  entryPoints: { "voxel-volume.min": "src/index.ts", headless: "src/cli/headless.ts" },
  minify: true,
};
const bundle = {
  ...shared,
  entryPoints: { "voxel-volume.bundle": "src/index.ts" },
  outdir: OUT,
  minify: true,
  banner: { js: `/* voxel-volume ${manifest.version}, MIT; licences of the libraries in it: LEGAL.txt */` },
};
/** For programs of the repository. */
const node = { platform: "node", packages: "external" };
const bench = { ...shared, loader: { ".css": "text" }, outdir: `${OUT}/bench` };

/** Has declarations name each other as Node.js does, and typed arrays in a way that TypeScript before 5.7 knows, too. */
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

await rm(OUT, { recursive: true, force: true });
await mkdir(`${OUT}/sample`, { recursive: true });
const published = [library, pages, bundle].map((options) => esbuild.build(options));
await Promise.all([
  ...published,
  esbuild.build({
    ...bench,
    ...node,
    entryPoints: ["bench/main.ts", "bench/compare.ts", "bench/commits.ts"],
  }),
  esbuild.build({ ...bench, entryPoints: { page: "bench/page.ts", demo: "demo/bench.ts" } }),
  esbuild.build({
    ...shared,
    ...node,
    entryPoints: ["demo/sample/archive.ts"],
    outfile: `${OUT}/sample/archive.js`,
  }),
]);
const metafiles = (await Promise.all(published)).map(({ metafile }) => metafile);
await writeFile(`${OUT}/LEGAL.txt`, await licences(metafiles));
await writeFile(`${OUT}/metafiles.json`, JSON.stringify(metafiles));
for (const page of ["viewer.html", "viewer.js", "viewer.css", "headless.html"])
  await cp(`src/cli/${page}`, `${OUT}/${page}`);
for (const file of ["page.html", "matplotlib.py", "report.css"])
  await cp(`bench/${file}`, `${OUT}/bench/${file}`);
await cp("demo", `${OUT}/demo`, { recursive: true, filter: (path) => !/sample|\.ts$/.test(path) });
const { sampleZip } = await import(pathToFileURL(`${OUT}/sample/archive.js`).href);
await writeFile(`${OUT}/sample/attention.zip`, await sampleZip());

if (process.argv.includes("--types")) {
  execFileSync("npx", ["tsc", "-p", "tsconfig.types.json"], { stdio: "inherit" });
  await makeTypesPortable(`${OUT}/types`);
  execFileSync("npx", ["cem", "analyze", "--outdir", OUT], { stdio: "inherit" });
}
if (process.argv.includes("--serve")) {
  const context = await esbuild.context({});
  const { port } = await context.serve({ servedir: OUT, host: "127.0.0.1" });
  console.log(`voxel-volume demo: http://localhost:${port}/demo/`);
}
