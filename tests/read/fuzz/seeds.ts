/** Small valid files of every format and container, from which the fuzzer makes its inputs. */

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  analyzeHeader,
  concat,
  type NiftiSpec,
  niftiFile,
  niftiHeader,
  type Scalar,
  voxels,
  zip,
  zip64,
} from "../../support/make-volume.ts";
import { npyFile } from "../../support/npy.ts";
import { text } from "../../support/text.ts";

/** Files that lie together, by name; the first is opened. */
export type Files = ReadonlyMap<string, Uint8Array>;

export const DTYPES = [
  "uint8",
  "int8",
  "uint16",
  "int16",
  "uint32",
  "int32",
  "float32",
  "float64",
] as const satisfies readonly Scalar[];
const SMALL = { dims: [5, 4, 3] };
/** Hardly compressible: random bytes from a linear congruential generator. */
const NOISE = {
  dims: [30, 30, 30],
  dtype: "uint8" as const,
  value: (i: number) => (Math.imul(i, 1103515245) >>> 13) & 255,
};
/** Largest size of a fixture that is used, in bytes. */
const MOST = 1 << 18;

const gz = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));
const single = (name: string, bytes: Uint8Array): Files => new Map([[name, bytes]]);

/** All seeds; `fixtures` is a folder with more, if it exists. */
export async function seeds(fixtures: string): Promise<Files[]> {
  return [...nifti(), ...pairs(), ...npy(), ...others(), ...(await archives()), ...filesIn(fixtures)];
}

function nifti(): Files[] {
  const specs: NiftiSpec[] = [
    ...DTYPES.map((dtype, i) => ({ ...SMALL, dtype, bigEndian: i % 2 === 1 })),
    { ...SMALL, version: 2, dtype: "int64" },
    { ...SMALL, version: 2, dtype: "uint64", bigEndian: true },
    { dims: [4, 3, 2, 3], slope: 2, intercept: -1, cal: [0, 9] },
    { dims: [4, 3, 2, 2, 2], version: 2 },
    { dims: [4, 3], offset: 400, intent: 1002 },
    ...geometries(),
    NOISE,
  ];
  const scalars = (bytes: number) => ({ dims: [5, 4, 3 * bytes], dtype: "uint8" as const });
  const several = (
    [
      [128, 3],
      [2304, 4],
      [32, 8],
      [1792, 16],
    ] as const
  ).map(([datatype, bytes]) =>
    concat(niftiHeader({ ...SMALL, datatype }), new Uint8Array(4), voxels(scalars(bytes))),
  );
  const files = [...specs.map(niftiFile), ...several];
  return files.flatMap((bytes, i) => [
    single("a.nii", bytes),
    ...(i % 2 ? [single("a.nii.gz", gz(bytes))] : []),
  ]);
}

/** NIfTI with sform, qform or neither, in metres, mm and micrometres, in both versions. */
function geometries(): NiftiSpec[] {
  const forms = [
    {},
    { qform: { code: 1, b: 0.1, c: 0.2, d: 0.3, offset: [1, 2, 3] } },
    { sform: { code: 1, rows: [2, 0, 0, 1, 0, 3, 0, 2, 0, 0, 4, 3] } },
  ];
  const versions = [1, 2] as const;
  return forms.flatMap((form) =>
    versions.flatMap((version) =>
      [1, 2, 3].map((xyztUnits) => ({ ...SMALL, ...form, version, xyztUnits, spacing: [2, 0.5, 3] })),
    ),
  );
}

function pairs(): Files[] {
  const pair = (header: Uint8Array, image: Uint8Array): Files =>
    new Map([
      ["a.hdr", header],
      ["a.img", image],
    ]);
  const analyze = DTYPES.slice(0, 6).map((dtype, i) => {
    const spec = { ...SMALL, dtype, bigEndian: i % 2 === 0, originator: [2, 2, 2] };
    return pair(analyzeHeader(spec), voxels(spec));
  });
  const spec = { dims: [4, 3, 2, 2], pair: true };
  return [
    ...analyze,
    pair(niftiHeader(spec), voxels(spec)),
    new Map([
      ["a.img", voxels(spec)],
      ["a.hdr", niftiHeader(spec)],
    ]),
    new Map([
      ["A.HDR", gz(niftiHeader(spec))],
      ["A.IMG.gz", gz(voxels(spec))],
    ]),
    single("a.hdr", niftiHeader(spec)),
  ];
}

function npy(): Files[] {
  const array = (descr: string, shape: number[], bytes: number, changes = {}) =>
    npyFile(
      { descr: `'${descr}'`, shape, ...changes },
      voxels({ dims: [bytes * shape.reduce((a, b) => a * b)], dtype: "uint8" }),
    );
  return [
    array("<f4", [5, 4, 3], 4),
    array(">i2", [5, 4, 3], 2, { fortran: true, version: 2 }),
    array("|b1", [5, 4], 1),
    array("<f2", [6, 6, 6, 2], 2),
    array("<u8", [2, 6, 6, 6], 8, { version: 3 }),
    array("|u1", [5, 4, 3, 3], 1),
    array("<c8", [5, 4, 3], 8),
    array("<c16", [1, 5, 4, 3], 16, { fortran: true }),
  ].map((bytes) => single("a.npy", bytes));
}

