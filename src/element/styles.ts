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
  [part="progress"] {
    position: absolute;
    inset: 0 0 auto;
    height: 3px;
    overflow: hidden;
  }
  [part="progress"] > div {
    height: 100%;
    background: var(--voxel-volume-accent);
    transform-origin: left;
    transition: transform 0.15s;
  }
  [part="status"] {
    position: absolute;
    inset: auto 0 12px;
    text-align: center;
    pointer-events: none;
    opacity: 0.75;
  }
  [part="error"] {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 0.75rem;
    padding: 1.25rem;
    box-sizing: border-box;
    overflow: auto;
    text-align: center;
    overflow-wrap: anywhere;
    background: var(--voxel-volume-surface);
  }
  [part="error"] p {
    margin: 0;
    max-width: 32rem;
  }
`;
