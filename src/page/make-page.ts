/** makePage: a volume as a web page that shows it live, as one HTML file or several files. */

import type { Renderer } from "../engine/renderer.ts";
import { VoxelVolumeError } from "../errors.ts";
import { formatDims } from "../options/describe.ts";
import { drawnFor } from "../options/drawn-for.ts";
import { describeKind } from "../options/kinds.ts";
import type { LabelTable } from "../options/label-table.ts";
import { type OptionTexts, settingsFrom } from "../options/options.ts";
import { TRANSPARENT } from "../options/settings.ts";
import { cssColor } from "../picture/css-color.ts";
import { baseName, stem } from "../read/util/file-names.ts";
import { inEnglish, type Say } from "../texts.ts";
import type { Volume } from "../volume.ts";
import { niftiFile } from "./nifti-file.ts";
import { BUNDLE, LICENCES, type PageCode } from "./page-code.ts";
import { pageHtml } from "./page-html.ts";
import { posters } from "./poster.ts";
import { reducedVolume } from "./reduced-volume.ts";

/** Most bytes of the compressed volume in a page of one file, by default. */
const MOST_INLINE = 50e6;

/** Subject of a page. */
export interface PageSubject {
  /** Of a volume that is read in parts, the overview is stored. */
  readonly volume: Volume;
  /** Options as set. With a `resolution`, the volume is stored with so many voxels. */
  readonly options: OptionTexts;
  /** Options for the stills only. */
  readonly stillOptions?: OptionTexts;
  readonly labels: LabelTable | null;
  /** CSS colour behind the picture; "transparent" for the page's. */
  readonly background: string;
}

export interface PageChoices {
  /** True for one HTML file with everything, false for files beside `index.html`. */
  readonly isWhole: boolean;
  /** Title of the page and text below the picture. */
  readonly title?: string;
  /** Text alternative of the picture. */
  readonly alt?: string;
  /** True for a page with the panel. */
  readonly controls?: boolean;
  /** Most bytes of the compressed volume in one file. */
  readonly maxInline?: number;
  readonly say?: Say;
  /** Called with a part of the work when it starts. */
  readonly onTask?: (task: string) => void;
}

/** A file of a page; the first one is the page itself. */
export interface PageFile {
  readonly name: string;
  readonly blob: Blob;
}

/**
 * Makes the files of a page. The picture is the one that `renderer` draws.
 * @throws VoxelVolumeError "too-large" if the volume is too large for one file, and as `Renderer.update`.
 */
export async function makePage(
  renderer: Renderer,
  subject: PageSubject,
  choices: PageChoices,
  { script, licences }: PageCode,
): Promise<PageFile[]> {
  const { options, stillOptions = options, labels, background } = subject;
  // A page holds the whole of what it shows.
  const volume = subject.volume.overview ?? subject.volume;
  const { isWhole, title, maxInline = MOST_INLINE, say = inEnglish, onTask } = choices;
  const drawn = async (texts: OptionTexts) => drawnFor(volume, settingsFrom(texts, TRANSPARENT, labels));
  const { profile, settings } = await drawn(options);
  const shown = { volume, profile, settings, options };
  onTask?.("resizing the volume");
  const reduced = await reducedVolume(renderer, shown);
  onTask?.("compressing the volume");
  const stored = await niftiFile(reduced?.volume ?? volume);
  if (isWhole && stored.size > maxInline) throw tooLarge(stored.size, maxInline);
  onTask?.("drawing");
  const still = { ...shown, settings: (await drawn(stillOptions)).settings };
  const { poster, darkPoster, isDark } = await posters(renderer, still, background);
  const name = `${fileStem(volume.name)}.nii.gz`;
  const shownTitle = title || stem(baseName(volume.name));
  const content = {
    title: shownTitle,
    isCaptioned: Boolean(title),
    alt: choices.alt || altOf(shownTitle, describeKind(settings.kind, profile, say), volume),
    attributes: {
      ...(!isWhole && { src: encodeURIComponent(name) }),
      ...(reduced?.options ?? options),
      ...labelAttribute(reduced ? reduced.labels : labels),
      ...(choices.controls ? { controls: "", permalink: "" } : { "disable-drop": "" }),
    },
    background: background === "transparent" ? "" : cssText(background),
    isDark,
    say,
  };
  if (isWhole) {
    const urls = { poster: await dataUrl(poster), darkPoster: darkPoster && (await dataUrl(darkPoster)) };
    const data = { script, licences, volume: base64(await dataUrl(stored)), name };
    return [htmlFile(await pageHtml({ ...content, ...urls }, data))];
  }
  const urls = { poster: "poster.webp", darkPoster: darkPoster && "poster-dark.webp" };
  return [
    htmlFile(await pageHtml({ ...content, ...urls }, { scriptUrl: BUNDLE })),
    { name: BUNDLE, blob: new Blob([script], { type: "text/javascript" }) },
    { name, blob: stored },
    { name: urls.poster, blob: poster },
    ...(darkPoster ? [{ name: "poster-dark.webp", blob: darkPoster }] : []),
    ...(licences ? [{ name: LICENCES, blob: new Blob([licences], { type: "text/plain" }) }] : []),
  ];
}

/** The files of a page as a zip archive. */
export async function zipOf(files: readonly PageFile[]): Promise<Blob> {
  const { default: JSZip } = await import("jszip");
  const zip = new JSZip();
  for (const { name, blob } of files) {
    // Volumes and pictures are compressed already.
    const compression = /\.(gz|webp)$/.test(name) ? "STORE" : "DEFLATE";
    zip.file(name, await blob.arrayBuffer(), { compression });
  }
  return zip.generateAsync({ type: "blob", mimeType: "application/zip" });
}

const htmlFile = (html: string): PageFile => ({
  name: "index.html",
  blob: new Blob([html], { type: "text/html" }),
});

function altOf(name: string, kind: string, { dims }: Volume): string {
  return `${name}: ${kind}, ${formatDims(dims)}`;
}

/** A label table as JSON. */
function labelAttribute(labels: LabelTable | null): Record<string, string> {
  if (!labels || labels.size === 0) return {};
  const entries = [...labels].map(([value, { color, ...rest }]) => [
    value,
    { ...rest, ...(color && { color: `#${color.map((c) => c.toString(16).padStart(2, "0")).join("")}` }) },
  ]);
  return { labels: JSON.stringify(Object.fromEntries(entries)) };
}

/** Longest name of the volume in a page, in characters: file systems limit names to 255 bytes. */
const LONGEST_STEM = 60;

/** Name of a volume for files, without folders, extensions and characters that some systems refuse. */
function fileStem(path: string): string {
  const name = stem(baseName(path)).replace(/[^\p{L}\p{N}._-]+/gu, "-");
  return name.slice(0, LONGEST_STEM) || "volume";
}

function tooLarge(size: number, most: number): VoxelVolumeError {
  const [large, limit] = [size, most].map((bytes) => `${Number((bytes / 1e6).toPrecision(3))} MB`);
  return new VoxelVolumeError(
    "too-large",
    `The volume takes ${large}, more than ${limit} for one file: save the page as a .zip for a web server, or with a lower resolution`,
  );
}

const base64 = (url: string) => url.slice(url.indexOf(",") + 1);

function dataUrl(blob: Blob): Promise<string> {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** A CSS colour in a form that can stand in a style sheet: what people write may have comments and end it. */
function cssText(color: string): string {
  const [red, green, blue, alpha] = cssColor(color).map((part, i) => (i < 3 ? Math.round(255 * part) : part));
  return `rgb(${red} ${green} ${blue} / ${alpha})`;
}
