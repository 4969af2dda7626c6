/** NumPy's .npy and .npz: every type, order and version; what is refused, and what NumPy itself writes. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles } from "../../src/read/index.ts";
import { gzip, niftiFile, type Scalar, voxels, zip } from "../support/make-volume.ts";
import { inCOrder, type NpySpec, npyFile } from "../support/npy.ts";
import { readVolume } from "../support/volume-data.ts";
import { expectError, read } from "./support.ts";

const TYPES: Record<string, Scalar> = {
  u1: "uint8",
  i1: "int8",
  u2: "uint16",
  i2: "int16",
  u4: "uint32",
  i4: "int32",
  u8: "uint64",
  i8: "int64",
  f2: "float16",
  f4: "float32",
  f8: "float64",
};
const dims = [7, 5, 3];

const npy = (spec: Partial<NpySpec>, bytes: Uint8Array = new Uint8Array(105)) =>
  fromBytes("a.npy", npyFile({ descr: "'|u1'", shape: dims, ...spec }, bytes));

for (const [code, dtype] of Object.entries(TYPES)) {
  test(`${dtype}, both byte orders, C and Fortran order`, async () => {
    for (const order of code.endsWith("1") ? ["|"] : ["<", ">", "="]) {
      const bytes = voxels({ dims, dtype, bigEndian: order === ">" });
      const shape = { descr: `'${order}${code}'`, shape: dims };
      const expected = { name: "a.npy", dims, dtype, littleEndian: order !== ">", frames: 1, frame: 0 };
      const volume = await read(npy(shape, inCOrder(bytes, Number(code[1]), dims)));
      expect(volume).toMatchObject({ ...expected, spacing: [1, 1, 1], slope: 1, intercept: 0 });
      expect(volume.affine).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
      expect(volume.unitless).toBe(true);
      expect(volume.oriented).toBeUndefined();
      expect([...volume.data]).toEqual([...bytes]);
      const fortran = await read(npy({ ...shape, fortran: true }, bytes));
      expect(fortran).toMatchObject(expected);
      expect([...fortran.data]).toEqual([...bytes]);
    }
  });
}

test("sides longer than what is transposed at a time", async () => {
  for (const [shape, dtype] of [
    [[130, 3, 70], "int16"],
    [[3, 130, 65], "float64"],
    [[64, 1, 129], "uint8"],
  ] as const) {
    const bytes = voxels({ dims: [...shape], dtype });
    const size = bytes.length / (shape[0] * shape[1] * shape[2]);
    const descr = `'<${{ int16: "i2", float64: "f8", uint8: "u1" }[dtype]}'`;
    const { data } = await read(npy({ descr, shape }, inCOrder(bytes, size, shape)));
    expect(Buffer.from(data).equals(bytes)).toBe(true);
  }
});

test("truth values are 0 and 1", async () => {
  const bytes = voxels({ dims, dtype: "uint8", value: (i) => i % 2 });
  const volume = await read(npy({ descr: "'|b1'", fortran: true }, bytes));
  expect(volume.dtype).toBe("uint8");
  expect([...volume.data]).toEqual([...bytes]);
});

test("versions 2.0 and 3.0, and headers of other writers", async () => {
  const bytes = voxels({ dims, dtype: "uint8" });
  for (const version of [2, 3] as const) {
    expect([...(await read(npy({ version, fortran: true }, bytes))).data]).toEqual([...bytes]);
  }
  for (const header of [
    "{'shape': (7L, 5L, 3L), 'fortran_order': True, 'descr': '|u1'}",
    `{"descr":"|u1","fortran_order":True,"shape":(7,5,3)}`,
    // Longer than the first bytes that are looked at.
    `{'descr': '|u1', 'fortran_order': True, ${" ".repeat(1000)}'shape': (7, 5, 3), }`,
  ]) {
    expect([...(await read(npy({ header }, bytes))).data], header).toEqual([...bytes]);
  }
});

test("an image is one layer, a fourth axis is frames in either order", async () => {
  const image = voxels({ dims: [7, 5], dtype: "uint8" });
  const layer = await read(npy({ shape: [7, 5] }, inCOrder(image, 1, [7, 5])));
  expect(layer.dims).toEqual([7, 5, 1]);
  expect([...layer.data]).toEqual([...image]);
  const shape = [7, 5, 3, 4];
  const all = voxels({ dims: shape, dtype: "int16" });
  for (const fortran of [false, true]) {
    const file = npy({ descr: "'<i2'", shape, fortran }, fortran ? all : inCOrder(all, 2, shape));
    for (const frame of [0, 3]) {
      const volume = await read(file, { frame });
      expect(volume).toMatchObject({ dims, frames: 4, frame });
      expect([...volume.data]).toEqual([...all.subarray(frame * 210, (frame + 1) * 210)]);
    }
    await expectError(read(file, { frame: 4 }), "invalid-option", "frames 0 to 3");
  }
});

test("axes: leading ones are dropped, a short first axis is of frames, bytes of three or four are colours", async () => {
  for (const [shape, axes, dims, frames] of [
    [[1, 7, 5, 3], "(1, x, y, z)", [7, 5, 3], 1],
    [[1, 1, 7, 5, 3], "(1, 1, x, y, z)", [7, 5, 3], 1],
    [[7, 5, 3, 1, 1], "(x, y, z, 1, 1)", [7, 5, 3], 1],
    [[1, 7, 5], "(x, y, z)", [1, 7, 5], 1],
    [[2, 9, 8, 7], "(frame, x, y, z)", [9, 8, 7], 2],
    [[1, 2, 9, 8, 7], "(1, frame, x, y, z)", [9, 8, 7], 2],
    [[4, 9, 8, 7], "(x, y, z, frame)", [4, 9, 8], 7],
    [[9, 8, 7, 2], "(x, y, z, frame)", [9, 8, 7], 2],
    [[9, 8], "(x, y)", [9, 8, 1], 1],
  ] as const) {
    const all = voxels({ dims: [...dims, frames], dtype: "int16" });
    for (const fortran of [false, true]) {
      // Bytes in x fastest with frames last, laid out as an array of this shape would be.
      const order =
        axes.startsWith("(frame") || axes.startsWith("(1, frame") ? framesFirst(all, frames) : all;
      const bytes = fortran ? order : inCOrder(order, 2, [...shape]);
      const { volume, entries } = await readVolume(
        npy({ descr: "'<i2'", shape: [...shape], fortran }, bytes),
        {
          frame: frames - 1,
        },
      );
      const name = `${shape}, ${fortran ? "Fortran" : "C"} order`;
      expect(entries[0], name).toMatchObject({ axes, dims: [...dims], frames });
      const n = all.length / frames;
      expect(Buffer.from(volume.data).equals(all.subarray(n * (frames - 1))), name).toBe(true);
      expect(volume.notes?.length ?? 0, name).toBe(axes.includes("frame, x") ? 1 : 0);
    }
  }
});

/** 16-bit scalars of several frames, the frame fastest. */
function framesFirst(bytes: Uint8Array, frames: number): Uint8Array {
  const scalars = new Uint16Array(bytes.slice().buffer);
  const n = scalars.length / frames;
  return new Uint8Array(
    Uint16Array.from(scalars, (_, i) => scalars[(i % frames) * n + Math.floor(i / frames)]).buffer,
  );
}

