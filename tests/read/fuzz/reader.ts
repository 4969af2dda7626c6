/**
 * The reader bundled into one module, as for pages. In the test runner, each dynamic import of a source file sends a
 * message to another thread, which would take most of a run's time.
 */
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

type Reader = typeof import("../../../src/read/index.ts") & typeof import("../../../src/errors.ts");

const file = resolve("tests/output/fuzz-reader.mjs");
mkdirSync(resolve("tests/output"), { recursive: true });
await build({
  stdin: {
    contents: 'export * from "./src/read/index.ts"; export * from "./src/errors.ts";',
    resolveDir: resolve("."),
  },
  bundle: true,
  format: "esm",
  outfile: file,
});
export const { fromBytes, fromFiles, fromUrl, VolumeFile, VoxelVolumeError }: Reader = await import(
  pathToFileURL(file).href
);
