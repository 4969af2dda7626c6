/** The box with ticks and labels around a volume: layout and painting. */

export { type Axes, axesFontSize, axesFor } from "./layout.ts";
export { type AxesStyle, contrasting, paintAxes } from "./paint.ts";
