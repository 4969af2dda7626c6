/** NumPy: arrays of every type, order and version, and the meaning of their axes. */
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import { voxels } from "../support/make-volume.ts";
import { inCOrder, NPY_TYPES, type NpySpec, npyFile } from "../support/npy.ts";
import { readVolume } from "../support/volume-data.ts";
import { expectError, read } from "./support.ts";

const dims = [7, 5, 3];

const npy = (spec: Partial<NpySpec>, bytes: Uint8Array = new Uint8Array(105)) =>
  fromBytes("a.npy", npyFile({ descr: "'|u1'", shape: dims, ...spec }, bytes));

for (const [code, dtype] of Object.entries(NPY_TYPES)) {
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

test("sides longer than a transposed tile", async () => {
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

test("booleans are 0 and 1", async () => {
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
    // Longer than the bytes that are read first.
    `{'descr': '|u1', 'fortran_order': True, ${" ".repeat(1000)}'shape': (7, 5, 3), }`,
  ]) {
    expect([...(await read(npy({ header }, bytes))).data], header).toEqual([...bytes]);
  }
});

test("an image is one layer, and a fourth axis is frames in either order", async () => {
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

test("axes: leading axes of length 1 are dropped, a short first axis is frames, three or four bytes are colours", async () => {
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
      // Bytes in x fastest with frames last, in the layout of an array of this shape.
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

/** 16-bit scalars of several frames, with the frame axis fastest. */
function framesFirst(bytes: Uint8Array, frames: number): Uint8Array {
  const scalars = new Uint16Array(bytes.slice().buffer);
  const n = scalars.length / frames;
  return new Uint8Array(
    Uint16Array.from(scalars, (_, i) => scalars[(i % frames) * n + Math.floor(i / frames)]).buffer,
  );
}

test("colours become luminance and complex numbers their magnitude, with a note", async () => {
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

test("reading a long array in C order yields to other tasks, and can be aborted", async () => {
  const file = npy({ shape: [384, 384, 384] }, new Uint8Array(384 ** 3));
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  await read(file);
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(1);
  const reading = readVolume(file, { signal: AbortSignal.timeout(5) });
  await expect(reading).rejects.toMatchObject({ name: "TimeoutError" });
});
