/**
 * RemoteTree: a Zarr at a URL, whose files the command line's server fetches when its page asks for them: the page itself
 * may not reach other servers, and few servers let it.
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { VoxelVolumeError } from "../errors.ts";
import { reasonOf } from "../read/sources/describe-failure.ts";
import { decode } from "../read/sources/url.ts";
import { METADATA } from "../read/sources/url-folder.ts";
import { type DownloadOptions, MAX_BYTES, TIMEOUT_SECONDS } from "./download.ts";
import type { InputTree } from "./input-tree.ts";
import { counted } from "./send-file.ts";
import { TimedRequest } from "./timed-request.ts";

/** Headers of an answer that are passed on. */
const PASSED = ["content-range", "accept-ranges", "etag", "last-modified", "retry-after"];
const BAD_GATEWAY = 502;
const CONTENT_TOO_LARGE = 413;
/** Most characters of the text after the status. */
const LONGEST_REASON = 200;

/** True if a URL is that of a Zarr or of another folder, which cannot be downloaded as one file. */
export function isFolderUrl(url: string): boolean {
  return URL.canParse(url) && /\.zarr(\/|$)|\/$/i.test(new URL(url).pathname);
}

export class RemoteTree implements InputTree {
  readonly name: string;
  readonly parent: string;
  failure: VoxelVolumeError | undefined;
  readonly #base: URL;
  readonly #maxBytes: number;
  readonly #timeout: number;
  #received = 0;

  /** `maxBytes` is the limit of all files together. */
  constructor(
    private readonly url: string,
    { maxBytes = MAX_BYTES, timeout = TIMEOUT_SECONDS }: DownloadOptions,
  ) {
    this.#base = new URL(url);
    this.#base.hash = "";
    this.#base.pathname = `${this.#base.pathname.replace(METADATA, "").replace(/\/$/, "")}/`;
    this.#maxBytes = maxBytes;
    this.#timeout = timeout;
    this.name = decode(this.#base.pathname.split("/").at(-2) ?? "") || this.#base.host;
    this.parent = new URL("../", this.#base).href;
  }

  async answer(
    path: string,
    { method, headers }: IncomingMessage,
    response: ServerResponse,
    sent: (bytes: number) => void,
  ): Promise<void> {
    const url = this.#urlOf(path);
    if (url === undefined) return void response.writeHead(404).end();
    if (this.failure) return refuse(response, CONTENT_TOO_LARGE, this.failure.message);
    const request = new TimedRequest(url, this.#timeout, method);
    response.on("close", () => request.close());
    try {
      const {
        status,
        headers: given,
        body,
      } = await request.open({
        ...(headers.range !== undefined && { Range: headers.range }),
      });
      for (const name of PASSED) {
        const text = given.get(name);
        if (text !== null) response.setHeader(name, text);
      }
      // With a content encoding, which `fetch` decodes, the length is that of the encoded bytes.
      const length = given.has("content-encoding") ? null : given.get("content-length");
      if (length !== null) response.setHeader("Content-Length", length);
      // Never a page or script of this server, which the answer would otherwise be.
      response.setHeader("Content-Type", "application/octet-stream");
      response.writeHead(status);
      if (method === "HEAD" || !body) return void response.end();
      const count = counted((bytes) => {
        request.heard();
        this.#count(bytes);
        sent(bytes);
      });
      await pipeline(Readable.fromWeb(body as ReadableStream), count, response);
    } catch (cause) {
      if (response.headersSent) throw cause;
      refuse(response, BAD_GATEWAY, cause instanceof VoxelVolumeError ? cause.message : reasonOf(cause));
    } finally {
      request.close();
    }
  }

  /** The URL of a file, with the query of the folder; undefined for a path that leads out of it. */
  #urlOf(path: string): string | undefined {
    const names = path.split("/");
    if (names.some((name) => /^\.{0,2}$/.test(name)) || path.includes("\\")) return undefined;
    const url = new URL(this.#base);
    url.pathname += names.map(encodeURIComponent).join("/");
    return url.href;
  }

  /** Counts bytes that have arrived. @throws VoxelVolumeError "too-large" beyond the limit. */
  #count(bytes: number): void {
    this.#received += bytes;
    if (this.#received <= this.#maxBytes) return;
    const more = `--max-download ${Math.ceil(this.#received / 1e9) + 1}GB allows more`;
    this.failure = new VoxelVolumeError(
      "too-large",
      `More than ${this.#maxBytes / 1e6} MB were fetched from ${this.url.slice(0, 150)}: ${more}`,
    );
    throw this.failure;
  }
}

/** Answers with a status and the reason after it. */
function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, reason.replace(/[^\x20-\x7e]/g, "?").slice(0, LONGEST_REASON)).end();
}
