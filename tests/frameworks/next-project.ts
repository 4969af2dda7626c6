/**
 * A Next.js project in tests/output/next: the sources beside this file, the code of docs/frameworks.md, and this package
 * as npm would pack it. It is kept from run to run; packages are installed again only where they have changed.
 */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { blob } from "../support/blob.ts";
import { snippets } from "../support/snippets.ts";

const DOCS = "docs/frameworks.md";
const SOURCES = "tests/frameworks/next";
export const PROJECT = resolve("tests/output/next");

/** What npm says where it cannot reach its registry, or the registry has not got a package. */
const UNREACHABLE =
  /E404|E403|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ETARGET/;

const PIPED = { encoding: "utf8", stdio: "pipe", timeout: 240_000 } as const;
const ENV = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" as const };

/** Writes the sources; `app/*.tsx` are the blocks of the documentation with that name. */
export function writeSources(): void {
  mkdirSync(join(PROJECT, "public"), { recursive: true });
  cpSync(SOURCES, PROJECT, { recursive: true });
  for (const { file, text } of snippets(DOCS, "tsx")) if (file) writeFileSync(join(PROJECT, file), text);
  writeFileSync(join(PROJECT, "public/brain.nii"), blob());
}

/** Installs what the project needs. Returns why it cannot, where npm does not reach the packages. */
export function installPackages(): string | undefined {
  const tarball = packThis();
  const path = join(PROJECT, "package.json");
  const wanted = JSON.parse(readFileSync(path, "utf8"));
  wanted.dependencies["voxel-volume"] = `file:${tarball}`;
  const text = JSON.stringify(wanted);
  writeFileSync(path, text);
  const installed = join(PROJECT, "node_modules/.installed");
  if (existsSync(installed) && readFileSync(installed, "utf8") === text) return undefined;
  try {
    // Asks once, for npm asks again and again where it installs.
    execFileSync("npm", ["view", `next@${wanted.dependencies.next}`, "version", "--fetch-retries=0"], PIPED);
    const flags = ["--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline"];
    // With NODE_ENV=production npm would leave the compiler out.
    execFileSync("npm", ["install", ...flags], { ...PIPED, cwd: PROJECT });
  } catch (error) {
    // Of code ETIMEDOUT where it was ended.
    const { stderr, code } = error as { stderr: string; code?: string };
    const [reason] = UNREACHABLE.exec(`${code} ${stderr}`) ?? [];
    if (reason) return `npm cannot fetch Next.js here: ${reason}`;
    throw error;
  }
  writeFileSync(installed, text);
  return undefined;
}

/** Packs dist, with types, into the project. The name has a hash, for npm keeps what it has of a tarball by its name. */
function packThis(): string {
  execFileSync("npx", ["tsc", "-p", "tsconfig.types.json"]);
  for (const name of readdirSync(PROJECT)) if (name.endsWith(".tgz")) rmSync(join(PROJECT, name));
  const flags = ["--ignore-scripts", "--silent", "--pack-destination", PROJECT];
  const packed = join(PROJECT, execFileSync("npm", ["pack", ...flags], { encoding: "utf8" }).trim());
  const bytes = readFileSync(packed);
  const name = `voxel-volume-${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.tgz`;
  writeFileSync(join(PROJECT, name), bytes);
  rmSync(packed);
  return name;
}

const next = join(PROJECT, "node_modules/next/dist/bin/next");

export function build(): void {
  execFileSync("node", [next, "build"], { cwd: PROJECT, env: ENV, encoding: "utf8", stdio: "pipe" });
}

/** Starts the server; gives its address. */
export function start(): Promise<{ address: string; server: ChildProcess }> {
  const args = [next, "start", "--hostname", "127.0.0.1", "--port", "0"];
  const server = spawn("node", args, { cwd: PROJECT, env: ENV, stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (chunk) => {
      said += chunk;
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (address) resolve({ address, server });
    });
    server.on("exit", () => reject(new Error(`next start ended: ${said}`)));
  });
}
