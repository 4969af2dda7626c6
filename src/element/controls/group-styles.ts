/** Style sheet of the contents of the groups; plain fields are in field-styles.ts. */

import { css } from "lit";

export const groupStyles = css`
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
  .views {
    display: grid;
    flex: 1;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 0.125rem 0.25rem;
  }
  .views .button {
    display: block;
    width: auto;
    height: var(--control);
    border: 1px solid var(--line);
    color: var(--soft);
    font-size: 0.75rem;
  }
  .views .button[aria-pressed="true"] {
    color: var(--accent-ink);
  }
  .views i {
    font-style: normal;
    font-weight: 600;
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

  .window {
    grid-template-columns: var(--labels) minmax(0, 1fr) minmax(0, 1fr);
    column-gap: 0.75rem;
  }
  .search {
    width: 100%;
    min-height: var(--control);
    padding: 0 0.5rem;
    border: 1px solid var(--edge);
    border-radius: 0.375rem;
    background: var(--well);
  }
  :is(.search, .list) + .note {
    margin-left: 0;
  }
  .list {
    max-height: 15rem;
    /* Room for the focus ring. */
    margin: 0 -0.25rem;
    padding: 0.25rem;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--edge) transparent;
  }
  .entry {
    display: flex;
    align-items: center;
    min-height: var(--control);
  }
  .entry > :first-child {
    flex: 1;
    min-width: 0;
  }
  .list label {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-height: var(--control);
    cursor: pointer;
  }
  .list input {
    flex: none;
    width: 1rem;
    height: 1rem;
    accent-color: var(--accent-ink);
  }
  .chip {
    flex: none;
    width: 0.875rem;
    height: 0.875rem;
    border-radius: 0.1875rem;
    box-shadow: inset 0 0 0 1px var(--edge);
  }
  .what {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .list .number {
    margin-left: auto;
    color: var(--soft);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
  }
  .note {
    margin: 0 0 0 calc(var(--labels) + 0.75rem);
    color: var(--soft);
    font-size: 0.75rem;
  }

  .sample {
    display: block;
    width: 1.125rem;
    height: 1.125rem;
    border-radius: 50%;
    box-shadow: inset 0 0 0 1px var(--edge);
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
    width: 5.25rem;
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
      var(--edge) calc(var(--thumb-size) / 2 + var(--low) * (100% - var(--thumb-size))),
      var(--accent-ink) 0 calc(var(--thumb-size) / 2 + var(--high) * (100% - var(--thumb-size))),
      var(--edge) 0
    );
  }
  .thumbs input[type="range"] {
    position: absolute;
    inset: 0 auto 0 0;
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
`;
