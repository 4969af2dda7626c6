/** Makes the text of dist/LEGAL.txt: the libraries that esbuild has bundled, with their licences. */

import { readdir, readFile } from "node:fs/promises";
import apache from "spdx-license-list/licenses/Apache-2.0.json" with { type: "json" };

/** Matches copyright comments for parts of a library. */
const CLAIMS =
  /\/\*(?:(?!\*\/)[\s\S])*?copyright[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n)*?^[ \t]*\/\/.*copyright.*\n(?:[ \t]*\/\/.*\n)*/gim;

/**
 * Lists every library with code in an output of these metafiles: version, licence, text of the licence, and copyright
 * comments in its files.
 * @throws Error if a library has no licence.
 */
export async function licences(metafiles) {
  const files = new Map();
  for (const { outputs } of metafiles)
    for (const { inputs } of Object.values(outputs))
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
        if (folder && bytesInOutput > 0) files.set(folder, (files.get(folder) ?? new Set()).add(path));
      }
  const texts = await Promise.all([...files].map(([folder, paths]) => licence(folder, [...paths].sort())));
  const parts = [INTRODUCTION, ...texts.sort()];
  // This licence must be included in full; the files only contain its URL.
  if (texts.some((text) => text.includes("apache.org/licenses/LICENSE-2.0"))) parts.push(apache.licenseText);
  return parts.join(`\n${"-".repeat(80)}\n\n`);
}

const INTRODUCTION = `Libraries of which code is in the files of this folder and of the folder chunks.
The licence of voxel-volume itself is in the file LICENSE of the package.
`;

async function licence(folder, paths) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const file = (await readdir(folder)).find((file) => /^(licen[cs]e|copying)/i.test(file));
  if (!file || !license)
    throw new Error(`${name} cannot be put into the package: it comes without a licence`);
  const text = (await readFile(`${folder}/${file}`, "utf8")).trim();
  const claims = new Set();
  for (const path of paths)
    for (const [claim] of (await readFile(path, "utf8")).matchAll(CLAIMS)) claims.add(claim.trim());
  return `${[`${name} ${version}, ${license}`, text, ...claims].join("\n\n")}\n`;
}
