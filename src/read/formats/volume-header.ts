/** VolumeHeader: what a format's header says of its volume. */
import type { Volume } from "../../volume.ts";
import type { EntryInfo } from "./format.ts";

/** Everything but the voxels. */
export interface VolumeHeader
  extends EntryInfo,
    Pick<
      Volume,
      "affine" | "unitless" | "oriented" | "slope" | "intercept" | "intent" | "displayRange" | "unit"
    > {
  /** The byte at which the first frame starts; the others follow on it. */
  readonly offset: number;
  /** Whether the last axis is the fastest, of frames where there are several, and not the first. */
  readonly cOrder?: boolean;
}
