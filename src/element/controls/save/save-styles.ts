/** Style sheets of the save dialog and of its forms. */

import { css } from "lit";

export const saveStyles = css`
  dialog {
    width: min(46rem, calc(100vw - 1.5rem));
    max-width: none;
    max-height: calc(100dvh - 1.5rem);
    padding: 0;
    border: 1px solid var(--line);
    border-radius: 0.75rem;
    background: var(--solid);
    color: var(--ink);
    font: 0.8125rem / 1.4 system-ui, sans-serif;
    box-shadow: 0 1rem 3rem rgb(0 0 0 / 0.35);
    overscroll-behavior: contain;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.4);
  }
  .sheet {
    padding: 0.75rem 1rem 1rem;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    margin-bottom: 0.75rem;
  }
  h2 {
    margin: 0;
    font-size: 0.9375rem;
  }
  header > .segments {
    min-width: min(20rem, 70%);
  }
`;

/** A form: a preview beside rows of fields, and below them what is saved and the button that saves it. */
export const formStyles = css`
  :host {
    display: block;
    --labels: 6.5rem;
  }
  form {
    display: grid;
    grid-template-columns: minmax(0, 15rem) minmax(0, 1fr);
    gap: 0.75rem 1.25rem;
  }
  .fields {
    display: grid;
    gap: 0.375rem;
    align-content: start;
  }
  .preview {
    display: grid;
    place-items: center;
    align-self: start;
    min-height: 8rem;
    margin: 0;
  }
  .preview img {
    max-width: 100%;
    max-height: 15rem;
    border-radius: 0.25rem;
    /* Squares show what is transparent. */
    background: repeating-conic-gradient(light-dark(#e8e8ec, #33313c) 0 25%, light-dark(#ffffff, #26252e) 0 50%) 0 0 /
      1rem 1rem;
    box-shadow: 0 0 0 1px var(--line);
  }
  .preview[aria-busy="true"] img {
    opacity: 0.5;
  }
  footer {
    display: flex;
    grid-column: 1 / -1;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    padding-top: 0.75rem;
    border-top: 1px solid var(--line);
  }
  footer p {
    margin: 0;
    color: var(--soft);
    font-variant-numeric: tabular-nums;
  }
  footer p.wrong {
    color: light-dark(#b3261e, #ffb4ab);
  }
  .save {
    flex: none;
    min-height: max(2.25rem, var(--control));
    padding: 0 1.25rem;
    border: 0;
    border-radius: 0.5rem;
    background: var(--ink);
    color: var(--solid);
    font-weight: 600;
    cursor: pointer;
  }
  .size {
    display: grid;
    flex: 1;
    grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr) 5.5rem;
    align-items: center;
    gap: 0.375rem;
  }
  .extras {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
  }
  .times {
    color: var(--soft);
  }
  @media (max-width: 40rem) {
    form {
      grid-template-columns: minmax(0, 1fr);
    }
    footer {
      flex-wrap: wrap;
    }
  }
  @media (forced-colors: active) {
    .save {
      border: 1px solid ButtonText;
      background: ButtonFace;
      color: ButtonText;
    }
    .preview {
      forced-color-adjust: none;
    }
  }
`;
