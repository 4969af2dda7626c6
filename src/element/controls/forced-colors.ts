/** Style sheet of the controls in forced-colors mode, such as Windows contrast themes. */

import { css } from "lit";

export const forcedColorStyles = css`
  @media (forced-colors: active) {
    :host {
      --ink: CanvasText;
      --soft: CanvasText;
      --solid: Canvas;
      --surface: Canvas;
      --line: CanvasText;
      --edge: ButtonText;
      --well: Canvas;
      --raised: Canvas;
      --thumb: ButtonFace;
      --thumb-edge: ButtonText;
      --accent-ink: Highlight;
    }
    section {
      outline: 1px solid CanvasText;
      outline-offset: -1px;
    }
    :focus-visible,
    :is(.segments label, .maps label, .button):has(:focus-visible) {
      outline-color: CanvasText;
    }
    .maps label:has(:focus-visible) {
      outline-offset: 0;
    }
    summary {
      color: CanvasText;
    }
    :is(.segments, .maps, .skip, [role="status"]) {
      border: 1px solid CanvasText;
    }
    /* Colours that show state (on, chosen, set), mapped to system colours. */
    .toggle input,
    input[type="range"],
    .thumbs::before,
    :is(.segments label, .maps label):has(:checked),
    .button[aria-pressed="true"] {
      forced-color-adjust: none;
    }
    .toggle input {
      border: 1px solid ButtonText;
      background: ButtonFace;
    }
    .toggle input::before {
      inset: 1px auto 1px 1px;
      background: ButtonText;
      box-shadow: none;
    }
    .toggle input:checked {
      background: Highlight;
    }
    .toggle input:checked::before {
      background: HighlightText;
    }
    :is(.segments label, .maps label):has(:checked),
    .button[aria-pressed="true"] {
      background: Highlight;
      box-shadow: none;
      color: HighlightText;
    }
    /* Elements whose colours are content, and are kept. */
    .swatch,
    .chip,
    .sample,
    .bar,
    canvas,
    input[type="color"] {
      forced-color-adjust: none;
    }
    :is(.swatch, .chip, .sample, .bar) {
      box-shadow: 0 0 0 1px CanvasText;
    }
    :disabled {
      --accent-ink: GrayText;
      --edge: GrayText;
      --thumb-edge: GrayText;
      opacity: 1;
      color: GrayText;
    }
  }
`;
