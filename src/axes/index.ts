/** The box with ticks and labels around a volume: where everything lies, and how it is painted. */

export { type Axes, axesFontSize, axesFor } from "./layout.ts";
export { type AxesStyle, contrasting, paintAxes } from "./paint.ts";
