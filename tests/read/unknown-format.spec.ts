/** Unsupported files: each is named, with advice on how to convert it to a volume. */
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { OTHER_FORMATS } from "../../src/read/formats/other-formats.ts";
import { fromBytes } from "../../src/read/index.ts";
import { gzip, niftiFile, zip } from "../support/make-volume.ts";
import { expectError, read } from "./support.ts";

/** Characters of ISO 8859-1 as bytes, filled up to `length` with bytes that no text contains. */
function bytes(start: string, length = 600): Uint8Array {
  const out = new Uint8Array(Math.max(length, start.length)).fill(0x91);
  for (let i = 0; i < start.length; i++) out[i] = start.charCodeAt(i);
  return out;
}
const text = (words: string) => bytes(words, 0);
const HDF5 = bytes("\x89HDF\r\n\x1a\n");
const NUMBERS = bytes("\0\x01\0\x02\0\x03");
const page = (title: string) =>
  new TextEncoder().encode(`<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head></html>`);
const xml = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A file, and words of the message: what it is, then the advice. */
const FILES: readonly (readonly [name: string, file: Uint8Array, ...words: string[]])[] = [
  [
    "a.nii.gz",
    text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"),
    "Git LFS",
    "git lfs pull",
  ],
  [
    "sub-01_T1w.nii.gz",
    text("../../.git/annex/objects/Mg/7K/MD5E-s1--ab.nii.gz/MD5E-s1--ab.nii.gz"),
    "DataLad",
    "git annex get sub-01_T1w.nii.gz.",
  ],
  ["a.nii", text("/annex/objects/MD5E-s1--ab.nii\n"), "git-annex", "git annex get a.nii."],
  ["uc", page("Google Drive - Virus scan warning"), "Google Drive", "browser"],
  ["a.nii", page("Sign in · GitLab"), '("Sign in · GitLab")', "Log in"],
  ["a.nii", page("404 Page not found"), '("404 Page not found")', "Check the address."],
  ["a.nii", page("a.nii at main · x/y · GitHub"), "· GitHub", '"Raw"'],
  ["a.nii", page("Données"), 'a web page, not a volume ("Données")', "address"],
  ["a.nii", text("<html><body>Hello</body></html>"), "a web page, not a volume. Use"],
  [
    "a.nii",
    text(`${xml}<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>`),
    '("NoSuchKey")',
    "Check the address",
  ],
  [
    "a.nii",
    text('\xef\xbb\xbf<?xml version="1.0"?><Error><Code>BlobNotFound</Code></Error>'),
    '("BlobNotFound")',
  ],
  ["a.7z", bytes("7z\xbc\xaf\x27\x1c\0\x04"), "7z archive", "7z x a.7z."],
  ["a.rar", bytes("Rar!\x1a\x07\x01\0"), "RAR", "unrar x a.rar."],
  ["a.tar", bytes(`${"a.nii".padEnd(257, "\0")}ustar\x0000`), "tar archive", "tar xf a.tar."],
  ["a.nii.xz", bytes("\xfd7zXZ\0\0"), "by xz", "unxz a.nii.xz."],
  ["a.nii.bz2", bytes("BZh91AY&SY"), "bzip2", "bunzip2 a.nii.bz2."],
  ["a.nii.zst", bytes("\x28\xb5\x2f\xfd"), "Zstandard", "zstd -d a.nii.zst."],
  ["a.nii.lz4", bytes("\x04\x22\x4d\x18"), "LZ4", "lz4 -d a.nii.lz4."],
  ["a.nii.Z", bytes("\x1f\x9d\x90"), "compress", "uncompress a.nii.Z."],
  ["a.mnc", HDF5, "MINC 2", 'nibabel.load("a.mnc")'],
  ["a.ims", HDF5, "Imaris", 'h5py.File("a.ims")["DataSet/ResolutionLevel 0'],
  ["a.nc", HDF5, "NetCDF-4", "import numpy, xarray;", 'xarray.open_dataset("a.nc")'],
  ["a.h5", HDF5, "HDF5", 'import numpy, h5py; numpy.save("new.npy", h5py.File("a.h5")["DATASET"][:]).'],
  ["a.hdf5", HDF5, "HDF5"],
  ["a.mnc", bytes("CDF\x01"), "MINC 1", "nibabel"],
  ["a.nc", bytes("CDF\x05"), "NetCDF", "xarray"],
  ["a.mat", bytes("MATLAB 7.3 MAT-file, Platform: GLNXA64"), "v7.3", 'h5py.File("a.mat")'],
  ["a.mat", bytes("MATLAB 5.0 MAT-file, Platform: GLNXA64"), "v5", 'scipy.io.loadmat("a.mat")'],
  ["a.vtk", text("# vtk DataFile Version 3.0\nvtk output\nBINARY\n"), "legacy VTK", 'pyvista.read("a.vtk")'],
  ["a.vti", text(`${xml}<VTKFile type="ImageData" version="0.1"></VTKFile>`), "VTK XML image", "pyvista"],
  [
    "a.vtu",
    text('<VTKFile type="UnstructuredGrid" version="0.1">'),
    '("UnstructuredGrid")',
    "Give the volume",
  ],
  ["a.PAR", text("# === DATA DESCRIPTION FILE ======\n#\n"), "PAR/REC", 'nibabel.load("a.PAR")'],
  [
    "a+orig.HEAD",
    text("\ntype = string-attribute\nname = TYPESTRING\n"),
    "AFNI",
    'nibabel.load("a+orig.HEAD")',
  ],
  ["a.v", bytes("MATRIX72v\0"), "ECAT", "import numpy, nibabel.ecat;"],
  ["visu_pars", text("##TITLE=Parameter List, ParaVision 6.0.1\n##JCAMPDX=4.24\n"), "Bruker", "2dseq"],
  ["a.mif", bytes("mrtrix image\ndim: 3,4,5\n"), "MRtrix", "mrconvert a.mif new.nii.gz."],
  ["a.fits", bytes("SIMPLE  =                    T"), "FITS", 'astropy.io.fits.getdata("a.fits").T'],
  ["a.czi", bytes("ZISRAWFILE\0\0"), "CZI", 'czifile.imread("a.czi")'],
  ["a.nd2", bytes("\xda\xce\xbe\x0a"), "ND2", 'nd2.imread("a.nd2")'],
  ["a.lif", bytes("\x70\0\0\0\x10\x20\0\0\x2a"), "LIF", 'liffile.imread("a.lif")'],
  ["a.mrc", bytes(`${"\x01".repeat(208)}MAP `), "MRC", 'mrcfile.read("a.mrc").T'],
  ["a.dm3", bytes("\0\0\0\x03\0\x01\x02\x03\0\0\0\x01"), "DM3", "ncempy.io"],
  ["a.dm4", bytes("\0\0\0\x04\0\0\0\0\0\x01\x02\x03\0\0\0\x01"), "DM4", "ncempy.io"],
  [".zgroup", text('{\n  "zarr_format": 2\n}'), "Zarr folder", "Give the folder that holds it"],
  ["zarr.json", text('{"attributes": {}, "zarr_format": 3, "node_type": "group"}'), "Zarr folder"],
  [".zattrs", text('{"multiscales": [{"version": "0.4"}]}'), "Zarr folder"],
  ["attributes.json", text('{"dataType":"int16","dimensions":[5,4,3]}'), "N5 folder", "N5Store"],
  ["a.parquet", bytes("PAR1\x15"), "Parquet", "read_parquet"],
  ["a.arrow", bytes("ARROW1\0\0"), "Arrow", "read_feather"],
  ["a.pt", bytes("\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."), "PyTorch", 'torch.load("a.pt"'],
  ["a.pkl", bytes("\x80\x04\x95\x04\x01"), "pickle", "if you trust the file: import numpy, pickle;"],
  ["a.safetensors", text('\x40\0\0\0\0\0\0\0{"a":{"dtype":"F32"}}'), "safetensors", "load_file"],
  ["a.png", bytes("\x89PNG\r\n\x1a\n"), "PNG", '"*.png"'],
  ["a.jpg", bytes("\xff\xd8\xff\xe0"), "JPEG", '"*.jpg"'],
  ["a.gif", bytes("GIF89a"), "GIF", '"*.gif"'],
  ["a.webp", bytes("RIFF\x01\x02\x03\x04WEBP"), "WebP", '"*.webp"'],
  ["a.pdf", bytes("%PDF-1.7"), "PDF"],
  [
    "a.surf.gii",
    text(`${xml}<!DOCTYPE GIFTI SYSTEM "x.dtd">\n<GIFTI Version="1.0">`),
    "GIFTI",
    "Give the volume",
  ],
  ["surf/lh.pial", bytes("\xff\xff\xfecreated by me"), "FreeSurfer surface", "mri/orig.mgz"],
  ["a.ply", bytes("ply\nformat binary_little_endian 1.0\n"), "PLY", 'trimesh.load("a.ply")'],
  ["a.stl", text("solid cube\nfacet normal 0 0 1\n"), "STL", "trimesh"],
  ["a.stl", NUMBERS, "STL", "trimesh"],
  ["a.obj", text("# Blender\nv 0 0 1\n"), "OBJ", "trimesh"],
  ["a.glb", bytes("glTF\x02\0\0\0"), "glTF", 'force="mesh"'],
  ["a.vmr", NUMBERS, "BrainVoyager", 'bvbabel.vmr.read_vmr("a.vmr")'],
  ["a.v16", NUMBERS, "BrainVoyager", 'bvbabel.v16.read_v16("a.v16")'],
  ["a.REC", NUMBERS, "PAR/REC", 'nibabel.load("a.REC")'],
  ["a+orig.BRIK.gz", NUMBERS, "AFNI", "nibabel"],
  ["pdata/1/2dseq", NUMBERS, "Bruker", 'Dataset("2dseq")'],
  ["a.mat", NUMBERS, "v4", "loadmat"],
  ["a.nii.crdownload", NUMBERS, "unfinished download"],
  [
    "a.raw",
    NUMBERS,
    "without a header",
    'import numpy; numpy.save("new.npy", numpy.fromfile("a.raw", "<u2").reshape((nx, ny, nz), order="F"))',
  ],
  ["a.nii", new Uint8Array(5000), "zeros", "Get it again"],
  ["a.txt", text("\xff\xfeh\0e\0l\0l\0o\0"), "UTF-16", "PowerShell"],
  ["a.nii.gz", bytes("\x1f\xef\xbf\xbd\x08\0\xef\xbf\xbd\x01\xef\xbf\xbd"), "re-encoded", "as binary data"],
  ["a.nii", text('{"message": "Not Found", "status": "404"}'), '("Not Found")', "Check the address"],
  ["a.json", text('{"RepetitionTime": 2, "EchoTime": 0.03}'), "JSON", "Choose the volume"],
  ["a.xml", text(`${xml}<svg></svg>`), "an XML file", "Choose the volume"],
  ["a.nii.gz", gzipSync(gzipSync(gzipSync("x"))), "gzipped more than twice", "gunzip"],
  ["a.csv", text("x,y,z\n1,2,3\n"), "a text file", "Formats read: zip, gzip, NumPy, "],
  ["a.xyz", NUMBERS, "of no format that is known here", "Formats read: zip"],
];

