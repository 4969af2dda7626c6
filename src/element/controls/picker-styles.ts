/** Style sheet of the colour map picker. */

import { css } from "lit";

export const pickerStyles = css`
  .picker {
    position: relative;
    display: flex;
    flex: 1;
    align-items: start;
    gap: 0.25rem;
  }
  .picker details {
    flex: 1;
    min-width: 0;
  }
  .picker summary {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    height: max(2rem, var(--control));
    padding: 0 0.5rem;
    border: 1px solid var(--edge);
    border-radius: 0.375rem;
    background: var(--well);
    list-style: none;
    cursor: pointer;
  }
  .picker summary:hover {
    border-color: var(--soft);
  }
  .picker summary span {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .swatch {
    display: block;
    flex: none;
    width: 3rem;
    height: 0.875rem;
    border-radius: 0.1875rem;
    box-shadow: inset 0 0 0 1px var(--edge);
  }
  .maps {
    display: grid;
    grid-template-columns: 1fr 1fr;
    max-height: 15rem;
    margin: 0.25rem -2.25rem 0 calc(-0.75rem - var(--labels));
    padding: 0.25rem;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--edge) transparent;
    border-radius: 0.5rem;
    background: var(--well);
  }
  .maps label {
    position: relative;
    display: grid;
    gap: 0.125rem;
    align-content: center;
    min-height: max(2.5rem, var(--control));
    padding: 0.25rem 0.5rem;
    border-radius: 0.375rem;
    color: var(--soft);
    font-size: 0.75rem;
    line-height: 1.2;
    cursor: pointer;
  }
  .maps label:hover {
    color: inherit;
  }
  .maps label:has(:checked) {
    background: var(--raised);
    box-shadow: inset 0 0 0 1px var(--edge);
    color: var(--ink);
  }
  .maps label:has(:focus-visible) {
    outline: 2px solid var(--accent-ink);
    outline-offset: -2px;
  }
  .maps .swatch {
    width: 100%;
  }
  .maps input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    opacity: 0;
    cursor: pointer;
  }
`;
