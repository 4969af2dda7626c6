/** The command line's server under attack: other sites, other programs, and links in the folder. */

import { mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { inputOf } from "../../src/cli/input.ts";
import { filesOf } from "../../src/cli/input-files.ts";
import type { Pages } from "../../src/cli/pages.ts";
import { type LocalServer, type ServeOptions, serve } from "../../src/cli/server.ts";
import { blob } from "../support/blob.ts";
import { type CommandLine, expect, test } from "../support/cli.ts";
import { rawRequest } from "../support/raw-request.ts";

const servers: LocalServer[] = [];
test.afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Serves blob.nii from the test's folder, and the pages in its folder `pages`. */
async function open(cli: CommandLine, options?: ServeOptions) {
  mkdirSync(cli.path("pages"), { recursive: true });
  cli.write("pages/page.html", "<!doctype html><title>page</title>");
  cli.write("blob.nii", blob());
  const pages: Pages = {
    folder: cli.path("pages"),
    has: (path) => path !== "private.txt",
    policy: "default-src 'none'",
  };
  const server = await serve(pages, await inputOf(cli.path("blob.nii")), options);
  servers.push(server);
  const { pathname, host, origin } = new URL(server.url);
  const ask = (path: string, headers?: Record<string, string>, method?: string, body?: string) =>
    rawRequest(server.url, pathname + path, { method, headers, body });
  return { server, ask, root: pathname, host, origin };
}

test("requests without the secret get an answer without information", async ({ cli }) => {
  const { server, root } = await open(cli);
  const secret = root.slice(1, -1);
  expect(secret).toMatch(/^[\w-]{22}$/);
  const other = `${secret.slice(0, -1)}${secret.endsWith("A") ? "B" : "A"}`;
  for (const path of [
    "/",
    "/input/blob.nii",
    "/page.html",
    "//input/blob.nii",
    `/${other}/input/blob.nii`,
    `/${secret}`,
  ]) {
    expect(await rawRequest(server.url, path), path).toMatchObject({ status: 404, body: "" });
  }
  expect((await rawRequest(server.url, `${root}input/blob.nii`)).status).toBe(200);
  const again = await open(cli);
  expect(again.root).not.toBe(root);
});

test("only requests to the server's own names and from its own page are answered", async ({ cli }) => {
  const { ask, host, origin } = await open(cli);
  const port = host.split(":")[1];
  const refused: Record<string, string>[] = [
    // A name of another site that resolves to this server (DNS rebinding).
    { host: `attacker.example:${port}` },
    { host: "attacker.example" },
    { host: `127.0.0.1.attacker.example:${port}` },
    { origin: "https://attacker.example" },
    { origin: "null" },
    // A page of another program on this machine.
    { origin: "http://127.0.0.1:1" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" },
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" },
  ];
  for (const headers of refused)
    expect(await ask("input/blob.nii", headers), JSON.stringify(headers)).toMatchObject({
      status: 404,
      body: "",
    });
  const answered: Record<string, string>[] = [
    {},
    { host: `localhost:${port}` },
    // A port that is forwarded from another machine has another number.
    { host: "localhost:9000", origin: "http://localhost:9000" },
    { origin },
    { "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none" },
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
  ];
  for (const headers of answered)
    expect((await ask("input/blob.nii", headers)).status, JSON.stringify(headers)).toBe(200);
});

test("every answer has headers that protect it from other sites", async ({ cli }) => {
  const { ask, server } = await open(cli);
  for (const answer of [await ask("page.html"), await ask("nothing"), await rawRequest(server.url, "/")]) {
    expect(answer.headers).toMatchObject({
      "content-security-policy": "default-src 'none'",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
  }
});

test("the result is accepted once, from the own page, during a job", async ({ cli }) => {
  const { ask, server, origin } = await open(cli);
  const taken: string[] = [];
  const post = (headers: Record<string, string>) => ask("output", headers, "POST", "bytes");
  expect((await post({ origin })).status, "before the job").toBe(403);
  server.receive(async (body) => {
    taken.push(await text(body));
  });
  for (const headers of [{}, { origin: "https://attacker.example" }, { origin: "null" }] as Record<
    string,
    string
  >[])
    expect((await post(headers)).status, JSON.stringify(headers)).toBeGreaterThanOrEqual(403);
  expect((await ask("page.html", { origin }, "POST", "bytes")).status, "elsewhere").toBe(405);
  expect(taken).toEqual([]);
  expect((await post({ origin })).status).toBe(204);
  expect((await post({ origin })).status, "twice").toBe(403);
  expect(taken).toEqual(["bytes"]);
  for (const method of ["PUT", "DELETE", "OPTIONS", "PATCH"])
    expect((await ask("input/blob.nii", {}, method)).status, method).toBe(405);
});

test("a result that cannot be written fails without details for the page", async ({ cli }) => {
  const { ask, server, origin } = await open(cli);
  server.receive(() => Promise.reject(new Error("/home/somebody/out.png is full")));
  expect(await ask("output", { origin }, "POST", "bytes")).toMatchObject({ status: 500, body: "" });
  expect((await ask("input/blob.nii")).status).toBe(200);
});

test("links out of the folder are not followed, even if they are created after the start", async ({
  cli,
}) => {
  mkdirSync(cli.path("elsewhere"));
  cli.write("elsewhere/secret.txt", "secret");
  mkdirSync(cli.path("pages/chunks"), { recursive: true });
  const { ask } = await open(cli);
  cli.write("pages/chunks/a.js", "a");
  expect((await ask("chunks/a.js")).body).toBe("a");
  rmSync(cli.path("blob.nii"));
  symlinkSync(cli.path("elsewhere/secret.txt"), cli.path("blob.nii"));
  symlinkSync(cli.path("elsewhere/secret.txt"), cli.path("pages/link.html"));
  rmSync(cli.path("pages/chunks"), { recursive: true });
  symlinkSync(cli.path("elsewhere"), cli.path("pages/chunks"));
  for (const path of ["input/blob.nii", "link.html", "chunks/secret.txt"])
    expect(await ask(path), path).toMatchObject({ status: 404, body: "" });
});

test("a folder above the input that becomes a link is not followed", async ({ cli }) => {
  mkdirSync(cli.path("scans"));
  mkdirSync(cli.path("other"));
  cli.write("scans/a.nii", blob());
  cli.write("other/a.nii", "secret");
  const pages: Pages = { folder: cli.path("scans"), has: () => false, policy: "" };
  const server = await serve(pages, await inputOf(cli.path("scans/a.nii")));
  servers.push(server);
  renameSync(cli.path("scans"), cli.path("moved"));
  symlinkSync(cli.path("other"), cli.path("scans"));
  expect((await fetch(`${server.url}input/a.nii`)).status).toBe(404);
});

test("an input that is a link is served, but links beside it that lead out are not", async ({ cli }) => {
  mkdirSync(cli.path("store"));
  mkdirSync(cli.path("scans"));
  cli.write("store/object", blob());
  cli.write("secret.img", "secret");
  symlinkSync(cli.path("store/object"), cli.path("scans/a.nii"));
  symlinkSync(cli.path("secret.img"), cli.path("scans/a.img"));
  const { files } = await filesOf(cli.path("scans/a.nii"), "a.nii");
  expect(files.map(({ name }) => name)).toEqual(["a.nii"]);
  const pages: Pages = { folder: cli.folder, has: () => false, policy: "" };
  const server = await serve(pages, await inputOf(cli.path("scans/a.nii")));
  servers.push(server);
  expect((await fetch(`${server.url}input/a.nii`)).status).toBe(200);
});

test("only the pages and the input can be requested", async ({ cli }) => {
  cli.write("secret.txt", "secret");
  cli.write("secret.img", "secret");
  const { ask } = await open(cli, { labels: undefined });
  cli.write("pages/private.txt", "secret");
  const paths = [
    "private.txt",
    "input/secret.txt",
    "input/secret.img",
    "input/../secret.txt",
    "input/..%2fsecret.txt",
    "../secret.txt",
    "%2e%2e/secret.txt",
    "..%2fsecret.txt",
    `input/${encodeURIComponent(cli.path("secret.txt"))}`,
    "input/",
    "labels",
    "data.json",
    "pages",
    "",
  ];
  for (const path of paths) expect(await ask(path), path).toMatchObject({ status: 404, body: "" });
  for (const path of ["%", "input/%zz", "input/%ff", "page.html%00"])
    expect(await ask(path), path).toMatchObject({ status: 400, body: "" });
});

test("the viewer receives its files, options and label table as data", async ({ cli }) => {
  cli.write("labels.txt", "1 one");
  const labels = cli.path("labels.txt");
  const { ask } = await open(cli, { labels, data: ({ input, labels }) => ({ input, labels, zoom: "2" }) });
  const { headers, body } = await ask("data.json");
  expect(headers["content-type"]).toBe("application/json");
  expect(JSON.parse(body)).toEqual({ input: ["input/blob.nii"], labels: "labels", zoom: "2" });
  expect((await ask("labels")).body).toBe("1 one");
});

test("range requests, conditional requests and HEAD", async ({ cli }) => {
  const { ask } = await open(cli);
  const whole = await ask("input/blob.nii");
  const size = whole.body.length;
  const range = (range: string, more = {}) => ask("input/blob.nii", { range, ...more });
  const cases: [range: string, start: number, end: number][] = [
    ["bytes=0-9", 0, 10],
    ["bytes=100-", 100, size],
    ["bytes=-10", size - 10, size],
    [`bytes=10-${size + 10}`, 10, size],
  ];
  for (const [header, start, end] of cases) {
    const answer = await range(header);
    expect(answer.status, header).toBe(206);
    expect(answer.headers["content-range"], header).toBe(`bytes ${start}-${end - 1}/${size}`);
    expect(answer.body === whole.body.slice(start, end), header).toBe(true);
  }
  for (const header of [`bytes=${size}-`, "bytes=-0"]) {
    const beyond = await range(header);
    expect(beyond).toMatchObject({ status: 416, body: "" });
    expect(beyond.headers["content-range"]).toBe(`bytes */${size}`);
  }
  for (const header of ["bytes=9-0", "bytes=a-b", "bytes=0-1,3-4", "lines=0-1"])
    expect((await range(header)).status, header).toBe(200);
  const { etag } = whole.headers as { etag: string };
  expect(await ask("input/blob.nii", { "if-none-match": etag })).toMatchObject({ status: 304, body: "" });
  expect((await range("bytes=0-9", { "if-range": etag })).status).toBe(206);
  expect((await range("bytes=0-9", { "if-range": '"old"' })).status).toBe(200);
  const head = await ask("input/blob.nii", {}, "HEAD");
  expect(head).toMatchObject({ status: 200, body: "" });
  expect(head.headers["content-length"]).toBe(String(size));
  cli.write("blob.nii", "");
  expect(await ask("input/blob.nii")).toMatchObject({ status: 200, body: "" });
});

test("clients that disconnect or send garbage do not stop the server", async ({ cli }) => {
  cli.write("large.nii", new Uint8Array(8e6));
  const { server, ask, root, host } = await open(cli);
  const port = Number(host.split(":")[1]);
  const say = (words: string) =>
    new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.write(words);
        setTimeout(() => resolve(void socket.destroy()), 50);
      });
      socket.on("error", () => {});
    });
  server.receive(async (body) => {
    await text(body);
  });
  await say("nonsense\r\n\r\n");
  await say(`GET ${root}input/blob.nii HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  await say(
    `POST ${root}output HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\nContent-Length: 99\r\n\r\nhalf`,
  );
  expect((await ask("input/blob.nii")).status).toBe(200);
});
