/** The readers in a page, without the rest of the package, for behaviour that differs between browsers and Node. */
import * as esbuild from "esbuild";
import type { Page } from "playwright/test";
import type { ReadNote } from "../../src/volume.ts";

/** Description of a volume that was read in a page. */
export interface VolumeSummary {
  readonly name: string;
  /** SHA-256 of the voxels, in hexadecimal. */
  readonly hash: string;
  readonly notes?: readonly ReadNote[];
}

/** Description of an error in a page. */
export interface Failed {
  readonly code: string;
  readonly message: string;
}

let script: string | undefined;

/** Adds the global `reader` with all exports of `src/read/index.ts` to the page, also after navigation. */
export async function addReader(page: Page): Promise<void> {
  if (script === undefined) {
    const { outputFiles } = await esbuild.build({
      entryPoints: ["src/read/index.ts"],
      bundle: true,
      format: "iife",
      globalName: "reader",
      target: "es2022",
      write: false,
      logLevel: "warning",
      // Without import.meta no worker is started.
      logOverride: { "empty-import-meta": "silent" },
    });
    script = outputFiles[0].text;
  }
  await page.addScriptTag({ content: script });
}

type Reader = typeof import("../../src/read/index.ts");

/** Reads a URL or bytes in the page. */
export async function readInPage(page: Page, what: { url: string } | { name: string; bytes: Uint8Array }) {
  const given =
    "url" in what ? what : { name: what.name, base64: Buffer.from(what.bytes).toString("base64") };
  return page.evaluate(async (given): Promise<VolumeSummary | Failed> => {
    const { reader } = globalThis as unknown as { reader: Reader };
    try {
      const source =
        "url" in given
          ? reader.fromUrl(given.url)
          : reader.fromBytes(
              given.name,
              Uint8Array.from(atob(given.base64), (letter) => letter.charCodeAt(0)),
            );
      const { volume } = await reader.readVolume(source);
      const bytes = await volume.read(0, { start: [0, 0, 0], end: volume.dims });
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as BufferSource));
      const hash = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      return { name: volume.name, hash, notes: volume.notes };
    } catch (error) {
      const { code, message } = error as Failed;
      return { code, message };
    }
  }, given);
}
