/** The head from the article, and the results of its Python code, if ../shared has them. */

import { existsSync, readFileSync } from "node:fs";
import { fromBytes } from "../../src/read/index.ts";
import type { Volume } from "../../src/volume.ts";
import { parseNpy } from "./npy.ts";
import { type Picture, readPng } from "./png.ts";
import { readVolume } from "./volume-data.ts";

const shared = new URL("../../../shared/", import.meta.url);

export const HEAD_IS_HERE = existsSync(new URL("reference/golden", shared));

export const golden = (name: string) => readFileSync(new URL(`reference/golden/${name}`, shared));
export const goldenArray = (name: string) => parseNpy(golden(`${name}.npy`));

/** A reference picture of exact blending. It is already over white; its alpha is the coverage of the head. */
export function goldenPicture(name: string): Picture {
  const { data, shape } = goldenArray(name);
  return {
    width: shape[1],
    height: shape[0],
    data: Uint8Array.from(data, (v, i) => (i % 4 === 3 ? 255 : v)),
  };
}

/** The picture that matplotlib draws, 1200 x 1200. */
export const matplotlib = (view: string): Picture =>
  readPng(readFileSync(new URL(`reference/matplotlib_${view}_50.png`, shared)));

export async function headVolume(): Promise<Volume> {
  const { volume } = await readVolume(fromBytes("head.zip", readFileSync(new URL("data/head.zip", shared))));
  return volume;
}
