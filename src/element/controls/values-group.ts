/** The group "Values": what the values are, which of them are seen, and how. */

import { html, nothing, type TemplateResult } from "lit";
import { describeKind, KINDS, type Kind } from "../../options/kinds.ts";
import type { Label } from "../../options/labels.ts";
import { OPTIONS, type OptionName } from "../../options/options.ts";
import type { DrawnSettings, Window } from "../../options/settings.ts";
import type { HandleName } from "../../options/transfer-curve.ts";
import type { ValueScale } from "../../options/value-scale.ts";
import type { ValueProfile } from "../../values/profile.ts";
import "./curve.ts";
import { defaultOf } from "../option-properties.ts";
import { menu, numberInput, row, segments, slider, toggle } from "./fields.ts";
import { labelList } from "./label-list.ts";
import type { Panel } from "./panel.ts";

/** The transform's parameters: limits of what can be typed, and steps. */
const FIELDS: readonly (readonly [
  name: HandleName,
  label: string,
  min: number,
  max: number,
  step: number,
])[] = [
  ["floor", "Floor", 0, 1, 0.01],
  ["gamma", "Gamma", 0.01, 100, 0.05],
  ["contrast", "Contrast", 0, 1000, 0.1],
  ["bias", "Bias", -1, 1, 0.01],
];
/** What "Reset values" puts back. */
const OWN: readonly OptionName[] = [
  ...["kind", "window", "threshold", "transform", "floor", "gamma", "contrast", "bias", "opacity", "explode"],
  ...["shade", "only", "hide"],
] as OptionName[];

/** What is shown of the values. */
export interface ShownValues {
  readonly profile: ValueProfile;
  readonly scale: ValueScale | undefined;
  readonly labels: readonly Label[] | undefined;
}

export function valuesGroup(panel: Panel, settings: DrawnSettings, shown: ShownValues): TemplateResult {
  const { viewer } = panel;
  const { kind, opacity, explode } = settings;
  const isChanged = OWN.some((name) => String(viewer[name] ?? "") !== OPTIONS[name].default);
  const reset = () => Object.assign(viewer, Object.fromEntries(OWN.map((name) => [name, defaultOf(name)])));
  return html`
    ${row("Kind", kindMenu(panel))}
    <p class="note">${describeKind(kind, shown.profile)}</p>
    ${(kind === "intensity" || kind === "signed") && shown.profile.min < shown.profile.max ? windowFields(panel, settings, shown) : nothing}
    ${kind === "intensity" ? transformFields(panel, settings) : nothing}
    ${kind === "signed" ? thresholdField(panel, settings, shown) : nothing}
    ${kind === "labels" && shown.labels ? labelList(panel, shown.labels) : nothing}
    ${slider({ label: "Opacity", value: opacity, min: 0, max: 1, step: 0.01, set: setting(panel, "opacity") })}
    ${slider({ label: "Explode", value: explode, min: 0, max: 0.95, step: 0.01, set: setting(panel, "explode") })}
    ${row("Shade", shadeField(panel, settings))}
    <div class="row end">
      <button type="button" class="text" ?disabled=${!isChanged} @click=${reset}>Reset values</button>
    </div>
  `;
}

function setting({ viewer }: Panel, name: string): (value: number) => void {
  return (value) => {
    Object.assign(viewer, { [name]: value });
  };
}

function kindMenu({ viewer }: Panel): TemplateResult {
  const name = (kind: Kind) => kind[0].toUpperCase() + kind.slice(1);
  const choices = [["auto", "Auto"] as const, ...KINDS.map((kind) => [kind, name(kind)] as const)];
  return menu("Kind of values", choices, String(viewer.kind ?? "auto"), (kind) =>
    Object.assign(viewer, { kind, window: "auto", threshold: "auto" }),
  );
}

function windowFields(
  panel: Panel,
  settings: DrawnSettings,
  { profile, scale }: ShownValues,
): TemplateResult {
  const { viewer } = panel;
  const [low, high] = settings.window ?? [profile.min, profile.max];
  const set = (window: Window) => Object.assign(viewer, { window: window.join(" ") });
  const step = (high - low) / 100 || 1;
  const text = String(viewer.window ?? "auto");
  const number = { min: -Infinity, max: Infinity, step: 10 ** Math.floor(Math.log10(step)) };
  return html`
    <voxel-volume-curve .levels=${profile.levels} .scale=${scale} .colormap=${settings.colormap}
      .bend=${(name: HandleName, value: number) => setting(panel, name)(value)} .frame=${set}></voxel-volume-curve>
    ${row(
      "Window",
      segments(
        "Window",
        [
          ["auto", "Auto", "What suits the values"],
          ["full", "Full", "From the least to the greatest value"],
          ["", "Set", "From and to the values below"],
        ],
        text === "auto" || text === "full" ? text : "",
        (choice) => (choice === "" ? set([low, high]) : Object.assign(viewer, { window: choice })),
      ),
    )}
    <div class="row window">
      <span class="label">From, to</span>
      ${numberInput({ ...number, label: "Window, lowest value", value: low, set: (value) => value < high && set([value, high]) })}
      ${numberInput({ ...number, label: "Window, highest value", value: high, set: (value) => value > low && set([low, value]) })}
    </div>
  `;
}

function transformFields(panel: Panel, { transform }: DrawnSettings): TemplateResult {
  const { viewer } = panel;
  return html`
    <div class="parameters">
      ${FIELDS.map(([name, label, min, max, step]) => {
        const value = transform?.[name] ?? Number(viewer[name] ?? OPTIONS[name].default);
        return html`<div><span class="label">${label}</span>${numberInput({
          ...{ label, value, min, max, step, disabled: !transform, set: setting(panel, name) },
        })}</div>`;
      })}
    </div>
    ${row(
      "",
      toggle("Transform", transform !== null, (on) =>
        Object.assign(viewer, { transform: on ? "article" : "none" }),
      ),
    )}
  `;
}

function thresholdField(
  panel: Panel,
  { threshold, window }: DrawnSettings,
  { profile }: ShownValues,
): TemplateResult {
  const most = Math.max(...(window ?? [profile.min, profile.max]).map(Math.abs));
  const step = most > 0 ? 10 ** Math.floor(Math.log10(most / 100)) : 1;
  return slider({
    label: "Threshold",
    value: threshold,
    min: 0,
    max: most,
    step,
    set: setting(panel, "threshold"),
  });
}

function shadeField({ viewer }: Panel, { shade }: DrawnSettings): TemplateResult {
  return segments(
    "Shade",
    [
      ["none", "Off"],
      ["faces", "Faces", "Each face by its direction, as in matplotlib"],
      ["smooth", "Smooth", "By the shape of what is filled"],
    ],
    shade,
    (choice) => Object.assign(viewer, { shade: choice }),
  );
}
