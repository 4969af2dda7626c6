/** ShardFile: a shard of a Zarr 3 array, of which only the chunks that are read are made. */

import type { ZarrFile } from "./zarr.ts";

/** A chunk that can be made. */
export interface Part {
  /** Number of its bytes; undefined if it has to be made to know. */
  readonly size: number | undefined;
  bytes(): Promise<Uint8Array>;
}

interface PlacedPart extends Part {
  readonly size: number;
  readonly offset: number;
}

/** Bytes of a chunk's entry in the index, and of the checksum after it. */
const ENTRY = 16;
const CHECKSUM = 4;
const ABSENT = 2n ** 64n - 1n;

export class ShardFile implements ZarrFile {
  readonly size: number;
  readonly #parts: readonly PlacedPart[];
  readonly #index: Uint8Array;

  private constructor(parts: readonly (PlacedPart | undefined)[]) {
    this.#parts = parts.filter((part) => part !== undefined);
    this.#index = indexOf(parts);
    this.size = this.#parts.reduce((sum, { size }) => sum + size, 0) + this.#index.length;
  }

  /** The shard of these chunks, with its index at the end; undefined if all are absent. */
  static async of(parts: readonly (Part | undefined)[]): Promise<ShardFile | undefined> {
    if (parts.every((part) => part === undefined)) return undefined;
    let offset = 0;
    const placed: (PlacedPart | undefined)[] = [];
    for (const part of parts) {
      const size = part && (part.size ?? (await part.bytes()).length);
      placed.push(part && size !== undefined ? { size, offset, bytes: () => part.bytes() } : undefined);
      offset += size ?? 0;
    }
    return new ShardFile(placed);
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    const out = new Uint8Array(end - start);
    const place = (bytes: Uint8Array, offset: number) => {
      const from = Math.max(0, start - offset);
      if (from < bytes.length && offset < end)
        out.set(bytes.subarray(from, end - offset), Math.max(0, offset - start));
    };
    for (const { offset, size, bytes } of this.#parts)
      if (offset < end && offset + size > start) place(await bytes(), offset);
    place(this.#index, this.size - this.#index.length);
    return out;
  }
}

function indexOf(parts: readonly (PlacedPart | undefined)[]): Uint8Array {
  const bytes = new Uint8Array(ENTRY * parts.length + CHECKSUM);
  const view = new DataView(bytes.buffer);
  parts.forEach((part, i) => {
    view.setBigUint64(ENTRY * i, part ? BigInt(part.offset) : ABSENT, true);
    view.setBigUint64(ENTRY * i + 8, part ? BigInt(part.size) : ABSENT, true);
  });
  view.setUint32(ENTRY * parts.length, crc32c(bytes.subarray(0, -CHECKSUM)), true);
  return bytes;
}

/** The checksum of Zarr's codec "crc32c" (Castagnoli's polynomial). */
export function crc32c(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0x82f63b78 ^ (crc >>> 1) : crc >>> 1;
  }
  return ~crc >>> 0;
}