for (const [name, file, ...words] of FILES) {
  test(`${name} of ${[...file.subarray(0, 24)].map((byte) => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("")} is named: ${words[0]}`, async () => {
    const { message } = await expectError(read(fromBytes(name, file)), "unsupported-format", name, ...words);
    expect(message).toMatch(/^[^\p{Cc}…]{30,300}$/u);
    // Even with the longest name that is shown, the message contains everything.
    const long = `${"folder/".repeat(20)}${name}`;
    const cut = (await expectError(read(fromBytes(long, file)), "unsupported-format", ...words)).message;
    expect(cut.split("…")).toHaveLength(2);
  });
}

test("every recognised unsupported format has a file in these tests", async () => {
  const messages = await Promise.all(
    FILES.map(
      async ([name, file]) => (await expectError(read(fromBytes(name, file)), "unsupported-format")).message,
    ),
  );
  const missing = OTHER_FORMATS.filter(
    ({ what, wayOut }) =>
      !messages.some((said) => said.includes(what) && said.includes(wayOut.split(/FILE|ARCHIVE/)[0])),
  );
  expect(missing.map(({ what }) => what)).toEqual([]);
});

test("the contents of a gzip file are named too", async () => {
  const said = async (name: string, held: Uint8Array) =>
    (await expectError(read(fromBytes(name, await gzip(held))), "unsupported-format", name)).message;
  expect(await said("a.mgz", HDF5)).toBe(
    'a.mgz is a gzip file, and its content is an HDF5 file. After gunzip: In Python: import numpy, h5py; numpy.save("new.npy", h5py.File("a.mgz")["DATASET"][:]).',
  );
  expect(await said("a.mnc.gz", bytes("CDF\x01"))).toContain(
    'After gunzip: In Python: import nibabel; nibabel.save(nibabel.load("a.mnc")',
  );
  expect(await said("a.tar.gz", bytes(`${"\0".repeat(257)}ustar`))).toMatch(
    /is a gzip file, and its content is a tar archive\. Unpack it: tar xf a\.tar\.gz\.$/,
  );
  expect(await said("a.nii.gz", text("version https://git-lfs.github.com/spec/v1\n"))).toMatch(
    /Git LFS.*git lfs pull\.$/,
  );
  expect(await said("a.nii.gz", NUMBERS)).toMatch(
    /^a\.nii\.gz is a gzip file that holds no volume: its content is of no format that is known here\. Formats read: zip/,
  );
  expect(await said("a.raw.gz", NUMBERS)).toContain('fromfile("a.raw"');
  await expectError(
    read(fromBytes("a.nii.gz", await gzip(new Uint8Array()))),
    "unsupported-format",
    "no volume",
  );
});

