/** Files at several URLs as one source: their names, and how they find each other. */

import { expect, test } from "playwright/test";
import { fromUrls } from "../../src/read/index.ts";
import { expectError } from "./support.ts";

const namesOf = async (urls: readonly string[]) => (await fromUrls(urls).beside?.())?.map(({ name }) => name);

test("files are named by their path below the shared folder, and find each other by it in any case", async () => {
  const urls = ["http://x/a/b/c.nhdr?t=1", "http://x/a/b/data/C%201.RAW", "http://x/a/b/d.nii"];
  expect(await namesOf(urls)).toEqual(["c.nhdr", "data/C 1.RAW", "d.nii"]);
  const source = fromUrls(urls);
  expect(source.sibling("data/c 1.raw")?.name).toBe("data/C 1.RAW");
  expect(source.sibling("data/c 1.raw")?.sibling("d.nii")).toBeUndefined();
});

test("URLs that differ only in the query are different files", async () => {
  const urls = [1, 2, 3].map((id) => `http://x/wado?objectUID=${id}`);
  expect(await namesOf(urls)).toEqual(["wado", "wado (2)", "wado (3)"]);
});

test("an empty list, and a URL that no page can fetch", async () => {
  await expectError(
    Promise.resolve().then(() => fromUrls([])),
    "invalid-option",
    "none was given",
  );
  await expectError(
    Promise.resolve().then(() => fromUrls(["s3://bucket/a.nii"])),
    "invalid-option",
    "s3://bucket/a.nii",
  );
});
