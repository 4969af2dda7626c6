/** Folders dropped onto the element: all files in them, with their paths. */

import { expect, test } from "playwright/test";
import { filesIn } from "../../src/element/dropped-files.ts";

/** A dropped entry: a folder of entries, a file with a text, or an unreadable one. */
type Tree = { readonly [name: string]: Tree } | string | undefined;

/** Chromium returns at most 100 entries at a time. */
const BATCH = 100;

function entry(path: string, tree: Tree): FileSystemEntry {
  const common = { fullPath: path, name: path.slice(path.lastIndexOf("/") + 1) };
  if (typeof tree === "object") {
    const left = Object.entries(tree).map(([name, below]) => entry(`${path}/${name}`, below));
    const readEntries = (done: (batch: FileSystemEntry[]) => void) => done(left.splice(0, BATCH));
    const folder = { ...common, isFile: false, isDirectory: true, createReader: () => ({ readEntries }) };
    return folder as unknown as FileSystemEntry;
  }
  const file = (done: (file: File) => void, fail: (why: unknown) => void) =>
    tree === undefined ? fail(new Error("not readable")) : done(new File([tree], common.name));
  return { ...common, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry;
}

test("files in folders and subfolders keep their paths, however many there are", async () => {
  const slices = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`IM${i}`, `slice ${i}`]));
  const study = entry("/study", { DICOMDIR: "list", "1": slices, "2": { IM0: "other" }, empty: {} });
  const files = await filesIn([study, entry("/notes.txt", "text")]);
  expect(files).toHaveLength(253);
  const names = files.map(({ name }) => name);
  expect(names).toContain("study/1/IM249");
  expect(names).toContain("study/2/IM0");
  expect(names.at(-1)).toBe("notes.txt");
  expect(await files[names.indexOf("study/2/IM0")].text()).toBe("other");
});

test("unreadable files are left out", async () => {
  const files = await filesIn([entry("/a", { good: "x", bad: undefined })]);
  expect(files.map(({ name }) => name)).toEqual(["a/good"]);
});
