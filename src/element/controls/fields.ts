/** Fields of the control groups: a label, a native input, and a callback. Texts are already translated. */

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

type Content = TemplateResult | typeof nothing | string;

/** A label and its field. */
export function row(label: string, content: Content): TemplateResult {
  return html`<div class="row"><span class="label">${label}</span><div class="field">${content}</div></div>`;
}

/** A choice of a few options, side by side; `name` groups the radio buttons. */
export function segments<T extends string>(
  name: string,
  label: string,
  choices: readonly (readonly [value: T, text: Content, title?: string])[],
  chosen: T | undefined,
  set: (value: T) => void,
): TemplateResult {
  return html`<div class="segments" role="radiogroup" aria-label=${label}>
    ${choices.map(
      ([value, text, title]) => html`<label title=${title ?? nothing}>
        <input type="radio" name=${name} .value=${value} .checked=${live(value === chosen)}
          aria-label=${typeof text === "string" ? nothing : (title ?? nothing)} @change=${() => set(value)} />
        <span>${text}</span>
      </label>`,
    )}
  </div>`;
}

/** A choice of many options, in a menu. */
export function menu(
  label: string,
  choices: readonly (readonly [value: string, text: string])[],
  chosen: string,
  set: (value: string) => void,
): TemplateResult {
  return html`<span class="menu"><select aria-label=${label}
    @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
    ${choices.map(([value, text]) => html`<option .value=${value} .selected=${live(value === chosen)}>${text}</option>`)}
  </select></span>`;
}

export interface NumberOptions {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly disabled?: boolean;
  readonly set: (value: number) => void;
}

/** A number, with a slider and a text field. */
export function slider(options: NumberOptions, unit = ""): TemplateResult {
  return html`<div class="row slider">
    <span class="label">${options.label}</span>
    ${track(options)}
    <span class="unit" data-unit=${unit}>${numberInput(options)}</span>
  </div>`;
}

/** The slider alone; `spoken` is the value as screen readers say it. */
export function track(options: NumberOptions, spoken?: string): TemplateResult {
  const { label, value, min, max, step, disabled = false, set } = options;
  const part = max > min ? Math.min(Math.max((value - min) / (max - min), 0), 1) : 0;
  return html`<input type="range" aria-label=${label} aria-valuetext=${spoken ?? nothing}
    min=${min} max=${max} step=${step} ?disabled=${disabled} .value=${live(String(value))}
    .style=${`--part: ${part}`}
    @input=${(event: Event) => set(Number((event.target as HTMLInputElement).value))} />`;
}

/** The text field alone. It takes effect on Enter or blur, limited to `min` and `max`. */
export function numberInput({ label, value, min, max, step, disabled, set }: NumberOptions): TemplateResult {
  const text = String(Number(value.toPrecision(6)));
  const change = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    if (input.value === "" || !Number.isFinite(input.valueAsNumber)) input.value = text;
    else {
      const kept = Math.min(Math.max(input.valueAsNumber, min), max);
      input.value = String(kept);
      set(kept);
    }
  };
  return html`<input type="number" aria-label=${label} min=${finite(min)} max=${finite(max)} step=${step} inputmode="decimal"
    ?disabled=${disabled ?? false} .value=${text} @change=${change} />`;
}

/** A limit as an attribute value; no attribute if it is infinite. */
const finite = (limit: number) => (Number.isFinite(limit) ? limit : nothing);

/** A switch. */
export function toggle(label: string, on: boolean, set: (on: boolean) => void): TemplateResult {
  return html`<label class="toggle">
    <input type="checkbox" role="switch" .checked=${live(on)}
      @change=${(event: Event) => set((event.target as HTMLInputElement).checked)} />
    <span>${label}</span>
  </label>`;
}

/** A collapsible group of the controls. */
export function group(name: string, open: boolean, content: Content, toggled?: (open: boolean) => void) {
  return html`<details ?open=${open}
    @toggle=${(event: Event) => toggled?.((event.target as HTMLDetailsElement).open)}>
    <summary>${name}</summary>
    <div class="group">${content}</div>
  </details>`;
}
