/** Style sheet of the controls as a whole: colours, header, and the groups' frame. */

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
    /* Edges of fields, grooves and states: at least 3:1 against the panel, light and dark. */
    --edge: #807d8a;
    --thumb: light-dark(#ffffff, #f1f0f5);
    --thumb-edge: light-dark(var(--edge), #f1f0f5);
    --accent: var(--voxel-volume-accent, #35b779);
    --accent-ink: light-dark(color-mix(in oklab, var(--accent) 72%, black), var(--accent));
    --surface: var(--voxel-volume-surface, var(--solid));
    --labels: 5rem;
    --control: 1.875rem;
    --thumb-size: 1rem;
    --halo: 0rem;
    --gap: 0.375rem;
  }
  @media (pointer: coarse) {
    :host {
      --control: 2.75rem;
      --thumb-size: 1.25rem;
      --halo: 0.75rem;
    }
  }
  :host([hidden]) {
    display: none;
  }
  :host(:not([open])) {
    display: flex;
    align-items: flex-start;
    justify-content: flex-end;
    height: auto;
    pointer-events: none;
  }
  :host([open]) section {
    container: panel / size;
  }
  section {
    position: relative;
    height: 100%;
    border-radius: inherit;
    background: var(--surface);
    box-shadow: 0 0 0 1px var(--line);
    backdrop-filter: blur(12px);
  }
  :host(:not([open])) section {
    height: auto;
    margin: 0.5rem;
    border-radius: 0.5rem;
    pointer-events: auto;
  }

  .skip {
    position: absolute;
    z-index: 3;
    inset: 0.5rem auto auto 0.5rem;
    min-height: var(--control);
    margin: 0;
    padding: 0 0.75rem;
    border: 0;
    border-radius: 0.375rem;
    background: var(--ink);
    color: var(--solid);
    line-height: var(--control);
  }
  .skip:not(:focus) {
    clip-path: inset(50%);
    pointer-events: none;
  }
  .past {
    inset: auto auto 0.5rem 0.5rem;
  }

  .sheet {
    display: flex;
    flex-direction: column;
    height: 100%;
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
  .title p {
    margin: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--soft);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
  }
  .title .name {
    color: inherit;
    font-size: 0.9375rem;
    font-weight: 600;
    line-height: 1.35;
  }
  .nowrap {
    white-space: nowrap;
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
    box-shadow: inset 0 0 0 1px var(--edge);
    color: var(--accent-ink);
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
    scrollbar-color: var(--edge) transparent;
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

  /* In little height, everything but the file name scrolls. */
  @container panel (max-height: 26rem) {
    .sheet {
      scroll-padding-top: 4rem;
      background: var(--solid);
      overflow: hidden auto;
      overscroll-behavior: contain;
      scrollbar-width: thin;
      scrollbar-color: var(--edge) transparent;
    }
    header {
      position: sticky;
      top: 0;
      z-index: 2;
      background: inherit;
    }
    .groups {
      flex: none;
      overflow: visible;
    }
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
