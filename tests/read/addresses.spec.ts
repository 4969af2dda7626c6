/** URLs that cannot be fetched, and messages of failed fetches. */
import { expect, test } from "playwright/test";
import { fromUrl } from "../../src/read/index.ts";
import { niftiFile } from "../support/make-volume.ts";
import { RangeSite } from "../support/range-site.ts";
import { addReader, readInPage } from "./reader-page.ts";
import { expectError, read } from "./support.ts";

const site = new RangeSite({ "page.html": Buffer.from("<!doctype html><title>page</title>") }).serveTests();

test("a URL that no page can fetch is refused with advice", async () => {
  for (const [addresses, instead] of [
    [
      [
        "file:///data/a.nii",
        "FILE:a.nii",
        " file:///a.nii",
        "C:\\a.nii",
        "d:/a.nii",
        "\\\\server\\share\\a.nii",
        "~/a.nii",
      ],
      "drop the file",
    ],
    [["s3://bucket/a.nii", "gs://bucket/a.nii"], "https address of the file"],
    [["ftp://server/a.nii", "sftp://server/a.nii"], "https address"],
    [["javascript:alert(1)", "mailto:a@b.c"], "https address of the file"],
  ] as const) {
    for (const address of addresses) {
      const error = (() => {
        try {
          fromUrl(address);
        } catch (error) {
          return error;
        }
      })();
      expect(error, address).toMatchObject({ code: "invalid-option", name: "VoxelVolumeError" });
      expect((error as Error).message).toContain(instead);
      expect((error as Error).message.length).toBeLessThan(300);
    }
  }
});

test("a URL that may be fetched is not refused", () => {
  for (const address of [
    ...[
      "https://x.org/a.nii",
      "HTTP://x.org/a.nii",
      "//x.org/a.nii",
      "/a.nii",
      "a.nii",
      "../a.nii",
      "?file=a.nii",
    ],
    ...[
      "data:,x",
      "blob:https://x.org/1",
      "~user/a.nii",
      "c/a.nii",
      "files3/a.nii",
      "https://x.org/file:a.nii",
    ],
  ]) {
    expect(() => fromUrl(address), address).not.toThrow();
  }
});

test("an HTTP error is reported with its status and suitable advice, not blamed on the connection", async () => {
  for (const [status, advice] of [
    [404, "Check the address"],
    [410, "Check the address"],
    [401, "without signing in"],
    [403, "without signing in"],
    [429, "Try again later"],
    [500, "Try again later"],
    [503, "Try again later"],
  ] as const) {
    for (const name of ["a.nii", "a.nii.gz", "a.zip"]) {
      const error = await expectError(
        read(fromUrl(`${site.base}${name}?status=${status}`)),
        "network",
        `HTTP ${status}`,
        advice,
      );
      expect(error.message).not.toContain("connection");
    }
  }
});

test("without a connection, the reason is reported", async () => {
  const error = await expectError(
    read(fromUrl("http://127.0.0.1:1/a.nii")),
    "network",
    "127.0.0.1:1",
    "connection",
  );
  expect(error.message.length).toBeLessThan(300);
});

test("a long URL is shortened", async () => {
  const long = await expectError(
    read(fromUrl(`${site.base}${"x".repeat(5000)}.nii?token=${"y".repeat(900)}`)),
    "network",
    "HTTP 404",
  );
  expect(long.message.length).toBeLessThan(300);
  const broken = await expectError(
    read(fromUrl(`data:application/gzip;base64,${"A*".repeat(9000)}`)),
    "network",
    "data:application/gzip",
  );
  expect(broken.message.length).toBeLessThan(200);
});

test("a data: URL is read", async () => {
  const bytes = Buffer.from(niftiFile({ dims: [4, 3, 2] }));
  expect((await read(fromUrl(`data:;base64,${bytes.toString("base64")}`))).dims).toEqual([4, 3, 2]);
});

test("in a browser: a failure of another site mentions CORS, one of the own site does not; a page opened from a file needs a server", async ({
  page,
}) => {
  await page.goto(`${site.base}page.html`);
  await addReader(page);
  const refused = "http://127.0.0.1:9/a.nii";
  expect(await readInPage(page, { url: refused })).toMatchObject({
    code: "network",
    message: expect.stringContaining("CORS"),
  });
  const own = await readInPage(page, { url: "none.nii" });
  expect(own).toMatchObject({ code: "network", message: expect.stringContaining("HTTP 404") });
  await page.goto(new URL("../pages/engine.html", import.meta.url).href);
  await addReader(page);
  expect(await readInPage(page, { url: "a.nii" })).toMatchObject({
    code: "network",
    message: expect.stringContaining("serve it over http"),
  });
});