test("colours become luminance, complex numbers their magnitude, and both are noted", async () => {
  const shape = [4, 3, 2, 3];
  const rgb = Uint8Array.from({ length: 72 }, (_, i) => (i * 53) % 256);
  const { volume, entries } = await readVolume(npy({ shape }, rgb));
  expect(entries[0]).toMatchObject({ axes: "(x, y, z, colour)", components: "rgb", frames: 1 });
  expect(volume).toMatchObject({ dims: [4, 3, 2], dtype: "uint8", frames: 1 });
  expect(volume.notes).toEqual([{ text: "Colours are shown as their luminance" }]);
  const luminance = (x: number, y: number, z: number) => {
    const [r, g, b] = rgb.subarray(3 * ((x * 3 + y) * 2 + z));
    return Math.round(0.2126 * r + 0.7152 * g + 0.0722 * b);
  };
  expect([...volume.data]).toEqual(
    Array.from({ length: 24 }, (_, i) => luminance(i % 4, Math.floor(i / 4) % 3, Math.floor(i / 12))),
  );
  const layer = await readVolume(npy({ shape: [1, 1, 8, 3] }, rgb.subarray(0, 24)));
  expect(layer.entries[0]).toMatchObject({ axes: "(x, y, z, colour)", dims: [1, 1, 8] });
  const batch = await readVolume(npy({ shape: [1, 4, 3, 2, 3] }, rgb));
  expect(batch.entries[0]).toMatchObject({ axes: "(1, x, y, z, colour)", dims: [4, 3, 2] });
  const green = await read(npy({ shape }, rgb), { component: 1 });
  expect(green.data[1]).toBe(rgb[3 * 6 + 1]);
  await expectError(read(npy({ shape }, rgb), { component: 3 }), "invalid-option", "0 to 2");
  for (const [descr, bigEndian] of [
    ["'<c8'", false],
    ["'>c8'", true],
  ] as const) {
    const parts = voxels({
      dims: [2, 24],
      dtype: "float32",
      bigEndian,
      value: (i) => (i % 2 ? -4 : 3) * (i >> 1),
    });
    const complex = await read(npy({ descr, shape: [4, 3, 2], fortran: true }, parts));
    expect(complex).toMatchObject({ dtype: "float32", littleEndian: true });
    expect(complex.notes).toEqual([{ text: "Complex numbers are shown as their magnitude" }]);
    expect([...new Float32Array(complex.data.slice().buffer)]).toEqual(
      Array.from({ length: 24 }, (_, i) => 5 * i),
    );
  }
});

