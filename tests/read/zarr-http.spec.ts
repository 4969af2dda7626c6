/** Zarr folders on servers: what is asked for, retries, aborts, stores that deny missing files, and ranges. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "playwright/test";
import { type Folder, fromUrl, readVolume } from "../../src/read/index.ts";
import type { Files } from "../support/zarr.ts";
import { AXES, arrayFiles, imageGroup, sharded } from "../support/zarr-files.ts";
import { expectError, values } from "./support.ts";

type Answer = (path: string, request: IncomingMessage, response: ServerResponse) => boolean | undefined;

let files: Files = {};
/** Answers instead of the files if it returns true. */
let answer: Answer = () => undefined;
let asked: string[] = [];
/** Requests in progress, and the most at a time. */
let [open, most] = [0, 0];
let base = "";
let server: Server;

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const path = decodeURIComponent(`${request.url}`).replace(/^\/image\.zarr\/|\?.*$/g, "");
    asked.push(`${request.method === "HEAD" ? "HEAD " : ""}${path} ${request.headers.range ?? ""}`.trim());
    most = Math.max(most, ++open);
    response.on("close", () => open--);
    if (answer(path, request, response)) return;
    const body = files[path];
    if (!body) return void response.writeHead(404).end();
    const [, start, end] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
    if (start === undefined) return void response.writeHead(200, { "content-length": body.length }).end(body);
    const from = start === "" ? Math.max(0, body.length - Number(end)) : Number(start);
    const to = start === "" ? body.length : Math.min(body.length, Number(end) + 1);
    response
      .writeHead(206, { "content-range": `bytes ${from}-${to - 1}/${body.length}` })
      .end(body.subarray(from, to));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/image.zarr`;
});
test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});
test.beforeEach(async () => {
  [asked, open, most, answer] = [[], 0, 0, () => undefined];
  files = {
    ...(await arrayFiles("0", { shape: [1, 1, 4, 4, 4], chunks: [1, 1, 1, 2, 2], value: (i) => i })),
    "zarr.json": imageGroup(AXES, [{ path: "0" }]),
  };
});

const expected = Array.from({ length: 64 }, (_, i) => i);
const status = (response: ServerResponse, code: number, headers = {}) => {
  response.writeHead(code, headers).end();
  return true;
};

test("a URL that ends with .zarr or a slash, or names the metadata; its query is kept", async () => {
  let query = "";
  answer = (_, { url = "" }) => {
    query = url.replace(/^[^?]*/, "");
    return undefined;
  };
  for (const url of [base, `${base}/`, `${base}/zarr.json`, `${base}?token=1`]) {
    asked = [];
    expect(await values(fromUrl(url))).toEqual(expected);
    expect(query).toBe(/\?.*$/.exec(url)?.[0] ?? "");
    expect(asked.filter((path) => path.startsWith("0/c/"))).toHaveLength(16);
  }
  const { volume } = await readVolume(fromUrl(`${base}/0/`));
  expect(volume).toMatchObject({ name: "0", dims: [4, 4, 4] });
});

test("at most 16 requests at a time", async () => {
  files = { ...(await arrayFiles("", { shape: [8, 8, 8], chunks: [2, 2, 2], value: (i) => i & 255 })) };
  answer = (path, _, response) => {
    if (!path.startsWith("c/")) return undefined;
    setTimeout(() => response.writeHead(200).end(files[path]), 20);
    return true;
  };
  await values(fromUrl(base));
  expect(asked.filter((path) => path.startsWith("c/"))).toHaveLength(64);
  expect(most).toBe(16);
});

test("busy servers and broken connections are asked again, three times in all", async () => {
  const tries = new Map<string, number>();
  const failing =
    (until: number, fail: (response: ServerResponse) => void): Answer =>
    (path, _, response) => {
      const tried = (tries.get(path) ?? 0) + 1;
      tries.set(path, tried);
      if (!path.startsWith("0/c/0/0/0/0") || tried > until) return undefined;
      fail(response);
      return true;
    };
  for (const fail of [
    (response: ServerResponse) => status(response, 503),
    (response: ServerResponse) => status(response, 429, { "retry-after": "0" }),
    (response: ServerResponse) => response.destroy(),
  ]) {
    tries.clear();
    answer = failing(2, fail);
    expect(await values(fromUrl(base))).toEqual(expected);
    tries.clear();
    answer = failing(3, fail);
    await expectError(values(fromUrl(base)), "network", "0/c/0/0/0/0");
    expect(Math.max(...tries.values())).toBe(3);
  }
});

test("bytes are counted as they arrive, also those of a connection that breaks", async () => {
  let broken = false;
  const body = new Uint8Array(100_000);
  answer = (path, _, response) => {
    if (path !== "0/c/0/0/0/0/0" || broken) return undefined;
    broken = true;
    response.writeHead(200, { "content-length": 2 * body.length });
    response.write(body, () => response.destroy());
    return true;
  };
  const source = fromUrl(base);
  const folder = await source.folder?.();
  const sizes = Object.values(files).reduce((sum, bytes) => sum + bytes.length, 0);
  const { volume } = await readVolume({ ...source, folder: async () => folder as Folder });
  expect(volume.dims).toEqual([4, 4, 4]);
  expect(folder?.traffic?.bytes).toBeGreaterThan(sizes);
  expect(folder?.traffic?.bytes).toBeLessThanOrEqual(sizes + body.length);
  expect(folder?.traffic?.requests).toBe(asked.length);
});

test("a server that says how long to wait is asked after that time", async () => {
  const times: number[] = [];
  answer = (path, _, response) => {
    if (path !== "0/c/0/0/3/1/1") return undefined;
    times.push(performance.now());
    return times.length === 1 && status(response, 503, { "retry-after": "1" });
  };
  expect(await values(fromUrl(base))).toEqual(expected);
  expect(times[1] - times[0]).toBeGreaterThan(950);
});

test("missing chunks have the fill value: 404, and 403 once metadata have been read", async () => {
  delete files["0/c/0/0/0/0/0"];
  for (const code of [404, 403, 410]) {
    answer = (path, _, response) => !files[path] && status(response, code);
    expect((await values(fromUrl(base))).slice(0, 6)).toEqual([0, 0, 2, 3, 0, 0]);
  }
  answer = (_, __, response) => status(response, 403);
  await expectError(values(fromUrl(base)), "network", "HTTP 403", "signing in");
  answer = (path, _, response) => path.startsWith("0/c/") && status(response, 400);
  await expectError(values(fromUrl(base)), "network", "HTTP 400");
});

test("a page instead of the metadata, and a folder that is none", async () => {
  answer = (_, __, response) => {
    response.writeHead(200).end("<!doctype html><title>Sign in</title>");
    return true;
  };
  await expectError(values(fromUrl(base)), "corrupt-file", "a web page", "signing in");
  answer = (_, __, response) => status(response, 404);
  await expectError(values(fromUrl(base)), "entry-not-found", "image.zarr is no Zarr folder");
});

test("an aborted read aborts its requests", async () => {
  const controller = new AbortController();
  let closed = 0;
  answer = (path, _, response) => {
    if (!path.startsWith("0/c/")) return undefined;
    response.on("close", () => closed++);
    setTimeout(() => controller.abort("gone"), 50);
    return true;
  };
  await expect(readVolume(fromUrl(base), { signal: controller.signal })).rejects.toBe("gone");
  await expect.poll(() => closed).toBe(16);
  const count = asked.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asked).toHaveLength(count);
});

test("shards are read by ranges; a server without ranges sends them whole", async () => {
  const plain = await arrayFiles("", {
    shape: [4, 4, 4],
    chunks: [2, 2, 2],
    names: ["z", "y", "x"],
    value: (i) => i,
  });
  files = await sharded(plain, "", [2, 2, 2]);
  expect(await values(fromUrl(base))).toEqual(expected);
  const ranges = asked.filter((path) => path.startsWith("c/0/0/0"));
  expect(ranges).toHaveLength(9);
  expect(ranges[0]).toBe(`c/0/0/0 bytes=-${8 * 16 + 4}`);
  answer = (path, _, response) => {
    if (!files[path]) return undefined;
    response.writeHead(200).end(files[path]);
    return true;
  };
  expect(await values(fromUrl(base))).toEqual(expected);
});
