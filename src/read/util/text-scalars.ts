/** Decodes scalars that a file stores as text: decimal numbers, or bytes as hexadecimal digits. */
import { Pace } from "../../pace.ts";
import { DTYPES, type Dtype } from "../../volume.ts";
import type { ReadOptions } from "../sources/source.ts";
import { type ByteFile, streamOf } from "./byte-file.ts";
import { INTEGER_ARRAYS } from "./components.ts";
import { damaged } from "./damaged.ts";
import { chunksOf } from "./file-parts.ts";
import { GrowingBytes } from "./memory.ts";

/** Most bytes of the first allocation. */
const FIRST = 1 << 20;
/** Most characters of a number. */
const LONGEST = 400;

/** Scalars, little-endian, from a text of numbers separated by white space or commas. */
export function numbersIn(file: ByteFile, dtype: Dtype): ByteFile {
  const decode = scalarOf(dtype);
  // A number takes at least a digit and a space.
  return decodedFile(file, DTYPES[dtype] / 2, async function* (chunks) {
    const text = new TextDecoder();
    let [rest, count] = ["", 0];
    const scalars = (tokens: readonly string[]) => {
      const bytes = new Uint8Array(tokens.length * DTYPES[dtype]);
      for (const [i, token] of tokens.entries()) {
        const scalar = token.length > LONGEST ? undefined : decode(token);
        if (!scalar)
          throw damaged(
            file.path,
            `has "${token.slice(0, 20)}" after ${count + i} numbers, which is not of type ${dtype}`,
          );
        bytes.set(scalar, i * DTYPES[dtype]);
      }
      count += tokens.length;
      return bytes;
    };
    for await (const chunk of chunks) {
      const tokens = (rest + text.decode(chunk, { stream: true })).split(/[\s,]+/);
      rest = tokens.pop() as string;
      if (rest.length > LONGEST)
        throw damaged(file.path, `has "${rest.slice(0, 20)}..." among its numbers, which is not a number`);
      yield scalars(tokens[0] === "" ? tokens.slice(1) : tokens);
    }
    if (rest !== "") yield scalars([rest]);
  });
}

const NO_DIGIT = 255;
/** Values of the hexadecimal digits, by character code. */
const DIGITS = new Uint8Array(256).fill(NO_DIGIT);
for (const [value, digit] of [..."0123456789abcdef"].entries()) {
  DIGITS[digit.charCodeAt(0)] = value;
  DIGITS[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Bytes from a text of hexadecimal digits, two per byte. */
export function hexIn(file: ByteFile): ByteFile {
  return decodedFile(file, 1 / 2, async function* (chunks) {
    let high = -1;
    for await (const chunk of chunks) {
      const bytes = new Uint8Array((chunk.length + 1) >> 1);
      let length = 0;
      for (const code of chunk) {
        if (code <= 32) continue;
        const digit = DIGITS[code];
        if (digit === NO_DIGIT)
          throw damaged(
            file.path,
            `has "${String.fromCharCode(code)}" among its voxels, which is not a hexadecimal digit`,
          );
        if (high >= 0) bytes[length++] = high * 16 + digit;
        high = high >= 0 ? -1 : digit;
      }
      yield bytes.subarray(0, length);
    }
  });
}

type Chunks = AsyncIterable<Uint8Array>;

/**
 * The file that `decode` makes of another, from its beginning up to the requested part; `ratio`: most output bytes per
 * input byte.
 */
function decodedFile(file: ByteFile, ratio: number, decode: (chunks: Chunks) => Chunks): ByteFile {
  const size = async () => Math.ceil(((await file.size()) + 1) * ratio);
  const read = async (start: number, end: number, options: ReadOptions = {}) => {
    const stop = Math.min(end, await size());
    const wanted = Math.max(0, stop - start);
    // A header's claim may be false, so memory grows as numbers are decoded.
    const out = new GrowingBytes(file.path, wanted, FIRST);
    const pace = new Pace(options.signal);
    let at = 0;
    for await (const bytes of decode(chunksOf(file, options))) {
      out.push(bytes.subarray(Math.max(0, start - at), Math.max(0, stop - at)));
      at += bytes.length;
      if (at >= stop) break;
      await pace.rest();
    }
    return out.bytes;
  };
  return {
    ...file,
    size,
    read,
    head: (length) => read(0, length),
    stream: async (options) => streamOf([await read(0, Number.POSITIVE_INFINITY, options)]),
    inParts: async () => false,
  };
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const NOT_FINITE = /^([+-]?)(nan|inf|infinity)$/i;

/**
 * Returns a function from a number's text to the bytes of its scalar; undefined if the text is not a number of the
 * type. The next call reuses the bytes.
 */
function scalarOf(dtype: Dtype): (token: string) => Uint8Array | undefined {
  const view = new DataView(new ArrayBuffer(DTYPES[dtype]));
  const bytes = new Uint8Array(view.buffer);
  if (dtype === "int64" || dtype === "uint64") {
    const fit = dtype === "int64" ? BigInt.asIntN : BigInt.asUintN;
    return (token) => {
      if (!/^[+-]?\d+$/.test(token)) return undefined;
      const value = BigInt(token.replace("+", ""));
      view.setBigUint64(0, BigInt.asUintN(64, value), true);
      return fit(64, value) === value ? bytes : undefined;
    };
  }
  if (dtype === "float32" || dtype === "float64") {
    return (token) => {
      const [, sign, name] = NOT_FINITE.exec(token) ?? [];
      if (!name && !NUMBER.test(token)) return undefined;
      const size = /^inf/i.test(name) ? Number.POSITIVE_INFINITY : Number.NaN;
      const value = name ? (sign === "-" ? -size : size) : Number(token);
      if (dtype === "float32") view.setFloat32(0, value, true);
      else view.setFloat64(0, value, true);
      return bytes;
    };
  }
  const scalar = new INTEGER_ARRAYS[dtype as keyof typeof INTEGER_ARRAYS](1);
  const own = new Uint8Array(scalar.buffer);
  return (token) => {
    scalar[0] = Number(token);
    return NUMBER.test(token) && scalar[0] === Number(token) ? own : undefined;
  };
}