test("gzipped, as a file, and in an archive among other things", async () => {
  const bytes = voxels({ dims, dtype: "uint8" });
  const file = npyFile({ descr: "'|u1'", shape: dims, fortran: true }, bytes);
  expect([...(await read(fromBytes("a.npy.gz", await gzip(file)))).data]).toEqual([...bytes]);
  expect([...(await read(fromFiles([new File([file], "a.npy")]))).data]).toEqual([...bytes]);
  const archive = await zip({
    "names.npy": npyFile({ descr: "'<U3'", shape: [2] }, new Uint8Array(24)),
    "times.npy": npyFile({ descr: "'<f8'", shape: [100] }, new Uint8Array(800)),
    "small.npy": npyFile({ descr: "'|u1'", shape: [2, 2, 2] }, new Uint8Array(8)),
    "head.npy": file,
    "scan.nii": niftiFile({ dims: [4, 3, 2] }),
  });
  const source = fromBytes("a.npz", archive);
  const { volume, entries } = await readVolume(source);
  expect(volume.name).toBe("head.npy");
  expect([...volume.data]).toEqual([...bytes]);
  expect(entries.map(({ path, format }) => [path, format])).toEqual([
    ["small.npy", "npy"],
    ["head.npy", "npy"],
    ["scan.nii", "nifti1"],
  ]);
  expect((await read(source, { entry: "small" })).dims).toEqual([2, 2, 2]);
  await expectError(read(source, { entry: "times" }), "unsupported-format", "times.npy", "1 axis", "100");
});

test("arrays of an archive by their keys, though the name of every file ends with some of them", async () => {
  const array = (value: number) => npyFile({ descr: "'|u1'", shape: [1, 1, 1] }, Uint8Array.of(value));
  const files = {
    "x.npy": array(1),
    "y.npy": array(2),
    "npy.npy": array(3),
    "brainmask.npy": array(4),
    "mask.npy": array(5),
  };
  const source = fromBytes("a.npz", await zip(files));
  for (const [entry, value] of [
    ["x", 1],
    ["y", 2],
    ["npy", 3],
    ["mask", 5],
    ["brain", undefined],
  ] as const) {
    if (value) expect([...(await read(source, { entry })).data], entry).toEqual([value]);
    else await expectError(read(source, { entry }), "entry-not-found", "brainmask.npy");
  }
});