test("an archive without volumes is reported with its contents", async () => {
  const said = async (files: Record<string, Uint8Array>) =>
    (await expectError(read(fromBytes("study.zip", await zip(files))), "entry-not-found", "study.zip"))
      .message;
  expect(await said({ "readme.txt": text("hello"), "sub/a.h5": HDF5 })).toBe(
    'study.zip holds no volume: sub/a.h5 in it is an HDF5 file. In Python: import numpy, h5py; numpy.save("new.npy", h5py.File("a.h5")["DATASET"][:]).',
  );
  expect(await said({ "a.nii.gz": text("version https://git-lfs.github.com/spec/v1\n") })).toMatch(
    /a\.nii\.gz in it is a pointer of Git LFS.*git lfs pull\.$/,
  );
  expect(await said({ "model/data.pkl": bytes("\x80\x02}"), "model/data/0": NUMBERS })).toContain(
    'a PyTorch file. In Python: import numpy, torch; numpy.save("new.npy", torch.load("study.zip"',
  );
  expect(await said({ "a/b/image.zarr/.zgroup": text("{}"), "a/b/image.zarr/0/0": NUMBERS })).toContain(
    "a Zarr folder. Zip that folder by itself",
  );
  expect(await said({ "image.zarr/.zgroup": text("{}"), "image.zarr/0/0": NUMBERS })).toContain(
    "a Zarr folder without an image",
  );
  expect(await said({ "[Content_Types].xml": text(xml), "word/document.xml": text(xml) })).toContain(
    "Office",
  );
  expect(await said({ "a.txt": text("hello"), "b.bat": text("hello") })).toBe(
    "study.zip holds no volume that can be read; it holds a.txt, b.bat.",
  );
  expect(await said({})).toContain("no files");
});

