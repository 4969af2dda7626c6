/** Style sheet of <voxel-volume>. */

import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    position: relative;
    overflow: hidden;
    width: 100%;
    aspect-ratio: 1;
    color: light-dark(#1c1b22, #f4f3f8);
    font: 0.875rem / 1.45 system-ui, sans-serif;
    touch-action: pan-y pinch-zoom;
    --voxel-volume-accent: #35b779;
    --voxel-volume-surface: light-dark(#ffffffe6, #1c1b22e6);
  }
  :host([hidden]) {
    display: none;
  }
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    cursor: grab;
    touch-action: none;
    outline: none;
  }
  canvas.dragging {
    cursor: grabbing;
  }
  [part="status"],
  [part="error"] {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: safe center;
    gap: 1rem;
    padding: 1.25rem;
    box-sizing: border-box;
    overflow: auto;
    text-align: center;
  }
  [part="status"] {
    pointer-events: none;
    font-variant-numeric: tabular-nums;
  }
  [part="progress"] {
    position: absolute;
    inset: calc(50% + 1.5em) 0 auto;
    width: min(12rem, 60%);
    height: 3px;
    margin: auto;
    border-radius: 2px;
    overflow: hidden;
    background: color-mix(in srgb, currentColor 15%, transparent);
  }
  [part="progress"] > div {
    height: 100%;
    background: var(--voxel-volume-accent);
    transform-origin: left;
    transition: transform 0.15s;
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
`;
