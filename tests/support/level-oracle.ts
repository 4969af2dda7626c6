/**
 * levelPicture: an oracle for pictures of volumes of several levels, in plain TypeScript: a ray a pixel descends through
 * the pages of all levels to those that a pixel can show, and walks through their voxels.
 */

import { type CameraFrame, cameraFrame, cameraWindow } from "../../src/options/camera.ts";
import { palette } from "../../src/options/colormaps.ts";
import { boxExtent, type DrawnSettings } from "../../src/options/settings.ts";
import { colorEntry, drawnValue, type ValueScale } from "../../src/options/value-scale.ts";
import type { Level, Vec3 } from "../../src/volume.ts";
import type { Picture } from "./png.ts";

export interface LevelOracle {
  /** Finest first, nested in one another by factors of 2; the last one is the overview. */
  readonly levels: readonly Level[];
  readonly spacing: Vec3;
  /** The value of a voxel of a level. */
  value(level: number, x: number, y: number, z: number): number;
  readonly scale: ValueScale;
  readonly settings: DrawnSettings;
  readonly width: number;
  readonly height: number;
}

/** Voxels per side of a page. */
const PAGE = 32;

interface Ray {
  readonly start: number[];
  readonly direction: number[];
}

interface Mix {
  readonly color: number[];
  left: number;
}

/** The picture over white. */
export function levelPicture(oracle: LevelOracle): Picture {
  const { settings, width, height, levels, spacing } = oracle;
  const { camera, aspect } = settings;
  const extent = boxExtent(aspect, levels[0].dims, spacing);
  const frame = cameraFrame(camera);
  const { half, centre } = cameraWindow(camera, width, height);
  const scene = new Scene(oracle, extent, frame, (2 * half[0]) / width);
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const across = centre - half[0] + ((x + 0.5) * 2 * half[0]) / width;
      const up = centre + half[1] - ((y + 0.5) * 2 * half[1]) / height;
      const at = camera.focus.map((f, axis) => f + across * frame.right[axis] + up * frame.up[axis]);
      const away =
        camera.projection === "perspective"
          ? at.map((p, axis) => p - frame.eye[axis])
          : frame.towards.map((part) => -part);
      const { color, left } = scene.trace(at, away);
      const i = 4 * (y * width + x);
      for (let c = 0; c < 3; c++) data[i + c] = Math.round(color[c] + 255 * left);
      data[i + 3] = 255;
    }
  }
  return { width, height, data };
}

class Scene {
  readonly #words: { alpha: number; color: number[] }[] = [];
  readonly #cells: Vec3;
  readonly #origin: number[];

