/** The volume with NiiVue's volume rendering (slice type "render"). */

import { Niivue, NVImage } from "@niivue/niivue";
import { CAMERA, finishWebGl, makeHost, measureProgram } from "./measure-program.ts";

/** NiiVue's window at zoom 1 extends from its centre to its edge by this fraction of half the diagonal. */
const NIIVUE_WINDOW = 0.8;
/** NiiVue's azimuth runs in the opposite direction, from the side of negative y. */
const AZIMUTH_OF_0 = 270;

measureProgram(async (bytes, { dims, colors, size }) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  makeHost(size).append(canvas);
  const viewer = new Niivue({
    backColor: [1, 1, 1, 1],
    show3Dcrosshair: false,
    isOrientCube: false,
    isColorbar: false,
    logLevel: "error",
  });
  await viewer.attachToCanvas(canvas);
  viewer.setSliceType(viewer.sliceTypeRender);
  const levels = (channel: number) => colors.map((color) => color[channel]);
  const steps = colors.map((_, value) => value);
  viewer.addColormap("linear-alpha", { R: levels(0), G: levels(1), B: levels(2), A: steps, I: steps });
  const halfDiagonal = Math.hypot(...dims) / 2;
  viewer.volScaleMultiplier = (NIIVUE_WINDOW * halfDiagonal) / (CAMERA.halfWindow * Math.max(...dims));
  const turn = (azimuth: number) => {
    viewer.setRenderAzimuthElevation(AZIMUTH_OF_0 - azimuth, CAMERA.elevation);
    finishWebGl(viewer.gl);
  };
  viewer.scene.renderAzimuth = AZIMUTH_OF_0 - CAMERA.azimuth;
  viewer.scene.renderElevation = CAMERA.elevation;
  viewer.addVolume(await NVImage.new(bytes.buffer, "volume.nii", "linear-alpha"));
  turn(CAMERA.azimuth);
  return { turn };
});
