/** Style sheet of what lies over the picture: status, messages, hints and the readout. */

import { css } from "lit";

export const overlayStyles = css`
  /* Over a picture, status and messages are cards at its lower edge. */
  [part="status"].over,
  [part="error"].over {
    inset: auto 0.5rem 0.5rem;
    pointer-events: none;
  }
  [part="status"].over {
    flex-direction: row;
    width: fit-content;
    max-width: calc(100% - 1rem);
    margin: 0 auto;
    padding: 0.25rem 0.25rem 0.25rem 0.5rem;
    border-radius: 0.5rem;
    background: var(--voxel-volume-surface);
    /* What is over in a moment is not mentioned. */
    animation: appear 0s 0.3s both;
  }
  [part="status"].over span {
    background: none;
  }
  [part="status"].over [part="progress"] {
    width: 6rem;
  }
  [part="error"].over {
    padding: 0;
  }
  [part="error"] p {
    display: flex;
    align-items: flex-start;
    gap: 0.5rem;
    pointer-events: auto;
  }
  [part="error"] p span {
    flex: 1;
  }
  [part="dismiss"] {
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
  /* Nobody knows how long it takes. */
  [part="progress"]:indeterminate {
    position: relative;
  }
  [part="progress"]:indeterminate::after {
    content: "";
    position: absolute;
    inset: 0 auto 0 0;
    width: 40%;
    border-radius: inherit;
    background: var(--voxel-volume-accent);
    animation: slide 1.2s ease-in-out infinite alternate;
  }
  @keyframes slide {
    to {
      left: 60%;
    }
  }
  @keyframes appear {
    from {
      opacity: 0;
      visibility: hidden;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    [part="progress"]:indeterminate::after {
      animation: none;
      width: 100%;
      opacity: 0.5;
    }
  }
  :host(:fullscreen) [part="canvas"] {
    touch-action: none !important;
  }
`;
