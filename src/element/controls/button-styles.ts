/** Style sheet of icon buttons. */

import { css } from "lit";

export const buttonStyles = css`
  .button {
    display: grid;
    position: relative;
    flex: none;
    place-items: center;
    width: max(2rem, var(--control));
    height: max(2rem, var(--control));
    padding: 0;
    border: 0;
    border-radius: 0.375rem;
    background: none;
    cursor: pointer;
  }
  /* On touch screens, "hover" would remain after the touch. */
  @media (hover: hover) {
    :is(.button, .text):hover:not(:disabled) {
      background: color-mix(in srgb, currentColor 10%, transparent);
      color: inherit;
    }
  }
  .icon {
    width: 1.25rem;
    height: 1.25rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
`;
