/** The group "Values": the kind of values, which of them are visible, and how. */

import { html, nothing, type TemplateResult } from "lit";
import type { HandleName } from "../../options/curve-handles.ts";
import { describeKind, KIND_NAMES, KINDS } from "../../options/kinds.ts";
import type { Label } from "../../options/labels.ts";
import { OPTIONS, type OptionName } from "../../options/options.ts";
import type { DrawnSettings, Window } from "../../options/settings.ts";
import type { ValueScale } from "../../options/value-scale.ts";
import type { Text } from "../../texts.ts";
import type { ValueProfile } from "../../values/value-profile.ts";
import "./curve.ts";
import { defaultOf } from "../option-properties.ts";
import { menu, numberInput, row, segments, slider, toggle } from "./fields.ts";
import { labelList } from "./label-list.ts";
import type { Panel } from "./panel.ts";

/** Parameters of the transform: limits of the input field, and steps. */
const FIELDS: readonly (readonly [name: HandleName, label: Text, min: number, max: number, step: number])[] =
  [
    ["floor", "Floor", 0, 1, 0.01],
    ["gamma", "Gamma", 0.01, 100, 0.05],
    ["contrast", "Contrast", 0, 1000, 0.1],
    ["bias", "Bias", -1, 1, 0.01],
  ];
/** Options that "Reset values" resets. */
const OWN: readonly OptionName[] = [
  ...["kind", "window", "threshold", "transform", "floor", "gamma", "contrast", "bias", "opacity", "explode"],
  ...["shade", "only", "hide"],
] as OptionName[];

/** What the group shows of the values. */
export interface ShownValues {
  readonly profile: ValueProfile;
  readonly scale: ValueScale | undefined;
  readonly labels: readonly Label[] | undefined;
}

export function valuesGroup(panel: Panel, settings: DrawnSettings, shown: ShownValues): TemplateResult {
  const { viewer, say } = panel;
  const { kind, opacity, explode } = settings;
  const isChanged = OWN.some((name) => String(viewer[name] ?? "") !== OPTIONS[name].default);
  const reset = () => Object.assign(viewer, Object.fromEntries(OWN.map((name) => [name, defaultOf(name)])));
  return html`
    ${row(say("Kind"), kindMenu(panel))}
    <p class="note">${describeKind(kind, shown.profile, say)}</p>
    ${(kind === "intensity" || kind === "signed") && shown.profile.min < shown.profile.max ? windowFields(panel, settings, shown) : nothing}
    ${kind === "intensity" ? transformFields(panel, settings) : nothing}
    ${kind === "signed" ? thresholdField(panel, settings, shown) : nothing}
    ${kind === "labels" && shown.labels ? labelList(panel, shown.labels) : nothing}
    ${slider({ label: say("Opacity"), value: opacity, min: 0, max: 1, step: 0.01, set: setting(panel, "opacity") })}
    ${slider({ label: say("Explode"), value: explode, min: 0, max: 0.95, step: 0.01, set: setting(panel, "explode") })}
    ${row(say("Shade"), shadeField(panel, settings))}
    <div class="row end">
      <button type="button" class="text" ?disabled=${!isChanged} @click=${reset}>${say("Reset values")}</button>
    </div>
  `;
}

function setting({ viewer }: Panel, name: string): (value: number) => void {
  return (value) => {
    Object.assign(viewer, { [name]: value });
  };
}

function kindMenu({ viewer, say }: Panel): TemplateResult {
  const kinds = KINDS.map((kind) => [kind, say(KIND_NAMES[kind])] as const);
  const choices = [["auto", say("Auto")] as const, ...kinds];
  return menu(say("Kind of values"), choices, String(viewer.kind ?? "auto"), (kind) =>
    Object.assign(viewer, { kind, window: "auto", threshold: "auto" }),
  );
}

function windowFields(
  panel: Panel,
  settings: DrawnSettings,
  { profile, scale }: ShownValues,
): TemplateResult {
  const { viewer, say } = panel;
  const [low, high] = settings.window ?? [profile.min, profile.max];
  const set = (window: Window) => Object.assign(viewer, { window: window.join(" ") });
  const step = (high - low) / 100 || 1;
  const text = String(viewer.window ?? "auto");
  const number = { min: -Infinity, max: Infinity, step: 10 ** Math.floor(Math.log10(step)) };
  return html`
    <voxel-volume-curve .texts=${viewer.texts} .levels=${profile.levels} .scale=${scale} .colormap=${settings.colormap}
      .bend=${(name: HandleName, value: number) => setting(panel, name)(value)} .frame=${set}></voxel-volume-curve>
    ${row(
      say("Window"),
      segments(
        "window",
        say("Window"),
        [
          ["auto", say("Auto"), say("What suits the values")],
          ["full", say("Full"), say("From the least to the greatest value")],
          ["", say("Set"), say("From and to the values below")],
        ],
        text === "auto" || text === "full" ? text : "",
        (choice) => (choice === "" ? set([low, high]) : Object.assign(viewer, { window: choice })),
      ),
    )}
    <div class="row window">
      <span class="label">${say("From, to")}</span>
      ${numberInput({ ...number, label: say("Window, lowest value"), value: low, set: (value) => value < high && set([value, high]) })}
      ${numberInput({ ...number, label: say("Window, highest value"), value: high, set: (value) => value > low && set([low, value]) })}
    </div>
  `;
}

function transformFields(panel: Panel, { transform }: DrawnSettings): TemplateResult {
  const { viewer, say } = panel;
  return html`
    <div class="parameters">
      ${FIELDS.map(([name, text, min, max, step]) => {
        const label = say(text);
        const value = transform?.[name] ?? Number(viewer[name] ?? OPTIONS[name].default);
        return html`<div><span class="label">${label}</span>${numberInput({
          ...{ label, value, min, max, step, disabled: !transform, set: setting(panel, name) },
        })}</div>`;
      })}
    </div>
    ${row(
      "",
      toggle(say("Transform"), transform !== null, (on) =>
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
    label: panel.say("Threshold"),
    value: threshold,
    min: 0,
    max: most,
    step,
    set: setting(panel, "threshold"),
  });
}

function shadeField({ viewer, say }: Panel, { shade }: DrawnSettings): TemplateResult {
  return segments(
    "shade",
    say("Shade"),
    [
      ["none", say("Off")],
      ["faces", say("Faces"), say("Each face by its direction, as in matplotlib")],
      ["smooth", say("Smooth"), say("By the shape of what is filled")],
    ],
    shade,
    (choice) => Object.assign(viewer, { shade: choice }),
  );
}