test("what is no array of real numbers with three axes, and what to do about it in Python", async () => {
  for (const [descr, ...words] of [
    ["'<c32'", "complex", 'a = np.load("a.npy", allow_pickle=True); np.save("new.npy", np.abs(a))'],
    ["'|O'", "objects", 'allow_pickle=True); np.save("new.npy", a.astype("float64"))'],
    ["'<U12'", "text", "astype"],
    ["'|S5'", "text", "astype"],
    ["'|V8'", "fields", 'a["'],
    ["[('r', '|u1'), ('shape', '<f4', (2, 2))]", "fields", 'a["'],
    ["'<M8[ns]'", "times", 'a.astype("int64")'],
    ["'<f16'", "<f16", 'a.astype("float64")'],
    ["'nonsense'", "nonsense", "a.astype"],
  ]) {
    await expectError(read(npy({ descr })), "unsupported-format", "a.npy", ...words);
  }
  await expectError(read(npy({ shape: [105] })), "unsupported-format", "105", "a.reshape(nx, ny, nz)");
  await expectError(read(npy({ shape: [] })), "unsupported-format", "0 axes");
  await expectError(read(npy({ descr: "'|O'", shape: [] })), "unsupported-format", 'a.item()["');
  await expectError(
    read(npy({ shape: [7, 5, 3, 2, 2] })),
    "unsupported-format",
    "5 axes",
    "a[:, :, :, 0, 0]",
  );
  await expectError(read(npy({ shape: [2, 2, 7, 5, 3] })), "unsupported-format", "5 axes", "a[0, 0])");
  await expectError(read(npy({ shape: [7, 0, 3] })), "unsupported-format", "empty", "(7, 0, 3)");
});

test("advice on an array of an archive loads the archive, and takes the array by its key", async () => {
  const text = npyFile({ descr: "'<U3'", shape: [2] }, new Uint8Array(24));
  const archive = await zip({
    "names.npy": text,
    "head.npy": npyFile({ descr: "'|u1'", shape: dims }, new Uint8Array(105)),
  });
  await expectError(
    read(fromBytes("study/a.npz", archive), { entry: "names" }),
    "unsupported-format",
    'a = np.load("a.npz", allow_pickle=True)["names"]; np.save(',
  );
  await expectError(
    read(fromBytes("a.zip", archive), { entry: "names" }),
    "unsupported-format",
    'a = np.load("names.npy", allow_pickle=True); np.save(',
  );
});

test("damage, and claims of more than is there", async () => {
  await expectError(read(npy({ shape: [7, 5, 4] })), "corrupt-file", "7 x 5 x 4", "268", "233");
  await expectError(read(npy({ shape: [9e6, 9e6, 9e6] })), "corrupt-file", "9000000");
  const exponent = `{'descr': '|u1', 'fortran_order': False, 'shape': (${"9".repeat(400)}, 1, 1), }`;
  await expectError(read(npy({ header: exponent })), "corrupt-file", "a.npy");
  for (const header of [
    "{'descr': '|u1', 'fortran_order': False}",
    "{'descr': '|u1', 'shape': (7, 5, 3)}",
    "{'fortran_order': False, 'shape': (7, 5, 3)}",
    "{'descr': '|u1', 'fortran_order': False, 'shape': (7, -5, 3)}",
  ]) {
    await expectError(read(npy({ header })), "corrupt-file", "a.npy", "header");
  }
  const file = npyFile({ descr: "'|u1'", shape: dims }, new Uint8Array(105));
  for (const length of [8, 11, 30, 127]) {
    await expectError(read(fromBytes("a.npy", file.subarray(0, length))), "corrupt-file", "cut off");
  }
  const long = file.slice();
  long[6] = 2;
  long.fill(0xff, 8, 12);
  await expectError(read(fromBytes("a.npy", long)), "corrupt-file", "4294967295");
  long[6] = 9;
  await expectError(read(fromBytes("a.npy", long)), "unsupported-format", "version 9");
});

