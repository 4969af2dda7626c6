/** Registers every colour map, so that `palette` has it without loading. */

import { COLORMAP_TABLES } from "../../src/options/colormap-tables.ts";
import { addColormaps } from "../../src/options/colormaps.ts";

addColormaps(COLORMAP_TABLES);
