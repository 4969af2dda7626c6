/** The HTML of a live page: the element with its options, the still for readers without WebGPU, and its policy. */

import type { Say } from "../texts.ts";
import { LICENCES_ID, SCRIPT_ID } from "./page-code.ts";

/** Content of a page. */
export interface PageContent {
  /** Title of the page, and text below the picture if `isCaptioned`. */
  readonly title: string;
  readonly isCaptioned: boolean;
  /** Text alternative of the picture. */
  readonly alt: string;
  /** The element's attributes. */
  readonly attributes: Readonly<Record<string, string>>;
  /** CSS colour behind the picture; empty for the page's. */
  readonly background: string;
  /** True if texts over that colour have to be light. */
  readonly isDark: boolean;
  /** URLs of the still, and of the one with light texts if there is one. */
  readonly poster: string;
  readonly darkPoster?: string;
  readonly say: Say;
}

/** Place of the script and the volume: in the page itself, or in files beside it. */
export type PageData =
  | {
      readonly script: string;
      readonly licences: string;
      /** The file's bytes in base64, and its name. */
      readonly volume: string;
      readonly name: string;
    }
  | { readonly scriptUrl: string };

/** Hands the volume in the page to the element. */
const LOAD = `const data = document.getElementById("volume");
const text = atob(data.textContent);
const bytes = new Uint8Array(text.length);
for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
data.remove();
document.querySelector("voxel-volume").load(new File([bytes], data.dataset.name)).catch(() => {});`;

/** Shows why a page of several files does not work from a disk. */
const FROM_DISK = `document.getElementById("disk").hidden = location.protocol !== "file:";`;

/** The page. Its policy lets it fetch nothing but the files beside it. */
export async function pageHtml(content: PageContent, data: PageData): Promise<string> {
  const { title, isCaptioned, alt, attributes, say } = content;
  const style = css(content);
  const isWhole = "script" in data;
  const code = isWhole ? inScript(data.script) : "";
  const hashes = await Promise.all((isWhole ? [code, LOAD] : [FROM_DISK]).map(hashOf));
  const policy = [
    "default-src 'none'",
    `script-src ${[...(isWhole ? [] : ["'self'"]), ...hashes].join(" ")}`,
    `style-src ${await hashOf(style)}`,
    `img-src data: blob:${isWhole ? "" : " 'self'"}`,
    "media-src blob:",
    ...(isWhole ? [] : ["connect-src 'self'"]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const names = Object.entries({ ...attributes, alt }).map(([name, text]) =>
    text === "" && !EMPTY.includes(name) ? name : `${name}="${escaped(text)}"`,
  );
  const scripts = isWhole
    ? `<script type="text/plain" id="${LICENCES_ID}">
${inScript(data.licences)}</script>
<script type="application/gzip" id="volume" data-name="${escaped(data.name)}">${data.volume}</script>
<script type="module" id="${SCRIPT_ID}">${code}</script>
<script type="module">${LOAD}</script>`
    : `<script type="module" src="${data.scriptUrl}"></script>
<script>${FROM_DISK}</script>`;
  const disk = say("To turn the picture, open this page from a web server, or save it as one file.");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="voxel-volume">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<figure>
<voxel-volume ${names.join(" ")}>
${picture(content)}
</voxel-volume>
${isWhole ? "" : `<p id="disk" hidden>${escaped(disk)}</p>\n`}<noscript><p>${escaped(say("With JavaScript and WebGPU, this picture can be turned."))}</p></noscript>
${isCaptioned ? `<figcaption>${escaped(title)}</figcaption>\n` : ""}</figure>
${scripts}
</body>
</html>
`;
}

/** Options for which empty text is a value. */
const EMPTY = ["flip", "crop", "clip", "alt"];

function picture({ poster, darkPoster, alt }: PageContent): string {
  const dark = darkPoster ? `<source media="(prefers-color-scheme: dark)" srcset="${darkPoster}">` : "";
  return `<picture slot="poster">${dark}<img src="${poster}" alt="${escaped(alt)}"></picture>`;
}

function css({ background, isDark }: PageContent): string {
  const behind = background ? `background:${background};color-scheme:${isDark ? "dark" : "light"};` : "";
  return `
:root{color-scheme:light dark}
body{margin:0;font:1rem/1.5 system-ui,sans-serif}
figure{display:flex;flex-direction:column;height:100vh;height:100dvh;margin:0}
voxel-volume{display:block;${behind}flex:1;min-height:0;width:100%;aspect-ratio:auto}
voxel-volume::part(error){justify-content:flex-end;padding:.5rem;font-size:.75rem}
picture,img{display:block;width:100%;height:100%;object-fit:contain}
p,figcaption{margin:0;padding:.5rem 1rem;text-align:center;text-wrap:balance}
p{font-size:.875rem}
figcaption{padding-bottom:.75rem}
`;
}

/** Text for the inside of a script element, which "</script" and, together with it, "<!--" would end. */
function inScript(text: string): string {
  return text.replace(/<(?=\/script|!--)/gi, "\\x3c");
}

/** Text for HTML, also within double quotes. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/** The hash of a script or a style in a content security policy. */
async function hashOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(hash)))}'`;
}
