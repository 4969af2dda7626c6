/** The group "Values": which values are seen, and how. */

import { html, type TemplateResult } from "lit";
import { OPTIONS } from "../../options/options.ts";
import type { Settings } from "../../options/settings.ts";
import type { HandleName } from "../../options/transfer-curve.ts";
import "./curve.ts";
import { numberInput, slider, toggle } from "./fields.ts";
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
const NUMBERS = ["floor", "gamma", "contrast", "bias", "opacity", "explode"] as const;

export function valuesGroup({ viewer }: Panel, settings: Settings, histogram: Uint32Array): TemplateResult {
  const { transform, colormap, opacity, explode } = settings;
  const set = (name: string) => (value: number) => Object.assign(viewer, { [name]: value });
  const changed =
    !transform || NUMBERS.some((name) => Number(viewer[name] ?? fallback(name)) !== fallback(name));
  return html`
    <voxel-volume-curve .histogram=${histogram} .transform=${transform} .colormap=${colormap}
      .bend=${(name: HandleName, value: number) => set(name)(value)}></voxel-volume-curve>
    <div class="parameters">
      ${FIELDS.map(([name, label, min, max, step]) => {
        const value = transform?.[name] ?? Number(viewer[name] ?? fallback(name));
        return html`<div><span class="label">${label}</span>${numberInput({
          ...{ label, value, min, max, step, disabled: !transform, set: set(name) },
        })}</div>`;
      })}
    </div>
    <div class="row between">
      ${toggle("Transform", transform !== null, (on) =>
        Object.assign(viewer, { transform: on ? "article" : "none" }),
      )}
      <button type="button" class="text" ?disabled=${!changed}
        @click=${() =>
          Object.assign(viewer, {
            ...Object.fromEntries(NUMBERS.map((name) => [name, fallback(name)])),
            transform: OPTIONS.transform.default,
          })}>Reset values</button>
    </div>
    ${slider({ label: "Opacity", value: opacity, min: 0, max: 1, step: 0.01, set: set("opacity") })}
    ${slider({ label: "Explode", value: explode, min: 0, max: 0.95, step: 0.01, set: set("explode") })}
  `;
}

function fallback(name: (typeof NUMBERS)[number]): number {
  return Number(OPTIONS[name].default);
}
