/** `npm run bench:compare A.json B.json`: prints the ratios of two benchmark results. */

import { readFileSync } from "node:fs";
import { PNG } from "pngjs";
import { compared } from "./ratios.ts";
import { parseResult } from "./result.ts";

function read(path: string) {
  try {
    return parseResult(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`);
  }
}

const decode = (url: string) => PNG.sync.read(Buffer.from(url.slice(url.indexOf(",") + 1), "base64")).data;

try {
  const paths = process.argv.slice(2);
  if (paths.length !== 2) throw new Error("two results are needed: npm run bench:compare A.json B.json");
  const [a, b] = paths.map(read);
  for (const line of compared(a, b, decode)) console.log(line);
} catch (error) {
  console.error(`bench:compare: ${(error as Error).message.split("\n")[0]}`);
  process.exitCode = 1;
}
