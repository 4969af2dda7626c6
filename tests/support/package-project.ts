/**
 * Projects in tests/output/package that use this package as packed by npm. They are kept between runs; packages are
 * installed again only if they have changed.
 */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { blob } from "./blob.ts";
import { snippets } from "./snippets.ts";

const SOURCES = "tests/package/projects";
const FOLDER = resolve("tests/output/package");

/** Messages of npm if it cannot reach its registry, or the registry lacks the package. */
const UNREACHABLE =
  /E404|E403|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ETARGET/;

const PIPED = { encoding: "utf8", stdio: "pipe", timeout: 300_000 } as const;

/** The files that npm would pack, without building. */
export function packedFiles(): { path: string }[] {
  const json = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], PIPED);
  return JSON.parse(json)[0].files;
}

let tarball: string | undefined;

/** Path of the package as packed from dist as it is, once. */
export function pack(): string {
  tarball ??= packAnew();
  return tarball;
}

/** Packs dist. The file name has a hash, because npm caches tarballs by name. */
function packAnew(): string {
  mkdirSync(FOLDER, { recursive: true });
  const flags = ["--ignore-scripts", "--silent", "--pack-destination", FOLDER];
  const packed = join(FOLDER, execFileSync("npm", ["pack", ...flags], PIPED).trim());
  const bytes = readFileSync(packed);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const path = join(FOLDER, `voxel-volume-${hash}.tgz`);
  for (const name of readdirSync(FOLDER)) if (name.endsWith(".tgz")) rmSync(join(FOLDER, name));
  writeFileSync(path, bytes);
  return path;
}

/** A project with a volume, brain.nii, in its folder `public`. */
export class Project {
  readonly folder: string;

  /** `name` is the name of its folder, and of the folder of its sources in tests/package/projects, if it exists. */
  constructor(private readonly name: string) {
    this.folder = join(FOLDER, name);
    mkdirSync(join(this.folder, "public"), { recursive: true });
    this.copySources(name);
    writeFileSync(join(this.folder, "public/brain.nii"), blob());
  }

  /** Copies a folder of tests/package/projects into the project, if it exists. */
  copySources(name: string): void {
    const from = join(SOURCES, name);
    if (existsSync(from)) cpSync(from, this.folder, { recursive: true });
  }

  /** Writes a document's code blocks that are files; the paragraph above a block names the file. */
  writeSnippets(document: string, ...languages: string[]): void {
    for (const { file, text } of snippets(document, ...languages)) if (file) this.write(file, text);
  }

  write(file: string, text: string): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /**
   * Installs the package and these dependencies, by version.
   * @returns why it failed, if npm cannot reach the packages.
   */
  install(dependencies: Record<string, string> = {}): string | undefined {
    const all = { ...dependencies, "voxel-volume": `file:${pack()}` };
    const text = JSON.stringify({
      name: `in-${this.name}`,
      private: true,
      type: "module",
      dependencies: all,
    });
    this.write("package.json", text);
    const installed = join(this.folder, "node_modules/.installed");
    if (existsSync(installed) && readFileSync(installed, "utf8") === text) return undefined;
    rmSync(join(this.folder, "node_modules/voxel-volume"), { recursive: true, force: true });
    const flags = ["--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline", "--fetch-retries=0"];
    try {
      this.run("npm", "install", ...flags);
    } catch (error) {
      // The code is ETIMEDOUT after a timeout.
      const { stderr, code } = error as { stderr: string; code?: string };
      const [reason] = UNREACHABLE.exec(`${code} ${stderr}`) ?? [];
      if (reason) return `npm cannot fetch the packages of the project "${this.name}" here: ${reason}`;
      throw error;
    }
    writeFileSync(installed, text);
    return undefined;
  }

  /** Runs a program in the folder and returns its output. @throws Error with the output if it fails. */
  run(program: string, ...args: string[]): string {
    const path = `${join(this.folder, "node_modules/.bin")}:${process.env.PATH}`;
    return execFileSync(program, args, { ...PIPED, cwd: this.folder, env: { ...process.env, PATH: path } });
  }
}
