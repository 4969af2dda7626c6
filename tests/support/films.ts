/** Films in tests, opened by programs that are not ours: ffmpeg, unzip, and the decoders of the browser. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Picture, readPng } from "./png.ts";

/** Whether a program is installed. */
export function has(program: string): boolean {
  try {
    execFileSync(program, ["-version"], { stdio: "ignore" });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}

/** The frames of a film as ffmpeg decodes them. */
export function decoded(film: string): Picture[] {
  return inFolder((folder) => {
    const input = ["-v", "error", "-i", film, "-fps_mode", "passthrough"];
    execFileSync("ffmpeg", [...input, "-pix_fmt", "rgba", join(folder, "%04d.png")]);
  });
}

/** The PNGs in a zip, as unzip finds them. */
export function unzipped(zip: string): Picture[] {
  return inFolder((folder) => execFileSync("unzip", ["-q", zip, "-d", folder]));
}

/** The PNGs in a folder, by name. */
export function pngsIn(folder: string): Picture[] {
  return readdirSync(folder)
    .sort()
    .map((name) => readPng(join(folder, name)));
}

function inFolder(fill: (folder: string) => void): Picture[] {
  const folder = mkdtempSync(join(tmpdir(), "film-"));
  try {
    fill(folder);
    return pngsIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
