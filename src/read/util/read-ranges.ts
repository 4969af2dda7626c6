/** Reads many small parts of a file: neighbouring parts together, and several at a time. */
import { mapAtOnce } from "../../map-at-once.ts";
import type { ByteFile } from "./byte-file.ts";

type Range = readonly [start: number, end: number];

/** Gap between two ranges, in bytes, that is cheaper to read than to skip with another request. */
const GAP = 1 << 10;

/** Bytes of each range, fewer if the file ends before. */
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
