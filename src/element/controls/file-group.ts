/** The group "File": which image of the file is shown, and what its header contains. */

import { html, nothing, type TemplateResult } from "lit";
import { formatDims } from "../../options/describe.ts";
import { formatValue } from "../../options/format-value.ts";
import type { Text } from "../../texts.ts";
import type { ValueProfile } from "../../values/value-profile.ts";
import type { ScalarImage } from "../../volume.ts";
import { menu, numberInput, row, track } from "./fields.ts";
import { button } from "./header.ts";
import type { Panel } from "./panel.ts";

/** Frames per second in the menu. */
const RATES = ["1", "2", "4", "8", "16"];

const FORMATS: Readonly<Record<string, string>> = {
  analyze: "Analyze 7.5",
  nifti1: "NIfTI-1",
  nifti2: "NIfTI-2",
  npy: "NumPy",
  zarr: "Zarr",
};

export function fileGroup(
  panel: Panel,
  volume: ScalarImage,
  profile: ValueProfile | undefined,
): TemplateResult {
  const { viewer, say } = panel;
  const { entries } = viewer;
  const { format, channels = [] } = entries.find(({ path }) => path === volume.name) ?? {};
  const size = volume.dims.map((n, axis) => n * volume.spacing[axis]) as [number, number, number];
  const scaled = volume.slope !== 1 || volume.intercept !== 0;
  const facts: [name: Text, text: string | undefined][] = [
    ["Opened", viewer.sourceName],
    ["Format", format && (FORMATS[format] ?? format)],
    ["Voxels", formatDims(volume.dims)],
    ["Drawn", viewer.gridDims && formatDims(viewer.gridDims)],
    ["Size", volume.unitless ? undefined : `${formatDims(size)} mm`],
    [
      "Type",
      say(volume.littleEndian ? "{type}, little-endian" : "{type}, big-endian", { type: volume.dtype }),
    ],
    [
      "Scale",
      scaled
        ? say("stored × {slope} + {intercept}", {
            slope: formatValue(volume.slope),
            intercept: formatValue(volume.intercept),
          })
        : undefined,
    ],
    [
      "Values",
      profile && say("{low} to {high}", { low: formatValue(profile.min), high: formatValue(profile.max) }),
    ],
  ];
  return html`
    ${entries.length > 1 ? row(say("Image"), images(panel, volume)) : nothing}
    ${channels.length > 1 ? row(say("Channel"), channelMenu(panel, channels)) : nothing}
    ${volume.frames > 1 ? frames(panel, volume) : nothing}
    <dl>
      ${facts.map(([name, text]) => (text ? html`<div><dt>${say(name)}</dt><dd>${text}</dd></div>` : nothing))}
    </dl>
  `;
}

function images({ viewer, say }: Panel, volume: ScalarImage): TemplateResult {
  const { entries } = viewer;
  const shared = sharedFolder(entries.map(({ path }) => path));
  const choices = entries.map(
    ({ path, dims }) => [path, `${path.slice(shared)} (${formatDims(dims)})`] as const,
  );
  return menu(say("Image in the file"), choices, volume.name, (entry) =>
    Object.assign(viewer, { entry, frame: 0, channel: 0 }),
  );
}

function channelMenu({ viewer, say }: Panel, names: readonly string[]): TemplateResult {
  const choices = names.map((name, channel) => [String(channel), name] as const);
  return menu(say("Channel"), choices, String(viewer.channel), (channel) =>
    Object.assign(viewer, { channel: Number(channel) }),
  );
}

/** Length of the folder path that all paths share, which is left out of the names. */
function sharedFolder([first, ...others]: readonly string[]): number {
  const folders = first.split("/").slice(0, -1);
  while (!others.every((path) => path.startsWith(folders.map((folder) => `${folder}/`).join(""))))
    folders.pop();
  return folders.reduce((length, folder) => length + folder.length + 1, 0);
}

function frames({ viewer, say }: Panel, { frames }: ScalarImage): TemplateResult {
  const set = (value: number) => viewer.step(value - viewer.frame);
  const options = { label: say("Frame"), value: viewer.frame, min: 0, max: frames - 1, step: 1, set };
  const rate = String(viewer.frameRate);
  const rates = RATES.includes(rate) ? RATES : [rate, ...RATES];
  const { playing } = viewer;
  return html`<div class="row slider">
    <span class="label">${say("Frame")}</span>${track(options)}<span class="unit" data-unit="">${numberInput(options)}</span>
  </div>
  ${row(
    "",
    html`${button(playing ? "pause" : "play", say(playing ? "Stop" : "Play the frames"), () => (playing ? viewer.pause() : viewer.play()))}
    ${menu(
      say("Speed"),
      rates.map((rate) => [rate, say("{rate} a second", { rate })] as const),
      rate,
      (text) => Object.assign(viewer, { frameRate: Number(text) }),
    )}`,
  )}`;
}
