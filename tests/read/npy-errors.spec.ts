/** NumPy: refused and damaged arrays. */
import { test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import { type NpySpec, npyFile } from "../support/npy.ts";
import { expectError, read } from "./support.ts";

const dims = [7, 5, 3];

const npy = (spec: Partial<NpySpec>, bytes: Uint8Array = new Uint8Array(105)) =>
  fromBytes("a.npy", npyFile({ descr: "'|u1'", shape: dims, ...spec }, bytes));

test("arrays that are not real numbers with three axes, and advice for Python", async () => {
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

test("damage, and false claims of size", async () => {
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
