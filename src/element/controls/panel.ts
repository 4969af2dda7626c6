/** What the groups share: the element, its language, and what the controls remember that is no property of it. */

import type { PlaneAngles } from "../../options/clip-plane.ts";
import type { Say } from "../../texts.ts";
import type { Viewer } from "./viewer.ts";

export interface Panel {
  readonly viewer: Viewer;
  readonly say: Say;
  readonly memory: {
    /** Whether the field for any resolution is shown though the present one is in the menu. */
    customResolution: boolean;
    /** What the list of labels is searched for. */
    labelSearch: string;
    /** The last clip plane as it was set: its numbers alone would forget the azimuth at the poles. */
    plane?: { readonly clip: string; readonly angles: PlaneAngles };
  };
  /** Renders the controls again. */
  readonly requestUpdate: () => void;
}
