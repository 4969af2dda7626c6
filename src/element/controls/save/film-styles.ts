/** Style sheet of the film form, in addition to that of all forms. */

import { css } from "lit";

export const filmStyles = css`
  .pair {
    display: grid;
    flex: 1;
    grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr);
    align-items: center;
    gap: 0.375rem;
  }
  .preview video {
    width: 100%;
    height: 100%;
    min-width: 0;
    min-height: 0;
    object-fit: contain;
  }
  progress {
    flex: 1;
    height: 0.375rem;
    accent-color: var(--voxel-volume-accent, var(--ink));
  }
`;