  constructor(
    private readonly oracle: LevelOracle,
    extent: Vec3,
    private readonly frame: CameraFrame,
    private readonly pixel: number,
  ) {
    const { scale, settings, levels } = oracle;
    const colors = palette(settings.colormap);
    for (let value = 0; value < 256; value++) {
      const { color, alpha } = drawnValue(scale, value);
      const rgba = colors[colorEntry(color)];
      this.#words.push({
        alpha: alpha * settings.opacity,
        color: [rgba & 255, (rgba >>> 8) & 255, (rgba >>> 16) & 255],
      });
    }
    this.#cells = extent.map((side, axis) => side / levels[0].dims[axis]) as unknown as Vec3;
    this.#origin = extent.map((side) => 0.5 - side / 2);
  }

  /** The light of a ray through the box, from a point at t = 0. */
  trace(start: number[], direction: number[]): Mix {
    const ray = {
      start: start.map((p, axis) => (p - this.#origin[axis]) / this.#cells[axis]),
      direction: direction.map((d, axis) => (Math.abs(d) < 1e-9 ? 1e-9 : d) / this.#cells[axis]),
    };
    const mix: Mix = { color: [0, 0, 0], left: 1 };
    const last = this.oracle.levels.length - 1;
    const isPerspective = this.oracle.settings.camera.projection === "perspective";
    const pages = this.#pagesOf(
      last,
      this.oracle.levels[0].dims.map(() => 0),
      Infinity,
    );
    this.#visitAll(ray, last, pages, isPerspective ? -1 : -Infinity, mix);
    return mix;
  }

  /** Pages of a level from a first one, `count` along each axis or up to the end. */
  #pagesOf(level: number, first: number[], count: number): number[][] {
    const ends = this.oracle.levels[level].dims.map((n, axis) =>
      Math.min(Math.ceil(n / PAGE), first[axis] + count),
    );
    const pages: number[][] = [];
    for (let z = first[2]; z < ends[2]; z++)
      for (let y = first[1]; y < ends[1]; y++) for (let x = first[0]; x < ends[0]; x++) pages.push([x, y, z]);
    return pages;
  }

  #visitAll(ray: Ray, level: number, pages: number[][], eye: number, mix: Mix): void {
    const { dims } = this.oracle.levels[level];
    const factor = 2 ** level;
    const met = pages.flatMap((page) => {
      const low = page.map((p) => p * PAGE * factor);
      const high = page.map((p, axis) => Math.min((p + 1) * PAGE, dims[axis]) * factor);
      const [a, b] = span(ray, low, high);
      return Math.max(a, eye) < b ? [{ page, low, from: Math.max(a, eye), to: b }] : [];
    });
    met.sort((a, b) => a.from - b.from);
    for (const { page, low, from, to } of met) {
      if (mix.left < 1 / 1024) return;
      if (level > 0 && this.#isShown(level - 1, low, PAGE * factor)) {
        const children = this.#pagesOf(
          level - 1,
          page.map((p) => 2 * p),
          2,
        );
        this.#visitAll(ray, level - 1, children, eye, mix);
      } else {
        this.#walk(ray, level, from, to, eye, mix);
      }
    }
  }

  /** True if voxels of a level are as wide as a pixel at the point of a cube that is nearest to the eye. */
  #isShown(level: number, low: number[], size: number): boolean {
    const { camera } = this.oracle.settings;
    if (camera.projection === "orthographic") return Math.min(...this.#cells) * 2 ** level >= this.pixel;
    let nearest = Infinity;
    for (let corner = 0; corner < 8; corner++) {
      const distance = low.reduce((sum, at, axis) => {
        const p = this.#origin[axis] + (at + ((corner >> axis) & 1) * size) * this.#cells[axis];
        return sum + (this.frame.eye[axis] - p) * this.frame.towards[axis];
      }, 0);
      nearest = Math.min(nearest, distance);
    }
    return Math.min(...this.#cells) * 2 ** level >= (this.pixel * Math.max(nearest, 0)) / camera.distance;
  }

  /** Adds the voxels of a level that a ray meets between two depths. */
  #walk({ start, direction }: Ray, level: number, from: number, to: number, eye: number, mix: Mix): void {
    const { levels } = this.oracle;
    const factor = 2 ** level;
    const { dims } = levels[level];
    const at = (t: number, axis: number) => (start[axis] + t * direction[axis]) / factor;
    const inside = from + 1e-6 * (to - from);
    const cell = [0, 1, 2].map((axis) => Math.min(Math.max(Math.floor(at(inside, axis)), 0), dims[axis] - 1));
    const step = direction.map((d) => (d > 0 ? 1 : -1));
    let t = from;
    while (t < to && mix.left >= 1 / 1024) {
      const exits = cell.map(
        (c, axis) => ((c + (step[axis] > 0 ? 1 : 0)) * factor - start[axis]) / direction[axis],
      );
      const axis = exits.indexOf(Math.min(...exits));
      // The voxel that holds the eye is not drawn.
      if (t > eye) this.#add(this.oracle.value(level, cell[0], cell[1], cell[2]), factor, mix);
      t = exits[axis];
      cell[axis] += step[axis];
      if (cell[axis] < 0 || cell[axis] >= dims[axis]) return;
    }
  }

  #add(value: number, layers: number, mix: Mix): void {
    const { alpha, color } = this.#words[value];
    if (alpha === 0) return;
    const through = (1 - alpha) ** (2 * layers);
    for (let c = 0; c < 3; c++) mix.color[c] += mix.left * (1 - through) * color[c];
    mix.left *= through;
  }
}

function span({ start, direction }: Ray, low: number[], high: number[]): [number, number] {
  let [first, last] = [-Infinity, Infinity];
  for (let axis = 0; axis < 3; axis++) {
    const a = (low[axis] - start[axis]) / direction[axis];
    const b = (high[axis] - start[axis]) / direction[axis];
    first = Math.max(first, Math.min(a, b));
    last = Math.min(last, Math.max(a, b));
  }
  return [first, last];
}
