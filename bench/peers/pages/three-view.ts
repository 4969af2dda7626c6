/** three.js's renderer, with the camera of all programs. */

import { PerspectiveCamera, WebGLRenderer } from "three";
import { CAMERA, FIELD_OF_VIEW, finishWebGl, makeHost, towardsEye, type Viewer } from "./measure-program.ts";

/** Draws a three.js scene, and rotates around a box of `dims` at its centre. */
export function viewScene(scene: unknown, dims: readonly number[], size: number): Viewer {
  const renderer = new WebGLRenderer();
  renderer.setSize(size, size);
  renderer.setClearColor(0xffffff);
  makeHost(size).append(renderer.domElement);
  const longest = Math.max(...dims);
  const away = CAMERA.distance * longest;
  const camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, away - longest, away + longest);
  camera.up.set(0, 0, 1);
  const turn = (azimuth: number) => {
    camera.position.set(...towardsEye(azimuth).map((t) => away * t));
    camera.lookAt(0, 0, 0);
    renderer.render(scene, camera);
    finishWebGl(renderer.getContext());
  };
  turn(CAMERA.azimuth);
  return { turn };
}
