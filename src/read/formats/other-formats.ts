/** Unsupported formats: how to recognise each, and how to convert it to a volume. */

/**
 * Signature of a format: the first characters (ISO 8859-1; `?` matches any), or a pattern that is searched in the
 * file's beginning and whose first group is quoted in the message.
 */
type Sign = string | RegExp;

export interface OtherFormat {
  readonly signs: readonly Sign[];
  /** Pattern of file names, if the signatures are not sufficient. */
  readonly name?: RegExp;
  /** Description of such a file. */
  readonly what: string;
  /** Advice for the user. FILE stands for the file's name, ARCHIVE for that of the gzip file around it. */
  readonly wayOut: string;
}

/** Advice to save an array with NumPy; `expression` begins with the module that it needs. */
const numpy = (expression: string) => {
  const [module] = /^[\w.]+(?=\.)/.exec(expression) ?? [];
  return `In Python: import numpy, ${module}; numpy.save("new.npy", ${expression})`;
};
const h5py = (dataset: string) => numpy(`h5py.File("FILE")[${dataset}`);
const NIBABEL = 'In Python: import nibabel; nibabel.save(nibabel.load("FILE"), "new.nii.gz")';
const SCIPY = numpy('scipy.io.loadmat("FILE")["VARIABLE"]');
const PICKLE = numpy('pickle.load(open("FILE", "rb"))').replace(":", ", if you trust the file:");
const SLICES =
  'In Python, for slices in files of their own: import numpy, skimage.io; numpy.save("new.npy", skimage.io.imread_collection("*.png").concatenate().T)';
const VOXELIZE = numpy('trimesh.load("FILE").voxelized(1).fill().matrix');
const VTK =
  'In Python: import numpy, pyvista; m = pyvista.read("FILE"); numpy.save("new.npy", m.active_scalars.reshape(m.dimensions, order="F"))';
const SURFACE = "Give the volume that it belongs to";
const CHECK = "Check the address, and whether it needs a login or has expired";
/** Control characters that do not occur in texts. */
const BINARY = /[^\P{Cc}\t\r\n]/u;
const at = (start: number, sign: string) => "?".repeat(start) + sign;

