/** The element's own script as text, for pages that hold it, and the licences of the libraries in it. */

import { VoxelVolumeError } from "../errors.ts";

/** The code that a page needs. */
export interface PageCode {
  /** The text of voxel-volume.bundle.js. */
  readonly script: string;
  /** The text of LEGAL.txt; empty if it is not there. */
  readonly licences: string;
}

/** Name of the script, in the folder of this module or of its chunk, and beside a saved page. */
export const BUNDLE = "voxel-volume.bundle.js";
export const LICENCES = "LEGAL.txt";
/** Identifiers of the elements with the code in a page of one file. */
export const SCRIPT_ID = "voxel-volume-script";
export const LICENCES_ID = "voxel-volume-licences";
/** Beginning of the script. Servers may answer with another page instead. */
const START = "/* voxel-volume ";

/**
 * The code, from the page itself if it was saved as one file, else from `url`, by default beside this module.
 * @throws VoxelVolumeError "network" with advice, if it is not there.
 */
export async function pageCode(url: string | undefined): Promise<PageCode> {
  const inline = textIn(SCRIPT_ID);
  if (inline.startsWith(START)) return { script: inline, licences: textIn(LICENCES_ID) };
  const address = new URL(url ?? import.meta.url.replace(/(chunks\/)?[^/]*$/, BUNDLE), document.baseURI).href;
  const script = await textAt(address);
  if (!script?.startsWith(START)) {
    throw new VoxelVolumeError(
      "network",
      `${BUNDLE} is needed to save a page, and is not at ${address}: set VoxelVolumeElement.bundleUrl to its URL`,
    );
  }
  return { script, licences: (await textAt(new URL(LICENCES, address).href)) ?? "" };
}

const textIn = (id: string) => document.getElementById(id)?.textContent ?? "";

/** Undefined if there is no such file. */
async function textAt(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url);
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}
