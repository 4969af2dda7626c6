/** The pages that a server shows, and what browsers allow in them. */

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export interface Pages {
  /** Path of the folder. */
  readonly folder: string;
  /** Whether the file with a path below the folder, with slashes, belongs to the pages. */
  has(path: string): boolean;
  /** Their content security policy. */
  readonly policy: string;
}

/** Where nothing is allowed but what the pages below need: their own scripts, styles and files, and Lit's templates. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html",
].join("; ");

const FILES = [
  "headless.html",
  "headless.js",
  "viewer.html",
  "viewer.js",
  "viewer.css",
  "voxel-volume.min.js",
];

/** The command line's own pages, beside the built command line. */
export const OWN_PAGES: Pages = {
  folder: dirname(fileURLToPath(import.meta.url)),
  has: (path) => FILES.includes(path) || /^chunks\/[\w.-]+\.js$/.test(path),
  policy: POLICY,
};

/** A folder all of whose pages and files are trusted, as those that benchmarks write; other sites cannot frame them. */
export function trustedPages(folder: string): Pages {
  return { folder, has: () => true, policy: "frame-ancestors 'none'" };
}
