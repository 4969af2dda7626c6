/** Makes every colour map one that `palette` can give, as if it had been fetched. */

import { COLORMAP_TABLES } from "../../src/options/colormap-tables.ts";
import { addColormaps } from "../../src/options/colormaps.ts";

addColormaps(COLORMAP_TABLES);
