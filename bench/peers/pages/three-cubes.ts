/** The cubes with three.js: one InstancedMesh, both sides of each face, blended in storage order. */

import {
  BoxGeometry,
  DoubleSide,
  InstancedBufferAttribute,
  InstancedMesh,
  Matrix4,
  Scene,
  ShaderMaterial,
} from "three";
import { measureProgram } from "./measure-program.ts";
import { viewScene } from "./three-view.ts";

const VERTEX = `
  attribute vec4 rgba;
  varying vec4 color;
  void main() {
    color = rgba;
    gl_Position = projectionMatrix * modelViewMatrix * instanceMatrix * vec4(position, 1.0);
  }`;
const FRAGMENT = `
  varying vec4 color;
  void main() {
    gl_FragColor = color;
  }`;

measureProgram(async (rgba, { dims, size }) => {
  const [nx, ny, nz] = dims;
  const filled: number[] = [];
  for (let i = 0; i < nx * ny * nz; i++) if (rgba[4 * i + 3] > 0) filled.push(i);
  const geometry = new BoxGeometry(1, 1, 1);
  const colors = new Uint8Array(4 * filled.length);
  const material = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
    forceSinglePass: true,
  });
  const mesh = new InstancedMesh(geometry, material, filled.length);
  const matrix = new Matrix4();
  for (const [instance, i] of filled.entries()) {
    const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
    matrix.makeTranslation(x + 0.5 - nx / 2, y + 0.5 - ny / 2, z + 0.5 - nz / 2);
    mesh.setMatrixAt(instance, matrix);
    colors.set(rgba.subarray(4 * i, 4 * i + 4), 4 * instance);
  }
  geometry.setAttribute("rgba", new InstancedBufferAttribute(colors, 4, true));
  const scene = new Scene();
  scene.add(mesh);
  return viewScene(scene, dims, size);
});
