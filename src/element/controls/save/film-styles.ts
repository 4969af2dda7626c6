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
    max-width: 100%;
    max-height: 15rem;
    border-radius: 0.25rem;
    box-shadow: 0 0 0 1px var(--line);
  }
  progress {
    flex: 1;
    height: 0.375rem;
    accent-color: var(--voxel-volume-accent, var(--ink));
  }
`;
