/** Extensions of all formats, to find volumes among other files before the formats' code is loaded. */
export const EXTENSIONS: readonly string[] =
  "nii hdr img npy nrrd nhdr mha mhd mgh mgz tif tiff dcm dicom ima".split(" ");
