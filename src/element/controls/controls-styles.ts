/** Style sheet of the controls as a whole; those of the fields are in field-styles.ts. */

import { css } from "lit";

export const controlsStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    width: 100%;
    height: 100%;
    min-height: 0;
    color: var(--ink);
    font: 0.8125rem / 1.4 system-ui, sans-serif;
    --ink: light-dark(#1c1b22, #f1f0f5);
    --soft: light-dark(#5a5864, #b3b0be);
    --solid: light-dark(#ffffff, #1c1b22);
    --line: light-dark(#d9d7e0, #403d4b);
    --well: light-dark(#f1f0f4, #2a2832);
    --raised: light-dark(#ffffff, #4a4756);
    --groove-empty: light-dark(#d2d0da, #4c4958);
    --thumb: light-dark(#ffffff, #f1f0f5);
    --thumb-edge: light-dark(#a09dab, #f1f0f5);
    --accent: var(--voxel-volume-accent, #35b779);
    --accent-ink: light-dark(color-mix(in oklab, var(--accent) 72%, black), var(--accent));
    --surface: var(--voxel-volume-surface, var(--solid));
    --labels: 5rem;
    --control: 1.875rem;
    --gap: 0.375rem;
  }
  @media (pointer: coarse) {
    :host {
      --control: 2.75rem;
    }
  }
  :host([hidden]) {
    display: none;
  }
  :host(:not([open])) {
    width: auto;
    height: auto;
  }
  section {
    display: flex;
    flex-direction: column;
    position: relative;
    max-height: 100%;
    height: 100%;
    border-radius: inherit;
    background: var(--surface);
    box-shadow: 0 0 0 1px var(--line);
    backdrop-filter: blur(12px);
  }
  :host(:not([open])) section {
    height: auto;
    border-radius: 0.5rem;
  }

  header {
    display: flex;
    align-items: flex-start;
    gap: 0.5rem;
    padding: 0.75rem 0.75rem 0.25rem 1rem;
  }
  :host(:not([open])) header {
    padding: 0.25rem;
  }
  :host(:not([open])) .title {
    display: none;
  }
  .title {
    flex: 1;
    min-width: 0;
  }
  h2,
  .title p {
    margin: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h2 {
    font-size: 0.9375rem;
    font-weight: 600;
    line-height: 1.35;
  }
  .title p {
    color: var(--soft);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
  }
  .nowrap {
    white-space: nowrap;
  }

  .button {
    display: grid;
    position: relative;
    flex: none;
    place-items: center;
    width: max(2rem, var(--control));
    height: max(2rem, var(--control));
    padding: 0;
    border: 0;
    border-radius: 0.375rem;
    background: none;
    cursor: pointer;
  }
  .button:hover:not(:disabled) {
    background: color-mix(in srgb, currentColor 10%, transparent);
  }
  .button:has(:focus-visible) {
    outline: 2px solid var(--accent-ink);
    outline-offset: 1px;
  }
  .button input {
    position: absolute;
    inset: 0;
    opacity: 0;
    width: 100%;
    height: 100%;
    cursor: pointer;
  }
  .button input::file-selector-button {
    cursor: pointer;
  }
  .button[aria-pressed="true"] {
    background: var(--well);
    color: var(--accent-ink);
  }
  .icon {
    width: 1.25rem;
    height: 1.25rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .fold {
    margin: -0.25rem -0.125rem 0 0;
  }
  :host(:not([open])) .fold {
    margin: 0;
  }
  .tools {
    display: flex;
    gap: 0.125rem;
    padding: 0 0.625rem 0.5rem;
    border-bottom: 1px solid var(--line);
  }

  .groups {
    flex: 1;
    min-height: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--groove-empty) transparent;
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr));
    align-content: start;
    align-items: start;
  }
  .groups > details {
    border-bottom: 1px solid var(--line);
  }
  .groups > details > summary {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: max(2.5rem, var(--control));
    padding: 0 1rem;
    font-weight: 600;
    list-style: none;
    cursor: pointer;
    user-select: none;
    -webkit-user-select: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  .groups > details > summary:focus-visible {
    outline-offset: -3px;
    border-radius: 0.375rem;
  }
  summary::after {
    content: "";
    flex: none;
    width: 0.375rem;
    height: 0.375rem;
    margin: -0.2rem 0.25rem 0 0;
    border: solid var(--soft);
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(45deg);
    transition: transform 0.15s;
  }
  details[open] > summary::after {
    margin-top: 0.2rem;
    transform: rotate(225deg);
  }
  .group {
    display: grid;
    gap: var(--gap);
    padding: 0 1rem 0.875rem;
  }

  .between {
    grid-template-columns: auto auto;
    justify-content: space-between;
  }
  .end {
    justify-content: end;
    grid-template-columns: auto;
  }
  .text {
    min-height: var(--control);
    padding: 0 0.5rem;
    margin-right: -0.5rem;
    border: 0;
    border-radius: 0.375rem;
    background: none;
    color: var(--soft);
    cursor: pointer;
  }
  .text:hover:not(:disabled) {
    color: inherit;
    background: color-mix(in srgb, currentColor 10%, transparent);
  }
  .parameters {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: 0.375rem;
    margin-top: 0.25rem;
  }
  .parameters .label {
    display: block;
    margin-bottom: 0.125rem;
    font-size: 0.75rem;
  }

  .picker {
    position: relative;
    display: flex;
    flex: 1;
    align-items: start;
    gap: 0.25rem;
  }
  .picker details {
    flex: 1;
    min-width: 0;
  }
  .picker summary {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    height: max(2rem, var(--control));
    padding: 0 0.5rem;
    border: 1px solid var(--line);
    border-radius: 0.375rem;
    background: var(--well);
    list-style: none;
    cursor: pointer;
  }
  .picker summary:hover {
    border-color: var(--soft);
  }
  .picker summary span {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .swatch {
    display: block;
    flex: none;
    width: 3rem;
    height: 0.875rem;
    border-radius: 0.1875rem;
    box-shadow: inset 0 0 0 1px rgb(128 128 128 / 0.35);
  }
  .maps {
    display: grid;
    grid-template-columns: 1fr 1fr;
    max-height: 15rem;
    margin: 0.25rem -2.25rem 0 calc(-0.75rem - var(--labels));
    padding: 0.25rem;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--groove-empty) transparent;
    border-radius: 0.5rem;
    background: var(--well);
  }
  .maps label {
    position: relative;
    display: grid;
    gap: 0.125rem;
    align-content: center;
    min-height: max(2.5rem, var(--control));
    padding: 0.25rem 0.5rem;
    border-radius: 0.375rem;
    color: var(--soft);
    font-size: 0.75rem;
    line-height: 1.2;
    cursor: pointer;
  }
  .maps label:hover {
    color: inherit;
  }
  .maps label:has(:checked) {
    background: var(--raised);
    color: var(--ink);
  }
  .maps label:has(:focus-visible) {
    outline: 2px solid var(--accent-ink);
    outline-offset: -2px;
  }
  .maps .swatch {
    width: 100%;
  }
  .maps input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    opacity: 0;
    cursor: pointer;
  }

  .sample {
    display: block;
    width: 1.125rem;
    height: 1.125rem;
    border-radius: 50%;
    box-shadow: inset 0 0 0 1px rgb(128 128 128 / 0.6);
  }
  .clear {
    background: repeating-conic-gradient(#bbb 0 25%, #fff 0 50%) 0 0 / 0.5rem 0.5rem;
  }
  .white {
    background: #fff;
  }
  .black {
    background: #000;
  }
  .custom {
    background: conic-gradient(in oklch longer hue, #e5484d, #e5484d);
  }
  input[type="color"] {
    flex: none;
    width: 2rem;
    height: var(--control);
    padding: 0;
    border: 0;
    border-radius: 0.375rem;
    background: none;
    cursor: pointer;
  }
  .field > input[type="text"] {
    flex: 1;
    width: 0;
    padding: 0 0.375rem;
  }
  .field > .menu:has(+ input) {
    flex: none;
    width: 5rem;
  }
  .row:has(.picker details[open]) {
    align-items: start;
  }
  .row:has(.picker details[open]) .label {
    line-height: max(2rem, var(--control));
  }

  .crop {
    grid-template-columns: var(--labels) minmax(0, 1fr) 4rem;
  }
  .numbers {
    color: var(--soft);
    font-variant-numeric: tabular-nums;
    text-align: right;
    white-space: nowrap;
  }
  .thumbs {
    position: relative;
    height: var(--control);
  }
  .thumbs::before {
    content: "";
    position: absolute;
    inset: calc(50% - 0.125rem) 0;
    border-radius: 1rem;
    background: linear-gradient(
      to right,
      var(--groove-empty) calc(0.5rem + var(--low) * (100% - 1rem)),
      var(--accent-ink) 0 calc(0.5rem + var(--high) * (100% - 1rem)),
      var(--groove-empty) 0
    );
  }
  .thumbs input[type="range"] {
    position: absolute;
    inset: 0;
    pointer-events: none;
    --groove: none;
  }
  .thumbs input::-webkit-slider-thumb {
    pointer-events: auto;
  }
  .thumbs input::-moz-range-thumb {
    pointer-events: auto;
  }
  .low-on-top input:first-child {
    z-index: 1;
  }
  .flips {
    display: flex;
    gap: 1rem;
  }

  dl {
    display: grid;
    gap: 0.25rem;
    margin: 0.25rem 0 0;
  }
  dl div {
    display: grid;
    grid-template-columns: var(--labels) minmax(0, 1fr);
    gap: 0.75rem;
  }
  dt {
    color: var(--soft);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }

  [role="status"] {
    position: absolute;
    inset: auto 0.75rem 0.75rem;
    width: fit-content;
    max-width: calc(100% - 1.5rem);
    margin: 0 auto;
    padding: 0.375rem 0.75rem;
    border-radius: 0.5rem;
    background: var(--ink);
    color: var(--solid);
    box-shadow: 0 2px 8px rgb(0 0 0 / 0.3);
    pointer-events: none;
  }
  .silent {
    visibility: hidden;
  }
  :host(:not([open])) [role="status"] {
    display: none;
  }
`;