/** Tried in this order; the least certain signatures come last. */
export const OTHER_FORMATS: readonly OtherFormat[] = [
  // Something other than the file.
  {
    signs: [/^version https:\/\/git-lfs/],
    what: "a pointer of Git LFS to the file, not the file",
    wayOut: "Get it: git lfs pull",
  },
  {
    signs: [/^(?:\.\.\/)*\.git\/annex\//, /^\/annex\/objects\//],
    what: "a pointer of git-annex or DataLad to the file, not the file",
    wayOut: "Get it: git annex get FILE",
  },
  {
    signs: ["\x1f\x8b\b"],
    what: "gzipped more than twice",
    wayOut: "Unpack it with gunzip until it is no gzip file any more",
  },
  {
    signs: [/<title[^>]*>[^<]*virus scan/i],
    what: "Google Drive's question whether to download, not the file",
    wayOut: "Download it in a browser and choose that file",
  },
  {
    signs: [/<title[^>]*>\s*([^<]*\b(?:sign in|log ?in|authenticat)[^<]*)/i],
    what: "a web page that asks for a login",
    wayOut: "Log in, download the file and choose it",
  },
  {
    signs: [/<title[^>]*>\s*([^<]*\b(?:404|not found|does not exist)[^<]*)/i],
    what: "a web page that says that the file is not there",
    wayOut: "Check the address",
  },
  {
    signs: [/^\s*<(?:!doctype html|html)[\s\S]*<title[^>]*>\s*([^<]*GitHub)\s*</i],
    what: "a web page about the file",
    wayOut: 'Use the address behind the button "Raw"',
  },
  {
    signs: [/^\s*<(?:!doctype html|html)[\s\S]*<title[^>]*>\s*([^<]+)/i, /^\s*<(?:!doctype html|html|head)/i],
    what: "a web page, not a volume",
    wayOut: "Use the address of the file itself",
  },
  {
    signs: [/^[\s\S]{0,60}<Error>[\s\S]*?<Code>(\w+)/],
    what: "an error message of the server, not the file",
    wayOut: CHECK,
  },

  // Archives and compressed files.
  { signs: ["7z\xbc\xaf\x27\x1c"], what: "a 7z archive", wayOut: "Unpack it: 7z x ARCHIVE" },
  { signs: ["Rar!\x1a\x07"], what: "a RAR archive", wayOut: "Unpack it: unrar x ARCHIVE" },
  { signs: [at(257, "ustar")], what: "a tar archive", wayOut: "Unpack it: tar xf ARCHIVE" },
  { signs: ["\xfd7zXZ\0"], what: "compressed by xz", wayOut: "Unpack it: unxz FILE" },
  { signs: [/^BZh\d1AY&SY/], what: "compressed by bzip2", wayOut: "Unpack it: bunzip2 FILE" },
  { signs: ["\x28\xb5\x2f\xfd"], what: "compressed by Zstandard", wayOut: "Unpack it: zstd -d FILE" },
  { signs: ["\x04\x22\x4d\x18"], what: "compressed by LZ4", wayOut: "Unpack it: lz4 -d FILE" },
  { signs: ["\x1f\x9d"], what: "compressed by compress", wayOut: "Unpack it: uncompress FILE" },

  // Arrays and images of several axes.
  { signs: ["\x89HDF\r\n\x1a\n"], name: /\.mnc$/i, what: "a MINC 2 file", wayOut: NIBABEL },
  {
    signs: ["\x89HDF\r\n\x1a\n"],
    name: /\.ims$/i,
    what: "an Imaris file",
    wayOut: h5py('"DataSet/ResolutionLevel 0/TimePoint 0/Channel 0/Data"][:].T'),
  },
  {
    signs: ["\x89HDF\r\n\x1a\n"],
    name: /\.nc4?$/i,
    what: "a NetCDF-4 file",
    wayOut: numpy('xarray.open_dataset("FILE")["VARIABLE"]'),
  },
  { signs: ["\x89HDF\r\n\x1a\n"], what: "an HDF5 file", wayOut: h5py('"DATASET"][:]') },
  { signs: ["CDF\x01", "CDF\x02"], name: /\.mnc$/i, what: "a MINC 1 file", wayOut: NIBABEL },
  {
    signs: ["CDF\x01", "CDF\x02", "CDF\x05"],
    what: "a NetCDF file",
    wayOut: numpy('xarray.open_dataset("FILE")["VARIABLE"]'),
  },
  { signs: ["MATLAB 7.3 MAT-file"], what: "a MATLAB file (v7.3)", wayOut: h5py('"VARIABLE"][:].T') },
  { signs: ["MATLAB 5.0 MAT-file"], what: "a MATLAB file (v5)", wayOut: SCIPY },
  { signs: ["# vtk DataFile"], what: "a legacy VTK file", wayOut: VTK },
  { signs: [/<VTKFile[^>]*type=["']ImageData/], what: "a VTK XML image", wayOut: VTK },
  {
    signs: [/<VTKFile[^>]*type=["'](\w+)/, /<VTKFile/],
    what: "a VTK XML mesh, not an image",
    wayOut: SURFACE,
  },
  {
    signs: [/^# === DATA DESCRIPTION FILE ==/],
    what: "the header of a Philips PAR/REC pair",
    wayOut: NIBABEL,
  },
  {
    signs: [/^\s*type\s*=\s*(?:string|integer|float)-attribute/],
    what: "the header of an AFNI dataset",
    wayOut: NIBABEL,
  },
  { signs: ["MATRIX7"], what: "an ECAT 7 file", wayOut: numpy('nibabel.ecat.load("FILE").get_fdata()') },
  {
    signs: [/^##TITLE=[\s\S]*?(ParaVision|JCAMP)/],
    what: "a parameter file of Bruker ParaVision",
    wayOut: numpy('brukerapi.dataset.Dataset("2dseq").data'),
  },
  { signs: ["mrtrix image"], what: "an MRtrix image", wayOut: "Convert it: mrconvert FILE new.nii.gz" },
  { signs: ["SIMPLE  ="], what: "a FITS file", wayOut: numpy('astropy.io.fits.getdata("FILE").T') },
  { signs: ["ZISRAWFILE"], what: "a Zeiss CZI file", wayOut: numpy('czifile.imread("FILE").squeeze().T') },
  { signs: ["\xda\xce\xbe\x0a"], what: "a Nikon ND2 file", wayOut: numpy('nd2.imread("FILE").squeeze().T') },
  {
    signs: ["\x70\0\0\0????\x2a"],
    what: "a Leica LIF file",
    wayOut: numpy('liffile.imread("FILE").squeeze().T'),
  },
  { signs: [at(208, "MAP")], what: "an MRC or CCP4 map", wayOut: numpy('mrcfile.read("FILE").T') },
  {
    signs: [
      "\0\0\0\x03????\0\0\0\x01",
      "\0\0\0\x03????\0\0\0\0",
      "\0\0\0\x04????????\0\0\0\x01",
      "\0\0\0\x04????????\0\0\0\0",
    ],
    what: "a DigitalMicrograph file (DM3 or DM4)",
    wayOut: numpy('ncempy.io.read("FILE")["data"].T'),
  },
  {
    signs: [/^\s*\{[\s\S]*"(?:zarr_format|multiscales|node_type)"/],
    what: "one of the files of a Zarr folder",
    wayOut: "Give the folder that holds it: its address, or all of it dropped at once",
  },
  {
    signs: [/^\s*\{[\s\S]*"(?:n5|dataType|downsamplingFactors)"\s*:/],
    what: "one of the files of an N5 folder",
    wayOut: `${numpy('zarr.open(zarr.N5Store("FOLDER"))["DATASET"][:].T')} (zarr 2)`,
  },

  // Tables and tensors.
  {
    signs: ["PAR1"],
    what: "a Parquet file, which holds a table",
    wayOut: `${numpy('pandas.read_parquet("FILE")')} and reshape it`,
  },
  {
    signs: ["ARROW1\0\0"],
    what: "an Arrow file, which holds a table",
    wayOut: `${numpy('pandas.read_feather("FILE")')} and reshape it`,
  },
  {
    signs: ["\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19"],
    what: "a PyTorch file",
    wayOut: numpy('torch.load("FILE", map_location="cpu")["NAME"]'),
  },
  {
    signs: ["\x80\x02", "\x80\x03", "\x80\x04\x95", "\x80\x05\x95"],
    what: "a Python pickle",
    wayOut: PICKLE,
  },
  {
    signs: ["????\0\0\0\0{"],
    what: "a safetensors file",
    wayOut: numpy('safetensors.numpy.load_file("FILE")["NAME"]'),
  },

  // Pictures and meshes.
  { signs: ["\x89PNG\r\n\x1a\n"], what: "a PNG picture", wayOut: SLICES },
  { signs: ["\xff\xd8\xff"], what: "a JPEG picture", wayOut: SLICES.replace("png", "jpg") },
  { signs: ["GIF87a", "GIF89a"], what: "a GIF picture", wayOut: SLICES.replace("png", "gif") },
  { signs: ["RIFF????WEBP"], what: "a WebP picture", wayOut: SLICES.replace("png", "webp") },
  { signs: ["%PDF-"], what: "a PDF document", wayOut: SURFACE },
  { signs: [/<GIFTI/], what: "a GIFTI file: values on a surface, or its mesh", wayOut: SURFACE },
  {
    signs: ["\xff\xff\xfe", "\xff\xff\xff", "\xff\xff\xfd"],
    name: /(^|\/)[lr]h\.|\.(pial|white|inflated|orig|sphere|curv|sulc|thickness|area)$/i,
    what: "a FreeSurfer surface",
    wayOut: `${SURFACE}, as mri/orig.mgz`,
  },
  { signs: [/^ply\s/], what: "a PLY mesh", wayOut: VOXELIZE },
  { signs: [/^solid\s/], what: "an STL mesh", wayOut: VOXELIZE },
  {
    signs: ["glTF", /^\s*\{[\s\S]*"asset"\s*:\s*\{[\s\S]*"version"/],
    what: "a glTF mesh",
    wayOut: VOXELIZE.replace('FILE"', 'FILE", force="mesh"'),
  },

  // Formats recognised by name only.
  { signs: [""], name: /\.stl$/i, what: "an STL mesh", wayOut: VOXELIZE },
  { signs: [""], name: /\.obj$/i, what: "an OBJ mesh", wayOut: VOXELIZE },
  {
    signs: [""],
    name: /\.vmr$/i,
    what: "a BrainVoyager file",
    wayOut: numpy('bvbabel.vmr.read_vmr("FILE")[1]'),
  },
  {
    signs: [""],
    name: /\.v16$/i,
    what: "a BrainVoyager file",
    wayOut: numpy('bvbabel.v16.read_v16("FILE")[1]'),
  },
  {
    signs: [""],
    name: /\.rec$/i,
    what: "the voxels of a Philips PAR/REC pair",
    wayOut: NIBABEL,
  },
  { signs: [""], name: /\.brik(\.bz2|\.z)?$/i, what: "the voxels of an AFNI dataset", wayOut: NIBABEL },
  {
    signs: [""],
    name: /(^|\/)2dseq$/,
    what: "the voxels of a Bruker image",
    wayOut: numpy('brukerapi.dataset.Dataset("2dseq").data'),
  },
  { signs: [""], name: /\.mat$/i, what: "a MATLAB file (v4)", wayOut: SCIPY },
  {
    signs: [""],
    name: /\.(crdownload|part|partial|download)$/i,
    what: "an unfinished download",
    wayOut: "Wait for its end, or get the file again",
  },
  {
    signs: [BINARY],
    name: /\.(raw|bin|dat|vol)$/i,
    what: "numbers without a header",
    wayOut: `${numpy('numpy.fromfile("FILE", "<u2").reshape((nx, ny, nz), order="F")').replace(", numpy", "")}; or give its header, if it has one`,
  },

  // Anything else.
  { signs: ["\0".repeat(64)], what: "of zeros, at its beginning at least", wayOut: "Get it again" },
  {
    signs: ["\xff\xfe?\0?\0?\0", "\xfe\xff\0?\0?\0?"],
    what: "a text in UTF-16, not a volume",
    wayOut: 'If PowerShell wrote it by ">", get it another way',
  },
  {
    signs: [/\xef\xbf\xbd[\s\S]*\xef\xbf\xbd[\s\S]*\xef\xbf\xbd/],
    what: "damaged: it was taken for text and re-encoded",
    wayOut: "Get it again as binary data",
  },
  {
    signs: [/^\s*\{[\s\S]*?"(?:error|message|detail)"\s*:\s*"([^"]+)/, /^\s*\{\s*"errors?"/],
    what: "a message of the server, not the file",
    wayOut: CHECK,
  },
  {
    signs: [/^\s*[{[]\s*["\]}[{\d]/],
    what: "a JSON file, not a volume",
    wayOut: "Choose the volume beside it",
  },
  { signs: [/^\s*<\?xml/], what: "an XML file, not a volume", wayOut: "Choose the volume beside it" },
];
