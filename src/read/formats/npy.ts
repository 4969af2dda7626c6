/** NumPy's .npy, versions 1.0 to 3.0 (numpy.lib.format): arrays of numbers with axes x, y, z and, it may be, frames. */
import { VoxelVolumeError } from "../../errors.ts";
import { DTYPES, type Dtype, type Vec3 } from "../../volume.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { foundVolume } from "../volume-reader.ts";
import type { Format } from "./format.ts";
import { checkLength } from "./nifti-fields.ts";
import type { VolumeHeader } from "./volume-header.ts";

/** The version, and the length of the header that follows: 2 bytes in version 1, 4 from then on. */
const PREAMBLE = { version: 6, length: 8, end: [10, 12] } as const;
/** NumPy itself trusts no longer header than 10,000 bytes. */
const LONGEST_HEADER = 1 << 20;

/** The volume of a .npy file. */
export const openNpy: Format["open"] = async (file, head) => {
  const { path } = file;
  checkLength(path, head, PREAMBLE.end[1]);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const version = head[PREAMBLE.version];
  if (version < 1 || version > 3) {
    throw refusal(file, `is of version ${version} of the format, which is not known`, "a");
  }
  const start = PREAMBLE.end[version === 1 ? 0 : 1];
  const length =
    version === 1 ? view.getUint16(PREAMBLE.length, true) : view.getUint32(PREAMBLE.length, true);
  const offset = start + length;
  if (length > LONGEST_HEADER) throw damaged(path, `claims a header of ${length} bytes`);
  const whole = await file.head(offset);
  checkLength(path, whole, offset);
  const text = new TextDecoder().decode(whole.subarray(start, offset));
  return [foundVolume({ ...parse(file, text), offset }, async () => file)];
};

/** `text` is a Python dictionary, as in `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4, 5), }`. */
function parse(file: ByteFile, text: string): Omit<VolumeHeader, "offset"> {
  const [, descr, record] = /['"]descr['"]\s*:\s*(?:['"]([^'"]*)['"]|([[(]))/.exec(text) ?? [];
  const [, fortran] = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text) ?? [];
  const [, shape] = /['"]shape['"]\s*:\s*\(([\dL,\s]*)\)/.exec(text) ?? [];
  if (fortran === undefined || shape === undefined || (descr ?? record) === undefined) {
    throw damaged(file.path, "has a header that makes no sense");
  }
  return {
    path: file.path,
    format: "npy",
    ...dtypeOf(file, descr ?? "V"),
    ...axes(file, (shape.match(/\d+/g) ?? []).map(Number)),
    cOrder: fortran === "False",
    unitless: true,
    spacing: [1, 1, 1],
    affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    slope: 1,
    intercept: 0,
  };
}

const KINDS: Readonly<Record<string, string>> = { b: "uint", u: "uint", i: "int", f: "float" };

/** What else arrays hold, by the letter of their type, and real numbers to be made of an array `a` of it. */
const OTHER_KINDS: Readonly<Record<string, readonly [what: string, instead: string]>> = {
  c: ["complex numbers", "np.abs(a)"],
  V: ["records of several fields", 'a["one of its fields"]'],
  O: ["Python objects", 'a.astype("float64")'],
  S: ["text", 'a.astype("float64")'],
  U: ["text", 'a.astype("float64")'],
  M: ["times", 'a.astype("int64")'],
  m: ["times", 'a.astype("int64")'],
};

/** The type of `descr`, as in "<f4": byte order, kind, bytes. */
function dtypeOf(file: ByteFile, descr: string): { dtype: Dtype; littleEndian: boolean } {
  const [, order, kind = "", bytes] = /^([<>|=]?)([A-Za-z?])(\d*)/.exec(descr) ?? [];
  const dtype = `${KINDS[kind]}${8 * Number(bytes)}` as Dtype;
  if (dtype in DTYPES && (kind !== "b" || bytes === "1")) return { dtype, littleEndian: order !== ">" };
  const [what, instead] = OTHER_KINDS[kind] ?? [`numbers of type ${descr}`, 'a.astype("float64")'];
  throw refusal(file, `holds ${what}, not one real number a voxel`, instead);
}

/** Three axes, and a fourth of frames; an image of two is one layer. */
function axes(file: ByteFile, shape: readonly number[]): { dims: Vec3; frames: number } {
  const [x, y, z = 1, frames = 1] = shape;
  const size = shape.join(" x ") || "()";
  if (shape.includes(0)) throw refusal(file, `is empty (its shape is ${size})`, "a");
  if (shape.length < 2 || shape.length > 4) {
    const count = `${shape.length} ${shape.length === 1 ? "axis" : "axes"}`;
    const instead =
      shape.length < 2 ? "a.reshape(nx, ny, nz)" : `a[:, :, :${", 0".repeat(shape.length - 3)}]`;
    throw refusal(file, `has ${count}, not 3 (its shape is ${size})`, instead);
  }
  return { dims: [x, y, z], frames };
}

function refusal({ path }: ByteFile, what: string, instead: string): VoxelVolumeError {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.(gz|np[yz])$/gi, "");
  const message = `${path} ${what}. In Python: np.save("${name}.npy", ${instead}).`;
  return new VoxelVolumeError("unsupported-format", message);
}

function damaged(path: string, what: string): VoxelVolumeError {
  return new VoxelVolumeError("corrupt-file", `${path} ${what}. The file is damaged.`);
}
