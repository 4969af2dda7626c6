/**
 * A volume's scalars in the form that is uploaded to the GPU: codes of 1, 2 or 4 bytes. They are the bytes of the file,
 * except for scalars of 8 bytes: these are narrowed after an offset has been subtracted in full precision, which keeps
 * differences of large values.
 */

import { fetched } from "../errors.ts";
import { half } from "../scalars.ts";
import { DTYPES, type Dtype, slicesBox, type Vec3, type Volume } from "../volume.ts";
import type { Codes } from "./codes.ts";
import { MAX_F32 } from "./raw-values.ts";
import type { Narrowed } from "./wide-floats.ts";

/** A range of keys; empty if `first` is greater than `last`. */
export interface KeyRange {
  readonly first: number;
  readonly last: number;
}

/** Codes that are ranks among listed values. */
export const RANK_CODES: Codes = { kind: "unsigned", bytes: 2, bigEndian: false, falling: false };

export const NO_KEYS: KeyRange = { first: 1, last: 0 };

/** The keys that occur in a field, in order, with their codes and the number of voxels that have each. */
export interface Histogram {
  readonly keys: readonly number[];
  readonly codes: readonly number[];
  readonly counts: readonly number[];
}

/** Stored scalars, slice by slice. Keys are codes in the order of their values: see shaders/lib/stored.wgsl. */
export interface ValueSource {
  readonly dims: Vec3;
  readonly codes: Codes;
  /** Keys outside this range are missing. */
  readonly present: KeyRange;
  /** The bytes of slices `z` to `end` (exclusive), x fastest. Rejects as `Volume.read`. */
  slices(z: number, end: number): Promise<Uint8Array>;
  /** The value of a key, in the file's units. */
  valueOfKey(key: number): number;
  /** The value of a scalar, in the file's units. */
  valueOfScalar(scalar: number): number;
  /** The scalar of a value, which may lie between scalars. Not meaningful for ranks. */
  scalarOfValue(value: number): number;
  /** For integers that the codes cannot distinguish: the same values as ranks, if there are few enough of them. */
  listed?(): Promise<ValueSource | undefined>;
  isPresent(scalar: number): boolean;
}

const KINDS = { u: "unsigned", i: "signed", f: "float" } as const;
const KIND_NUMBERS = { unsigned: 0, signed: 1, float: 2 } as const;

export function codeConstants({ kind, bytes, bigEndian, falling }: Codes): Record<string, number> {
  return {
    KIND: KIND_NUMBERS[kind],
    BYTES: bytes,
    BIG_ENDIAN: Number(bigEndian),
    FALLING: Number(falling),
  };
}

/** The scalar of a key. */
export function scalarOf({ kind, bytes, falling }: Omit<Codes, "bigEndian">, key: number): number {
  const ones = 0xffffffff >>> (32 - 8 * bytes);
  const sign = (1 << (8 * bytes - 1)) >>> 0;
  const bits = (falling ? ~key & ones : key) >>> 0;
  if (kind === "unsigned") return bits;
  if (kind === "signed") return bits - sign;
  scratch.setUint32(0, (bits & sign ? bits ^ sign : ~bits & ones) >>> 0);
  return bytes === 4 ? scratch.getFloat32(0) : half(scratch.getUint16(2));
}

const scratch = new DataView(new ArrayBuffer(4));

/** Reads the scalars of codes of 4 bytes. */
export function scalarReader({
  kind,
  bigEndian,
}: Codes): (bytes: Uint8Array) => Uint32Array | Int32Array | Float32Array {
  const Scalars = { unsigned: Uint32Array, signed: Int32Array, float: Float32Array }[kind];
  return (bytes) => {
    // A view of a file's bytes may not be aligned.
    const isUsable = bytes.byteOffset % 4 === 0 && !bigEndian;
    const own = (isUsable ? bytes : bytes.slice()) as Uint8Array<ArrayBuffer>;
    if (bigEndian) swapWords(own);
    return new Scalars(own.buffer, own.byteOffset, own.length / 4);
  };
}

function swapWords(bytes: Uint8Array<ArrayBuffer>): void {
  const words = new Uint32Array(bytes.buffer);
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    words[i] = (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
  }
}

/** The key of each code, for codes of 1 and 2 bytes: `key_of` in shaders/lib/stored.wgsl. */
export function keysOfCodes({ kind, bytes, bigEndian, falling }: Codes): Uint32Array {
  const size = 256 ** bytes;
  const sign = size / 2;
  return Uint32Array.from({ length: size }, (_, code) => {
    let key = bigEndian && bytes === 2 ? ((code & 255) << 8) | (code >> 8) : code;
    if (kind === "signed") key ^= sign;
    else if (kind === "float") key = key & sign ? ~key & (size - 1) : key ^ sign;
    return falling ? size - 1 - key : key;
  });
}

/** A number that is linear in the values and has their order, as `key_value` in shaders/lib/stored.wgsl. */
export function keyValue(codes: Codes, key: number, origin: number): number {
  if (codes.kind !== "float") return key - origin;
  const scalar = scalarOf(codes, key);
  return codes.falling ? -scalar : scalar;
}

