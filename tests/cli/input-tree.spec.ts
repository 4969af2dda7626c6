/** Folders that the command line's server reads by path: nothing outside them, and no answer that could act as a page. */

import { mkdirSync, symlinkSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { inputOf } from "../../src/cli/input.ts";
import type { InputTree } from "../../src/cli/input-tree.ts";
import type { Pages } from "../../src/cli/pages.ts";
import { isFolderUrl, RemoteTree } from "../../src/cli/remote-tree.ts";
import { type LocalServer, serve } from "../../src/cli/server.ts";
import { expect, test } from "../support/cli.ts";
import { rawRequest } from "../support/raw-request.ts";
import { writeFolder } from "../support/zarr-folder.ts";
import { ZarrSite } from "../support/zarr-site.ts";

const PAGES: Pages = { folder: ".", has: () => false, policy: "default-src 'none'" };
const SITE = { side: 128, chunk: 32, levels: 1 };
const CHUNK = 32 ** 3;

const closed: { close(): unknown }[] = [];
test.afterEach(() => {
  for (const one of closed.splice(0)) one.close();
});

/** Serves a tree; returns a function that requests a path below it. */
async function served(tree: InputTree) {
  const server = await serve(PAGES, tree);
  closed.push(server);
  expect(server.input).toEqual([`input/${encodeURIComponent(tree.name)}/`]);
  const { pathname } = new URL(server.url + server.input[0]);
  const ask = (path: string, headers?: Record<string, string>, method?: string) =>
    rawRequest(server.url, pathname + path, { headers, method });
  return { server, ask };
}

async function remote(options: ConstructorParameters<typeof ZarrSite>[0] = SITE) {
  const site = new ZarrSite(options);
  closed.push(site);
  await site.start();
  return { site, ...(await served(new RemoteTree(site.url, {}))) };
}

test("a URL is that of a folder if it has .zarr as a name's end, or ends with a slash", () => {
  const folders = ["a.zarr", "a.ome.zarr/", "a.zarr/0", "a/", "", "a.zarr?token=/b.nii"];
  const files = ["a.nii", "a.zarr.zip", "a.ozx", "a?b=.zarr/", "a.zarr2", "azarr"];
  expect(folders.filter((path) => !isFolderUrl(`https://a.org/${path}`))).toEqual([]);
  expect(files.filter((path) => isFolderUrl(`https://a.org/${path}`))).toEqual([]);
});

test("a folder's files are read in parts, and nothing outside it", async ({ cli }) => {
  writeFolder(cli.folder, { "a.zarr/.zgroup": "{}", "a.zarr/0/0": "0123456789", "secret/key": "secret" });
  symlinkSync(cli.path("secret"), cli.path("a.zarr/link"));
  const { server, ask } = await served((await inputOf(cli.path("a.zarr"))) as InputTree);
  expect(await ask("0/0")).toMatchObject({ status: 200, body: "0123456789" });
  expect(await ask("0/0", { range: "bytes=-3" })).toMatchObject({ status: 206, body: "789" });
  expect(await ask("0/0", {}, "HEAD")).toMatchObject({
    status: 200,
    body: "",
    headers: { "content-length": "10", "content-type": "application/octet-stream" },
  });
  for (const path of ["", "0", "0/1", "link/key", "../secret/key", "0/..%2f..%2f..%2fsecret%2fkey", "0/0/"])
    expect(await ask(path), path).toMatchObject({ status: 404, body: "" });
  expect(server.inputBytes).toBe(13);
});

test("requests for a URL's files are passed on, and nothing outside its folder", async () => {
  const { site, server, ask } = await remote();
  const path = "0/c/1/1/1";
  const part = await ask(path, { range: `bytes=-${CHUNK / 2}` });
  expect(part.headers).toMatchObject({
    "content-range": `bytes ${CHUNK / 2}-${CHUNK - 1}/${CHUNK}`,
    "content-length": `${CHUNK / 2}`,
    "content-type": "application/octet-stream",
    "content-security-policy": "default-src 'none'",
  });
  expect(part.body).toHaveLength(CHUNK / 2);
  expect(await ask(path, {}, "HEAD")).toMatchObject({
    status: 200,
    headers: { "content-length": `${CHUNK}` },
  });
  expect((await ask("0/c/9/9/9")).status).toBe(404);
  expect(site.asked).toEqual([`GET ${path} bytes=-${CHUNK / 2}`, `HEAD ${path}`, "GET 0/c/9/9/9"]);
  site.reset();
  for (const path of ["../zarr.json", "0/%2e%2e/%2e%2e/a", "a\\..\\b", "a//b", "./a", "0/", ""])
    expect(await ask(path), path).toMatchObject({ status: 404, body: "" });
  expect(site.asked).toEqual([]);
  expect(server.inputBytes).toBe(CHUNK / 2);
});

test("an answer never has the type that the server gave it, and its own query is kept", async () => {
  const asked: string[] = [];
  const site: Server = createServer((request, response) => {
    asked.push(`${request.url}`);
    response.setHeader("Set-Cookie", "a=b");
    response.setHeader("Content-Type", "text/html");
    response.end("<script>0</script>");
  });
  closed.push(site);
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const { port } = site.address() as AddressInfo;
  const { ask } = await served(new RemoteTree(`http://127.0.0.1:${port}/x/a%20b.zarr?token=1#0`, {}));
  const { headers, body } = await ask("0/c%231");
  expect(headers).toMatchObject({
    "content-type": "application/octet-stream",
    "x-content-type-options": "nosniff",
  });
  expect(headers).not.toHaveProperty("set-cookie");
  expect(body).toBe("<script>0</script>");
  expect(asked).toEqual(["/x/a%20b.zarr/0/c%231?token=1"]);
});

test("a request that the page gives up is given up at the URL's server too", async () => {
  const { site, server } = await remote({ ...SITE, latencyMs: 2000 });
  const over = new AbortController();
  const asked = fetch(`${server.url}${server.input[0]}0/c/1/1/1`, { signal: over.signal });
  await expect.poll(() => site.open).toBe(1);
  over.abort();
  await expect(asked).rejects.toThrow();
  await expect.poll(() => [site.aborted, site.open]).toEqual([1, 0]);
});

test("a server that cannot be reached or breaks off is told by the status, and the next request is answered", async () => {
  const { site, ask } = await remote({
    ...SITE,
    failing: (_, attempt) => (attempt === 1 ? "break" : undefined),
  });
  await expect(ask("0/c/1/1/1")).rejects.toThrow();
  expect((await ask("0/c/1/1/1")).status).toBe(200);
  site.close();
  expect((await ask("0/c/1/1/1")).status).toBe(502);
});

test("only the decoder's worker may put code together, and pages may not start others", async ({
  cli,
  page,
}) => {
  mkdirSync(cli.path("a.zarr"));
  writeFolder(cli.path("a.zarr"), { ".zgroup": "{}" });
  const { OWN_PAGES } = await import("../../src/cli/pages.ts");
  const server: LocalServer = await serve(
    { ...OWN_PAGES, folder: "dist" },
    await inputOf(cli.path("a.zarr")),
  );
  closed.push(server);
  await page.goto(`${server.url}headless.html`);
  await page.waitForFunction(() => "voxelVolume" in globalThis);
  // Only code of the package has the policy with which an address of a script is trusted.
  const start = page.evaluate(() => new Worker("chunks/decode-worker.js", { type: "module" }).terminate());
  await expect(start).rejects.toThrow("TrustedScriptURL");
  const policy = async (path: string) =>
    (await fetch(server.url + path)).headers.get("content-security-policy");
  expect(await policy("chunks/decode-worker.js")).toContain("'unsafe-eval'");
  expect(await policy("headless.html")).not.toContain("unsafe");
});
