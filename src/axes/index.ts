/** The box with ticks and labels around a volume: layout and painting. */

export { type Axes, axesFontSize, axesFor, LARGEST_FONT } from "./layout.ts";
export { type AxesStyle, contrasting, paintAxes } from "./paint.ts";
