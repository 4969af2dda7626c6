/** Style sheet of messages and of the progress bar. */

import { css } from "lit";

export const messageStyles = css`
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
  /* Indeterminate: the duration is not known. */
  [part="progress"]:indeterminate {
    position: relative;
  }
  [part="progress"]:indeterminate::after {
    content: "";
    position: absolute;
    inset: 0 auto 0 0;
    width: 40%;
    border-radius: inherit;
    background: var(--accent-ink);
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
`;
