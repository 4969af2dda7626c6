/** The group "View": how the volume is looked at. */

import { html, nothing, type TemplateResult } from "lit";
import type { DrawnSettings } from "../../options/settings.ts";
import type { ScalarImage } from "../../volume.ts";
import { axisViewButtons } from "./axis-views.ts";
import { backgroundField } from "./background.ts";
import { colormapPicker } from "./colormap-picker.ts";
import { menu, row, segments, toggle } from "./fields.ts";
import type { Panel } from "./panel.ts";

const VIEWS = [
  ["full", "Full", "The article's first view: whole"],
  ["cut", "Cut", "The article's second view: cut open"],
  ["diagonal", "Diagonal", "The article's third view: cut along a diagonal plane"],
  ["", "As file", "Neither flipped nor cut"],
] as const;
const SIDES = ["25", "50", "75", "100", "200"];
const CUSTOM = "custom";

export function viewGroup(
  panel: Panel,
  settings: DrawnSettings,
  volume: ScalarImage | undefined,
): TemplateResult {
  const { viewer } = panel;
  return html`
    ${segments("View", VIEWS, String(viewer.view ?? ""), (view) =>
      // What was set by hand gives way to the view.
      Object.assign(viewer, { view, flip: undefined, crop: undefined, clip: undefined, azimuth: undefined }),
    )}
    ${volume ? row("From", axisViewButtons(panel, settings, volume)) : nothing}
    ${row(
      "Colours",
      colormapPicker(settings.colormap, String(viewer.colormap ?? "auto") === "auto", (colormap) =>
        Object.assign(viewer, { colormap }),
      ),
    )}
    ${row("Resolution", resolution(panel))}
    ${
      settings.resolution === "native"
        ? nothing
        : row(
            "",
            toggle("Smooth first", settings.antialias, (on) =>
              Object.assign(viewer, { antialias: String(on) }),
            ),
          )
    }
    ${row(
      "Blending",
      segments(
        "Blending",
        [
          ["weighted", "Weighted", "Order-independent: quick"],
          ["exact", "Exact", "Composited in order"],
        ],
        settings.blend,
        (blend) => Object.assign(viewer, { blend }),
      ),
    )}
    ${row(
      "Projection",
      segments(
        "Projection",
        [
          ["perspective", "Perspective"],
          ["orthographic", "Parallel"],
        ],
        settings.camera.projection,
        (projection) => Object.assign(viewer, { projection }),
      ),
    )}
    ${row(
      "Proportions",
      segments(
        "Proportions",
        [
          ["physical", "True"],
          ["cube", "Cube"],
        ],
        settings.aspect,
        (aspect) => Object.assign(viewer, { aspect }),
      ),
    )}
    ${row("Axes", axesField(panel, settings, volume?.unitless ?? false))}
    ${row(
      "Colour bar",
      toggle("Beside the picture", settings.colorbar, (on) =>
        Object.assign(viewer, { colorbar: String(on) }),
      ),
    )}
    ${row("Background", backgroundField(panel))}
  `;
}

function axesField({ viewer }: Panel, { axes }: DrawnSettings, isUnitless: boolean): TemplateResult {
  const mm = isUnitless ? [] : ([["mm", "mm"]] as const);
  return segments(
    "Axes",
    [["none", "Off"], ["voxels", "Voxels"], ...mm],
    // Without lengths, mm are drawn as voxels.
    isUnitless && axes === "mm" ? "voxels" : (axes ?? "none"),
    (axes) => Object.assign(viewer, { axes }),
  );
}

function resolution({ viewer, memory, requestUpdate }: Panel): TemplateResult {
  const current = String(viewer.resolution ?? "native");
  const listed = current === "native" || SIDES.includes(current);
  const custom = memory.customResolution || !listed;
  const choices = [
    ["native", "Native"],
    ...SIDES.map((side) => [side, `${side} a side`] as const),
    [CUSTOM, "Other"],
  ] as const;
  const choose = (value: string) => {
    memory.customResolution = value === CUSTOM;
    if (value !== CUSTOM) Object.assign(viewer, { resolution: value });
    requestUpdate();
  };
  const text = listed ? (viewer.gridDims?.join("x") ?? "") : current;
  return html`
    ${menu("Resolution", choices, custom ? CUSTOM : current, choose)}
    ${
      custom
        ? html`<input type="text" aria-label="Voxels along x, y and z" placeholder="100x120x68" .value=${text}
            @change=${(event: Event) =>
              Object.assign(viewer, { resolution: (event.target as HTMLInputElement).value.trim() })} />`
        : nothing
    }
  `;
}
