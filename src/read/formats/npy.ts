/** NumPy's .npy, versions 1.0 to 3.0 (numpy.lib.format): arrays with axes x, y, z and optionally frames or colours. */
import { VoxelVolumeError } from "../../errors.ts";
import { DTYPES, type Dtype, type ReadNote } from "../../volume.ts";
import { arrayAxes } from "../util/array-axes.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { damaged } from "../util/damaged.ts";
import { baseName } from "../util/file-names.ts";
import type { Components, Format, FormatVolume, PlainVoxels } from "./format.ts";
import { checkLength } from "./nifti-fields.ts";

/** Offsets of the version and of the header's length, which has 2 bytes in version 1 and 4 in later ones. */
const PREAMBLE = { version: 6, length: 8, end: [10, 12] } as const;
/** Longest header that is read. NumPy itself accepts 10,000 bytes. */
const LONGEST_HEADER = 1 << 20;

/** The volume of a .npy file. */
export const openNpy: Format["open"] = async (file, { head }) => {
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
  if (length > LONGEST_HEADER) throw damaged(file.path, `claims a header of ${length} bytes`);
  const whole = await file.head(offset);
  checkLength(path, whole, offset);
  const text = new TextDecoder().decode(whole.subarray(start, offset));
  const { order, ...header } = parse(file, text);
  return [{ ...header, voxels: { file: async () => file, offset, order } }];
};

/** Parses the header, a Python dictionary as in `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4, 5), }`. */
function parse(file: ByteFile, text: string): Omit<FormatVolume, "voxels"> & Pick<PlainVoxels, "order"> {
  const [, descr, record] = /['"]descr['"]\s*:\s*(?:['"]([^'"]*)['"]|([[(]))/.exec(text) ?? [];
  const [, fortran] = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text) ?? [];
  const [, shape] = /['"]shape['"]\s*:\s*\(([\dL,\s]*)\)/.exec(text) ?? [];
  if (fortran === undefined || shape === undefined || (descr ?? record) === undefined) {
    throw damaged(file.path, "has a header that makes no sense");
  }
  const lengths = (shape.match(/\d+/g) ?? []).map(Number);
  const type = typeOf(file, descr ?? "V", lengths);
  const axes = axesOf(file, lengths, type.dtype === "uint8" && !type.components);
  const length = (axis: string) => (axes.includes(axis) ? lengths[axes.indexOf(axis)] : 1);
  const colors = COLORS[length("c") as keyof typeof COLORS];
  // Axes of length 1 are left out; a complex number is one element of the array.
  const named = axes.filter((axis) => axis !== "1");
  const order = (fortran === "True" ? named : named.reverse()).join("");
  return {
    path: file.path,
    format: "npy",
    dims: [length("x"), length("y"), length("z")],
    frames: length("t"),
    axes: `(${axes.map((axis) => AXIS_NAMES[axis] ?? axis).join(", ")})`,
    notes: notesOn(axes, lengths),
    ...type,
    ...(colors && { components: colors }),
    order: type.components ? `c${order}` : order,
  };
}

const COLORS = { 3: "rgb", 4: "rgba" } as const;
const AXIS_NAMES: Readonly<Record<string, string>> = { t: "frame", c: "colour" };

/** Meaning of an array's axes, as `arrayAxes` has them. */
function axesOf(file: ByteFile, lengths: readonly number[], isBytes: boolean): string[] {
  const size = `(${lengths.join(", ")})`;
  if (lengths.includes(0)) throw refusal(file, `is empty (its shape is ${size})`, "a");
  const axes = arrayAxes(lengths, isBytes);
  if (axes) return axes;
  const count = `${lengths.length} ${lengths.length === 1 ? "axis" : "axes"}`;
  if (lengths.length < 2)
    throw refusal(file, `has ${count}, not 3 (its shape is ${size})`, "a.reshape(nx, ny, nz)");
  throw refusal(file, `has ${count}, not 3 or 4 (its shape is ${size})`, `a[${longest(lengths)}]`);
}

/** Index expression that keeps the three longest axes of an array. */
function longest(lengths: readonly number[]): string {
  const kept = [...lengths.keys()].sort((i, k) => lengths[k] - lengths[i] || k - i).slice(0, 3);
  return lengths
    .map((_, axis) => (kept.includes(axis) ? ":" : "0"))
    .join(", ")
    .replace(/(, :)+$/, "");
}

function notesOn(axes: readonly string[], lengths: readonly number[]): readonly ReadNote[] | undefined {
  const at = axes.indexOf("t");
  if (at < 0 || at === axes.length - 1) return undefined;
  return [
    { text: "The first axis of the array is taken for {count} frames", values: { count: lengths[at] } },
  ];
}

const KINDS: Readonly<Record<string, string>> = { b: "uint", u: "uint", i: "int", f: "float" };

/** Unsupported array types by type letter: their name, and an expression that makes real numbers of an array `a`. */
const OTHER_KINDS: Readonly<Record<string, readonly [what: string, instead: string]>> = {
  c: ["complex numbers", "np.abs(a)"],
  V: ["records of several fields", 'a["one of its fields"]'],
  O: ["Python objects", 'a.astype("float64")'],
  S: ["text", 'a.astype("float64")'],
  U: ["text", 'a.astype("float64")'],
  M: ["times", 'a.astype("int64")'],
  m: ["times", 'a.astype("int64")'],
};

/** Parses `descr`, as in "<f4": byte order, kind, bytes. */
function typeOf(
  file: ByteFile,
  descr: string,
  lengths: readonly number[],
): { dtype: Dtype; littleEndian: boolean; components?: Components } {
  const [, order, kind = "", bytes] = /^([<>|=]?)([A-Za-z?])(\d*)/.exec(descr) ?? [];
  const dtype = `${KINDS[kind]}${8 * Number(bytes)}` as Dtype;
  if (dtype in DTYPES && (kind !== "b" || bytes === "1")) return { dtype, littleEndian: order !== ">" };
  if (kind === "c" && (bytes === "8" || bytes === "16")) {
    return {
      dtype: bytes === "8" ? "float32" : "float64",
      littleEndian: order !== ">",
      components: "complex",
    };
  }
  // np.save() of a dictionary.
  if (kind === "O" && lengths.length === 0) {
    throw refusal(file, "holds a Python object, not an array", 'a.item()["one of its keys"]');
  }
  const [what, instead] = OTHER_KINDS[kind] ?? [`numbers of type ${descr}`, 'a.astype("float64")'];
  throw refusal(file, `holds ${what}, not one real number a voxel`, instead);
}

/** The error for an unsupported array; `instead` is Python that converts an array `a` to a supported one. */
function refusal({ path, archive = "" }: ByteFile, what: string, instead: string): VoxelVolumeError {
  const isKey = /\.npz$/i.test(archive);
  const name = baseName(isKey ? archive : path).replace(/\.gz$/i, "");
  const key = isKey ? `["${path.replace(/\.npy$/, "")}"]` : "";
  const message = `${path} ${what}. In Python: a = np.load("${name}", allow_pickle=True)${key}; np.save("new.npy", ${instead}).`;
  return new VoxelVolumeError("unsupported-format", message);
}
