/** The group "View": camera and appearance of the picture. */

import { html, nothing, type TemplateResult } from "lit";
import type { DrawnSettings } from "../../options/settings.ts";
import type { Text } from "../../texts.ts";
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
] as const satisfies readonly (readonly [string, Text, Text])[];
const SIDES = ["25", "50", "75", "100", "200"];
const CUSTOM = "custom";

export function viewGroup(
  panel: Panel,
  settings: DrawnSettings,
  volume: ScalarImage | undefined,
): TemplateResult {
  const { viewer, say } = panel;
  const views = VIEWS.map(([view, name, title]) => [view, say(name), say(title)] as const);
  return html`
    ${segments("view", say("View"), views, String(viewer.view ?? ""), (view) =>
      // The view replaces what was set by hand.
      Object.assign(viewer, { view, flip: undefined, crop: undefined, clip: undefined, azimuth: undefined }),
    )}
    ${volume ? row(say("From"), axisViewButtons(panel, settings, volume)) : nothing}
    ${row(
      say("Colours"),
      colormapPicker(say, settings.colormap, String(viewer.colormap ?? "auto") === "auto", (colormap) =>
        Object.assign(viewer, { colormap }),
      ),
    )}
    ${row(say("Resolution"), resolution(panel))}
    ${
      settings.resolution === "native"
        ? nothing
        : row(
            "",
            toggle(say("Smooth first"), settings.antialias, (on) =>
              Object.assign(viewer, { antialias: String(on) }),
            ),
          )
    }
    ${row(
      say("Blending"),
      segments(
        "blending",
        say("Blending"),
        [
          ["weighted", say("Weighted"), say("Order-independent: quick")],
          ["exact", say("Exact"), say("Composited in order")],
        ],
        settings.blend,
        (blend) => Object.assign(viewer, { blend }),
      ),
    )}
    ${row(
      say("Projection"),
      segments(
        "projection",
        say("Projection"),
        [
          ["perspective", say("Perspective")],
          ["orthographic", say("Parallel")],
        ],
        settings.camera.projection,
        (projection) => Object.assign(viewer, { projection }),
      ),
    )}
    ${row(
      say("Proportions"),
      segments(
        "proportions",
        say("Proportions"),
        [
          ["physical", say("True")],
          ["cube", say("Cube")],
        ],
        settings.aspect,
        (aspect) => Object.assign(viewer, { aspect }),
      ),
    )}
    ${row(say("Axes"), axesField(panel, settings, volume?.unitless ?? false))}
    ${row(
      say("Colour bar"),
      toggle(say("Beside the picture"), settings.colorbar, (on) =>
        Object.assign(viewer, { colorbar: String(on) }),
      ),
    )}
    ${row(
      say("Scale bar"),
      toggle(say("At the lower right"), settings.scalebar, (on) =>
        Object.assign(viewer, { scalebar: String(on) }),
      ),
    )}
    ${row(
      say("Orientation"),
      toggle(say("At the lower left"), settings.orientation, (on) =>
        Object.assign(viewer, { orientation: String(on) }),
      ),
    )}
    ${row(say("Background"), backgroundField(panel))}
  `;
}

function axesField({ viewer, say }: Panel, { axes }: DrawnSettings, isUnitless: boolean): TemplateResult {
  const mm = isUnitless ? [] : ([["mm", "mm"]] as const);
  return segments(
    "axes",
    say("Axes"),
    [["none", say("Off")], ["voxels", say("Voxels")], ...mm],
    // Without physical lengths, axes in mm are drawn in voxels.
    isUnitless && axes === "mm" ? "voxels" : (axes ?? "none"),
    (axes) => Object.assign(viewer, { axes }),
  );
}

function resolution({ viewer, memory, say, requestUpdate }: Panel): TemplateResult {
  const current = String(viewer.resolution ?? "native");
  const listed = current === "native" || SIDES.includes(current);
  const custom = memory.customResolution || !listed;
  const choices = [
    ["native", say("Native")],
    ...SIDES.map((side) => [side, say("{side} a side", { side })] as const),
    [CUSTOM, say("Other")],
  ] as const;
  const choose = (value: string) => {
    memory.customResolution = value === CUSTOM;
    if (value !== CUSTOM) Object.assign(viewer, { resolution: value });
    requestUpdate();
  };
  const text = listed ? (viewer.gridDims?.join("x") ?? "") : current;
  return html`
    ${menu(say("Resolution"), choices, custom ? CUSTOM : current, choose)}
    ${
      custom
        ? html`<input type="text" aria-label=${say("Voxels along x, y and z")} placeholder="100x120x68" .value=${text}
            @change=${(event: Event) =>
              Object.assign(viewer, { resolution: (event.target as HTMLInputElement).value.trim() })} />`
        : nothing
    }
  `;
}
