/** The end of a ZIP64 directory (APPNOTE.TXT, sections 4.3.14 and 4.3.15). */

const END64 = 0x06064b50;
const END64_SIZE = 56;

/**
 * Offsets of the directory, as in its end record, and of that record; undefined if there is none. `view` holds the
 * bytes of the archive from `tailStart` on; `locator` is the locator's position in it.
 */
export async function zip64Directory(
  view: DataView,
  locator: number,
  tailStart: number,
  bytes: (from: number, to: number) => Promise<DataView>,
): Promise<{ place: { length: number; start: number }; next: number } | undefined> {
  const uint64 = (of: DataView, at: number) => Number(of.getBigUint64(at, true));
  const last = tailStart + locator;
  const found = [uint64(view, locator + 8), last - END64_SIZE].filter(
    (at) => at >= 0 && at <= last - END64_SIZE,
  );
  const records = await Promise.all(found.map((at) => bytes(at, at + END64_SIZE)));
  const index = records.findIndex(
    (record) => record.byteLength === END64_SIZE && record.getUint32(0, true) === END64,
  );
  if (index < 0) return undefined;
  return {
    place: { length: uint64(records[index], 40), start: uint64(records[index], 48) },
    next: found[index],
  };
}
