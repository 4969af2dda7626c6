/** The tag that reproduces an element: only what differs from the defaults and from the view. */

import { expect, test } from "playwright/test";
import { type TagSource, tagFor } from "../../src/element/controls/tag.ts";
import { OPTION_NAMES, OPTIONS } from "../../src/options/options.ts";

const FROM_VIEW = ["flip", "crop", "clip", "azimuth"];

/** The tag of an element with all defaults except these properties and attributes. */
function tag(properties: Partial<Record<string, unknown>>, attributes: Record<string, string> = {}): string {
  const defaults = OPTION_NAMES.map((name) => [
    name,
    FROM_VIEW.includes(name) ? undefined : OPTIONS[name].default,
  ]);
  return tagFor({
    ...Object.fromEntries(defaults),
    ...{
      src: "data/head.zip",
      entry: undefined,
      frame: 0,
      sourceName: "head.zip",
      style: { background: "" },
    },
    ...properties,
    getAttributeNames: () => Object.keys(attributes),
    getAttribute: (name: string) => attributes[name] ?? null,
  } as unknown as TagSource);
}

test("a default element has only its src", () => {
  expect(tag({})).toBe('<voxel-volume src="data/head.zip"></voxel-volume>');
});

test("only what differs from the defaults is written", () => {
  expect(tag({ view: "cut", colormap: "magma_r", gamma: 0.5, floor: 0.1, opacity: "auto" })).toBe(
    '<voxel-volume src="data/head.zip" view="cut" colormap="magma_r" gamma="0.5"></voxel-volume>',
  );
  expect(tag({ entry: "b/two.hdr", frame: 3, transform: "none", resolution: "100x120x68" })).toBe(
    '<voxel-volume src="data/head.zip" entry="b/two.hdr" frame="3" resolution="100x120x68" transform="none"></voxel-volume>',
  );
  expect(tag({ antialias: "" })).toContain(" antialias>");
});

test("values that the view sets are left out, and values that override them are written", () => {
  const cut = { view: "cut", flip: "y", crop: "0:0.7 0:1 0:0.5", azimuth: 320 };
  expect(tag(cut)).toBe('<voxel-volume src="data/head.zip" view="cut"></voxel-volume>');
  expect(tag({ view: "cut", flip: "", azimuth: 310.12345 })).toBe(
    '<voxel-volume src="data/head.zip" view="cut" flip="" azimuth="310.123"></voxel-volume>',
  );
  expect(tag({ view: "diagonal", azimuth: 320 })).toContain('azimuth="320"');
});

test("a file that was opened later gives its name, a query stays", () => {
  expect(tag({ sourceName: "other.nii.gz" })).toContain('src="other.nii.gz"');
  expect(tag({ src: undefined, sourceName: "mine.npy" })).toContain('src="mine.npy"');
  expect(tag({ src: "head.zip?v=2" })).toContain('src="head.zip?v=2"');
});

test("other attributes stay, those of the page do not; the background is part of the picture", () => {
  const attributes = { alt: 'A "head" & <more>', controls: "", id: "a", class: "b", style: "width: 1px" };
  expect(tag({ style: { background: "black" } }, attributes)).toBe(
    '<voxel-volume src="data/head.zip" alt="A &quot;head&quot; &amp; &lt;more>" controls style="background: black"></voxel-volume>',
  );
});

test("an invalid option is left out", () => {
  expect(tag({ opacity: "much", colormap: "rainbows" })).toBe(
    '<voxel-volume src="data/head.zip"></voxel-volume>',
  );
});
