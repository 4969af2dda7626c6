/** The pages to open, in a temporary folder. Other programs are installed there and bundled with their pages. */

import { execFile } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundleWithEngine } from "../engine-bundle.ts";
import { PACKAGES, type Peer } from "./programs.ts";

const run = promisify(execFile);

/** Folders of this checkout from which pages are built. */
export interface Checkout {
  readonly root: string;
  readonly dist: string;
}

/**
 * Installs the package of a program into `folder`.
 * @returns its version.
 * @throws Error with a one-line message.
 */
export async function installPeer(folder: string, peer: Peer): Promise<string> {
  const name = PACKAGES[peer];
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  try {
    await run("npm", ["install", "--prefix", folder, ...options, name], {
      shell: process.platform === "win32",
    });
  } catch (error) {
    const reason = (error as { stderr?: string }).stderr?.split("\n").find((line) => /error/i.test(line));
    throw new Error(`npm could not install ${name}: ${reason ?? (error as Error).message}`);
  }
  return JSON.parse(await readFile(join(folder, "node_modules", name, "package.json"), "utf8")).version;
}

/** Copies the published script to `site`, for the element's page. */
export async function copyOwnScript(site: string, { dist }: Checkout): Promise<void> {
  await mkdir(join(site, "own"), { recursive: true });
  const isScript = (path: string) => !/\.(map|txt)$/.test(path);
  const copy = (name: string) =>
    cp(join(dist, name), join(site, "own", name), { recursive: true, filter: isScript });
  await Promise.all(["voxel-volume.min.js", "chunks"].map(copy));
}

/** Builds the page of pages/`name`.ts. Packages are resolved from `packages`. */
export async function makePage(
  site: string,
  name: string,
  { root }: Checkout,
  packages: string,
): Promise<void> {
  const entry = join(root, "bench/peers/pages", `${name}.ts`);
  const outfile = join(site, `${name}.js`);
  await bundleWithEngine({ root, tree: root, entry, outfile, packages: join(packages, "node_modules") });
  await writeFile(
    join(site, `${name}.html`),
    `<!doctype html>
<meta charset="utf-8" />
<title>${name}</title>
<link rel="icon" href="data:," />
<style>body { margin: 0; background: white }</style>
<script type="module" src="${name}.js"></script>
`,
  );
}
