/** The volume with vtk.js: ray casting by vtkVolumeMapper, with one sample per voxel. */

import "@kitware/vtk.js/Rendering/Profiles/Volume";
import vtkDataArray from "@kitware/vtk.js/Common/Core/DataArray";
import vtkImageData from "@kitware/vtk.js/Common/DataModel/ImageData";
import vtkPiecewiseFunction from "@kitware/vtk.js/Common/DataModel/PiecewiseFunction";
import vtkColorTransferFunction from "@kitware/vtk.js/Rendering/Core/ColorTransferFunction";
import vtkRenderer from "@kitware/vtk.js/Rendering/Core/Renderer";
import vtkRenderWindow from "@kitware/vtk.js/Rendering/Core/RenderWindow";
import vtkRenderWindowInteractor from "@kitware/vtk.js/Rendering/Core/RenderWindowInteractor";
import vtkVolume from "@kitware/vtk.js/Rendering/Core/Volume";
import vtkVolumeMapper from "@kitware/vtk.js/Rendering/Core/VolumeMapper";
import vtkOpenGLRenderWindow from "@kitware/vtk.js/Rendering/OpenGL/RenderWindow";
import { NIFTI_HEADER } from "../../nifti-file.ts";
import {
  CAMERA,
  FIELD_OF_VIEW,
  finishWebGl,
  makeHost,
  measureProgram,
  towardsEye,
} from "./measure-program.ts";

/**
 * Length in voxels over which the full opacity accumulates: voxel-volume blends each voxel twice, at its entry and exit
 * face.
 */
const UNIT_DISTANCE = 0.5;

measureProgram(async (bytes, { dims, colors, size }) => {
  const renderWindow = vtkRenderWindow.newInstance();
  const renderer = vtkRenderer.newInstance({ background: [1, 1, 1] });
  renderWindow.addRenderer(renderer);
  const view = vtkOpenGLRenderWindow.newInstance();
  view.setContainer(makeHost(size));
  view.setSize(size, size);
  renderWindow.addView(view);
  // The mapper asks the interactor whether the user is moving the camera.
  const interactor = vtkRenderWindowInteractor.newInstance();
  interactor.setView(view);
  interactor.enable();

  const image = vtkImageData.newInstance({ spacing: [1, 1, 1], origin: [0, 0, 0] });
  image.setDimensions(...dims);
  const values = bytes.subarray(NIFTI_HEADER);
  image
    .getPointData()
    .setScalars(vtkDataArray.newInstance({ name: "values", values, numberOfComponents: 1 }));

  const colorOf = vtkColorTransferFunction.newInstance();
  for (const [value, rgb] of colors.entries()) colorOf.addRGBPoint(value, ...rgb.map((level) => level / 255));
  const opacityOf = vtkPiecewiseFunction.newInstance();
  opacityOf.addPoint(0, 0);
  opacityOf.addPoint(255, 1);

  const mapper = vtkVolumeMapper.newInstance();
  mapper.setInputData(image);
  mapper.setSampleDistance(1);
  mapper.setAutoAdjustSampleDistances(false);
  const volume = vtkVolume.newInstance();
  volume.setMapper(mapper);
  const property = volume.getProperty();
  property.setRGBTransferFunction(0, colorOf);
  property.setScalarOpacity(0, opacityOf);
  property.setScalarOpacityUnitDistance(0, UNIT_DISTANCE);
  property.setInterpolationTypeToLinear();
  property.setShade(false);
  renderer.addVolume(volume);

  const centre = dims.map((n) => (n - 1) / 2);
  const longest = Math.max(...dims);
  const camera = renderer.getActiveCamera();
  camera.setViewAngle(FIELD_OF_VIEW);
  const turn = (azimuth: number) => {
    const towards = towardsEye(azimuth);
    camera.setFocalPoint(...centre);
    camera.setPosition(...centre.map((c, axis) => c + CAMERA.distance * longest * towards[axis]));
    camera.setViewUp(0, 0, 1);
    renderer.resetCameraClippingRange();
    renderWindow.render();
    finishWebGl(view.getContext());
  };
  turn(CAMERA.azimuth);
  return { turn };
});
