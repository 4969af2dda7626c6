/** The files that an element makes of what it shows: pictures, films and pages. */

import type { LitElement } from "lit";
import { asVoxelVolumeError, fetched } from "../errors.ts";
import { sayIn } from "../texts.ts";
import type { BlobOptions, FilmOptions, PageOptions } from "./api-types.ts";
import type { Ready } from "./canvas/canvas-renderer.ts";
import { type SnapshotHost, snapshot } from "./canvas/snapshot.ts";
import { textsOf } from "./option-properties.ts";
import type { PageElement } from "./save-page.ts";

/** Options of each kind of file. */
export interface FileOptions {
  readonly picture: BlobOptions;
  readonly film: FilmOptions;
  readonly page: PageOptions;
}

/** Parts of an element that files need. */
export type FileElement = PageElement & Pick<LitElement, "renderRoot">;

/** Makes a file of a kind. Rejects as `toBlob`, `toFilm` and `toPage` of the element: with its errors, or why it was aborted. */
export async function elementFile<K extends keyof FileOptions>(
  kind: K,
  ready: Ready,
  element: FileElement,
  options?: FileOptions[K],
): Promise<Blob> {
  try {
    return await made(kind, ready, element, options ?? {});
  } catch (error) {
    throw (options as FilmOptions | undefined)?.signal?.aborted ? error : asVoxelVolumeError(error);
  }
}

async function made<K extends keyof FileOptions>(
  kind: K,
  ready: Ready,
  element: FileElement,
  options: FileOptions[K],
): Promise<Blob> {
  if (kind === "page") {
    const { savePage } = await fetched(import("./save-page.ts"));
    return savePage(ready, element, options as PageOptions);
  }
  const picture = element.renderRoot.querySelector(".picture") as HTMLElement;
  const host: SnapshotHost = { picture, texts: textsOf(element), say: sayIn(element.texts) };
  if (kind === "picture") return snapshot(ready, host, options as BlobOptions);
  const { elementFilm } = await fetched(import("./canvas/element-film.ts"));
  return elementFilm(ready, host, options as FilmOptions);
}
