/** Helpers for tests of the panel of controls. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Locator, Page } from "playwright/test";
import { blob } from "../support/blob.ts";
import type { Viewer } from "./viewer.ts";

export const WIDE = "width: 720px; height: 400px; aspect-ratio: auto";

/** Shows an element with controls and with these groups open. */
export async function show(
  viewer: Viewer,
  groups: string[],
  attributes: Record<string, string> = {},
): Promise<Locator> {
  viewer.files["blob.nii"] ??= blob();
  // A small picture, because a software GPU's time depends on the pixels.
  await viewer.add({ src: "files/blob.nii", controls: "", style: WIDE, zoom: "0.3", ...attributes });
  const panel = viewer.page.locator("voxel-volume-controls");
  await panel.locator(".groups").waitFor();
  await panel.evaluate((element, groups) => {
    for (const details of element.shadowRoot?.querySelectorAll<HTMLDetailsElement>(".groups > details") ?? [])
      details.open = groups.includes(details.querySelector("summary")?.textContent ?? "");
  }, groups);
  await viewer.settled();
  return panel;
}

/** Opens all groups of the panel. */
export async function unfold({ page }: Viewer): Promise<void> {
  const panel = page.locator("voxel-volume-controls");
  await panel.locator(".groups > details").first().waitFor();
  await panel.evaluate((element) => {
    for (const details of element.shadowRoot?.querySelectorAll("details") ?? []) details.open = true;
  });
}

/** Presses keys on a field, which gets the focus. */
export async function press(viewer: Viewer, field: Locator, ...keys: string[]): Promise<void> {
  await field.focus();
  for (const key of keys) await viewer.page.keyboard.press(key);
  await viewer.settled();
}

/** Drags horizontally from the middle of `from` by `dx` pixels, in steps. */
export async function drag(viewer: Viewer, from: Locator, dx: number): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const box = await from.boundingBox();
  if (!box) throw new Error("nothing to drag");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await viewer.page.mouse.move(x, y);
  await viewer.page.mouse.down();
  await viewer.page.mouse.move(x + dx, y, { steps: 2 });
  await viewer.page.mouse.up();
  await viewer.settled();
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const ALL = ["View", "Values", "Cut", "Slice", "File"];

/** Violations that axe finds within the element. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(context: string): Promise<{ violations: Violation[] }> };
    };
    const { violations } = await axe.run("voxel-volume");
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}
