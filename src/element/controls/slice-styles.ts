/** Style sheet of the slice. */

import { css } from "lit";

export const sliceStyles = css`
  :host {
    display: grid;
    gap: var(--gap);
  }
  .picture {
    display: flex;
    align-items: stretch;
    justify-content: center;
    gap: 0.625rem;
    /* Room for the colour bar's ticks. */
    padding: 0.875rem 3rem 0.375rem 0;
  }
  canvas {
    flex: 0 1 auto;
    min-width: 0;
    align-self: center;
    image-rendering: pixelated;
    cursor: crosshair;
    touch-action: pan-y;
  }
  .bar {
    position: relative;
    flex: none;
    width: 0.625rem;
    min-height: 8rem;
    border-radius: 2px;
  }
  .bar span {
    position: absolute;
    left: calc(100% + 0.375rem);
    transform: translateY(50%);
    color: var(--soft);
    font-size: 0.6875rem;
    line-height: 1;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .bar em {
    position: absolute;
    bottom: calc(100% + 0.25rem);
    right: 0;
    color: var(--soft);
    font-size: 0.6875rem;
    font-style: normal;
    line-height: 1;
  }
  .bar span::before {
    content: "";
    position: absolute;
    top: 50%;
    right: calc(100% + 0.1875rem);
    width: 0.1875rem;
    border-top: 1px solid currentColor;
  }
  .readout {
    min-height: 2.8em;
    margin: 0;
    color: var(--soft);
    font-size: 0.75rem;
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
    text-wrap: pretty;
  }
`;
