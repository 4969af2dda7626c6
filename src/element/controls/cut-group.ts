/** The group "Cut": crop, clip plane and flips. */

import { html, nothing, type TemplateResult } from "lit";
import { anglesOf, type PlaneAngles, planeFacing, planeFrom } from "../../options/clip-plane.ts";
import { boxExtent, cropRange, type DrawnSettings } from "../../options/settings.ts";
import type { ScalarImage } from "../../volume.ts";
import { row, slider, toggle, track } from "./fields.ts";
import type { Panel } from "./panel.ts";

const AXES = ["x", "y", "z"] as const;

export function cutGroup(panel: Panel, settings: DrawnSettings, volume: ScalarImage): TemplateResult {
  const { viewer, say } = panel;
  const { flip } = settings;
  const flips = AXES.map((name, axis) => {
    const set = (on: boolean) =>
      Object.assign(viewer, { flip: AXES.filter((_, i) => (i === axis ? on : flip[i])).join("") });
    return toggle(name, flip[axis], set);
  });
  return html`
    ${AXES.map((_, axis) => cropRow(panel, settings, volume, axis))}
    ${row(say("Flip"), html`<div class="flips">${flips}</div>`)}
    ${planeFields(panel, settings, volume)}
    <div class="row end">
      <button type="button" class="text" ?disabled=${!isCut(settings)}
        @click=${() => reset(panel, settings)}
      >${say("Reset cuts")}</button>
    </div>
  `;
}

/** Whether anything is flipped, cropped or clipped. */
function isCut({ flip, crop, clip }: DrawnSettings): boolean {
  return flip.includes(true) || clip !== null || crop.some(([low, high]) => low > 0 || high < 1);
}

/** Shows the whole volume as stored in the file, and keeps the camera. */
function reset({ viewer }: Panel, { camera }: DrawnSettings): void {
  Object.assign(viewer, { flip: undefined, crop: undefined, clip: undefined });
  if (!viewer.view) return;
  // Setting `view` moves the camera unless the azimuth changes with it.
  Object.assign(viewer, { view: "", azimuth: undefined });
  Object.assign(viewer, { azimuth: camera.azimuth });
}

/**
 * Row with two thumbs for the crop of one axis. Positions and numbers are those of the file's voxels, flipped or not.
 */
function cropRow(
  { viewer, say }: Panel,
  { crop, flip }: DrawnSettings,
  { dims }: ScalarImage,
  axis: number,
): TemplateResult {
  const n = dims[axis];
  const name = { axis: AXES[axis] };
  /** Converts between voxels and positions in the box, which count from the other end of a flipped axis. */
  const turned = ([from, to]: readonly [number, number]) =>
    flip[axis] ? ([n - to, n - from] as const) : ([from, to] as const);
  const [first, end] = turned(cropRange(crop[axis], n));
  const set = (from: number, to: number) => {
    const [low, high] = turned([from, to]);
    const ranges = crop.map((range, i) => (i === axis ? [fraction(low / n), fraction(high / n)] : range));
    Object.assign(viewer, { crop: ranges.map((range) => range.join(":")).join(" ") });
  };
  const scale = { min: 0, max: n, step: 1 };
  return html`<div class="row crop">
    <span class="label">${say("Crop {axis}", name)}</span>
    <div class="thumbs ${first > n / 2 ? "low-on-top" : ""}"
      .style=${`--low: ${first / n}; --high: ${end / n}`}>
      ${track(
        {
          ...{ label: say("Crop {axis}, from", name), value: first, ...scale },
          set: (value) => set(Math.min(value, end - 1), end),
        },
        say("voxel {index}", { index: first }),
      )}
      ${track(
        {
          ...{ label: say("Crop {axis}, to", name), value: end, ...scale },
          set: (value) => set(first, Math.max(value, first + 1)),
        },
        say("voxel {index}", { index: end - 1 }),
      )}
    </div>
    <span class="numbers">${first}–${end - 1}</span>
  </div>`;
}

const fraction = (part: number) => Number(part.toFixed(4));

function planeFields(
  { viewer, memory, say }: Panel,
  settings: DrawnSettings,
  volume: ScalarImage,
): TemplateResult {
  const { clip, camera, aspect } = settings;
  const set = (angles: PlaneAngles) => {
    const numbers = planeFrom(angles).join(" ");
    memory.plane = { clip: numbers, angles };
    Object.assign(viewer, { clip: numbers });
  };
  const facing = () => planeFacing(camera, boxExtent(aspect, volume.dims, volume.spacing));
  const known = memory.plane?.clip === clip?.join(" ") ? memory.plane?.angles : undefined;
  const angles = clip && (known ?? anglesOf(clip));
  return html`
    <div class="row between">
      ${toggle(say("Clip plane"), angles !== null, (on) => {
        if (on) set(memory.plane?.angles ?? facing());
        else Object.assign(viewer, { clip: "" });
      })}
      <button type="button" class="text" @click=${() => set({ ...facing(), depth: angles?.depth ?? 0.5 })}
      >${say("Face the camera")}</button>
    </div>
    ${
      angles
        ? html`
          ${slider(
            {
              ...{ label: say("Depth"), value: Math.round(100 * angles.depth), min: 0, max: 100, step: 1 },
              set: (percent) => set({ ...angles, depth: percent / 100 }),
            },
            "%",
          )}
          ${slider(
            {
              ...{ label: say("Azimuth"), value: Math.round(angles.azimuth), min: -180, max: 180, step: 1 },
              set: (azimuth) => set({ ...angles, azimuth }),
            },
            "°",
          )}
          ${slider(
            {
              ...{ label: say("Elevation"), value: Math.round(angles.elevation), min: -90, max: 90, step: 1 },
              set: (elevation) => set({ ...angles, elevation }),
            },
            "°",
          )}`
        : nothing
    }
  `;
}
