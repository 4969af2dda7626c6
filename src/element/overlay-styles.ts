/** Style sheet of what lies over a picture: messages, hints, the readout and the focus ring. Adopted once there is a picture. */

import { css } from "lit";

export const overlayStyles = css`
  /* Messages over a picture: cards at its foot, stacked. */
  .foot {
    position: absolute;
    inset: 0.5rem;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: end;
    gap: 0.375rem;
    pointer-events: none;
  }
  .foot > * {
    flex: none;
    position: static;
    margin: 0;
    max-width: 100%;
  }
  /* Beside the button that opens the panel, or above it if there is little width. */
  @container (max-width: 44rem) {
    .picture:has(+ [part="controls"]:not([open])) .foot {
      right: 4rem;
    }
  }
  @container (max-width: 22rem) {
    .picture:has(+ [part="controls"]:not([open])) .foot {
      inset: 0.25rem 0.25rem 3.5rem;
    }
  }
  /* Above the line of the readout. */
  .foot [part="annotations"] {
    position: absolute;
    inset: auto auto 1.75rem 0;
    height: 0;
  }
  .foot:has([part="notice"]) [part="annotations"] {
    position: static;
    align-self: flex-start;
  }
  [part="readout"] {
    align-self: flex-start;
    padding: 0.1rem 0.5rem;
    box-sizing: border-box;
    border-radius: 0.25rem;
    background: var(--voxel-volume-surface);
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
  }
  [part="notice"] {
    box-sizing: border-box;
    padding: 0.25rem 0.625rem;
    border-radius: 0.375rem;
    background: var(--voxel-volume-surface);
    text-align: center;
  }
  .foot [part="status"] {
    flex-direction: row;
    padding: 0.25rem 0.25rem 0.25rem 0.5rem;
    border-radius: 0.5rem;
    background: var(--voxel-volume-surface);
    /* Short waits are not shown. */
    animation: appear 0s 0.3s both;
  }
  .foot [part="status"] span {
    background: none;
  }
  .foot [part="status"] [part="progress"] {
    width: 6rem;
  }
  .foot [part="error"] {
    flex: 0 1 auto;
    min-height: 3rem;
    padding: 0;
    justify-content: flex-start;
  }
  [part="dismiss"] {
    position: sticky;
    top: 0.5rem;
    flex: none;
    width: 1.75rem;
    height: 1.75rem;
    margin: -0.25rem -0.5rem -0.25rem 0;
    padding: 0;
    border: 0;
    border-radius: 0.25rem;
    color: inherit;
    background: none;
    cursor: pointer;
  }
  [part="dismiss"] svg {
    display: block;
    width: 1.25rem;
    margin: auto;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
  }
  @media (pointer: coarse) {
    [part="dismiss"] {
      width: 2.75rem;
      height: 2.75rem;
    }
  }
  @media (hover: hover) {
    [part="dismiss"]:hover {
      background: color-mix(in srgb, currentColor 10%, transparent);
    }
  }
  [part="hint"] {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    padding: 1rem;
    box-sizing: border-box;
    text-align: center;
    pointer-events: none;
    animation: appear 0.2s both;
  }
  [part="hint"] span {
    padding: 0.5rem 1rem;
    border-radius: 0.5rem;
    background: var(--voxel-volume-surface);
    font-size: 1rem;
  }
  /* Focus ring of the canvas: dark and light side by side, because it lies over any picture. */
  .picture:has([part="canvas"]:focus-visible)::after {
    content: "";
    position: absolute;
    inset: 0 var(--strip, 0px) 0 0;
    border: 2px solid black;
    outline: 2px solid white;
    outline-offset: -4px;
    pointer-events: none;
  }
  [part="canvas"].dragging {
    cursor: grabbing;
  }
  @media (forced-colors: active) {
    .picture:has([part="canvas"]:focus-visible)::after {
      border-color: Canvas;
      outline-color: CanvasText;
    }
  }
  :host(:fullscreen) [part="canvas"] {
    touch-action: none !important;
  }
`;
