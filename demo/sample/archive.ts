/** Archive: the phantom in the layout of the article's attention.zip. */
import JSZip from "jszip";
import type { Vec3 } from "../../src/volume.ts";
import { analyzeHeader, int16Bytes } from "./analyze.ts";
import type { Grid } from "./grid.ts";
import { normalNoise } from "./noise.ts";
import { headModel, STRUCTURAL, scan, spacingOf } from "./phantom.ts";
import { ellipsoid, smoothstep } from "./shapes.ts";

/** The article's functional grid. */
const FUNCTIONAL: Vec3 = [53, 63, 46];
const FUNCTIONAL_SPACING: Vec3 = [3, 3, 3];

const README = `This is a computed phantom, not a scan.

The head in this archive was calculated from formulas by voxel-volume (demo/sample). It shows the anatomy
of nobody, holds no measured data, and is not fit for any medical use. Files are laid out like the attention
data set of the article "Displaying 3D images in Python": a structural image of 1 x 1 x 2 mm voxels and three
functional images of 3 mm voxels, one of them big-endian, all Analyze 7.5.
`;

/** The built-in sample as a zip. Its bytes depend on `dims`, the size of the structural image, and on the model alone. */
export async function sampleZip(dims: Vec3 = STRUCTURAL, model = headModel()): Promise<Uint8Array> {
  const zip = new JSZip();
  const options = { date: new Date(Date.UTC(2017, 11, 10)), createFolders: false };
  const add = (path: string, size: Vec3, spacing: Vec3, voxels: Int16Array, littleEndian: boolean) => {
    zip.file(`attention/${path}.hdr`, analyzeHeader(size, spacing, voxels, littleEndian), options);
    zip.file(`attention/${path}.img`, int16Bytes(voxels, littleEndian), options);
  };
  zip.file("README.txt", README, options);
  for (const frame of [10, 11, 12]) {
    const path = `functional/snffM00587_00${frame}`;
    add(path, FUNCTIONAL, FUNCTIONAL_SPACING, functional(model, frame), frame !== 11);
  }
  add("structural/nsM00587_0002", dims, spacingOf(dims), scan(model, dims, spacingOf(dims)), true);
  return zip.generateAsync({ type: "uint8array", compression: "DEFLATE", compressionOptions: { level: 9 } });
}

/** One functional image: a coarse scan with noise, in which the visual cortex is brighter during the stimulus. */
function functional(model: Grid, frame: number): Int16Array {
  const [nx, ny] = FUNCTIONAL;
  const stimulus = frame === 11 ? 1 : 0.2;
  return scan(model, FUNCTIONAL, FUNCTIONAL_SPACING).map((v, n) => {
    const x = (n % nx) - 26;
    const y = (Math.floor(n / nx) % ny) - 8;
    const z = Math.floor(n / (nx * ny)) - 18;
    const active = smoothstep(2, -2, ellipsoid(Math.abs(x) - 5, y, z, 4, 5, 4));
    return Math.max(0, Math.round(0.6 * v * (1 + 0.15 * stimulus * active) + 8 * normalNoise(n, frame)));
  });
}
