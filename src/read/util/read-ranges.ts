/** Reading many small parts of a file: neighbours together, and several at a time. */
import type { ByteFile } from "./byte-file.ts";

type Range = readonly [start: number, end: number];

/** A request costs more than to read over so many bytes. */
const GAP = 1 << 10;
/** As many requests as browsers send to one server. */
const AT_ONCE = 6;

/** The bytes of each range, fewer where the file ends before. */
export async function readRanges(file: ByteFile, ranges: readonly Range[]): Promise<Uint8Array[]> {
  const groups: { start: number; end: number; members: number[] }[] = [];
  const order = [...ranges.keys()].sort((a, b) => ranges[a][0] - ranges[b][0]);
  for (const member of order) {
    const [start, end] = ranges[member];
    const last = groups.at(-1);
    if (last && start <= last.end + GAP) {
      last.end = Math.max(last.end, end);
      last.members.push(member);
    } else {
      groups.push({ start, end, members: [member] });
    }
  }
  const found: Uint8Array[] = [];
  await mapAtOnce(groups, async ({ start, end, members }) => {
    const bytes = await file.read(start, end);
    for (const member of members) {
      const [from, to] = ranges[member];
      found[member] = bytes.slice(from - start, to - start);
    }
  });
  return found;
}

/** What `each` makes of the items, some of them worked on at a time; after a failure, none is begun. */
export async function mapAtOnce<T, R>(
  items: readonly T[],
  each: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const made: R[] = [];
  // Each worker takes the next item when it is done with one; a failure closes the generator for all.
  const queue = (function* () {
    yield* items.entries();
  })();
  const work = async () => {
    for (const [i, item] of queue) made[i] = await each(item, i);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}
