/** Synchronous writer of zip archives, some of which have false fields. */

import { crc32, deflateRawSync } from "node:zlib";
import type { Random } from "./random.ts";

/** A zip archive (APPNOTE.TXT, section 4.3) of files by path. */
export function zipSync(files: ReadonlyMap<string, Uint8Array>, isDeflated = true): Uint8Array {
  const locals: Buffer[] = [];
  const records: Buffer[] = [];
  let start = 0;
  for (const [path, bytes] of files) {
    const name = Buffer.from(path);
    const data = isDeflated ? deflateRawSync(bytes) : Buffer.from(bytes);
    // From the version to the length of the extra field: the part that local header and record share.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(isDeflated ? 8 : 0, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(start, 10);
    locals.push(Buffer.from("PK\x03\x04", "latin1"), common, name, data);
    records.push(Buffer.from("PK\x01\x02\x14\0", "latin1"), common, place, name);
    start += 30 + name.length + data.length;
  }
  const directory = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(start, 16);
  return new Uint8Array(Buffer.concat([...locals, directory, end]));
}

/** Fields (offset and size) of local headers, directory records, end records and ZIP64 records, by signature. */
const FIELDS: Readonly<Record<number, readonly (readonly [at: number, size: 2 | 4 | 8])[]>> = {
  67324752: [
    [6, 2],
    [8, 2],
    [14, 4],
    [18, 4],
    [22, 4],
    [26, 2],
    [28, 2],
  ],
  33639248: [
    [8, 2],
    [10, 2],
    [16, 4],
    [20, 4],
    [24, 4],
    [28, 2],
    [30, 2],
    [32, 2],
    [42, 4],
  ],
  101010256: [
    [8, 2],
    [10, 2],
    [12, 4],
    [16, 4],
    [20, 2],
  ],
  101075792: [
    [4, 8],
    [40, 8],
    [48, 8],
  ],
  117853008: [[8, 8]],
};

/** Sets one field of a zip archive to a false value; returns other data unchanged. */
export function lieInZip(bytes: Uint8Array, random: Random): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places: { at: number; size: 2 | 4 | 8 }[] = [];
  for (let start = 0; start + 56 <= bytes.length; start++) {
    if (bytes[start] !== 0x50 || bytes[start + 1] !== 0x4b) continue;
    for (const [at, size] of FIELDS[view.getUint32(start, true)] ?? []) places.push({ at: start + at, size });
  }
  if (places.length === 0) return;
  const { at, size } = random.pick(places);
  const old = size === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
  const lie = random.pick([
    0,
    1,
    old + 1,
    old - 1,
    old * 2,
    0x7fffffff,
    0xffffffff,
    0xfffffffe,
    random.int(2 ** 32),
  ]);
  if (size === 2) view.setUint16(at, lie, true);
  else view.setUint32(at, lie, true);
  if (size === 8) view.setUint32(at + 4, random.pick([0, 0, 1, 0x7fffffff, 0xffffffff]), true);
}
