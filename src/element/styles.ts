/** Style sheet of <voxel-volume>. */

import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    position: relative;
    overflow: hidden;
    width: 100%;
    aspect-ratio: 1;
    container-type: inline-size;
    color: light-dark(#1c1b22, #f4f3f8);
    font: 0.875rem / 1.45 system-ui, sans-serif;
    --voxel-volume-accent: #35b779;
    --accent-ink: light-dark(
      color-mix(in oklab, var(--voxel-volume-accent) 72%, black),
      var(--voxel-volume-accent)
    );
    --voxel-volume-surface: light-dark(#ffffffe6, #1c1b22e6);
  }
  :host([hidden]) {
    display: none;
  }
  :host(:fullscreen) {
    aspect-ratio: auto;
    background: light-dark(#fff, #16151c);
  }
  .picture {
    position: absolute;
    inset: 0;
    overflow: hidden;
  }
  canvas {
    position: absolute;
    inset: 0;
    width: calc(100% - var(--strip, 0px));
    height: 100%;
    /* Its end event reports that the page's theme has changed the colour of axes and texts. */
    transition: color 1ms;
  }
  [part="colorbar"] {
    inset: 0 0 0 auto;
    pointer-events: none;
  }
  [part="canvas"] {
    cursor: grab;
    /* A finger that moves vertically scrolls the page. */
    touch-action: pan-y;
    outline: none;
  }
  [data-hidden] {
    visibility: hidden;
  }
  /* Hidden, but keeps the focus. */
  [part="canvas"][data-hidden] {
    visibility: visible;
    opacity: 0;
    pointer-events: none;
  }
  [part="poster"] {
    position: absolute;
    inset: 0;
    pointer-events: none;
    transition:
      opacity 0.3s,
      visibility 0.3s;
  }
  [part="poster"][data-hidden] {
    opacity: 0;
  }
  [part="poster"] img[hidden] {
    display: none;
  }
  [part="poster"] img:not([hidden]),
  [part="poster"] ::slotted(*) {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: contain;
  }
  [part="status"],
  [part="error"],
  [part="drop"] {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: safe center;
    gap: 0.75rem;
    padding: 1.25rem;
    box-sizing: border-box;
    overflow: auto;
    text-align: center;
  }
  [part="status"],
  [part="drop"] {
    pointer-events: none;
  }
  [part="status"] {
    font-variant-numeric: tabular-nums;
    gap: 0.5rem;
  }
  [part="status"] span {
    padding: 0 0.5rem;
    border-radius: 0.25rem;
    background: var(--voxel-volume-surface);
  }
  [part="progress"] {
    appearance: none;
    width: min(12rem, 60%);
    height: 3px;
    border: 0;
    border-radius: 2px;
    overflow: hidden;
    background: color-mix(in srgb, currentColor 15%, transparent);
  }
  [part="progress"]::-webkit-progress-bar {
    background: none;
  }
  [part="progress"]::-webkit-progress-value {
    background: var(--accent-ink);
    transition: width 0.15s;
  }
  [part="progress"]::-moz-progress-bar {
    background: var(--accent-ink);
  }
  [part="cancel"],
  .choose {
    pointer-events: auto;
    padding: 0.3rem 0.9rem;
    border: 1px solid color-mix(in srgb, currentColor 55%, transparent);
    border-radius: 1rem;
    color: inherit;
    background: var(--voxel-volume-surface);
    font: inherit;
    cursor: pointer;
  }
  @media (pointer: coarse) {
    [part="cancel"],
    .choose {
      padding: 0.75rem 1.25rem;
      border-radius: 1.5rem;
    }
  }
  .choose:focus-within,
  [part="cancel"]:focus-visible {
    outline: 2px solid var(--accent-ink);
    outline-offset: 2px;
  }
  .choose input,
  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  [part="error"] p {
    margin: 0;
    max-width: 30rem;
    padding: 0.75rem 1rem;
    box-sizing: border-box;
    border: 1px solid color-mix(in srgb, currentColor 20%, transparent);
    border-radius: 0.5rem;
    overflow-wrap: anywhere;
    text-wrap: balance;
    background: var(--voxel-volume-surface);
  }
  [part="drop"] {
    border: 2px dashed var(--accent-ink);
    background: color-mix(in srgb, var(--voxel-volume-surface) 70%, transparent);
  }
  [part="controls"] {
    position: absolute;
    inset: auto 0 0;
    max-height: 55%;
    --panel-width: 19rem;
  }
  .picture:has(+ [part="controls"][open]) {
    bottom: 55%;
  }
  @container (min-width: 44rem) {
    [part="controls"] {
      inset: 0 0 0 auto;
      width: var(--panel-width);
      max-height: none;
    }
    .picture:has(+ [part="controls"][open]) {
      right: 19rem;
      bottom: 0;
    }
  }
  @container (max-width: 16rem) {
    [part="status"],
    [part="error"] {
      padding: 0.25rem;
      font-size: 0.75rem;
    }
    [part="error"] p {
      padding: 0.25rem 0.5rem;
    }
  }
  @media (forced-colors: active) {
    :host {
      --accent-ink: Highlight;
      --voxel-volume-surface: Canvas;
    }
    [part="progress"] {
      height: 8px;
      border: 1px solid CanvasText;
      forced-color-adjust: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *:not(canvas) {
      transition: none !important;
    }
  }
`;
