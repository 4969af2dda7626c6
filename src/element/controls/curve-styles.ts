/** Style sheet of the curve over the histogram. */

import { css } from "lit";

export const curveStyles = css`
  :host {
    display: block;
  }
  .plot {
    position: relative;
    height: 8.5rem;
    margin: 0 0.5rem;
    border-bottom: 1px solid var(--line);
    touch-action: pan-y;
    user-select: none;
    -webkit-user-select: none;
  }
  svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: visible;
  }
  .bars {
    shape-rendering: crispEdges;
  }
  rect {
    stroke: color-mix(in srgb, currentColor 22%, transparent);
    stroke-width: 0.5px;
    vector-effect: non-scaling-stroke;
  }
  .unseen {
    opacity: 0.35;
  }
  path {
    fill: none;
    vector-effect: non-scaling-stroke;
    stroke-linejoin: round;
  }
  .halo {
    stroke: var(--solid);
    stroke-width: 5px;
    opacity: 0.75;
  }
  .line {
    stroke: currentColor;
    stroke-width: 2px;
  }
  .off {
    opacity: 0.6;
  }
  .handle {
    position: absolute;
    display: grid;
    place-items: center;
    box-sizing: border-box;
    width: 1.125rem;
    height: 1.125rem;
    margin: -0.5625rem;
    border: 2px solid var(--solid);
    border-radius: 50%;
    background: currentColor;
    box-shadow: 0 1px 3px rgb(0 0 0 / 0.4);
    cursor: ew-resize;
    outline: none;
    touch-action: pan-y;
  }
  .handle::after {
    content: attr(data-letter);
    color: var(--solid);
    font: 700 0.625rem / 1 system-ui, sans-serif;
    text-transform: uppercase;
  }
  .handle:hover,
  .handle:focus {
    background: var(--accent-ink);
  }
  .handle:focus-visible {
    outline: 2px solid var(--accent-ink);
    outline-offset: 1px;
  }
  .end {
    position: absolute;
    top: 0;
    bottom: 0;
    width: 1.25rem;
    margin-left: -0.625rem;
    cursor: ew-resize;
    outline: none;
    touch-action: pan-y;
  }
  .end::before {
    content: "";
    position: absolute;
    inset: 0 auto 0 50%;
    border-left: 1.5px solid currentColor;
    opacity: 0.55;
  }
  .end::after {
    content: "";
    position: absolute;
    top: 0.125rem;
    width: 0.5rem;
    height: 1.125rem;
    background: currentColor;
    box-shadow: 0 0 0 2px var(--solid);
  }
  .end.low::after {
    right: 50%;
    border-radius: 0.25rem 0 0 0.25rem;
  }
  .end.high::after {
    left: 50%;
    border-radius: 0 0.25rem 0.25rem 0;
  }
  .end:hover::after,
  .end:focus::after {
    background: var(--accent-ink);
  }
  .end:focus-visible::after {
    outline: 2px solid var(--accent-ink);
    outline-offset: 3px;
  }
  .ends {
    display: flex;
    justify-content: space-between;
    margin: 0.125rem 0.5rem 0;
    color: var(--soft);
    font-size: 0.6875rem;
    font-variant-numeric: tabular-nums;
  }
  output {
    position: absolute;
    inset: 0.125rem auto auto 50%;
    transform: translateX(-50%);
    padding: 0 0.375rem;
    border-radius: 0.25rem;
    background: var(--solid);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
    pointer-events: none;
  }
  output::first-letter {
    text-transform: uppercase;
  }
  @media (forced-colors: active) {
    svg,
    .handle,
    .end {
      forced-color-adjust: none;
    }
    .handle:is(:hover, :focus)::after {
      color: HighlightText;
    }
    .handle:focus-visible,
    .end:focus-visible::after {
      outline-color: CanvasText;
    }
  }
`;
