/** Python with the package of the notebook's widget, as built in dist/python, and a stand-in for anywidget. */

import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/** Variables with which Python finds the package and the stand-in. */
export const PYTHON_ENV = {
  PYTHONPATH: [resolve("dist/python"), resolve("tests/support/python")].join(":"),
  PYTHONDONTWRITEBYTECODE: "1",
};

/** Why tests are skipped where `findPython` finds none. */
export const NO_PYTHON =
  "needs a Python with numpy and traitlets, such as Debian's python3-numpy, python3-traitlets";

/** Modules that some tests need in addition. */
const OPTIONAL = ["nibabel", "dask.array", "zarr", "nbformat"];

/**
 * Path of a Python that can import numpy, traitlets and these modules, preferably one with the optional modules;
 * undefined if there is none.
 */
export function findPython(...modules: string[]): string | undefined {
  const pythons = [process.env.PYTHON ?? "python3", "/usr/bin/python3"];
  const needed = [...modules, "numpy", "traitlets"];
  const whole = pythons.find((python) => imports(python, [...needed, ...OPTIONAL]));
  return whole ?? pythons.find((python) => imports(python, needed));
}

function imports(python: string, modules: readonly string[]): boolean {
  const code = modules.map((name) => `import ${name}`).join("; ");
  return spawnSync(python, ["-c", code], { stdio: "ignore" }).status === 0;
}
