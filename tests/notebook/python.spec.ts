/** The Python package: its own tests (test_*.py), its installation, and what it packs, read by the element's reader. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { fromBytes, readVolume } from "../../src/read/index.ts";
import { wholeBox } from "../../src/volume.ts";
import { findPython, NO_PYTHON, PYTHON_ENV } from "../support/python.ts";

let folder = "";
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "voxel-volume-python-"));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs Python; its output, both streams together. Fails if it fails. */
function python(args: readonly string[], env: Record<string, string> = PYTHON_ENV): string {
  const program = findPython();
  test.skip(!program, NO_PYTHON);
  const { status, stdout, stderr } = spawnSync(program ?? "", args, {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  expect(status, stdout + stderr).toBe(0);
  return stdout + stderr;
}

for (const file of readdirSync("tests/notebook").filter((name) => name.endsWith(".py"))) {
  test(`the tests in ${file} pass`, () => {
    expect(python([`tests/notebook/${file}`])).toMatch(/Ran \d+ tests[\s\S]*OK/);
  });
}

const PACK = `
import sys
import numpy as np
from voxel_volume._volume import volume_of
types = "bool u1 i1 u2 >i2 u4 >i4 u8 >i8 f2 f4 >f8".split()
for dtype in types:
    a = (np.arange(4 * 3 * 2) * 11 % 97).reshape(4, 3, 2).astype(dtype)
    for name, array, affine in [("c", a, None), ("f", np.asfortranarray(a), None), ("nii", a, np.diag([2, 3, 4, 1]))]:
        with open(f"{sys.argv[1]}/{dtype.lstrip('>')}.{name}", "wb") as file:
            file.write(volume_of(array, affine).data)
`;

test("the element reads each type of array with its values, axes and position", async () => {
  python(["-c", PACK, folder]);
  const names = readdirSync(folder).filter((name) => /\.(c|f|nii)$/.test(name));
  expect(names.length).toBe(36);
  for (const name of names) {
    const { volume } = await readVolume(fromBytes(name, new Uint8Array(readFileSync(join(folder, name)))));
    expect(volume.dims, name).toEqual([4, 3, 2]);
    const bytes = await volume.read(0, wholeBox(volume.dims));
    const values = scalars(bytes, volume.dtype, volume.littleEndian);
    const isBool = name.startsWith("bool");
    // x is fastest, while it is slowest in a C array.
    const expected = Array.from({ length: 24 }, (_, i) => {
      const [x, y, z] = [i % 4, Math.floor(i / 4) % 3, Math.floor(i / 12)];
      const value = ((x * 6 + y * 2 + z) * 11) % 97;
      return isBool ? Number(value !== 0) : value;
    });
    expect(values, name).toEqual(expected);
    const isPlaced = name.endsWith(".nii");
    expect([volume.unitless, volume.oriented, volume.spacing], name).toEqual(
      isPlaced ? [undefined, true, [2, 3, 4]] : [true, undefined, [1, 1, 1]],
    );
  }
});

/** Numbers of any type but half precision, for which the bits of these small whole numbers are computed. */
function scalars(bytes: Uint8Array, dtype: string, littleEndian: boolean): number[] {
  const size = bytes.length / 24;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read: Record<string, (at: number) => number> = {
    uint8: (at) => view.getUint8(at),
    int8: (at) => view.getInt8(at),
    uint16: (at) => view.getUint16(at, littleEndian),
    int16: (at) => view.getInt16(at, littleEndian),
    uint32: (at) => view.getUint32(at, littleEndian),
    int32: (at) => view.getInt32(at, littleEndian),
    uint64: (at) => Number(view.getBigUint64(at, littleEndian)),
    int64: (at) => Number(view.getBigInt64(at, littleEndian)),
    float16: (at) => {
      const bits = view.getUint16(at, littleEndian);
      return bits === 0 ? 0 : 2 ** ((bits >> 10) - 15) * (1 + (bits & 1023) / 1024);
    },
    float32: (at) => view.getFloat32(at, littleEndian),
    float64: (at) => view.getFloat64(at, littleEndian),
  };
  return Array.from({ length: 24 }, (_, i) => read[dtype](i * size));
}

test("pip installs the built folder, with the widget and without the network", () => {
  const program = findPython("setuptools", "wheel", "pip");
  test.skip(!program, "needs a Python with pip, setuptools and wheel");
  const target = join(folder, "site");
  const options = ["--no-build-isolation", "--no-deps", "--no-index", "--quiet", "--target", target];
  // A copy, as setuptools builds in the folder.
  const source = join(folder, "source");
  execFileSync("cp", ["-r", "dist/python", source]);
  const env = {
    PYTHONWARNINGS: "ignore",
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PIP_ROOT_USER_ACTION: "ignore",
  };
  execFileSync(program ?? "", ["-m", "pip", "install", ...options, source], {
    env: { ...process.env, ...env },
    stdio: "pipe",
  });
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(readdirSync(target).sort()).toEqual(["voxel_volume", `voxel_volume-${version}.dist-info`]);
  const files = readdirSync(join(target, "voxel_volume"), { recursive: true, encoding: "utf8" });
  expect(files).toEqual(expect.arrayContaining(["element.json", "py.typed", "static/widget.js"]));
  const code =
    "import voxel_volume, numpy; print(voxel_volume.show(numpy.zeros((2, 3, 4))), voxel_volume.__file__)";
  const path = [target, "tests/support/python"].join(":");
  expect(python(["-c", code], { ...PYTHON_ENV, PYTHONPATH: path })).toContain(
    `VolumeWidget(2 x 3 x 4 float64) ${target}`,
  );
});

test("the widget is one module that imports and loads nothing else", () => {
  const script = readFileSync("dist/python/voxel_volume/static/widget.js", "utf8");
  expect(script).not.toMatch(/(?:^|[;}\s])(?:import|export)(?:[\w$*{}\s,]*?from)?\s*\(?"[^"]+"/);
  expect(script).toMatch(/export\{\w+ as default\};?\s*$/);
});
