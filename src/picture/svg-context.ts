/**
 * SvgContext: paints into an SVG element what painting does on a 2-D canvas. It sets attributes only, because content
 * security policies may forbid inline styles.
 */

import type { Context } from "../axes/context.ts";

const SVG = "http://www.w3.org/2000/svg";
/** Control characters and surrogates that XML 1.0 forbids. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
/** Decimals of coordinates. */
const DECIMALS = 3;

/** The state that `save` keeps. */
interface State {
  fillStyle: string;
  strokeStyle: string;
  globalAlpha: number;
  lineWidth: number;
  lineCap: CanvasLineCap;
  lineJoin: CanvasLineJoin;
  font: string;
  textAlign: CanvasTextAlign;
  /** Scale and offset of coordinates. */
  scaling: number;
  offset: readonly [number, number];
}

const ANCHORS: Readonly<Record<CanvasTextAlign, string>> = {
  center: "middle",
  end: "end",
  left: "start",
  right: "end",
  start: "start",
};

export class SvgContext implements Context {
  readonly element: SVGSVGElement;
  fillStyle = "black";
  strokeStyle = "black";
  globalAlpha = 1;
  lineWidth = 1;
  lineCap: CanvasLineCap = "butt";
  lineJoin: CanvasLineJoin = "miter";
  font = "10px sans-serif";
  textAlign: CanvasTextAlign = "start";
  #scaling = 1;
  #offset: readonly [number, number] = [0, 0];
  readonly #saved: State[] = [];
  #path: string[] = [];
  readonly #measuring = new OffscreenCanvas(1, 1).getContext("2d") as OffscreenCanvasRenderingContext2D;

  /** An element of this size in user units, which are CSS pixels. */
  constructor(width: number, height: number) {
    this.element = document.createElementNS(SVG, "svg");
    this.element.setAttribute("viewBox", `0 0 ${rounded(width)} ${rounded(height)}`);
  }

  save(): void {
    const { fillStyle, strokeStyle, globalAlpha, lineWidth, lineCap, lineJoin, font, textAlign } = this;
    const style = { fillStyle, strokeStyle, globalAlpha, lineWidth, lineCap, lineJoin, font, textAlign };
    this.#saved.push({ ...style, scaling: this.#scaling, offset: this.#offset });
  }

  restore(): void {
    const { scaling, offset, ...style } = this.#saved.pop() ?? {};
    Object.assign(this, style);
    this.#scaling = scaling ?? this.#scaling;
    this.#offset = offset ?? this.#offset;
  }

  /** Scales both axes by the same factor. @throws RangeError for different factors. */
  scale(x: number, y: number): void {
    if (x !== y) throw new RangeError(`scale ${x}, ${y}: both have to be the same`);
    this.#scaling *= x;
  }

  translate(x: number, y: number): void {
    this.#offset = this.#at(x, y);
  }

  beginPath(): void {
    this.#path = [];
  }

  moveTo(x: number, y: number): void {
    this.#path.push(`M${this.#at(x, y).map(rounded).join(" ")}`);
  }

  lineTo(x: number, y: number): void {
    this.#path.push(`L${this.#at(x, y).map(rounded).join(" ")}`);
  }

  /** A whole circle. @throws RangeError for a part of one. */
  arc(x: number, y: number, radius: number, start: number, end: number): void {
    if (Math.abs(end - start) < 2 * Math.PI - 1e-9) throw new RangeError("only whole circles can be painted");
    const [left, right] = [this.#at(x - radius, y), this.#at(x + radius, y)].map((point) =>
      point.map(rounded).join(" "),
    );
    const r = rounded(radius * this.#scaling);
    this.#path.push(`M${left}A${r} ${r} 0 1 0 ${right}A${r} ${r} 0 1 0 ${left}Z`);
  }

  fill(): void {
    if (this.#path.length > 0) this.#add("path", { d: this.#path.join(""), ...this.#filled });
  }

  stroke(): void {
    if (this.#path.length > 0) this.#add("path", { d: this.#path.join(""), ...this.#stroked });
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#add("rect", { ...this.#box(x, y, width, height), ...this.#filled });
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.#add("rect", { ...this.#box(x, y, width, height), ...this.#stroked });
  }

  /** A text that is compressed to `maxWidth` if it is longer, as on a canvas. */
  fillText(text: string, x: number, y: number, maxWidth?: number): void {
    this.#text(text, x, y, maxWidth, this.#filled);
  }

  strokeText(text: string, x: number, y: number, maxWidth?: number): void {
    this.#text(text, x, y, maxWidth, this.#stroked);
  }

  measureText(text: string): TextMetrics {
    this.#measuring.font = this.font;
    return this.#measuring.measureText(text);
  }

  /** Adds a picture with its upper left corner at a point. `href` is a data URL. */
  image(href: string, x: number, y: number, width: number, height: number): void {
    this.#add("image", { ...this.#box(x, y, width, height), href, preserveAspectRatio: "none" });
  }

  get #filled(): Record<string, string> {
    return paint("fill", this.fillStyle, this.globalAlpha);
  }

  get #stroked(): Record<string, string> {
    return {
      fill: "none",
      ...paint("stroke", this.strokeStyle, this.globalAlpha),
      "stroke-width": rounded(this.lineWidth * this.#scaling),
      ...(this.lineCap !== "butt" && { "stroke-linecap": this.lineCap }),
      ...(this.lineJoin !== "miter" && { "stroke-linejoin": this.lineJoin }),
    };
  }

  #at(x: number, y: number): [number, number] {
    return [this.#offset[0] + x * this.#scaling, this.#offset[1] + y * this.#scaling];
  }

  #box(x: number, y: number, width: number, height: number): Record<string, string> {
    const [left, top] = this.#at(x, y).map(rounded);
    const [wide, high] = [width, height].map((side) => rounded(side * this.#scaling));
    return { x: left, y: top, width: wide, height: high };
  }

  #text(
    text: string,
    x: number,
    y: number,
    maxWidth: number | undefined,
    style: Record<string, string>,
  ): void {
    if (text === "") return;
    const [, weight = "", size, family] = /^(bold )?([\d.]+)px (.*)$/.exec(this.font) ?? [];
    const [left, baseline] = this.#at(x, y).map(rounded);
    const isLong = maxWidth !== undefined && this.measureText(text).width > maxWidth;
    const element = this.#add("text", {
      x: left,
      y: baseline,
      "font-family": family,
      "font-size": rounded(Number(size) * this.#scaling),
      ...(weight && { "font-weight": "bold" }),
      ...(ANCHORS[this.textAlign] !== "start" && { "text-anchor": ANCHORS[this.textAlign] }),
      ...(isLong && { textLength: rounded(maxWidth * this.#scaling), lengthAdjust: "spacingAndGlyphs" }),
      ...style,
    });
    element.textContent = text.replace(FORBIDDEN, "");
  }

  #add(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
    const element = document.createElementNS(SVG, name) as SVGElement;
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    this.element.append(element);
    return element;
  }
}

function paint(kind: "fill" | "stroke", color: string, alpha: number): Record<string, string> {
  // SVG 1.1, which many programs read, has commas in colours.
  return {
    [kind]: color.replace(/(\d) (?=\d)/g, "$1,"),
    ...(alpha < 1 && { [`${kind}-opacity`]: rounded(alpha) }),
  };
}

function rounded(value: number): string {
  return String(Number(value.toFixed(DECIMALS)));
}
