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
