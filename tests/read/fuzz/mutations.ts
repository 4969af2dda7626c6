/** Mutations: turn valid files into inputs of the fuzzer. */

import { gzipSync } from "node:zlib";
import { concat } from "../../support/make-volume.ts";
import { lieInZip, zipSync } from "./archives.ts";
import { setFields } from "./header-fields.ts";
import type { Random } from "./random.ts";
import type { Files } from "./seeds.ts";

/** The files of a seed after a few mutations. */
export function mutated(seed: Files, random: Random, all: readonly Files[]): Map<string, Uint8Array> {
  let files = new Map([...seed].map(([name, bytes]) => [name, bytes.slice()] as [string, Uint8Array]));
  for (let left = random.int(5); left > 0; left--) {
    if (random.chance(0.2)) files = random.pick(AROUND)(files, random);
    else {
      const name = random.pick([...files.keys()]);
      const other = random.pick([...random.pick(all).values()]);
      files.set(name, random.pick(WITHIN)(files.get(name) as Uint8Array, random, other));
    }
  }
  return files;
}

type Within = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;
type Around = (files: Map<string, Uint8Array>, random: Random) => Map<string, Uint8Array>;

const BYTES = [0, 1, 2, 0x0a, 0x20, 0x2d, 0x30, 0x39, 0x7f, 0x80, 0xfe, 0xff];
const NUMBERS = [
  0,
  -0,
  1,
  -1,
  2,
  3,
  7,
  8,
  127,
  255,
  256,
  348,
  540,
  32767,
  -32768,
  65535,
  1e6,
  2 ** 31 - 1,
  -(2 ** 31),
];
const FLOATS = [
  ...NUMBERS,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  1e-45,
  1e38,
  1e-320,
  1e308,
];
const WORDS = [
  "0",
  "-1",
  "1",
  "99999",
  "4294967296",
  "99999999999999999999",
  "1e308",
  "nan",
  "inf",
  "True",
  "none",
  "",
  "((",
  "💧",
];

/** A random offset in a file, mostly in a header or in a directory at the end. */
function place(bytes: Uint8Array, random: Random): number {
  const near = Math.min(bytes.length, random.pick([16, 130, 360, 560]));
  const where = random.next();
  if (where < 0.65) return random.int(near);
  return where < 0.85 ? bytes.length - 1 - random.int(near) : random.int(bytes.length);
}

const WITHIN: readonly Within[] = [
  edited((bytes, at, random) => {
    bytes[at] ^= 1 << random.int(8);
  }),
  edited((bytes, at, random) => {
    bytes[at] = random.pick(BYTES);
  }),
  setNumber,
  setNumber,
  setFields,
  setFields,
  setFields,
  // Cuts off the end; a few bytes are left as often as many.
  (bytes, random) => bytes.subarray(0, random.int(Math.min(2 ** (1 + random.int(16)), bytes.length + 1))),
  (bytes, random) => bytes.subarray(random.int(Math.min(bytes.length, 50) + 1)),
  (bytes, random) => inserted(bytes, place(bytes, random), random.bytes(random.int(20))),
  (bytes, random) => inserted(bytes, bytes.length, new Uint8Array(random.int(3000)).fill(random.pick(BYTES))),
  (bytes, random) => {
    const [start, length] = [place(bytes, random), random.int(400)];
    return inserted(bytes, place(bytes, random), bytes.subarray(start, start + length));
  },
  (bytes, random) => {
    const start = place(bytes, random);
    return concat(bytes.subarray(0, start), bytes.subarray(start + random.int(200)));
  },
  (bytes, random, other) => {
    const [start, from] = [place(bytes, random), place(other, random)];
    return concat(
      bytes.subarray(0, start),
      other.subarray(from, from + random.int(2000)),
      bytes.subarray(start),
    );
  },
  (bytes, random, other) =>
    concat(bytes.subarray(0, random.int(bytes.length + 1)), other.subarray(random.int(other.length + 1))),
  (bytes, _, other) => concat(bytes, other),
  changeText,
  changeText,
  (bytes, random) => {
    lieInZip(bytes, random);
    return bytes;
  },
];

function edited(edit: (bytes: Uint8Array, at: number, random: Random) => void): Within {
  return (bytes, random) => {
    for (let left = 1 + random.int(3); left > 0 && bytes.length > 0; left--)
      edit(bytes, place(bytes, random), random);
    return bytes;
  };
}

