/** Style sheet of the fields: rows, segments, menus, sliders, numbers and switches. */

import { css } from "lit";

export const fieldStyles = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  input,
  select,
  button {
    margin: 0;
    color: inherit;
    font: inherit;
  }
  .row {
    display: grid;
    grid-template-columns: var(--labels) minmax(0, 1fr);
    align-items: center;
    gap: 0.75rem;
    min-height: var(--control);
  }
  .slider {
    grid-template-columns: var(--labels) minmax(0, 1fr) 3.5rem;
  }
  .label {
    color: var(--soft);
  }
  .field {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-width: 0;
  }
  .field > * {
    min-width: 0;
  }
  .field > .segments,
  .field > .menu {
    flex: 1;
  }

  .segments {
    display: flex;
    padding: 2px;
    border-radius: 0.5rem;
    background: var(--well);
  }
  .segments label {
    position: relative;
    display: grid;
    flex: 1 1 auto;
    place-items: center;
    min-width: 0;
    min-height: calc(var(--control) - 4px);
    padding: 0 0.375rem;
    border-radius: 0.375rem;
    color: var(--soft);
    white-space: nowrap;
    cursor: pointer;
  }
  .segments label:hover {
    color: inherit;
  }
  .segments label:has(:checked) {
    background: var(--raised);
    box-shadow:
      inset 0 0 0 1px var(--edge),
      0 1px 2px rgb(0 0 0 / 0.18);
    color: var(--ink);
    font-weight: 550;
  }
  .segments input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    opacity: 0;
    cursor: pointer;
  }

  .menu {
    position: relative;
    display: block;
  }
  .menu::after {
    content: "";
    position: absolute;
    inset: calc(50% - 0.3rem) 0.75rem auto auto;
    width: 0.375rem;
    height: 0.375rem;
    border: solid currentColor;
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(45deg);
    pointer-events: none;
  }
  select,
  input[type="number"],
  input[type="text"] {
    width: 100%;
    height: var(--control);
    padding: 0 0.5rem;
    border: 1px solid var(--edge);
    border-radius: 0.375rem;
    background: var(--well);
    font-variant-numeric: tabular-nums;
  }
  select {
    appearance: none;
    padding-right: 1.75rem;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  option {
    color: var(--ink);
    background: var(--solid);
  }
  input[type="number"] {
    appearance: textfield;
    text-align: right;
  }
  input::-webkit-inner-spin-button {
    display: none;
  }
  :is(select, input[type="number"], input[type="text"]):hover {
    border-color: var(--soft);
  }
  .unit {
    position: relative;
    display: block;
  }
  .unit:not([data-unit=""]) input {
    padding-right: 1.3rem;
  }
  .unit::after {
    content: attr(data-unit);
    position: absolute;
    inset: 0 0.4rem 0 auto;
    line-height: var(--control);
    color: var(--soft);
    pointer-events: none;
  }

  /* A thumb has a transparent border that enlarges its touch area. The track is longer by the same amount, its
     groove is not. */
  input[type="range"] {
    appearance: none;
    width: calc(100% + 2 * var(--halo));
    height: var(--control);
    margin: 0 calc(-1 * var(--halo));
    background: none;
    cursor: pointer;
    touch-action: pan-y;
    --filled: calc(var(--thumb-size) / 2 + var(--part) * (100% - var(--thumb-size)));
    --groove: linear-gradient(to right, var(--accent-ink) var(--filled), var(--edge) var(--filled))
      var(--halo) / calc(100% - 2 * var(--halo)) 100% no-repeat;
  }
  input[type="range"]::-webkit-slider-runnable-track {
    height: 0.25rem;
    border-radius: 1rem;
    background: var(--groove);
  }
  input[type="range"]::-moz-range-track {
    height: 0.25rem;
    border-radius: 1rem;
    background: var(--groove);
  }
  input[type="range"]::-webkit-slider-thumb {
    appearance: none;
    box-sizing: content-box;
    width: var(--thumb-size);
    height: var(--thumb-size);
    margin-top: calc(0.125rem - var(--thumb-size) / 2 - var(--halo));
    border: var(--halo) solid transparent;
    border-radius: 50%;
    background: var(--thumb) padding-box;
    box-shadow: inset 0 0 0 1px var(--thumb-edge);
  }
  input[type="range"]::-moz-range-thumb {
    box-sizing: content-box;
    width: var(--thumb-size);
    height: var(--thumb-size);
    border: var(--halo) solid transparent;
    border-radius: 50%;
    background: var(--thumb) padding-box;
    box-shadow: inset 0 0 0 1px var(--thumb-edge);
  }
  :disabled {
    opacity: 0.45;
    cursor: default;
  }

  .toggle {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-height: var(--control);
    cursor: pointer;
  }
  .toggle input {
    appearance: none;
    position: relative;
    flex: none;
    width: 1.875rem;
    height: 1.125rem;
    border-radius: 1rem;
    background: var(--edge);
    cursor: pointer;
    transition: background 0.15s;
  }
  .toggle input::before {
    content: "";
    position: absolute;
    inset: 2px auto 2px 2px;
    aspect-ratio: 1;
    border-radius: 50%;
    background: var(--thumb);
    box-shadow: 0 1px 2px rgb(0 0 0 / 0.35);
    transition: translate 0.15s;
  }
  .toggle input:checked {
    background: var(--accent-ink);
  }
  .toggle input:checked::before {
    background: var(--solid);
    translate: 0.75rem;
  }

  :focus-visible,
  .segments label:has(:focus-visible) {
    outline: 2px solid var(--accent-ink);
    outline-offset: 1px;
  }
  .segments input:focus-visible {
    outline: none;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before {
      transition: none !important;
    }
  }
`;
