/** Python with the package of the notebook's widget, as built in dist/python, and a stand-in for anywidget. */

import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

/** Variables with which Python finds the package and the stand-in. */
export const PYTHON_ENV = {
  PYTHONPATH: [resolve("dist/python"), resolve("tests/support/python")].join(":"),
  PYTHONDONTWRITEBYTECODE: "1",
};

/** Why tests are skipped where `findPython` finds none. */
export const NO_PYTHON =
  "needs a Python with numpy and traitlets, such as Debian's python3-numpy, python3-traitlets";

/** Path of a Python that can import these modules; undefined if there is none. */
export function findPython(...modules: string[]): string | undefined {
  const code = ["numpy", "traitlets", ...modules].map((name) => `import ${name}`).join("; ");
  return [process.env.PYTHON ?? "python3", "/usr/bin/python3"].find((python) => {
    try {
      execFileSync(python, ["-c", code], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
}
