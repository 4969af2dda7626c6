/** Files written by NumPy, if it is installed. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import { type Scalar, voxels } from "../support/make-volume.ts";
import { NPY_TYPES } from "../support/npy.ts";
import { expectError, read } from "./support.ts";

const dims = [7, 5, 3];

test("files written by NumPy", async () => {
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
      // In NumPy the last axis is fastest.
      ...voxels({ dims, dtype, bigEndian, value: (i) => (cIndex(i) * 37) % 127 }),
    ];
    for (const [code, dtype] of Object.entries(NPY_TYPES)) {
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

/** C-order index of the i-th voxel with x fastest. */
function cIndex(i: number): number {
  const [x, y, z] = [i % 7, Math.floor(i / 7) % 5, Math.floor(i / 35)];
  return x * 15 + y * 3 + z;
}
