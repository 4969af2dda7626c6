/** readPart: reads a range of a file of a folder. */
import { type FileRange, inMemory, type ReadOptions, type Source } from "./source.ts";

/** The bytes of a source in a range, or all; fewer if it ends before. */
export async function readPart(
  source: Source,
  range: FileRange | undefined,
  options: ReadOptions = {},
): Promise<Uint8Array> {
  const parts = (await source.open?.(options)) ?? inMemory(await source.bytes(options));
  return parts.read(...limited(range, parts.size), options);
}

/** The range in a file of `size` bytes: its start and its end. */
export function limited(range: FileRange | undefined, size: number): [start: number, end: number] {
  if (!range) return [0, size];
  if ("last" in range) return [Math.max(0, size - range.last), size];
  const start = Math.min(range.start, size);
  return [start, Math.max(start, Math.min(range.end, size))];
}
