/**
 * State shared by the groups: the element, its language, and what the controls remember beside the element's
 * properties.
 */

import type { PlaneAngles } from "../../options/clip-plane.ts";
import type { Say } from "../../texts.ts";
import type { Viewer } from "./viewer.ts";

export interface Panel {
  readonly viewer: Viewer;
  readonly say: Say;
  readonly memory: {
    /** Whether the field for a custom resolution is shown although the current one is in the menu. */
    customResolution: boolean;
    /** Search text of the label list. */
    labelSearch: string;
    /** The clip plane as last set with the controls; its numbers alone would lose the azimuth at the poles. */
    plane?: { readonly clip: string; readonly angles: PlaneAngles };
  };
  /** Renders the controls again. */
  readonly requestUpdate: () => void;
}
