/**
 * The volume with three.js's example shader for volumes, maximum intensity, which visits the same voxels as a
 * translucent one.
 */

import {
  BackSide,
  BoxGeometry,
  Data3DTexture,
  DataTexture,
  LinearFilter,
  Mesh,
  RedFormat,
  Scene,
  ShaderMaterial,
  UniformsUtils,
  UnsignedByteType,
} from "three";
import { VolumeRenderShader1 } from "three/examples/jsm/shaders/VolumeShader.js";
import { NIFTI_HEADER } from "../../nifti-file.ts";
import { measureProgram } from "./measure-program.ts";
import { viewScene } from "./three-view.ts";

const MAXIMUM_INTENSITY = 0;

measureProgram(async (bytes, { dims, colors, size }) => {
  const texture = new Data3DTexture(bytes.subarray(NIFTI_HEADER), ...dims);
  texture.format = RedFormat;
  texture.type = UnsignedByteType;
  texture.minFilter = texture.magFilter = LinearFilter;
  texture.unpackAlignment = 1;
  texture.needsUpdate = true;
  const colormap = new DataTexture(Uint8Array.from(colors.flatMap((rgb) => [...rgb, 255])), 256, 1);
  colormap.minFilter = colormap.magFilter = LinearFilter;
  colormap.needsUpdate = true;

  const uniforms = UniformsUtils.clone(VolumeRenderShader1.uniforms);
  uniforms.u_data.value = texture;
  uniforms.u_size.value.set(...dims);
  uniforms.u_clim.value.set(0, 1);
  uniforms.u_renderstyle.value = MAXIMUM_INTENSITY;
  uniforms.u_cmdata.value = colormap;
  const { vertexShader, fragmentShader } = VolumeRenderShader1;
  const material = new ShaderMaterial({ uniforms, vertexShader, fragmentShader, side: BackSide });

  const geometry = new BoxGeometry(...dims);
  const [x, y, z] = dims.map((n) => n / 2 - 0.5);
  geometry.translate(x, y, z);
  const mesh = new Mesh(geometry, material);
  mesh.position.set(-x, -y, -z);
  const scene = new Scene();
  scene.add(mesh);
  return viewScene(scene, dims, size);
});
