/** A notebook for tests: Python, and a page that shows its widgets in the way of anywidget's contract. */

import { test as base, expect, type Page } from "playwright/test";
import type { VoxelVolumeElement } from "../../src/index.ts";
import { watch } from "./gpu.ts";
import { Kernel, type WidgetMessage } from "./kernel.ts";
import { findPython, NO_PYTHON } from "./python.ts";

export { expect };

/** The page's side (tests/pages/notebook.html). */
interface Host {
  receive(message: WidgetMessage): void;
  show(model: string): Promise<() => void>;
  readonly models: Map<string, { readonly listeners: number }>;
}

declare global {
  interface Window {
    readonly host: Host;
    /** Removes the widget that was shown last. */
    remove: () => void;
  }
}

/** A cell that makes a small volume `a`, of 20 x 16 x 12 voxels, and imports the package. */
export const ARRAY = `
import numpy as np
import voxel_volume
x, y, z = np.ix_(*[np.linspace(-1, 1, n) for n in (20, 16, 12)])
a = (1000 * np.clip(1 - np.sqrt(x**2 + y**2 + z**2), 0, 1) + 100 * (x > 0) * (abs(y) < 0.6)).astype("int16")
`;

export class Notebook {
  /** Messages of widgets that have not arrived yet. */
  #delivering: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly page: Page,
    readonly kernel: Kernel,
  ) {}

  static async open(page: Page, python: string, env: Record<string, string> = {}): Promise<Notebook> {
    await page.goto("/notebook.html");
    const kernel = new Kernel(python, (message) => notebook.#toPage(message), env);
    const notebook = new Notebook(page, kernel);
    await page.exposeFunction("toKernel", (message: WidgetMessage) => kernel.deliver(message));
    return notebook;
  }

  #toPage(message: WidgetMessage): void {
    const { page } = this;
    this.#delivering = this.#delivering.then(() =>
      page.evaluate((message) => window.host.receive(message), message),
    );
  }

  /** Runs a cell; its messages have arrived on the page then. */
  async run<T = unknown>(code: string): Promise<T> {
    const result = await this.kernel.run<T>(code);
    await this.#delivering;
    return result;
  }

  /** Shows a widget, a variable in Python, and waits until it is drawn. */
  async show(variable: string): Promise<void> {
    const id = await this.run<string>(`${variable}.model_id`);
    await this.page.evaluate(async (id) => {
      window.remove = await window.host.show(id);
    }, id);
    await this.drawn();
  }

  /** Waits until the widget that was shown last is drawn. */
  async drawn(): Promise<void> {
    await this.call(async (element) => {
      while (!element.loaded && !element.renderRoot.querySelector("[role=alert]"))
        await new Promise((resolve) => setTimeout(resolve, 20));
      await element.drawn;
    });
  }

  /** Runs `work` in the page, with the element of the widget that was shown last. */
  call<T>(work: (element: VoxelVolumeElement) => T | Promise<T>): Promise<T> {
    return this.page.evaluate(
      `(${work})([...document.querySelectorAll("voxel-volume")].at(-1))`,
    ) as Promise<T>;
  }

  /** Expects an expression in Python to have a value soon; it may fail until then. */
  async expect(expression: string, value: unknown): Promise<void> {
    await expect
      .poll(() => this.run(expression).catch(({ message }) => message), {
        message: expression,
        timeout: 60_000,
      })
      .toEqual(value);
  }
}

/** `env`: variables of Python. */
export const test = base.extend<{ notebook: Notebook; env: Record<string, string> }>({
  env: [{}, { option: true }],
  notebook: async ({ page, env }, use) => {
    const python = findPython();
    test.skip(!python, NO_PYTHON);
    const complaints = watch(page);
    const notebook = await Notebook.open(page, python ?? "", env);
    await notebook.run(ARRAY);
    await use(notebook);
    notebook.kernel.close();
    expect(complaints).toEqual([]);
    expect(notebook.kernel.stderr).toBe("");
  },
});