function inserted(bytes: Uint8Array, at: number, part: Uint8Array): Uint8Array {
  return concat(bytes.subarray(0, Math.max(at, 0)), part, bytes.subarray(Math.max(at, 0)));
}

/** Sets a number anywhere in a header to an extreme value. */
function setNumber(bytes: Uint8Array, random: Random): Uint8Array {
  const size = random.pick([2, 2, 4, 4, 8]);
  const step = random.pick([2, size]);
  const at = Math.floor(place(bytes, random) / step) * step;
  if (at < 0 || at + size > bytes.length) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = random.chance(0.7);
  const isFloat = random.chance(0.4);
  if (size === 2) view.setInt16(at, random.pick(NUMBERS), little);
  else if (size === 4) {
    if (isFloat) view.setFloat32(at, random.pick(FLOATS), little);
    else view.setInt32(at, random.pick(NUMBERS), little);
  } else if (isFloat) view.setFloat64(at, random.pick(FLOATS), little);
  else view.setBigInt64(at, BigInt(random.pick(NUMBERS)), little);
  return bytes;
}

/** Changes words, numbers or lines in the text at the beginning of a file. */
function changeText(bytes: Uint8Array, random: Random): Uint8Array {
  const length = Math.min(bytes.length, 700);
  const head = Buffer.from(bytes.subarray(0, length)).toString("latin1");
  const words = [...head.matchAll(random.chance(0.6) ? /-?\d+(\.\d+)?/g : /[A-Za-z_]+/g)];
  let changed = head;
  if (random.chance(0.6) && words.length > 0) {
    const [word] = words.splice(random.int(words.length), 1);
    const instead = random.chance(0.7) ? random.pick(WORDS) : (words[random.int(words.length)]?.[0] ?? "");
    changed = head.slice(0, word.index) + instead + head.slice(word.index + word[0].length);
  } else {
    const lines = head.split("\n");
    const at = random.int(lines.length);
    if (random.chance(0.5)) lines.splice(at, 1);
    else lines.splice(at, 0, random.pick(lines));
    changed = lines.join("\n");
  }
  return concat(new Uint8Array(Buffer.from(changed)), bytes.subarray(length));
}

const NAMES = [
  "a.nii",
  "a.hdr",
  "a.img",
  "a.npy",
  "a.zip",
  "a.nii.gz",
  "a.npz",
  "a.gz",
  "a.mgz",
  "a.nrrd",
  "a.mha",
  "a.tif",
  "a.dcm",
  "a",
  ".nii",
  "A.NII",
  "../a.hdr",
  "a\n.nii",
  "é 体.nii",
  `${"x".repeat(300)}.nii`,
];

const AROUND: readonly Around[] = [
  // Renames one file or all.
  (files, random) =>
    new Map([...files].map(([name, bytes]) => [random.chance(0.6) ? random.pick(NAMES) : name, bytes])),
  // Swaps names.
  (files) => {
    const names = [...files.keys()];
    return new Map([...files.values()].map((bytes, i) => [names[(i + 1) % names.length], bytes]));
  },
  // Removes or adds a file.
  (files, random) => new Map([...files].filter((_, i) => i === 0 || random.chance(0.5))),
  (files, random) => new Map([...files, [random.pick(NAMES), random.pick([...files.values()])]]),
  // Compresses once or twice.
  gzipped,
  gzipped,
  (files, random) => gzipped(gzipped(files, random), random),
  // Puts the files in an archive, with or without folders, and possibly that in another archive.
  archived,
  archived,
  (files, random) => archived(archived(files, random), random),
];

function gzipped(files: Map<string, Uint8Array>, random: Random): Map<string, Uint8Array> {
  return new Map(
    [...files].map(([name, bytes]) => {
      const level = random.pick([0, 6]);
      return [random.chance(0.8) ? `${name}.gz` : name, new Uint8Array(gzipSync(bytes, { level }))];
    }),
  );
}

function archived(files: Map<string, Uint8Array>, random: Random): Map<string, Uint8Array> {
  const folder = random.pick(["", "", "x/", "../", "__MACOSX/", "C:\\"]);
  const held = new Map([...files].map(([name, bytes]) => [folder + name, bytes]));
  return new Map([[random.chance(0.8) ? "b.zip" : random.pick(NAMES), zipSync(held, random.chance(0.7))]]);
}