test("names that are unsafe in a shell or in Python are not put into commands", async () => {
  for (const name of ["a b.h5", '";rm.h5', "$(x).h5", "-x.h5", `${"a".repeat(60)}.h5`]) {
    await expectError(read(fromBytes(name, HDF5)), "unsupported-format", 'h5py.File("FILE")');
  }
});

test("CIFTI files are named, whatever their axes", async () => {
  const cifti = niftiFile({ dims: [1, 1, 1, 1, 10, 20], dtype: "float32", version: 2, intent: 3006 });
  await expectError(
    read(fromBytes("a.dscalar.nii", cifti)),
    "unsupported-format",
    "CIFTI",
    "wb_command -cifti-separate",
  );
  const volume = niftiFile({ dims: [4, 3, 2], version: 2, intent: 3100 });
  expect((await read(fromBytes("a.nii", volume))).dims).toEqual([4, 3, 2]);
});

test("files of the shared cases that are not volumes are named", async () => {
  const cases = { n_lfs: ["a.nii.gz", "git lfs pull"], x_vti: ["a.vti", "pyvista"] };
  for (const [folder, [name, word]] of Object.entries(cases)) {
    const path = `../shared/cases/${folder}/${name}`;
    if (existsSync(path))
      await expectError(read(fromBytes(name, readFileSync(path))), "unsupported-format", word);
  }
});
