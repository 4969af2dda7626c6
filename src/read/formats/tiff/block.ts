/** Block: a strip or a tile of a page, as it is to be once it is decompressed. */

export interface Block {
  /** Pixels of a row, and rows. */
  readonly width: number;
  readonly rows: number;
  /** The most rows that are stored: those of the other strips, where this is the last one. */
  readonly mostRows: number;
  /** Samples of a pixel in this block. */
  readonly samples: number;
  readonly bits: number;
  readonly littleEndian: boolean;
}

/** Bytes of a row: rows begin at whole bytes. */
export function rowBytes({ width, samples, bits }: Block): number {
  return Math.ceil((width * samples * bits) / 8);
}
