/** slicedVolume: a volume whose parts are read from its file on demand. */

import { boxOf } from "../box-of.ts";
import { mapAtOnce } from "../map-at-once.ts";
import { checkBox } from "../memory-volume.ts";
import { DTYPES, type Volume } from "../volume.ts";
import type { Frames } from "./frames.ts";
import { concat } from "./util/memory.ts";

/** A volume that is too large for memory: its slices are read from the file on demand. */
export function slicedVolume(header: Omit<Volume, "kind" | "levels" | "read">, frames: Frames): Volume {
  const { dims, dtype, frame } = header;
  const size = DTYPES[dtype];
  return {
    ...header,
    kind: "volume",
    levels: [{ dims }],
    async read(level, box, options = {}) {
      options.signal?.throwIfAborted();
      checkBox(header, level, box);
      const { start, end } = box;
      if (end[0] - start[0] === dims[0] && end[1] - start[1] === dims[1])
        return frames.readRows(frame, [0, dims[1]], [start[2], end[2]], options);
      const height = end[1] - start[1];
      const within = { start: [start[0], 0, 0], end: [end[0], height, 1] } as const;
      const slices = Array.from({ length: end[2] - start[2] }, (_, i) => start[2] + i);
      const parts = await mapAtOnce(slices, async (z) => {
        const rows = await frames.readRows(frame, [start[1], end[1]], [z, z + 1], options);
        return boxOf(rows, [dims[0], height, 1], size, within).slice();
      });
      return parts.length === 1 ? parts[0] : concat(parts);
    },
  };
}