/** The number that `keyValue` gives for a value in the file's units, which may lie between keys. */
export function keyValueOf({ codes, scalarOfValue }: ValueSource, value: number, origin: number): number {
  const scalar = scalarOfValue(value);
  const ordered = codes.falling ? -scalar : scalar;
  if (codes.kind === "float") return ordered;
  const first = scalarOf(codes, origin);
  return ordered - (codes.falling ? -first : first);
}

const sources = new WeakMap<Volume, Promise<ValueSource>>();

/** The scalars of a volume. Values that exceed f32 are missing, like NaN and infinities. */
export function storedValues(volume: Volume): Promise<ValueSource> {
  let source = sources.get(volume);
  if (!source) {
    source = sourceOf(volume);
    sources.set(volume, source);
    // A failed attempt may succeed the next time.
    source.catch(() => sources.delete(volume));
  }
  return source;
}

async function sourceOf(volume: Volume): Promise<ValueSource> {
  const { dims, dtype, slope, intercept, littleEndian } = volume;
  const eight = await narrowed(volume);
  const falling = slope < 0;
  const codes: Codes = eight
    ? { kind: eight.kind, bytes: 4, bigEndian: false, falling }
    : { ...stored(dtype), bigEndian: !littleEndian, falling };
  const { offset, unit } = eight ?? { offset: 0, unit: 1 };
  const source = valueSource(
    dims,
    codes,
    {
      valueOfScalar: (scalar) => (offset + scalar * unit) * slope + intercept,
      // Not computed from the value of the scalar 1, which a large offset could absorb.
      scalarOfValue: (value) => ((value - intercept) / slope - offset) / unit,
    },
    slicesOf(volume, eight?.codes),
  );
  if (!eight?.listed) return source;
  let listed: Promise<ValueSource | undefined> | undefined;
  return {
    ...source,
    listed: () => {
      listed ??= listedSource(volume, eight);
      return listed;
    },
  };
}

/** The values of a volume as ranks. */
async function listedSource(volume: Volume, narrowed: Narrowed): Promise<ValueSource | undefined> {
  const { dims, slope, intercept } = volume;
  const listed = await narrowed.listed?.(slope < 0);
  if (!listed) return undefined;
  const meaning = rankedBy((rank) => listed.scalars[rank] * slope + intercept);
  return valueSource(dims, RANK_CODES, meaning, slicesOf(volume, listed.codes));
}

/** The slices of a volume, with its scalars converted by `codes`. */
function slicesOf(
  volume: Volume,
  codes: (scalars: Uint8Array) => Uint8Array = (scalars) => scalars,
): ValueSource["slices"] {
  return async (z, end) => codes(await volume.read(0, slicesBox(volume.dims, z, end)));
}

/** The conversion between scalars and values. */
type Meaning = Pick<ValueSource, "valueOfScalar" | "scalarOfValue">;

/** The conversion for ranks as scalars. */
export function rankedBy(valueOfRank: (rank: number) => number): Meaning {
  return { valueOfScalar: valueOfRank, scalarOfValue: () => 0 };
}

export function valueSource(
  dims: Vec3,
  codes: Codes,
  { valueOfScalar, scalarOfValue }: Meaning,
  slices: ValueSource["slices"],
): ValueSource {
  const valueOfKey = (key: number) => valueOfScalar(scalarOf(codes, key));
  const isPresent = (scalar: number) => Math.abs(valueOfScalar(scalar)) <= MAX_F32;
  return {
    dims,
    codes,
    present: presentKeys(codes, valueOfKey),
    slices,
    valueOfKey,
    valueOfScalar,
    scalarOfValue,
    isPresent,
  };
}

function stored(dtype: Dtype): Pick<Codes, "kind" | "bytes"> {
  const bits = Number(/\d+/.exec(dtype)?.[0]);
  return { kind: KINDS[dtype[0] as keyof typeof KINDS], bytes: (bits / 8) as Codes["bytes"] };
}

/** The range of finite keys whose values are finite in f32. */
function presentKeys(codes: Codes, valueOfKey: (key: number) => number): KeyRange {
  const ones = 0xffffffff >>> (32 - 8 * codes.bytes);
  // Floats have infinities and NaN at both ends: as many as there are fractions, plus one.
  const beyond = codes.kind === "float" ? 2 ** (codes.bytes === 4 ? 23 : 10) : 0;
  const [first, last] = [beyond, ones - beyond];
  // Values increase with keys.
  const search = (isBelow: (value: number) => boolean) => {
    let [low, high] = [first, last + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (isBelow(valueOfKey(middle))) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    first: search((value) => value < -MAX_F32),
    last: search((value) => value <= MAX_F32) - 1,
  };
}

/** Few volumes have scalars of 8 bytes, so the code that narrows them is loaded on demand. */
async function narrowed(volume: Volume): Promise<Narrowed | undefined> {
  const { dtype } = volume;
  if (DTYPES[dtype] < 8) return undefined;
  if (dtype === "float64") return (await fetched(import("./wide-floats.ts"))).narrowedFloats(volume);
  return (await fetched(import("./wide-integers.ts"))).narrowedIntegers(volume, dtype === "int64");
}