test("a long array in C order leaves room for other things, and can be aborted", async () => {
  const file = npy({ shape: [384, 384, 384] }, new Uint8Array(384 ** 3));
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  await read(file);
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(1);
  const reading = readVolume(file, { signal: AbortSignal.timeout(5) });
  await expect(reading).rejects.toMatchObject({ name: "TimeoutError" });
});

test("what NumPy writes", async () => {
  test.skip(spawnSync("python3", ["-c", "import numpy"]).status !== 0, "there is no python3 with numpy here");
  const folder = mkdtempSync(join(tmpdir(), "voxel-volume-"));
  const script = `
import numpy as np
from numpy.lib import format
a = (np.arange(7 * 5 * 3).reshape(7, 5, 3) * 37 % 127)
for code in "u1 i1 <u2 >u2 <i2 >i2 <u4 >i4 <u8 >i8 <f2 >f2 <f4 >f4 <f8 >f8".split():
    for order in "CF":
        name = code.replace("<", "l").replace(">", "b") + order + ".npy"
        np.save(name, np.asarray(a.astype(code), order=order))
np.save("bool.npy", a > 60)
np.save("transposed.npy", a.astype("<i2").transpose(2, 0, 1))
for version in [(1, 0), (2, 0), (3, 0)]:
    with open(f"version{version[0]}.npy", "wb") as file:
        format.write_array(file, a.astype("<i2"), version)
np.savez("plain.npz", a.astype("<i2"), np.arange(3))
np.savez_compressed("packed.npz", head=a.astype("<i2"), label="head")
np.save("complex.npy", a + 1j)
np.save("fields.npy", np.zeros(3, dtype=[("x", "<f4"), ("y", "<i2")]))
`;
  try {
    execFileSync("python3", ["-c", script], { cwd: folder });
    const open = (name: string) => fromBytes(name, readFileSync(join(folder, name)));
    const values = (dtype: Scalar, bigEndian: boolean) => [
      // In NumPy the last axis counts fastest.
      ...voxels({ dims, dtype, bigEndian, value: (i) => (cIndex(i) * 37) % 127 }),
    ];
    for (const [code, dtype] of Object.entries(TYPES)) {
      for (const order of ["C", "F"]) {
        const names = { l: `l${code}${order}.npy`, b: `b${code}${order}.npy`, "": `${code}${order}.npy` };
        for (const [endian, name] of Object.entries(names)) {
          if (
            !"u1 i1 lu2 bu2 li2 bi2 lu4 bi4 lu8 bi8 lf2 bf2 lf4 bf4 lf8 bf8"
              .split(" ")
              .includes(endian + code)
          )
            continue;
          const volume = await read(open(name));
          expect(volume, name).toMatchObject({ dims, dtype });
          expect([...volume.data], name).toEqual(values(dtype, endian === "b"));
        }
      }
    }
    const plain = values("int16", false);
    for (const name of ["version1.npy", "version2.npy", "version3.npy", "plain.npz", "packed.npz"]) {
      expect([...(await read(open(name))).data], name).toEqual(plain);
    }
    expect((await read(open("plain.npz"))).name).toBe("arr_0.npy");
    expect((await read(open("packed.npz"), { entry: "head" })).name).toBe("head.npy");
    const truth = voxels({ dims, dtype: "uint8", value: (i) => Number((cIndex(i) * 37) % 127 > 60) });
    expect([...(await read(open("bool.npy"))).data]).toEqual([...truth]);
    const { dims: turned, data } = await read(open("transposed.npy"));
    expect(turned).toEqual([3, 7, 5]);
    // b[z, x, y] is a[x, y, z].
    const swapped = (i: number) => {
      const [z, x, y] = [i % 3, Math.floor(i / 3) % 7, Math.floor(i / 21)];
      return ((x * 15 + y * 3 + z) * 37) % 127;
    };
    expect([...data]).toEqual([...voxels({ dims: [3, 7, 5], value: swapped })]);
    await expectError(read(open("fields.npy")), "unsupported-format", "fields");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** C order's index of the voxel that is the i-th with x fastest. */
function cIndex(i: number): number {
  const [x, y, z] = [i % 7, Math.floor(i / 7) % 5, Math.floor(i / 35)];
  return x * 15 + y * 3 + z;
}
