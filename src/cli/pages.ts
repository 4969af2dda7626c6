/** The pages that a server serves, and their content security policy. */

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { BUNDLE, LICENCES } from "../page/page-code.ts";

export interface Pages {
  /** Path of the folder. */
  readonly folder: string;
  /** True if a file belongs to the pages; the path is relative to the folder, with slashes. */
  has(path: string): boolean;
  /** Content security policy of the pages. */
  readonly policy: string;
  /** Policies of files that have another one, by path. */
  readonly policies?: Readonly<Record<string, string>>;
}

/**
 * Allows only what the own pages need: their own scripts, styles and files, Lit's templates, previews of what is saved,
 * and the worker that decodes a Zarr's chunks (src/read/zarr/start-worker.ts).
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src data: blob:",
  "media-src blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html voxel-volume",
].join("; ");

/** Path of the worker that decodes Zarr's chunks. */
const WORKER = "chunks/decode-worker.js";
/** The worker's own policy: its decoders are WebAssembly with code that they put together. It can fetch nothing. */
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval'";

const FILES = [
  "headless.html",
  "headless.js",
  "viewer.html",
  "viewer.js",
  "viewer.css",
  "voxel-volume.min.js",
  // The code of pages that are saved.
  BUNDLE,
  LICENCES,
];

/** The command line's own pages, in the folder of the built command line. */
export const OWN_PAGES: Pages = {
  folder: dirname(fileURLToPath(import.meta.url)),
  has: (path) => FILES.includes(path) || /^chunks\/[\w.-]+\.js$/.test(path),
  policy: POLICY,
  policies: { [WORKER]: WORKER_POLICY },
};

/** A folder whose pages and files are all trusted, such as those of benchmarks; other sites cannot frame them. */
export function trustedPages(folder: string): Pages {
  return { folder, has: () => true, policy: "frame-ancestors 'none'" };
}