/** Files written by hand from the specifications of supported and unsupported formats. */
function others(): Files[] {
  const raw = voxels({ ...SMALL, dtype: "int16" });
  const nrrd = (encoding: string, more = "") =>
    text(
      `NRRD0004\n# a comment\ntype: short\ndimension: 3\nspace: left-posterior-superior\nsizes: 5 4 3\nspace directions: (1,0,0) (0,2,0) (0,0,3)\nkinds: domain domain domain\nendian: little\nencoding: ${encoding}\nspace origin: (1,2,3)\n${more}\n`,
    );
  const ascii = Array.from({ length: 60 }, (_, i) => i).join(" ");
  const meta = (file: string, more = "") =>
    text(
      `ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n${more}TransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = 1 2 3\nElementSpacing = 1 2 3\nDimSize = 5 4 3\nElementType = MET_SHORT\nElementDataFile = ${file}\n`,
    );
  const mgh = new DataView(new ArrayBuffer(284 + 120));
  for (const [i, value] of [1, 5, 4, 3, 1, 4, 0].entries()) mgh.setInt32(4 * i, value);
  mgh.setInt16(28, 1);
  const geometry = [1, 2, 3, -1, 0, 0, 0, 0, -1, 0, 1, 0, 1, 2, 3];
  for (const [i, value] of geometry.entries()) mgh.setFloat32(30 + 4 * i, value);
  const mghBytes = new Uint8Array(mgh.buffer);
  const deflated = new Uint8Array(gzipSync(raw));
  return [
    single("a.nrrd", concat(nrrd("raw"), raw)),
    single("a.nrrd", concat(nrrd("gzip"), deflated)),
    single("a.nrrd", concat(nrrd("ascii"), text(ascii))),
    new Map([
      ["a.nhdr", nrrd("raw", "data file: a.raw\n")],
      ["a.raw", raw],
    ]),
    new Map([
      ["a.nhdr", nrrd("raw", "byte skip: -1\ndata file: LIST\na.raw\nb.raw\n")],
      ["a.raw", raw],
      ["b.raw", raw],
    ]),
    single("a.mha", concat(meta("LOCAL"), raw)),
    new Map([
      ["a.mhd", meta("a.raw", "HeaderSize = -1\n")],
      ["a.raw", raw],
    ]),
    new Map([
      ["a.mhd", meta("a.zraw", "CompressedData = True\nCompressedDataSize = 90\n")],
      ["a.zraw", deflated],
    ]),
    single("a.mgh", mghBytes),
    single("a.mgz", gz(mghBytes)),
    single("a.json", text('{"error": "not found"}')),
    single("a.nii", text("<!DOCTYPE html><html><head><title>Not found</title></head></html>")),
    single("a.nii.gz", text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n")),
  ];
}

async function archives(): Promise<Files[]> {
  const files = {
    "study/readme.txt": text("nothing to see"),
    "study/a.hdr": analyzeHeader(SMALL),
    "study/a.img": voxels(SMALL),
    "study/b.nii": niftiFile({ dims: [4, 4, 4, 2] }),
    "study/c.nii.gz": gz(niftiFile({ ...SMALL, version: 2 })),
    "d.npy": npyFile({ descr: "'<f4'", shape: [4, 3, 2] }, new Uint8Array(96)),
  };
  const packed = gz(niftiFile(SMALL));
  return [
    single("a.zip", await zip(files)),
    single("a.zip", await zip(files, { compression: "STORE", comment: "a comment" })),
    single("a.zip", await zip64(files)),
    single("a.npz", await zip({ "arr_0.npy": files["d.npy"], "arr_1.npy": files["d.npy"] })),
    single("a.zip", await zip({ "noise.nii": niftiFile(NOISE) })),
    single("a.nii.gz", concat(packed, gz(new Uint8Array(100)))),
    single("a.nii.gz", concat(gz(niftiFile(SMALL).subarray(0, 200)), gz(niftiFile(SMALL).subarray(200)))),
  ];
}

/** The small files in a folder. Each is a seed; files that differ only in the extension form one seed. */
export function filesIn(folder: string): Files[] {
  if (!existsSync(folder)) return [];
  const together = new Map<string, Map<string, Uint8Array>>();
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path));
  // Headers come before their data files.
  for (const path of paths.sort(
    (a, b) => Number(IMAGE.test(a)) - Number(IMAGE.test(b)) || (a < b ? -1 : 1),
  )) {
    if (!statSync(path).isFile() || statSync(path).size > MOST) continue;
    const stem = path.replace(/\.[^./]*$/, "");
    const files = together.get(stem) ?? new Map<string, Uint8Array>();
    together.set(stem, files.set(basename(path), new Uint8Array(readFileSync(path))));
  }
  return [...together.values()];
}

const IMAGE = /\.(raw|img|zraw)$/;
